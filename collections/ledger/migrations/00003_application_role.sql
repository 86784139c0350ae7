-- The application may read and append. It may not change or remove a row, make
-- objects, or say when something was posted: posted_at is not among the columns
-- it may insert.

-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tidewaiter_app') THEN
        BEGIN
            CREATE ROLE tidewaiter_app NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL; -- another database's migration was faster
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'role % may not make the role tidewaiter_app', current_user
                    USING ERRCODE = 'insufficient_privilege',
                          HINT = format('as a superuser: CREATE ROLE tidewaiter_app; GRANT tidewaiter_app TO %I;', current_user);
        END;
    END IF;
    -- With one address for everything, the ledger connects as this role and
    -- takes the application role. Where an administrator keeps them apart, this
    -- role may not grant itself the other and need not.
    IF NOT pg_has_role(current_user, 'tidewaiter_app', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT tidewaiter_app TO %I', current_user);
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END;
    END IF;
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO tidewaiter_app', current_database());
END $$;
-- +goose StatementEnd
REVOKE ALL ON SCHEMA tidewaiter FROM PUBLIC;
GRANT USAGE ON SCHEMA tidewaiter TO tidewaiter_app;
REVOKE ALL ON ALL TABLES IN SCHEMA tidewaiter FROM tidewaiter_app;
GRANT SELECT ON ALL TABLES IN SCHEMA tidewaiter TO tidewaiter_app;
GRANT INSERT ON tidewaiter.posting, tidewaiter.chunk_total, tidewaiter.rejection,
    tidewaiter.statement, tidewaiter.statement_fee, tidewaiter.statement_entry TO tidewaiter_app;
GRANT INSERT (id, source_record, source_offset, collection_date, posting_count, run_id, chunk, key, request_hash, kind,
    entry_number, entry_order, entry_type, port_of_entry, processing_port, importer_number, payment_type, statement_key, source_file)
    ON tidewaiter.journal TO tidewaiter_app;
GRANT INSERT (name) ON tidewaiter.run TO tidewaiter_app;
GRANT INSERT (run_id, chunk, content_hash, journals, already_posted, postings, rejections) ON tidewaiter.chunk TO tidewaiter_app;
GRANT INSERT (print_date, content_hash, statements, entries) ON tidewaiter.statement_day TO tidewaiter_app;
GRANT USAGE ON SEQUENCE tidewaiter.journal_id TO tidewaiter_app;
