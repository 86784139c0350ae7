package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/ebcdic"
)

// writer holds the memory that posting a batch needs, so that the next batch
// can have it.
type writer struct {
	journals   copyData
	postings   copyData
	totals     copyData
	rejections copyData
	content    []byte
	hashes     [][sha256.Size]byte // of the batch's journals
	keys       []string
	first      map[string]int // key to its first journal in the batch
	skip       []bool         // journals that are not posted
	sums       map[totalKey]total
	rejected   int
	posted     int
	rows       int // postings
}

// totalKey is a row of chunk_total.
type totalKey struct {
	date        reference.Date
	port        string
	class       reference.Class
	paymentType byte
	disposition byte
}

type total struct {
	count  int64
	amount money.Cents
}

func newWriter() *writer {
	return &writer{first: make(map[string]int), sums: make(map[totalKey]total)}
}

// hash computes the content hash of each journal and of the batch.
func (w *writer) hash(b *Batch) [sha256.Size]byte {
	w.hashes, w.keys = w.hashes[:0], w.keys[:0]
	for i := range b.Journals {
		var h [sha256.Size]byte
		h, w.content = b.Journals[i].contentHash(w.content)
		w.hashes = append(w.hashes, h)
		w.keys = append(w.keys, b.Journals[i].Key)
	}
	return b.contentHash(w.hashes)
}

// sortOut finds the journals that are not to be posted: those whose key is in
// the database (known) or earlier in the batch. With the same content they are
// already posted, with different content they conflict.
func (w *writer) sortOut(b *Batch, known map[int][sha256.Size]byte) (already int, conflicts []Conflict) {
	clear(w.first)
	w.skip = append(w.skip[:0], make([]bool, len(b.Journals))...)
	for i, key := range w.keys {
		before, there := known[i]
		if j, twice := w.first[key]; twice && !there {
			before, there = w.hashes[j], true
		}
		switch {
		case !there:
			w.first[key] = i
			continue
		case before == w.hashes[i]:
			already++
		default:
			conflicts = append(conflicts, Conflict{Index: i, Key: key, Source: b.Journals[i].Source})
		}
		w.skip[i] = true
	}
	return already, conflicts
}

// write fills the copy buffers with what is posted. ids gives each posted
// journal its id, in order.
func (w *writer) write(l *Ledger, b *Batch, run int32, ids []int64, conflicts []Conflict) error {
	w.journals.reset()
	w.postings.reset()
	clear(w.sums)
	w.posted, w.rows = 0, 0
	for i := range b.Journals {
		if w.skip[i] {
			continue
		}
		j := &b.Journals[i]
		if err := w.writeJournal(l, j, ids[w.posted], run, b.Chunk, &w.hashes[i]); err != nil {
			return fmt.Errorf("journal %s (%s, record %d, byte %d): %w", j.Key, j.Source.File, j.Source.Record, j.Source.Offset, err)
		}
		w.posted++
		w.rows += len(j.Postings)
	}
	w.writeTotals(run, b.Chunk)
	return w.writeRejections(b, run, conflicts)
}

const journalColumns = `id, source_record, source_offset, collection_date, posting_count, run_id, chunk, key, request_hash, kind,
	entry_number, entry_order, entry_type, port_of_entry, processing_port, importer_number, payment_type, statement_key, source_file`

const postingColumns = `journal_id, amount, base_value, line, rate_date, ordinal, account_id, class, disposition`

func (w *writer) writeJournal(l *Ledger, j *Journal, id int64, run int32, chunk int, hash *[sha256.Size]byte) error {
	if j.CollectionDate == 0 {
		return errors.New("collection_date: a journal needs a business day")
	}
	if len(j.Postings) == 0 {
		return errors.New("a journal needs at least one posting")
	}
	c := &w.journals
	c.row(19)
	c.int8(id)
	c.int8(j.Source.Record)
	c.int8(j.Source.Offset)
	c.date("collection_date", j.CollectionDate)
	c.int4("posting_count", len(j.Postings))
	c.int4("run_id", int(run))
	c.int4("chunk", chunk)
	c.text("key", j.Key)
	c.bytes(hash[:])
	c.text("kind", string(j.Kind))
	c.text("entry_number", string(j.Entry))
	c.entryOrder(j.Entry)
	c.text("entry_type", j.EntryType)
	c.text("port_of_entry", j.Port)
	c.text("processing_port", j.ProcessingPort)
	c.text("importer_number", j.Importer)
	c.text("payment_type", paymentText(j.PaymentType))
	if len(j.StatementKey) == 0 {
		c.null()
	} else {
		c.bytes(j.StatementKey)
	}
	c.text("source_file", j.Source.File)
	for i := range j.Postings {
		if err := w.writePosting(l, j, i, id); err != nil {
			return fmt.Errorf("posting %d: %w", i+1, err)
		}
	}
	return c.err
}

func (w *writer) writePosting(l *Ledger, j *Journal, i int, id int64) error {
	p := &j.Postings[i]
	account, ok := l.accounts[p.Account]
	if !ok {
		return fmt.Errorf("account %q is not in the chart", p.Account)
	}
	c := &w.postings
	c.row(9)
	c.int8(id)
	c.int8(int64(p.Amount))
	if p.Disposition == 0 {
		c.null()
		c.null()
		c.null()
	} else {
		c.int8(p.Base)
		c.int4("line", p.Line)
		c.date("rate_date", p.RateDate)
	}
	c.int4("ordinal", i+1)
	c.int2(account)
	if p.Disposition == 0 {
		c.null()
		c.null()
		return c.err
	}
	c.text("class", string(p.Class))
	c.char(p.Disposition)
	key := totalKey{j.CollectionDate, j.Port, p.Class, paymentType(j.PaymentType), p.Disposition}
	sum := w.sums[key]
	w.sums[key] = total{sum.count + 1, sum.amount - p.Amount}
	return c.err
}

// entryOrder appends the entry number in code page 037; a character it lacks
// keeps its own byte, since an entry number that is none has no place in the
// order anyway.
func (c *copyData) entryOrder(n entry.Number) {
	var room [32]byte
	b := append(room[:0], n...)
	for i, r := range b {
		if e, ok := ebcdic.CP037.Byte(rune(r)); ok {
			b[i] = e
		}
	}
	c.bytes(b)
}

func paymentText(b byte) string {
	return strings.TrimSpace(string(rune(paymentType(b))))
}

func (w *writer) writeTotals(run int32, chunk int) {
	c := &w.totals
	c.reset()
	for k, t := range w.sums {
		c.row(9)
		c.int4("run_id", int(run))
		c.int4("chunk", chunk)
		c.date("collection_date", k.date)
		c.text("port_of_entry", k.port)
		c.text("class", string(k.class))
		c.text("payment_type", paymentText(k.paymentType))
		c.char(k.disposition)
		c.int8(t.count)
		c.int8(int64(t.amount))
	}
}

func (w *writer) writeRejections(b *Batch, run int32, conflicts []Conflict) error {
	w.rejections.reset()
	w.rejected = 0
	for i := range b.Rejections {
		w.writeRejection(run, b.Chunk, &b.Rejections[i])
	}
	for _, x := range conflicts {
		w.writeRejection(run, b.Chunk, &Rejection{
			Entry: b.Journals[x.Index].Entry, Source: x.Source, Reason: ReasonDuplicate,
			Field: "key", Value: x.Key, Message: ErrKeyConflict.Error(),
		})
	}
	return w.rejections.err
}

func (w *writer) writeRejection(run int32, chunk int, r *Rejection) {
	w.rejected++
	c := &w.rejections
	c.row(12)
	c.int4("run_id", int(run))
	c.int4("chunk", chunk)
	c.int4("ordinal", w.rejected)
	c.text("entry_number", strings.ToValidUTF8(string(r.Entry), "?"))
	c.int4("line_number", r.Line)
	c.text("source_file", r.Source.File)
	c.int8(r.Source.Record)
	c.int8(r.Source.Offset)
	c.text("reason_code", r.Reason)
	c.text("field", r.Field)
	c.text("value", strings.ToValidUTF8(strings.ReplaceAll(r.Value, "\x00", "?"), "?"))
	c.text("message", strings.ToValidUTF8(strings.ReplaceAll(r.Message, "\x00", "?"), "?"))
}
