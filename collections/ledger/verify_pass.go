package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// pass reads all journals and all postings once, side by side in the order of
// journal ids, and adds up what the control totals claim.
type pass struct {
	ledger  *Ledger
	report  *Report
	balance money.Cents // of all postings
	content []byte
	charges map[chargeID]struct{} // of the journal at hand
	totals  map[chunkID]map[totalKey]total
	counts  map[chunkID]*chunkCount
	days    map[int32]reference.Date // Postgres's day numbers seen so far
}

type chunkID struct{ run, chunk int32 }

type chunkCount struct{ journals, postings int64 }

type chargeID struct {
	line  int
	class reference.Class
}

// storedJournal is a journal as the database holds it.
type storedJournal struct {
	Journal
	id    int64
	hash  [sha256.Size]byte
	count int
	chunk chunkID
}

func newPass(l *Ledger, r *Report) *pass {
	return &pass{
		ledger: l, report: r, charges: make(map[chargeID]struct{}),
		totals: make(map[chunkID]map[totalKey]total), counts: make(map[chunkID]*chunkCount), days: make(map[int32]reference.Date),
	}
}

const passJournals = `SELECT id, request_hash, posting_count, run_id, chunk, key, kind, entry_number, entry_type, port_of_entry,
	processing_port, importer_number, payment_type, collection_date, statement_key FROM tidewaiter.journal ORDER BY id`

const passPostings = `SELECT journal_id, account_id, amount, disposition, line, class, base_value, rate_date
	FROM tidewaiter.posting ORDER BY journal_id, ordinal`

func (p *pass) read(ctx context.Context, journals, postings pgx.Tx) error {
	jr, err := journals.Query(ctx, passJournals)
	if err != nil {
		return err
	}
	defer jr.Close()
	pr, err := postings.Query(ctx, passPostings)
	if err != nil {
		return err
	}
	defer pr.Close()
	var j storedJournal
	next := pr.Next()
	for jr.Next() {
		p.scanJournal(&j, jr.RawValues())
		for ; next; next = pr.Next() {
			v := pr.RawValues()
			id := int64(binary.BigEndian.Uint64(v[0]))
			if id > j.id {
				break
			}
			if id < j.id {
				p.orphan(id, v)
				continue
			}
			p.scanPosting(&j.Journal, v)
		}
		p.check(&j)
	}
	for ; next; next = pr.Next() {
		v := pr.RawValues()
		p.orphan(int64(binary.BigEndian.Uint64(v[0])), v)
	}
	if err := jr.Err(); err != nil {
		return err
	}
	if err := pr.Err(); err != nil {
		return err
	}
	if p.balance != 0 {
		p.report.find(CheckBalance, "trial balance", "debits less credits are %s, not zero", p.balance)
	}
	return nil
}

func (p *pass) orphan(id int64, v [][]byte) {
	p.report.Postings++
	p.balance += money.Cents(binary.BigEndian.Uint64(v[2]))
	p.report.find(CheckJournals, fmt.Sprintf("posting of journal id %d", id), "has no journal")
}

func (p *pass) scanJournal(j *storedJournal, v [][]byte) {
	j.id = int64(binary.BigEndian.Uint64(v[0]))
	clear(j.hash[:])
	copy(j.hash[:], v[1])
	j.count = int(int32(binary.BigEndian.Uint32(v[2])))
	j.chunk = chunkID{int32(binary.BigEndian.Uint32(v[3])), int32(binary.BigEndian.Uint32(v[4]))}
	j.Key, j.Kind, j.Entry, j.EntryType = string(v[5]), Kind(v[6]), entry.Number(v[7]), string(v[8])
	j.Port, j.ProcessingPort, j.Importer = string(v[9]), string(v[10]), string(v[11])
	j.PaymentType = ' '
	if len(v[12]) == 1 {
		j.PaymentType = v[12][0]
	}
	j.CollectionDate = p.date(v[13])
	j.StatementKey = append(j.StatementKey[:0], v[14]...)
	j.Postings = j.Postings[:0]
}

func (p *pass) scanPosting(j *Journal, v [][]byte) {
	s := Posting{
		Account: p.ledger.codes[int16(binary.BigEndian.Uint16(v[1]))],
		Amount:  money.Cents(binary.BigEndian.Uint64(v[2])),
	}
	if len(v[3]) == 1 {
		s.Disposition = v[3][0]
	}
	if v[4] != nil {
		s.Line = int(int32(binary.BigEndian.Uint32(v[4])))
	}
	s.Class = className(v[5])
	if v[6] != nil {
		s.Base = int64(binary.BigEndian.Uint64(v[6]))
	}
	s.RateDate = p.date(v[7])
	j.Postings = append(j.Postings, s)
}

// date turns Postgres's day number into a date.
func (p *pass) date(b []byte) reference.Date {
	if b == nil {
		return 0
	}
	n := int32(binary.BigEndian.Uint32(b))
	d, ok := p.days[n]
	if !ok {
		d = reference.Date(20000101).AddDays(int(n))
		p.days[n] = d
	}
	return d
}

// check looks at one journal with all its postings.
func (p *pass) check(j *storedJournal) {
	p.report.Journals++
	p.report.Postings += int64(len(j.Postings))
	counts := p.counts[j.chunk]
	if counts == nil {
		counts = &chunkCount{}
		p.counts[j.chunk], p.totals[j.chunk] = counts, make(map[totalKey]total)
	}
	counts.journals++
	counts.postings += int64(len(j.Postings))
	var sum money.Cents
	clear(p.charges)
	for i := range j.Postings {
		s := &j.Postings[i]
		sum += s.Amount
		if s.Disposition == 0 {
			continue
		}
		charge := chargeID{s.Line, s.Class}
		if _, twice := p.charges[charge]; twice {
			p.report.find(CheckDuplicates, "journal "+j.Key, "charges class %s of line %d twice", s.Class, s.Line)
		}
		p.charges[charge] = struct{}{}
		key := totalKey{j.CollectionDate, j.Port, s.Class, j.PaymentType, s.Disposition}
		t := p.totals[j.chunk][key]
		p.totals[j.chunk][key] = total{t.count + 1, t.amount - s.Amount}
	}
	p.balance += sum
	subject := "journal " + j.Key
	if sum != 0 {
		p.report.find(CheckJournals, subject, "does not balance: its postings sum to %s", sum)
	}
	if len(j.Postings) != j.count {
		p.report.find(CheckJournals, subject, "was posted with %d postings and has %d", j.count, len(j.Postings))
	}
	var hash [sha256.Size]byte
	if hash, p.content = j.contentHash(p.content); hash != j.hash {
		p.report.find(CheckJournals, subject, "has other content than it was posted with: its hash is %x, recorded is %x", hash[:6], j.hash[:6])
	}
}

// compareProgress holds the counts and control totals that were written with
// each chunk against what was read.
func (p *pass) compareProgress(ctx context.Context, tx pgx.Tx) error {
	names, err := p.compareChunks(ctx, tx)
	if err != nil {
		return err
	}
	for id, n := range p.counts {
		if _, known := names[id]; !known {
			p.report.find(CheckProgress, fmt.Sprintf("chunk %d of run id %d", id.chunk, id.run), "is not recorded as done and has %d journals", n.journals)
		}
	}
	return p.compareTotals(ctx, tx, names)
}

func (p *pass) compareChunks(ctx context.Context, tx pgx.Tx) (map[chunkID]string, error) {
	rows, err := tx.Query(ctx, `SELECT c.run_id, c.chunk, 'chunk ' || c.chunk || ' of run ' || r.name, c.journals, c.postings,
			c.rejections, (SELECT count(*) FROM tidewaiter.rejection x WHERE x.run_id = c.run_id AND x.chunk = c.chunk)
		FROM tidewaiter.chunk c JOIN tidewaiter.run r ON r.id = c.run_id`)
	if err != nil {
		return nil, err
	}
	names := make(map[chunkID]string)
	var id chunkID
	var name string
	var journals, postings, rejections, rejected int64
	_, err = pgx.ForEachRow(rows, []any{&id.run, &id.chunk, &name, &journals, &postings, &rejections, &rejected}, func() error {
		names[id] = name
		n := p.counts[id]
		if n == nil {
			n = &chunkCount{}
		}
		if n.journals != journals || n.postings != postings {
			p.report.find(CheckProgress, name, "recorded %d journals with %d postings, the ledger has %d with %d", journals, postings, n.journals, n.postings)
		}
		if rejections != rejected {
			p.report.find(CheckProgress, name, "recorded %d rejections, the ledger has %d", rejections, rejected)
		}
		return nil
	})
	return names, err
}

func (p *pass) compareTotals(ctx context.Context, tx pgx.Tx, names map[chunkID]string) error {
	rows, err := tx.Query(ctx, `SELECT run_id, chunk, to_char(collection_date, 'YYYYMMDD')::integer, port_of_entry, class, payment_type,
			disposition, charge_count, amount FROM tidewaiter.chunk_total`)
	if err != nil {
		return err
	}
	var id chunkID
	var key totalKey
	var payment, disposition string
	var recorded total
	_, err = pgx.ForEachRow(rows, []any{&id.run, &id.chunk, (*int32)(&key.date), &key.port, (*string)(&key.class), &payment,
		&disposition, &recorded.count, (*int64)(&recorded.amount)}, func() error {
		key.paymentType, key.disposition = ' ', disposition[0]
		if payment != "" {
			key.paymentType = payment[0]
		}
		if posted := p.totals[id][key]; posted != recorded {
			p.report.find(CheckProgress, names[id], "control total of %s recorded %d charges of %s, the postings give %d of %s",
				key, recorded.count, recorded.amount, posted.count, posted.amount)
		}
		delete(p.totals[id], key)
		return nil
	})
	if err != nil {
		return err
	}
	for id, totals := range p.totals {
		for key, posted := range totals {
			p.report.find(CheckProgress, names[id], "no control total of %s, the postings give %d charges of %s", key, posted.count, posted.amount)
		}
	}
	return nil
}

func (k totalKey) String() string {
	return fmt.Sprintf("port %s, class %s, payment type %c, disposition %c, %s", k.port, k.class, k.paymentType, k.disposition, k.date)
}
