-- Internal revenue tax whose payment is deferred (19 CFR 24.4): a charge of its
-- own disposition, F, and beside the statement that reports it without
-- collecting it.

-- +goose Up
ALTER TABLE tidewaiter.account DROP CONSTRAINT account_disposition_check,
    ADD CONSTRAINT account_disposition_check CHECK (disposition IN ('D', 'B', 'N', 'F'));
ALTER TABLE tidewaiter.chunk_total DROP CONSTRAINT chunk_total_disposition_check,
    ADD CONSTRAINT chunk_total_disposition_check CHECK (disposition IN ('D', 'B', 'N', 'F'));
ALTER TABLE tidewaiter.posting DROP CONSTRAINT posting_disposition_check,
    ADD CONSTRAINT posting_disposition_check CHECK (disposition IN ('D', 'B', 'N', 'F'));
COMMENT ON TABLE tidewaiter.account IS 'Chart of accounts, loaded from tables/accounts.csv. Memorandum accounts hold charges that are reported and not owed.';
COMMENT ON TABLE tidewaiter.posting IS 'Debits (positive) and credits (negative) in cents. A posting with a disposition is a charge: D due, B bonded, N not due now, F deferred tax; one without balances the journal.';

CREATE TABLE tidewaiter.statement_deferral (
    print_date       date NOT NULL,
    statement_number text COLLATE "C" NOT NULL,
    entry_number     text COLLATE "C" NOT NULL,
    class            text COLLATE "C" NOT NULL CHECK (length(class) = 3),
    amount           bigint NOT NULL,
    PRIMARY KEY (print_date, statement_number, entry_number, class),
    FOREIGN KEY (print_date, statement_number) REFERENCES tidewaiter.statement
);
COMMENT ON TABLE tidewaiter.statement_deferral IS 'Deferred taxes that a statement reports, by entry and class: in none of the amounts of tidewaiter.statement.';
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON tidewaiter.statement_deferral
    FOR EACH STATEMENT EXECUTE FUNCTION tidewaiter.refuse_change();
GRANT SELECT, INSERT ON tidewaiter.statement_deferral TO tidewaiter_app;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION tidewaiter.refresh_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE tidewaiter.journal, tidewaiter.posting, tidewaiter.chunk, tidewaiter.chunk_total,
        tidewaiter.statement, tidewaiter.statement_fee, tidewaiter.statement_entry, tidewaiter.statement_deferral;
END $$;
-- +goose StatementEnd

CREATE OR REPLACE VIEW tidewaiter.daily_statement AS
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
       coalesce(f.amount, '{}') AS fee_amount,
       coalesce(d.amount, 0) * 0.01 AS deferred_tax
FROM tidewaiter.statement s
LEFT JOIN (SELECT print_date, statement_number,
                  array_agg(class ORDER BY class) AS class,
                  array_agg(amount * 0.01 ORDER BY class) AS amount
           FROM tidewaiter.statement_fee GROUP BY print_date, statement_number) f
    USING (print_date, statement_number)
LEFT JOIN (SELECT print_date, statement_number, sum(amount) AS amount
           FROM tidewaiter.statement_deferral GROUP BY print_date, statement_number) d
    USING (print_date, statement_number);

CREATE VIEW tidewaiter.daily_statement_entry AS
SELECT e.statement_number,
       to_char(e.print_date, 'YYYYMMDD') AS print_date,
       e.ordinal,
       e.entry_number,
       CASE WHEN d.amount IS NULL THEN 'N' ELSE 'Y' END AS deferred,
       coalesce(d.amount, 0) * 0.01 AS deferred_tax
FROM tidewaiter.statement_entry e
LEFT JOIN (SELECT print_date, statement_number, entry_number, sum(amount) AS amount
           FROM tidewaiter.statement_deferral GROUP BY print_date, statement_number, entry_number) d
    USING (print_date, statement_number, entry_number);
COMMENT ON VIEW tidewaiter.daily_statement_entry IS 'The entries of each daily statement; deferred is the indicator of the Q1 record.';
GRANT SELECT ON tidewaiter.daily_statement_entry TO tidewaiter_app;
