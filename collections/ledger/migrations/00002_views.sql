-- What the ledger shows to others. The column names are those of the copybooks
-- COLREC, STMREC, CTLREC and REJREC, in lower case and without their prefixes.

-- +goose Up
CREATE VIEW tidewaiter.collection_detail AS
SELECT j.entry_number,
       p.line AS line_number,
       p.class AS class_code,
       p.disposition,
       j.entry_type,
       j.port_of_entry,
       j.payment_type,
       j.importer_number,
       to_char(j.collection_date, 'YYYYMMDD') AS collection_date,
       coalesce(to_char(p.rate_date, 'YYYYMMDD'), '00000000') AS rate_date,
       p.base_value,
       -p.amount * 0.01 AS amount
FROM tidewaiter.posting p
JOIN tidewaiter.journal j ON j.id = p.journal_id
WHERE p.disposition IS NOT NULL AND j.kind = 'collection';
COMMENT ON VIEW tidewaiter.collection_detail IS 'Each charge exactly as posted: one row per entry, line and class code. Unordered.';

CREATE VIEW tidewaiter.control_total AS
SELECT j.port_of_entry,
       p.class AS class_code,
       j.payment_type,
       to_char(j.collection_date, 'YYYYMMDD') AS collection_date,
       count(*) AS charge_count,
       -sum(p.amount) * 0.01 AS amount
FROM tidewaiter.posting p
JOIN tidewaiter.journal j ON j.id = p.journal_id
WHERE p.disposition = 'D' AND j.kind = 'collection'
GROUP BY j.port_of_entry, p.class, j.payment_type, j.collection_date;
COMMENT ON VIEW tidewaiter.control_total IS 'What is due, added up from the postings themselves.';

CREATE VIEW tidewaiter.daily_statement AS
SELECT s.statement_number,
       s.processing_port,
       s.payment_type,
       s.filer_code,
       s.importer_number,
       s.client_branch,
       s.part_number,
       to_char(s.print_date, 'YYYYMMDD') AS print_date,
       s.duty_amount * 0.01 AS duty_amount,
       s.tax_amount * 0.01 AS tax_amount,
       s.ad_amount * 0.01 AS ad_amount,
       s.cvd_amount * 0.01 AS cvd_amount,
       s.fee_total * 0.01 AS fee_total,
       s.total_due * 0.01 AS total_due,
       s.revenue_entries,
       s.nonrevenue_entries,
       coalesce(f.class, '{}') AS fee_class,
       coalesce(f.amount, '{}') AS fee_amount
FROM tidewaiter.statement s
LEFT JOIN (SELECT print_date, statement_number,
                  array_agg(class ORDER BY class) AS class,
                  array_agg(amount * 0.01 ORDER BY class) AS amount
           FROM tidewaiter.statement_fee GROUP BY print_date, statement_number) f
    USING (print_date, statement_number);
COMMENT ON VIEW tidewaiter.daily_statement IS 'Daily statements; the fee arrays run in parallel, ascending by class code.';

CREATE VIEW tidewaiter.rejected_entry AS
SELECT r.name AS run, x.entry_number, x.line_number, x.source_record AS record_number, x.reason_code, x.value,
       x.field, x.message, x.source_file, x.source_offset
FROM tidewaiter.rejection x
JOIN tidewaiter.run r ON r.id = x.run_id;
