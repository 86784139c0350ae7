package catair

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Record is one record of a file. It is valid until the reader's next record.
type Record struct {
	// Layout is nil for a record of no known layout: it is kept as it stands.
	Layout *Layout
	// ID is the control identifier, "50"; of an unknown record its first two
	// characters, of a line without text nothing.
	ID     string
	Number int64 // 1-based in the file
	Offset int64 // of its first byte in the file
	// Text holds 80 characters: ASCII, upper case or not as filed, a short
	// record filled up with blanks.
	Text []byte
	// Raw are the record's bytes in the file, its line end included.
	Raw []byte
	// Fault says that the record is longer than 80 characters, of which Text has
	// the first, or cut off by the end of the file.
	Fault *FieldError
	form  *Form // of its file
}

// FieldError says which field of which record is wrong.
type FieldError struct {
	Record int64 // number in the file
	ID     string
	Field  *Field // nil when the record as a whole is wrong
	Value  string // what stands there; "" where it may be personal data
	Line   int    // identifier of the entry's line that the record is in, where known
	Code   string // the condition Customs raises for it, "" when none is known
	Err    error
}

// Error names record, positions, field and value.
func (e *FieldError) Error() string {
	s := fmt.Sprintf("record %d (%s)", e.Record, legibleID(e.ID))
	if e.Field != nil {
		s += fmt.Sprintf(", positions %d-%d, %s", e.Field.From, e.Field.To, e.Field.Name)
	}
	if e.Value != "" {
		s += fmt.Sprintf(" %q", e.Value)
	}
	s += ": " + e.Err.Error()
	if e.Code != "" {
		s += " (condition " + e.Code + ")"
	}
	return s
}

// legibleID gives the identifier of a record that may be no text, fit for a
// terminal.
func legibleID(id string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, id)
}

// Unwrap gives the cause.
func (e *FieldError) Unwrap() error { return e.Err }

// Reasons why a field cannot be read; see FieldError.
var (
	ErrNotNumeric = errors.New("not a number")
	ErrNotADate   = errors.New("not a day written MMDDYY")
	ErrMissing    = errors.New("blank, but the field is mandatory")
)

// Bytes gives the field's characters as they stand.
func (r *Record) Bytes(f *Field) []byte { return r.Text[f.From-1 : f.To] }

// Trimmed gives the field without the blanks around it.
func (r *Record) Trimmed(f *Field) []byte {
	from, to := f.From-1, f.To
	for from < to && r.Text[to-1] == ' ' {
		to--
	}
	for from < to && r.Text[from] == ' ' {
		from++
	}
	return r.Text[from:to]
}

// Letter gives a one-character field, a blank for none.
func (r *Record) Letter(f *Field) byte { return r.Text[f.From-1] }

// ReadNumber reads digits with blanks or zeros before them, in units of the field's
// last implied decimal. A blank field is 0 and not present.
func (r *Record) ReadNumber(f *Field) (value int64, present bool, err error) {
	b := r.Bytes(f)
	i := 0
	for i < len(b) && b[i] == ' ' {
		i++
	}
	if i == len(b) {
		return 0, false, nil
	}
	for _, c := range b[i:] { // up to the right end: "12  " is no number
		digit := c - '0'
		if digit > 9 {
			return 0, true, r.fault(f, notNumeric(b))
		}
		value = value*10 + int64(digit)
	}
	return value, true, nil
}

// notNumeric says why a field's characters are no number: digits with blanks
// behind them look like one.
func notNumeric(b []byte) error {
	digits := bytes.TrimRight(b, " ")
	if len(digits) < len(b) && len(bytes.Trim(digits, " 0123456789")) == 0 {
		return fmt.Errorf("%w: the digits of a field end at its right end, and blanks stand behind these", ErrNotNumeric)
	}
	return ErrNotNumeric
}

// ReadCents reads an amount with two implied decimals.
func (r *Record) ReadCents(f *Field) (money.Cents, bool, error) {
	v, present, err := r.ReadNumber(f)
	return money.Cents(v), present, err
}

// century is where two-digit years begin: 70 to 99 are of the twentieth century.
// CATAIR does not say; ABI began in 1984 and its oldest tables in 1974.
const century = 70

// ReadDate reads MMDDYY; blank, and zeros, are no date.
func (r *Record) ReadDate(f *Field) (reference.Date, error) {
	d, ok := readDate(r.Bytes(f))
	if !ok {
		return 0, r.fault(f, ErrNotADate)
	}
	return d, nil
}

// readDate reads the six characters of a date.
func readDate(b []byte) (d reference.Date, ok bool) {
	if len(b) != len("MMDDYY") {
		return 0, false
	}
	m1, m2, d1, d2, y1, y2 := b[0]-'0', b[1]-'0', b[2]-'0', b[3]-'0', b[4]-'0', b[5]-'0'
	if m1 > 9 || m2 > 9 || d1 > 9 || d2 > 9 || y1 > 9 || y2 > 9 {
		return 0, isAllBlank(b)
	}
	month, day, year := int(m1)*10+int(m2), int(d1)*10+int(d2), int(y1)*10+int(y2)
	if month|day|year == 0 {
		return 0, true
	}
	if year += 1900; year < 1900+century {
		year += 100
	}
	d = reference.NewDate(year, time.Month(month), day)
	return d, d.Valid()
}

// personal are fields whose contents may be a social security number: no error
// text repeats them.
func (f *Field) personal() bool {
	switch f.Name {
	case "Importer of Record Number", "Consignee Number", "Designated Notify Party (4811) Number", "CBP Form 4811 Reference Number",
		"Claimant ID or", "Article Party Identifier", "Entity Identifier", "Periodic Daily Statement Importer Number", "Periodic Monthly Statement Importer Number", "Communication Password":
		return true
	}
	return false
}

// fault makes the error of a field.
func (r *Record) fault(f *Field, err error) *FieldError {
	e := &FieldError{Record: r.Number, ID: r.ID, Field: f, Err: err}
	if f != nil && !f.personal() {
		e.Value = string(r.Bytes(f))
		if text := strings.TrimRight(e.Value, " "); text != "" {
			e.Value = text
		}
	}
	return e
}
