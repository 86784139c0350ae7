package compare

import (
	"bytes"
	"fmt"
	"slices"

	"tidewaiter/copybooks"
	"tidewaiter/parity/record"
)

// Mode says what it takes for a field to pass.
type Mode uint8

const (
	Exact     Mode = iota // the bytes are the same
	Value                 // the decoded values are the same
	Tolerance             // the decoded numbers differ by no more than the tolerance
)

var modeNames = [...]string{"exact", "value", "tolerance"}

// String gives the name a plan uses.
func (m Mode) String() string { return modeNames[m] }

// Rule says how one element is compared. An element without a rule is not.
type Rule struct {
	Element   int
	Mode      Mode
	Tolerance int64 // in units of the field's last decimal place
}

// Finding is one occurrence of a field whose bytes differ.
type Finding struct {
	Element    int // -1: the record as a whole
	Occurrence int // 0-based
	Verdict    Verdict
	HasDelta   bool
	Delta      int64 // right less left, in units of the last decimal place
	Reason     string
	LeftBad    bool // what is Invalid stands on the left
	RightBad   bool
}

// Comparer judges pairs of records of one schema. It keeps scratch memory and
// is not safe for concurrent use.
type Comparer struct {
	schema *record.Schema
	fields []field
	spans  []span // compared bytes of a fixed layout, runs of neighbours as one
	whole  bool   // of a varying layout: every field is compared
	l, r   []byte
}

type field struct {
	Rule
	copybooks.Field
	number bool
	wide   bool // more digits than 64 bits hold
}

type span struct{ from, to int }

// widestInt is how many digits Field.Int can carry.
const widestInt = 18

// New compiles the rules.
func New(s *record.Schema, rules []Rule) (*Comparer, error) {
	c := &Comparer{schema: s, whole: true}
	ruled := map[int]bool{}
	for _, r := range rules {
		e := s.Elements[r.Element]
		f := field{Rule: r, Field: e.Field, number: e.Field.Numeric(), wide: e.Field.Item().Digits > widestInt}
		if r.Mode == Tolerance && (!f.number || f.wide) {
			return nil, fmt.Errorf("field %s has no number of at most %d digits, a tolerance means nothing there", e.Name, widestInt)
		}
		if ruled[r.Element] {
			return nil, fmt.Errorf("field %s has two rules", e.Name)
		}
		ruled[r.Element] = true
		c.fields = append(c.fields, f)
	}
	slices.SortFunc(c.fields, func(a, b field) int { return a.Element - b.Element })
	for i, e := range s.Elements {
		c.whole = c.whole && (ruled[i] || e.Redefining)
	}
	if s.Fixed() {
		c.spans = spans(s, c.fields)
	}
	return c, nil
}

// spans lists the compared bytes in order, neighbours joined.
func spans(s *record.Schema, fields []field) []span {
	var all []span
	for _, f := range fields {
		for i := range f.Occurs() {
			from := s.Elements[f.Element].At(i)
			all = append(all, span{from, from + f.Length()})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from - b.from })
	var joined []span
	for _, one := range all {
		if n := len(joined); n > 0 && one.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, one.to)
			continue
		}
		joined = append(joined, one)
	}
	return joined
}

// Compare judges a pair and appends what differs to dst. Findings of an Equal
// pair are none.
func (c *Comparer) Compare(left, right []byte, dst []Finding) (Verdict, []Finding) {
	if c.same(left, right) {
		return Equal, dst
	}
	for side, rec := range [2][]byte{left, right} {
		if reason := c.badLength(rec); reason != "" {
			return Invalid, append(dst, Finding{Element: -1, Verdict: Invalid, Reason: reason, LeftBad: side == 0, RightBad: side == 1})
		}
	}
	worst := Equal
	for i := range c.fields {
		f := &c.fields[i]
		for n := range f.Occurs() {
			found, differs := c.field(f, left, right, n)
			if !differs {
				continue
			}
			dst = append(dst, found)
			worst = max(worst, found.Verdict)
		}
	}
	return worst, dst
}

func (c *Comparer) same(left, right []byte) bool {
	if !c.schema.Fixed() {
		return c.whole && bytes.Equal(left, right)
	}
	if size := c.schema.Layout.MaxLength; len(left) != size || len(right) != size {
		return false
	}
	for _, s := range c.spans {
		if !bytes.Equal(left[s.from:s.to], right[s.from:s.to]) {
			return false
		}
	}
	return true
}

func (c *Comparer) badLength(rec []byte) string { return BadLength(c.schema, rec) }

// BadLength says how the length of rec contradicts its layout, "" when it does
// not.
func BadLength(s *record.Schema, rec []byte) string {
	want := s.Layout.MaxLength
	if !s.Fixed() {
		var err error
		if want, err = s.Codec.Length(rec); err != nil {
			return err.Error()
		}
	}
	if len(rec) != want {
		return fmt.Sprintf("record has %d bytes, its layout %d", len(rec), want)
	}
	return ""
}

// field judges one occurrence; differs is false when its bytes are the same or
// it stands on neither side.
func (c *Comparer) field(f *field, left, right []byte, n int) (found Finding, differs bool) {
	l, lErr := f.Raw(left, n)
	r, rErr := f.Raw(right, n)
	found = Finding{Element: f.Element, Occurrence: n, Verdict: Different}
	switch {
	case lErr != nil && rErr != nil:
		return found, false
	case lErr != nil:
		found.Reason = "not there on the left"
		return found, true
	case rErr != nil:
		found.Reason = "not there on the right"
		return found, true
	case bytes.Equal(l, r):
		return found, false
	case f.number && !f.wide:
		c.numbers(f, left, right, &found)
	default:
		c.texts(f, left, right, &found)
	}
	return found, true
}

func (c *Comparer) numbers(f *field, left, right []byte, found *Finding) {
	l, lErr := f.Int(left, found.Occurrence)
	r, rErr := f.Int(right, found.Occurrence)
	if found.invalid(lErr, rErr) {
		return
	}
	delta := r - l
	if (r > l) != (delta > 0) && r != l { // beyond 64 bits: two 18-digit values never are
		found.Reason = "the difference is beyond 64 bits"
		return
	}
	found.Delta, found.HasDelta = delta, true
	switch {
	case f.Mode == Exact:
	case delta == 0:
		found.Verdict = ValueEqual
	case f.Mode == Tolerance && delta <= f.Tolerance && delta >= -f.Tolerance:
		found.Verdict = Equivalent
	}
}

func (c *Comparer) texts(f *field, left, right []byte, found *Finding) {
	var lErr, rErr error
	c.l, lErr = f.Append(c.l[:0], left, found.Occurrence)
	c.r, rErr = f.Append(c.r[:0], right, found.Occurrence)
	if found.invalid(lErr, rErr) {
		return
	}
	if f.Mode != Exact && bytes.Equal(c.l, c.r) {
		found.Verdict = ValueEqual
	}
}

func (f *Finding) invalid(left, right error) bool {
	f.LeftBad, f.RightBad = left != nil, right != nil
	switch {
	case left != nil:
		f.Verdict, f.Reason = Invalid, reason(left)
	case right != nil:
		f.Verdict, f.Reason = Invalid, reason(right)
	}
	return f.Verdict == Invalid
}

func reason(err error) string {
	if fe, ok := err.(*copybooks.FieldError); ok {
		return fe.Reason
	}
	return err.Error()
}
