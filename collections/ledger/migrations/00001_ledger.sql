-- The double-entry journal. Amounts are integer cents, a debit positive and a
-- credit negative. Text compares by bytes (collation "C") on every server.

-- +goose Up
CREATE TABLE tidewaiter.account (
    id          smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text COLLATE "C" NOT NULL UNIQUE CHECK (code <> ''),
    name        text NOT NULL CHECK (name <> ''),
    class       text COLLATE "C" CHECK (length(class) = 3),
    disposition text COLLATE "C" CHECK (disposition IN ('D', 'B', 'N')),
    side        text NOT NULL CHECK (side IN ('debit', 'credit')),
    memorandum  boolean NOT NULL,
    citation    text NOT NULL,
    verified    boolean NOT NULL
);
COMMENT ON TABLE tidewaiter.account IS 'Chart of accounts, loaded from tables/accounts.csv. Memorandum accounts hold charges that are reported but not owed now.';

CREATE TABLE tidewaiter.run (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text COLLATE "C" NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tidewaiter.chunk (
    run_id         integer NOT NULL REFERENCES tidewaiter.run,
    chunk          integer NOT NULL CHECK (chunk >= 0),
    content_hash   bytea NOT NULL CHECK (length(content_hash) = 32),
    journals       bigint NOT NULL CHECK (journals >= 0),
    already_posted bigint NOT NULL CHECK (already_posted >= 0),
    postings       bigint NOT NULL CHECK (postings >= 0),
    rejections     bigint NOT NULL CHECK (rejections >= 0),
    finished_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, chunk)
);
COMMENT ON TABLE tidewaiter.chunk IS 'Progress: one row per batch, written in the transaction that posts it. A batch with a row here is done and is never posted again.';

CREATE TABLE tidewaiter.chunk_total (
    run_id          integer NOT NULL,
    chunk           integer NOT NULL,
    collection_date date NOT NULL,
    port_of_entry   text COLLATE "C" NOT NULL,
    class           text COLLATE "C" NOT NULL,
    payment_type    text COLLATE "C" NOT NULL,
    disposition     text COLLATE "C" NOT NULL CHECK (disposition IN ('D', 'B', 'N')),
    charge_count    bigint NOT NULL CHECK (charge_count > 0),
    amount          bigint NOT NULL,
    PRIMARY KEY (run_id, chunk, collection_date, port_of_entry, class, payment_type, disposition),
    FOREIGN KEY (run_id, chunk) REFERENCES tidewaiter.chunk
);
COMMENT ON TABLE tidewaiter.chunk_total IS 'Control totals as the poster added them up, beside what the database holds; verify compares the two. Amounts are charges: positive is owed.';

CREATE SEQUENCE tidewaiter.journal_id;

CREATE TABLE tidewaiter.journal (
    id              bigint PRIMARY KEY,
    source_record   bigint NOT NULL,
    source_offset   bigint NOT NULL,
    posted_at       timestamptz NOT NULL DEFAULT now(),
    collection_date date NOT NULL,
    posting_count   integer NOT NULL CHECK (posting_count > 0),
    run_id          integer NOT NULL,
    chunk           integer NOT NULL,
    key             text COLLATE "C" NOT NULL UNIQUE CHECK (key <> ''),
    request_hash    bytea NOT NULL CHECK (length(request_hash) = 32),
    kind            text COLLATE "C" NOT NULL CHECK (kind IN ('collection')),
    entry_number    text COLLATE "C" NOT NULL CHECK (entry_number <> ''),
    entry_order     bytea NOT NULL,
    entry_type      text COLLATE "C" NOT NULL,
    port_of_entry   text COLLATE "C" NOT NULL,
    processing_port text COLLATE "C" NOT NULL,
    importer_number text COLLATE "C" NOT NULL,
    payment_type    text COLLATE "C" NOT NULL CHECK (length(payment_type) <= 1),
    statement_key   bytea,
    source_file     text NOT NULL
);
ALTER SEQUENCE tidewaiter.journal_id OWNED BY tidewaiter.journal.id;
COMMENT ON COLUMN tidewaiter.journal.key IS 'Business key: one effect per key, whoever posts it and however often.';
COMMENT ON COLUMN tidewaiter.journal.request_hash IS 'SHA-256 of the content posted under the key.';
COMMENT ON COLUMN tidewaiter.journal.collection_date IS 'The business day of the collection. posted_at is when the database recorded it.';
COMMENT ON COLUMN tidewaiter.journal.entry_order IS 'The entry number in EBCDIC, so that byte order is the mainframe''s order.';

CREATE TABLE tidewaiter.posting (
    journal_id  bigint NOT NULL,
    amount      bigint NOT NULL,
    base_value  bigint,
    line        integer,
    rate_date   date,
    ordinal     integer NOT NULL CHECK (ordinal > 0),
    account_id  smallint NOT NULL,
    class       text COLLATE "C",
    disposition text COLLATE "C" CHECK (disposition IN ('D', 'B', 'N')),
    PRIMARY KEY (journal_id, ordinal),
    CHECK (disposition IS NULL OR (class IS NOT NULL AND line IS NOT NULL AND base_value IS NOT NULL))
);
COMMENT ON TABLE tidewaiter.posting IS 'Debits (positive) and credits (negative) in cents. A posting with a disposition is a charge: D due, B bonded, N not due now; one without balances the journal.';

-- A journal and its postings are inserted by ONE statement (a WITH query):
-- triggers after a statement fire when all its parts are done. So no row
-- trigger and no deferred trigger is needed, and none of 9 million postings a
-- day is looked at twice. check_posting demands that the postings inserted for
-- a journal be all it announces (posting_count), numbered 1 to n, and sum to
-- zero; with the primary key no second statement can then add any.
-- check_journal demands that each journal has its first posting.
-- +goose StatementBegin
CREATE FUNCTION tidewaiter.check_posting() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    bad record;
BEGIN
    EXECUTE 'SELECT p.journal_id, p.total, p.n, j.key, j.posting_count
             FROM (SELECT journal_id, sum(amount) AS total, count(*) AS n, min(ordinal) AS low, max(ordinal) AS high
                   FROM inserted GROUP BY journal_id) p
             LEFT JOIN tidewaiter.journal j ON j.id = p.journal_id
             WHERE j.id IS NULL OR p.total <> 0 OR p.n <> j.posting_count OR p.low <> 1 OR p.high <> p.n
             LIMIT 1' INTO bad;
    IF bad.journal_id IS NOT NULL THEN
        IF bad.key IS NULL THEN
            RAISE EXCEPTION 'postings of journal %, which does not exist', bad.journal_id USING ERRCODE = 'TW003';
        ELSIF bad.total <> 0 THEN
            RAISE EXCEPTION 'journal % does not balance: its postings sum to % cents', bad.key, bad.total USING ERRCODE = 'TW002';
        END IF;
        RAISE EXCEPTION 'journal % announces % postings and one statement inserted %', bad.key, bad.posting_count, bad.n
            USING ERRCODE = 'TW003', HINT = 'insert a journal and all its postings, numbered from 1, in one statement';
    END IF;
    EXECUTE 'SELECT p.account_id FROM (SELECT DISTINCT account_id FROM inserted) p
             WHERE NOT EXISTS (SELECT FROM tidewaiter.account a WHERE a.id = p.account_id) LIMIT 1' INTO bad;
    IF bad.account_id IS NOT NULL THEN
        RAISE EXCEPTION 'no account has the id %', bad.account_id USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION tidewaiter.check_journal() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    bare text;
BEGIN
    EXECUTE 'SELECT j.key FROM inserted j
             WHERE NOT EXISTS (SELECT FROM tidewaiter.posting p WHERE p.journal_id = j.id AND p.ordinal = 1)
             LIMIT 1' INTO bare;
    IF bare IS NOT NULL THEN
        RAISE EXCEPTION 'journal % has no postings', bare
            USING ERRCODE = 'TW003', HINT = 'insert a journal and all its postings in one statement';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION tidewaiter.refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of tidewaiter.% is refused: the ledger is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'TW001', HINT = 'correct a posting by posting its reversal';
END $$;
-- +goose StatementEnd

CREATE TRIGGER check_posting AFTER INSERT ON tidewaiter.posting
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION tidewaiter.check_posting();
CREATE TRIGGER check_journal AFTER INSERT ON tidewaiter.journal
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION tidewaiter.check_journal();

CREATE TABLE tidewaiter.rejection (
    run_id        integer NOT NULL,
    chunk         integer NOT NULL,
    ordinal       integer NOT NULL,
    entry_number  text COLLATE "C" NOT NULL,
    line_number   integer NOT NULL,
    source_file   text NOT NULL,
    source_record bigint NOT NULL,
    source_offset bigint NOT NULL,
    reason_code   text COLLATE "C" NOT NULL CHECK (length(reason_code) = 4),
    field         text NOT NULL,
    value         text NOT NULL,
    message       text NOT NULL,
    PRIMARY KEY (run_id, chunk, ordinal),
    FOREIGN KEY (run_id, chunk) REFERENCES tidewaiter.chunk
);
COMMENT ON TABLE tidewaiter.rejection IS 'Entries that could not be posted, where they stand in their file, and why.';

CREATE TABLE tidewaiter.statement_day (
    print_date   date PRIMARY KEY,
    content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
    statements   bigint NOT NULL,
    entries      bigint NOT NULL,
    saved_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tidewaiter.statement_day IS 'One row per print date whose statements are complete.';

CREATE TABLE tidewaiter.statement (
    print_date         date NOT NULL REFERENCES tidewaiter.statement_day,
    statement_number   text COLLATE "C" NOT NULL CHECK (length(statement_number) = 10),
    processing_port    text COLLATE "C" NOT NULL,
    payment_type       text COLLATE "C" NOT NULL,
    filer_code         text COLLATE "C" NOT NULL,
    importer_number    text COLLATE "C" NOT NULL,
    client_branch      text COLLATE "C" NOT NULL,
    part_number        integer NOT NULL CHECK (part_number > 0),
    duty_amount        bigint NOT NULL,
    tax_amount         bigint NOT NULL,
    ad_amount          bigint NOT NULL,
    cvd_amount         bigint NOT NULL,
    fee_total          bigint NOT NULL,
    total_due          bigint NOT NULL,
    revenue_entries    integer NOT NULL CHECK (revenue_entries >= 0),
    nonrevenue_entries integer NOT NULL CHECK (nonrevenue_entries >= 0),
    PRIMARY KEY (print_date, statement_number),
    CHECK (total_due = duty_amount + tax_amount + ad_amount + cvd_amount + fee_total)
);

CREATE TABLE tidewaiter.statement_fee (
    print_date       date NOT NULL,
    statement_number text COLLATE "C" NOT NULL,
    class            text COLLATE "C" NOT NULL CHECK (length(class) = 3),
    amount           bigint NOT NULL,
    PRIMARY KEY (print_date, statement_number, class),
    FOREIGN KEY (print_date, statement_number) REFERENCES tidewaiter.statement
);

-- No foreign key on the entries, nearly a million a day: they are copied in the
-- transaction of their statement, and verify ties each to one.
CREATE TABLE tidewaiter.statement_entry (
    print_date       date NOT NULL,
    ordinal          integer NOT NULL CHECK (ordinal > 0),
    statement_number text COLLATE "C" NOT NULL,
    entry_number     text COLLATE "C" NOT NULL,
    PRIMARY KEY (print_date, statement_number, ordinal)
);

-- +goose StatementBegin
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['journal', 'posting', 'run', 'chunk', 'chunk_total', 'rejection',
                                'statement_day', 'statement', 'statement_fee', 'statement_entry'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON tidewaiter.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION tidewaiter.refuse_change()', name);
    END LOOP;
    EXECUTE 'CREATE TRIGGER refuse_change BEFORE DELETE OR TRUNCATE ON tidewaiter.account
             FOR EACH STATEMENT EXECUTE FUNCTION tidewaiter.refuse_change()';
END $$;
-- +goose StatementEnd
