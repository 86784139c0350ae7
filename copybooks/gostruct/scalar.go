package gostruct

import (
	"fmt"
	"slices"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// scalar is an item that a copybooks.Field reads.
type scalar struct {
	entry, page string
	options     copybooks.Options
	name        string // of the variable
}

// fieldVar is the variable with the copybooks.Field of the item.
func (g *generator) fieldVar(it *copybooks.Item) string {
	entry, options := it.Entry()
	page := g.fields[it].CodePage().Name()
	for _, s := range g.scalars {
		if s.entry == entry && s.page == page && s.options.DecimalComma == options.DecimalComma && slices.Equal(s.options.Currencies, options.Currencies) {
			return s.name
		}
	}
	name := unique(fmt.Sprintf("field%d", len(g.scalars)+1), g.taken, g.types)
	g.scalars = append(g.scalars, scalar{entry, page, options, name})
	return name
}

// fieldVars writes the fields that copybooks reads.
func (g *generator) fieldVars(out *strings.Builder) {
	if len(g.scalars) == 0 {
		return
	}
	out.WriteString("\n// The fields that are more than characters and digits, by their entries.\nvar (\n")
	for _, s := range g.scalars {
		fmt.Fprintf(out, "%s = field(%q, %q", s.name, s.entry, s.page)
		fmt.Fprintf(out, ", %t", s.options.DecimalComma)
		for _, c := range s.options.Currencies {
			fmt.Fprintf(out, ", copybooks.Currency{Symbol: %q, Sign: %q}", c.Symbol, c.Sign)
		}
		out.WriteString(")\n")
	}
	out.WriteString(")\n")
	numproc, float := "NOPFD", "HexFloat"
	if g.o.Codec.NumProc == ebcdic.PFD {
		numproc = "PFD"
	}
	if g.o.Codec.Float == ebcdic.IEEEFloat {
		float = "IEEEFloat"
	}
	fmt.Fprintf(out, fieldSource, numproc, g.o.Codec.BinaryFull, float)
}

const fieldSource = `
// field compiles an entry once, when the program starts.
func field(entry, page string, comma bool, currencies ...copybooks.Currency) copybooks.Field {
	book, err := copybooks.Parse("FIELD", []byte(entry), copybooks.Options{Format: copybooks.FreeFormat, DecimalComma: comma, Currencies: currencies})
	if err != nil {
		panic(err) // the generator has read the entry
	}
	codec, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: page, NumProc: ebcdic.%s, BinaryFull: %t, Float: ebcdic.%s})
	if err != nil {
		panic(err)
	}
	return codec.Fields()[0]
}

// faultOf is what is wrong, without the place in the one-field record.
func faultOf(err error) ebcdic.Fault {
	var field *copybooks.FieldError
	if errors.As(err, &field) {
		return field.Fault
	}
	return ebcdic.OK
}
`

const readFieldText = `
func (r *reader) fieldText(f copybooks.Field, old string, at, length int, name string) string {
	src := r.field(at, length, name)
	if src == nil {
		return ""
	}
	b, err := f.AppendText(r.scratch[:0], src, 0)
	if fault := faultOf(err); fault != ebcdic.OK {
		r.fail(name, at, fault)
		return ""
	}
	if string(b) == old {
		return old
	}
	return string(b)
}
`

const readFieldInteger = `
func (r *reader) fieldInteger(f copybooks.Field, at, length int, name string) int64 {
	src := r.field(at, length, name)
	if src == nil {
		return 0
	}
	v, err := f.Int(src, 0)
	if fault := faultOf(err); fault != ebcdic.OK {
		r.fail(name, at, fault)
		return 0
	}
	return v
}
`

const readFieldDigits = `
// fieldDigits reads a number that neither an int64 nor a float64 holds.
func (r *reader) fieldDigits(f copybooks.Field, old string, at, length int, name string) string {
	src := r.field(at, length, name)
	if src == nil {
		return ""
	}
	b, err := f.Append(r.scratch[:0], src, 0)
	if fault := faultOf(err); fault != ebcdic.OK {
		r.fail(name, at, fault)
		return ""
	}
	if string(b) == old {
		return old
	}
	return string(b)
}
`

const readFieldReal = `
// fieldReal reads a floating-point number, of which a float64 has every bit.
func (r *reader) fieldReal(f copybooks.Field, at, length int, name string) float64 {
	src := r.field(at, length, name)
	if src == nil {
		return 0
	}
	b, err := f.Append(r.scratch[:0], src, 0)
	if fault := faultOf(err); fault != ebcdic.OK {
		r.fail(name, at, fault)
		return 0
	}
	v, _ := strconv.ParseFloat(string(b), 64) // a number as Append writes it
	return v
}
`

const writeFieldText = `
func (w *writer) fieldText(f copybooks.Field, s string, at, length int, name string) {
	if fault := faultOf(f.PutText(w.rec[at:at+length], 0, s)); fault != ebcdic.OK {
		w.fail(name, at, s, fault)
	}
}
`

const writeFieldInteger = `
func (w *writer) fieldInteger(f copybooks.Field, v int64, at, length int, name string) {
	if fault := faultOf(f.PutInt(w.rec[at:at+length], 0, v)); fault != ebcdic.OK {
		w.fail(name, at, v, fault)
	}
}
`

const writeFieldDigits = `
// fieldDigits writes a number that neither an int64 nor a float64 holds; "" is
// zero.
func (w *writer) fieldDigits(f copybooks.Field, s string, at, length int, name string) {
	if s == "" {
		s = "0"
	}
	if fault := faultOf(f.Put(w.rec[at:at+length], 0, s)); fault != ebcdic.OK {
		w.fail(name, at, s, fault)
	}
}
`

const writeFieldReal = `
func (w *writer) fieldReal(f copybooks.Field, v float64, at, length int, name string) {
	var room [32]byte
	text := strconv.AppendFloat(room[:0], v, 'g', -1, 64)
	if fault := faultOf(f.Put(w.rec[at:at+length], 0, string(text))); fault != ebcdic.OK {
		w.fail(name, at, v, fault)
	}
}
`

const collateSource = `
// collate compares text in the order of the code page, the shorter filled with
// blanks.
func collate(a, b string) int {
	x, y := []rune(a), []rune(b)
	for i := range max(len(x), len(y)) {
		if c := cmp.Compare(code(x, i), code(y, i)); c != 0 {
			return c
		}
	}
	return 0
}

func code(s []rune, i int) byte {
	if i >= len(s) {
		return page.Space()
	}
	b, _ := page.Byte(s[i]) // the text was read from the page
	return b
}
`

const compareDigitsSource = `
// compareDigits compares numbers with the same decimal places.
func compareDigits(a, b string) int {
	x, y := strings.TrimPrefix(a, "-"), strings.TrimPrefix(b, "-")
	c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
	switch minusA, minusB := x != a, y != b; {
	case minusA && minusB:
		return -c
	case strings.Trim(x+y, "0.") == "":
		return 0 // minus zero is zero
	case minusA:
		return -1
	case minusB:
		return 1
	}
	return c
}
`
