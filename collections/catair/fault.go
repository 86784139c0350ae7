package catair

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
)

// Reasons why a record or a message is wrong; see FieldError.
var (
	ErrFiller          = errors.New("is not blank, but the field is filler")
	ErrClass           = errors.New("has a character that the field's class does not allow")
	ErrValue           = errors.New("is not one of the values of the field")
	ErrTwice           = errors.New("stands there a second time")
	ErrUnknownRecord   = errors.New("the message has no such record")
	ErrOutOfOrder      = errors.New("the record may not stand here")
	ErrTooMany         = errors.New("too many records")
	ErrRecordMissing   = errors.New("a record is missing")
	ErrEnvelope        = errors.New("the envelope does not fit together")
	ErrEntryNumber     = errors.New("not seven digits and a check digit")
	ErrNoSetHeader     = errors.New("a set component, and no set header (X) stands before it")
	ErrNothingToDelete = errors.New("a deletion has no record but its 10 record")
)

// Conditions that hold for a record of any kind.
const (
	codeUnknownRecord = "A02"
	codeOutOfOrder    = "A04"
	codeTooMany       = "A24"
	codeExtraneous    = "B24"
	codeFiller        = "X39"
	codeNonStandard   = "X40"
)

// reason is why a condition is raised: the reason column of faults.csv.
type reason string

const (
	missing   reason = "missing"
	number    reason = "number"
	date      reason = "date"
	value     reason = "value"
	check     reason = "check"
	duplicate reason = "duplicate"
	order     reason = "order"
)

type faultKey struct {
	chapter Chapter
	record  string
	field   string
	reason  reason
}

//go:embed tables/faults.csv
var faultTable []byte

var faultCodes = mustReadFaults(faultTable)

// mustReadFaults reads which condition Customs raises for a fault of a field.
func mustReadFaults(table []byte) map[faultKey]string {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("catair: reading faults.csv: %v", err))
	}
	out := map[faultKey]string{}
	for _, row := range rows[1:] {
		out[faultKey{Chapter(row[0]), row[1], row[2], reason(row[3])}] = row[4]
	}
	return out
}

// blame makes the error of a field, with the condition that is raised for it.
func (r *Record) blame(f *Field, why reason, err error) *FieldError {
	e := r.fault(f, err)
	if r.Layout != nil {
		e.Code = faultCodes[faultKey{r.Layout.Chapter, r.Layout.Record, f.Name, why}]
	}
	return e
}

// blameWhole makes the error of a record as a whole.
func (r *Record) blameWhole(code string, err error) *FieldError {
	return &FieldError{Record: r.Number, ID: r.ID, Code: code, Err: err}
}
