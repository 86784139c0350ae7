package ledger

import (
	"crypto/sha256"
	"encoding/binary"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Kind is what a journal records.
type Kind string

// Collection records what an entry summary owes on its collection date.
const Collection Kind = "collection"

// Journal is the postings of one event.
type Journal struct {
	Key            string // business key, unique for ever
	Kind           Kind
	Entry          entry.Number
	EntryType      string
	Port           string // port of entry
	ProcessingPort string
	Importer       string
	PaymentType    byte // ' ' or 0 when there is none
	CollectionDate reference.Date
	StatementKey   []byte       // as statement.Key gives it; nil for an entry on no statement
	Source         entry.Source // not part of the content: the same entry may come in another file
	Postings       []Posting    // sum to zero; at least one
}

// Posting is an amount on an account. Line, Class, Base and RateDate belong to
// the charge when Disposition is set, and are empty in a balancing posting.
type Posting struct {
	Account     string // code of the chart
	Amount      money.Cents
	Line        int
	Class       reference.Class
	Disposition byte // 'D', 'B', 'N', 'F' for a charge, 0 for a balancing posting
	Base        int64
	RateDate    reference.Date // 0 when absent
}

// contentVersion heads the bytes that are hashed, so that a later format can
// never be taken for this one.
const contentVersion = "tidewaiter journal 1\n"

// contentHash is the SHA-256 of the journal's content: everything but Source.
// buf is memory to work in and is returned for the next one.
func (j *Journal) contentHash(buf []byte) (hash [sha256.Size]byte, _ []byte) {
	buf = append(buf[:0], contentVersion...)
	for _, s := range [...]string{j.Key, string(j.Kind), string(j.Entry), j.EntryType, j.Port, j.ProcessingPort, j.Importer} {
		buf = appendSized(buf, s)
	}
	buf = append(buf, paymentType(j.PaymentType))
	buf = binary.BigEndian.AppendUint32(buf, uint32(j.CollectionDate))
	buf = appendSized(buf, j.StatementKey)
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(j.Postings)))
	for i := range j.Postings {
		p := &j.Postings[i]
		buf = appendSized(buf, p.Account)
		buf = binary.BigEndian.AppendUint64(buf, uint64(p.Amount))
		buf = append(buf, p.Disposition)
		if p.Disposition == 0 {
			continue
		}
		buf = binary.BigEndian.AppendUint32(buf, uint32(p.Line))
		buf = appendSized(buf, string(p.Class))
		buf = binary.BigEndian.AppendUint64(buf, uint64(p.Base))
		buf = binary.BigEndian.AppendUint32(buf, uint32(p.RateDate))
	}
	return sha256.Sum256(buf), buf
}

func appendSized[T string | []byte](dst []byte, s T) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(s)))
	return append(dst, s...)
}

// paymentType gives absence one form.
func paymentType(b byte) byte {
	if b == 0 {
		return ' '
	}
	return b
}
