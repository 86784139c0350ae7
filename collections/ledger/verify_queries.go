package ledger

// guardQueries find guards that are missing or off, and rights the application
// role must not have.
var guardQueries = []query{
	{CheckGuards, `
		SELECT 'trigger ' || w.name || ' on tidewaiter.' || w.tab, CASE WHEN t.tgname IS NULL THEN 'is missing' ELSE 'is disabled' END
		FROM (SELECT 'check_posting' AS name, 'posting' AS tab
		      UNION ALL SELECT 'check_journal', 'journal'
		      UNION ALL SELECT 'refuse_change', unnest(ARRAY['account', 'journal', 'posting', 'run', 'chunk', 'chunk_total',
		          'rejection', 'statement_day', 'statement', 'statement_fee', 'statement_entry', 'statement_deferral'])) w
		LEFT JOIN pg_trigger t ON t.tgname = w.name AND t.tgrelid = to_regclass('tidewaiter.' || w.tab)
		WHERE t.tgname IS NULL OR t.tgenabled NOT IN ('O', 'A')`},
	{CheckGuards, `
		SELECT 'role tidewaiter_app', 'has the right to ' || r.verb || ' tidewaiter.' || c.relname
		FROM pg_class c CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) r (verb)
		WHERE c.relnamespace = 'tidewaiter'::regnamespace AND c.relkind = 'r'
		  AND has_table_privilege('tidewaiter_app', c.oid, r.verb)`},
}

// consistencyQueries compare what is kept twice.
var consistencyQueries = []query{
	{CheckDuplicates, `
		SELECT 'entry ' || entry_number, 'is collected ' || count(*) || ' times on ' || collection_date || ': ' || string_agg(key, ', ')
		FROM tidewaiter.journal WHERE kind = 'collection'
		GROUP BY entry_number, collection_date HAVING count(*) > 1`},
	{CheckDuplicates, `
		SELECT 'key ' || key, 'has ' || count(*) || ' journals' FROM tidewaiter.journal GROUP BY key HAVING count(*) > 1`},
	{CheckStatements, `
		SELECT 'entry ' || j.entry_number, CASE count(e.entry_number) WHEN 0 THEN 'is on no statement of ' || d.print_date
		       ELSE 'is on ' || count(e.entry_number) || ' statements of ' || d.print_date END
		FROM tidewaiter.statement_day d
		JOIN tidewaiter.journal j ON j.collection_date = d.print_date AND j.statement_key IS NOT NULL AND j.kind = 'collection'
		LEFT JOIN tidewaiter.statement_entry e ON e.print_date = d.print_date AND e.entry_number = j.entry_number
		GROUP BY d.print_date, j.entry_number HAVING count(e.entry_number) <> 1`},
	{CheckStatements, `
		SELECT 'statement ' || e.statement_number || ' of ' || e.print_date, 'lists entry ' || e.entry_number || ', which has no journal that belongs on it'
		FROM tidewaiter.statement_entry e
		LEFT JOIN tidewaiter.journal j ON j.entry_number = e.entry_number AND j.collection_date = e.print_date
		     AND j.statement_key IS NOT NULL AND j.kind = 'collection'
		WHERE j.id IS NULL`},
	{CheckStatements, statementDeferrals},
	{CheckStatements, `
		SELECT 'statements of ' || d.print_date, 'are ' || s.n || ' with ' || e.n || ' entries, saved were ' || d.statements || ' with ' || d.entries
		FROM tidewaiter.statement_day d
		CROSS JOIN LATERAL (SELECT count(*) AS n FROM tidewaiter.statement s WHERE s.print_date = d.print_date) s
		CROSS JOIN LATERAL (SELECT count(*) AS n FROM tidewaiter.statement_entry e WHERE e.print_date = d.print_date) e
		WHERE s.n <> d.statements OR e.n <> d.entries`},
}

// statementDeferrals compares the deferred taxes on statements, entry by entry,
// with the deferred postings of the entries.
const statementDeferrals = `
	WITH posted AS (
		SELECT e.print_date, e.statement_number, e.entry_number, p.class, -sum(p.amount) AS amount
		FROM tidewaiter.posting p
		JOIN tidewaiter.journal j ON j.id = p.journal_id AND j.kind = 'collection'
		JOIN tidewaiter.statement_entry e ON e.entry_number = j.entry_number AND e.print_date = j.collection_date
		WHERE p.disposition = 'F'
		GROUP BY e.print_date, e.statement_number, e.entry_number, p.class
	)
	SELECT 'statement ' || statement_number || ' of ' || print_date,
	       'deferred tax of entry ' || entry_number || ', class ' || class || ' is ' || coalesce(d.amount::text, 'missing')
	       || ', its postings give ' || coalesce(p.amount::text, 'nothing')
	FROM tidewaiter.statement_deferral d
	FULL JOIN posted p USING (print_date, statement_number, entry_number, class)
	WHERE d.amount IS DISTINCT FROM p.amount`

// statementSums adds up the due postings of each statement's entries and
// compares every amount and count on the statement, its fee list too. Its
// arguments are the classes that stand with duty, tax, antidumping and
// countervailing duty; all others are fees.
const statementSums = `
	WITH entry_class AS (
		SELECT e.print_date, e.statement_number, e.entry_number, p.class, -sum(p.amount) AS amount
		FROM tidewaiter.statement_entry e
		JOIN tidewaiter.journal j ON j.entry_number = e.entry_number AND j.collection_date = e.print_date AND j.kind = 'collection'
		LEFT JOIN tidewaiter.posting p ON p.journal_id = j.id AND p.disposition = 'D'
		GROUP BY e.print_date, e.statement_number, e.entry_number, p.class
	), sums AS (
		SELECT print_date, statement_number,
		       coalesce(sum(amount) FILTER (WHERE class = ANY ($1)), 0) AS duty,
		       coalesce(sum(amount) FILTER (WHERE class = ANY ($2)), 0) AS tax,
		       coalesce(sum(amount) FILTER (WHERE class = ANY ($3)), 0) AS ad,
		       coalesce(sum(amount) FILTER (WHERE class = ANY ($4)), 0) AS cvd,
		       coalesce(sum(amount), 0) AS total
		FROM entry_class GROUP BY print_date, statement_number
	), entries AS (
		SELECT print_date, statement_number, count(*) FILTER (WHERE amount > 0) AS revenue, count(*) FILTER (WHERE amount <= 0) AS nonrevenue
		FROM (SELECT print_date, statement_number, entry_number, coalesce(sum(amount), 0) AS amount
		      FROM entry_class GROUP BY print_date, statement_number, entry_number) x
		GROUP BY print_date, statement_number
	), fees AS (
		SELECT print_date, statement_number, string_agg(class || ' ' || amount, ', ' ORDER BY class) AS list, sum(amount) AS total
		FROM (SELECT print_date, statement_number, class, sum(amount) AS amount FROM entry_class
		      WHERE class <> ALL ($1 || $2 || $3 || $4)
		      GROUP BY print_date, statement_number, class) x
		GROUP BY print_date, statement_number
	), listed AS (
		SELECT print_date, statement_number, string_agg(class || ' ' || amount, ', ' ORDER BY class) AS list
		FROM tidewaiter.statement_fee GROUP BY print_date, statement_number
	), compared AS (
		SELECT s.print_date, s.statement_number, v.what, v.stated, v.posted
		FROM tidewaiter.statement s
		LEFT JOIN sums USING (print_date, statement_number)
		LEFT JOIN entries USING (print_date, statement_number)
		LEFT JOIN fees USING (print_date, statement_number)
		LEFT JOIN listed USING (print_date, statement_number)
		CROSS JOIN LATERAL (VALUES
			('duty', s.duty_amount::text, sums.duty::text), ('tax', s.tax_amount::text, sums.tax::text),
			('antidumping duty', s.ad_amount::text, sums.ad::text), ('countervailing duty', s.cvd_amount::text, sums.cvd::text),
			('fees', s.fee_total::text, coalesce(fees.total, 0)::text), ('total due', s.total_due::text, sums.total::text),
			('fee list', coalesce(listed.list, ''), coalesce(fees.list, '')),
			('revenue entries', s.revenue_entries::text, entries.revenue::text),
			('non-revenue entries', s.nonrevenue_entries::text, entries.nonrevenue::text)) v (what, stated, posted)
	)
	SELECT 'statement ' || statement_number || ' of ' || print_date,
	       string_agg(what || ' is ' || stated || ', its entries'' postings give ' || coalesce(posted, 'nothing'), '; ')
	FROM compared WHERE stated IS DISTINCT FROM posted
	GROUP BY print_date, statement_number ORDER BY 1`
