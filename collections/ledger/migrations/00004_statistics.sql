-- A day is posted within a minute or two, before autovacuum first looks at the
-- tables. Without statistics the planner takes each column for 200 distinct
-- values and may read all postings for every journal. The application role may
-- not ANALYZE what it does not own, so it asks here.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION tidewaiter.refresh_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE tidewaiter.journal, tidewaiter.posting, tidewaiter.chunk, tidewaiter.chunk_total,
        tidewaiter.statement, tidewaiter.statement_fee, tidewaiter.statement_entry;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION tidewaiter.refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tidewaiter.refresh_statistics() TO tidewaiter_app;
