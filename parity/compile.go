package parity

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// compiled is a comparison resolved against its copybook: everything that can
// be wrong with it has been looked for before the first record is read.
type compiled struct {
	*Comparison
	plan     *Plan
	index    int // among the plan's comparisons
	schema   *record.Schema
	key      *record.Key
	keyParts [][]int // the elements of each name of the key
	rules    []compare.Rule
	masked   map[int]bool
	how      []treatment // of each element
	measures []classify.Measure
	by       []classify.Dimension
	show     []int
	sources  *sources
}

// treatment is what becomes of an element.
type treatment struct {
	kind string // COMPARED, MASKED, EXCLUDED; "" when the plan does not say
	how  string
	mode compare.Mode
	unit int64 // tolerance
}

func (p *Plan) compile(index int) (*compiled, error) {
	c := &compiled{Comparison: &p.Comparisons[index], plan: p, index: index, masked: map[int]bool{}}
	var err error
	if c.schema, err = c.openSchema(&c.Left); err != nil {
		return nil, p.fault(err.Error(), "comparisons", index, "left", "copybook")
	}
	if c.key, err = c.schema.Key(c.Key...); err != nil {
		return nil, c.fault(err.Error(), "key")
	}
	for _, name := range c.Key {
		found, _ := c.schema.Find(name) // Key has resolved it
		c.keyParts = append(c.keyParts, found)
	}
	steps := []func() error{c.treatFields, c.treatRest, c.compileTotals, c.compileCauses, c.compileShown}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for i, t := range c.how {
		if t.kind == "COMPARED" || t.kind == "MASKED" {
			c.rules = append(c.rules, compare.Rule{Element: i, Mode: t.mode, Tolerance: t.unit})
		}
	}
	if _, err := compare.New(c.schema, c.rules); err != nil {
		return nil, c.fault(err.Error(), "fields")
	}
	return c, nil
}

func (c *compiled) fault(reason string, path ...any) error {
	return c.plan.fault(fmt.Sprintf("comparison %s: %s", c.Name, reason), append([]any{"comparisons", c.index}, path...)...)
}

// openSchema reads the copybook of a dataset side.
func (c *compiled) openSchema(s *Side) (*record.Schema, error) {
	path := c.plan.resolve(s.Copybook)
	book, err := copybooks.ParseFile(path, copybooks.Options{})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; looked for %s", err, path)
	}
	if err != nil {
		return nil, err
	}
	layout, err := book.Record(s.Record)
	if err != nil {
		return nil, err
	}
	schema, err := record.New(layout, copybooks.CodecOptions{CodePage: s.CodePage})
	if err == nil && c.sources == nil {
		c.sources = newSources(filepath.Dir(path), schema)
	}
	return schema, err
}

// treatFields applies what the plan says of single fields and groups.
func (c *compiled) treatFields() error {
	c.how = make([]treatment, len(c.schema.Elements))
	var errs []error
	for _, name := range sortedNames(c.Fields) {
		found, err := c.schema.Find(name)
		if err != nil {
			errs = append(errs, c.fault(err.Error(), "fields", name))
			continue
		}
		for _, i := range found {
			t, err := c.treat(c.Fields[name], i)
			if err != nil {
				errs = append(errs, c.fault(err.Error(), "fields", name))
			}
			if c.how[i].kind != "" {
				errs = append(errs, c.fault(fmt.Sprintf("field %s is treated twice", c.schema.Elements[i].Name), "fields", name))
			}
			c.how[i] = t
			c.masked[i] = t.kind == "MASKED"
		}
	}
	return errors.Join(errs...)
}

func (c *compiled) treat(f Field, element int) (treatment, error) {
	e := c.schema.Elements[element]
	if f.Exclude != "" {
		if slices.Contains(c.key.Parts, element) {
			return treatment{}, fmt.Errorf("field %s is part of the key and cannot be excluded", e.Name)
		}
		return treatment{kind: "EXCLUDED", how: f.Exclude}, nil
	}
	t := treatment{kind: "COMPARED", how: f.Compare}
	if f.Mask {
		t.kind = "MASKED"
	}
	switch f.Compare {
	case "value":
		t.mode = compare.Value
	case "tolerance":
		t.mode = compare.Tolerance
		unit, err := record.ParseDecimal(strings.TrimSpace(f.Tolerance), e.Field.Scale())
		if err != nil || unit < 0 {
			return treatment{}, fmt.Errorf("field %s: tolerance %q is not an amount of at most %d decimal places, zero or more", e.Name, f.Tolerance, e.Field.Scale())
		}
		t.unit = unit
		t.how = "tolerance " + record.Decimal(unit, e.Field.Scale())
	}
	return t, nil
}

// treatRest covers what the plan does not list: key fields, bytes that a listed
// field describes already, and the default. Anything left fails the plan.
func (c *compiled) treatRest() error {
	mode := compare.Value
	if c.Default == "exact" {
		mode = compare.Exact
	}
	var left []string
	for i, e := range c.schema.Elements {
		inKey := slices.Contains(c.key.Parts, i)
		switch {
		case c.how[i].kind != "":
		case inKey:
			c.how[i] = treatment{kind: "COMPARED", mode: mode, how: mode.String()}
		case e.Redefining:
			continue // its bytes are looked at below, when all others are covered
		case c.Default != "":
			c.how[i] = treatment{kind: "COMPARED", mode: mode, how: mode.String() + ", by default"}
		default:
			left = append(left, e.Name)
		}
		if inKey {
			c.how[i].how += ", key"
		}
	}
	for i, e := range c.schema.Elements {
		if c.how[i].kind == "" && e.Redefining && !c.sameBytes(i) {
			left = append(left, e.Name)
		}
	}
	if len(left) > 0 {
		return c.fault(fmt.Sprintf("not covered: %s; list each as compared, masked or excluded with a reason, or give a default", strings.Join(left, ", ")), "fields")
	}
	return nil
}

// sameBytes covers a redefining element whose bytes another element describes,
// and reports whether there are such.
func (c *compiled) sameBytes(i int) bool {
	from, to := extent(c.schema.Elements[i])
	var over []string
	at := from
	kind := "COMPARED"
	for j, other := range c.schema.Elements {
		first, last := extent(other)
		if other.Redefining || last <= from || first >= to {
			continue
		}
		if first > at {
			return false
		}
		at = max(at, last)
		over = append(over, other.Name)
		switch {
		case c.masked[j]:
			c.masked[i] = true
			kind = "MASKED"
		case c.how[j].kind == "EXCLUDED" && kind != "MASKED":
			kind = "EXCLUDED"
		}
	}
	if at < to {
		return false
	}
	c.how[i] = treatment{kind: "COVERED " + kind, how: "same bytes as " + strings.Join(over, ", ")}
	return true
}

// extent is the stretch of the record that all occurrences of an element take.
func extent(e record.Element) (from, to int) {
	f := e.Field
	return f.Offset(), e.At(f.Occurs()-1) + f.Length()
}

// coverage is the field coverage ledger.
func (c *compiled) coverage() []report.Coverage {
	var out []report.Coverage
	for i, e := range c.schema.Elements {
		it := e.Field.Item()
		picture := strings.TrimSpace(it.Picture + " " + it.Usage.String())
		if it.Usage == copybooks.Display {
			picture = it.Picture
		}
		if n := e.Field.Occurs(); n > 1 {
			picture += fmt.Sprintf(" OCCURS %d", n)
		}
		out = append(out, report.Coverage{
			Field: e.Name, Picture: picture, Offset: e.Field.Offset(), Length: e.Field.Length(),
			Treatment: strings.TrimPrefix(c.how[i].kind, "COVERED "), How: c.how[i].how,
		})
	}
	return out
}
