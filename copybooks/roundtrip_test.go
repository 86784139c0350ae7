package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
)

// layoutSource draws a copybook: nested groups, tables fixed and variable,
// redefinitions, every usage and sign form.
func layoutSource(t *rapid.T) string {
	g := &sourceGenerator{t: t}
	g.src.WriteString("01 R.\n")
	g.group(5, 0)
	return g.src.String()
}

type sourceGenerator struct {
	t     *rapid.T
	src   strings.Builder
	names int
	odo   int
}

func (g *sourceGenerator) name() string {
	g.names++
	return fmt.Sprintf("F-%d", g.names)
}

// group writes the items of a group. tables is how deep in tables it is.
func (g *sourceGenerator) group(level, tables int) {
	for range rapid.IntRange(1, 4).Draw(g.t, "items") {
		switch kind := rapid.IntRange(0, 9).Draw(g.t, "kind"); {
		case kind == 0 && level < 20:
			fmt.Fprintf(&g.src, "%02d %s.\n", level, g.name())
			g.group(level+5, tables)
		case kind == 1 && level < 20 && tables < 3:
			fmt.Fprintf(&g.src, "%02d %s OCCURS %d TIMES.\n", level, g.name(), rapid.IntRange(1, 3).Draw(g.t, "times"))
			g.group(level+5, tables+1)
		case kind == 2 && level < 20 && tables == 0 && g.odo < 4:
			g.odo++
			counter := g.name()
			fmt.Fprintf(&g.src, "%02d %s PIC 9.\n%02d %s OCCURS %d TO 4 TIMES DEPENDING ON %s.\n",
				level, counter, level, g.name(), rapid.IntRange(0, 2).Draw(g.t, "least"), counter)
			g.group(level+5, tables+1)
		case kind == 3:
			base := g.name()
			fmt.Fprintf(&g.src, "%02d %s PIC X(6).\n%02d %s REDEFINES %s.\n%02d %s PIC S9(5) COMP-3.\n%02d %s PIC 9(2).\n%02d PIC X.\n",
				level, base, level, g.name(), base, level+5, g.name(), level+5, g.name(), level+5)
		default:
			g.elementary(level)
		}
	}
}

func (g *sourceGenerator) elementary(level int) {
	clause := rapid.SampledFrom([]string{
		"PIC X(%d)", "PIC A(%d)", "PIC X(%d) JUST RIGHT", "PIC 9(%d)", "PIC S9(%d)", "PIC S9(%d)V99", "PIC S9(%d) SIGN LEADING",
		"PIC S9(%d)V9 SIGN TRAILING SEPARATE", "PIC S9(%d) SIGN LEADING SEPARATE", "PIC 9(%d) COMP-3", "PIC S9(%d)V99 COMP-3",
		"PIC S9(%d) COMP", "PIC 9(%d) COMP", "PIC S9(%d) COMP-5", "PIC S9(%d)PP COMP-3", "PIC SVP9(%d)", "PIC Z(%d)9.99-", "PIC $$(%d).99CR", "PIC 9(%d) BLANK WHEN ZERO", "PIC S9(%d) COMP SYNC", "PIC 9(%d) COMP-6", "PIC S9(%d) COMP-X", "PIC 9(%d) COMP-9",
		"PIC N(%d)", "PIC N(%d) JUST RIGHT", "PIC G(%d)", "PIC U(%d)", "PIC U BYTE-LENGTH %d", "PIC 9(%d) NATIONAL", "PIC S9(%d)V9 NATIONAL SIGN LEADING SEPARATE", "PIC Z(%d)9.99- NATIONAL", "PIC -9.99E+99 OCCURS %d",
	}).Draw(g.t, "clause")
	most := 16
	if rapid.Bool().Draw(g.t, "wide") && !strings.Contains(clause, "COMP") {
		most = 35
	}
	name := g.name()
	if rapid.IntRange(0, 9).Draw(g.t, "filler") == 0 {
		name = "FILLER"
	}
	fmt.Fprintf(&g.src, "%02d %s "+clause+".\n", level, name, rapid.IntRange(1, most).Draw(g.t, "size"))
}

// fill writes a valid value into every field of rec.
func fill(t *rapid.T, c *copybooks.Codec, rec []byte) []byte {
	for _, f := range c.Fields() {
		for i := range f.Occurs() {
			raw, err := f.Raw(rec, i)
			if err != nil {
				continue // an occurrence the counter does not count
			}
			if !f.Numeric() {
				copy(raw, rapid.SliceOfN(rapid.Byte(), len(raw), len(raw)).Draw(t, "text"))
				continue
			}
			digits := rapid.StringMatching(fmt.Sprintf(`[0-9]{%d}`, min(f.Item().Digits, 18))).Draw(t, "digits")
			if isCounter(c, f) {
				digits = fmt.Sprint(rapid.IntRange(2, 4).Draw(t, "count"))
			}
			var v int64
			_, _ = fmt.Sscan(strings.TrimLeft(digits, "0")+"", &v)
			if f.Item().Signed && rapid.Bool().Draw(t, "minus") {
				v = -v
			}
			require.NoError(t, f.PutInt(rec, i, v))
		}
	}
	n, err := c.Length(rec)
	require.NoError(t, err)
	return rec[:n]
}

func isCounter(c *copybooks.Codec, f copybooks.Field) bool {
	for _, other := range c.Fields() {
		for it := other.Item(); it != nil; it = it.Parent() {
			if it.Occurs != nil && strings.EqualFold(it.Occurs.DependingOn, f.Name()) {
				return true
			}
		}
	}
	return false
}

// Law: for every layout and every valid record, decode then encode is the
// identity on bytes; so it is, through _errors, for a record damaged anywhere
// that FILLER does not hide.
func TestDecodeEncodeIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := layoutSource(t)
		book, err := copybooks.Parse("R", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
		require.NoError(t, err, src)
		odo := rapid.SampledFrom([]copybooks.ODO{copybooks.ODOShift, copybooks.ODOMax}).Draw(t, "odo")
		c, err := book.Records[0].Codec(copybooks.CodecOptions{ODO: odo})
		require.NoError(t, err, src)
		rec := fill(t, c, c.Blank(nil))
		fillers := strings.Contains(src, "FILLER") || strings.Contains(src, "SYNC") || rapid.Bool().Draw(t, "fillers")
		o := copybooks.JSONOptions{Fillers: fillers, Root: rapid.Bool().Draw(t, "root"), OmitNull: rapid.Bool().Draw(t, "omit"), Raw: rapid.Bool().Draw(t, "raw")}
		if odo == copybooks.ODOMax {
			o.Raw = true // what the counter does not count is not in the JSON
		}
		same(t, src, c, o, rec)
		if rapid.Bool().Draw(t, "damage") {
			for range rapid.IntRange(1, 3).Draw(t, "times") {
				rec[rapid.IntRange(0, len(rec)-1).Draw(t, "at")] = rapid.SampledFrom([]byte{0, 0x40, 0xFF, 0xFA}).Draw(t, "byte")
			}
			o.Raw = true
			same(t, src, c, o, rec)
			same(t, src, c, o, rec[:rapid.IntRange(0, len(rec)).Draw(t, "cut")])
		}
	})
}

func same(t *rapid.T, src string, c *copybooks.Codec, o copybooks.JSONOptions, rec []byte) {
	line, _ := c.AppendJSON(nil, rec, o)
	got, err := c.NewEncoder(o).Append(nil, line)
	require.NoError(t, err, "%s\nX'%X'\n%s", src, rec, line)
	require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", got), "%s\n%s", src, line)
	// A blank in front makes the encoder look for the members one by one.
	got, err = c.NewEncoder(o).Append(nil, append([]byte{' '}, line...))
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", got), "%s\n%s", src, line)
}

// Law: Append and Put of every field are inverse.
func TestAppendPut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := layoutSource(t)
		book, err := copybooks.Parse("R", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
		require.NoError(t, err, src)
		c, err := book.Records[0].Codec(copybooks.CodecOptions{})
		require.NoError(t, err, src)
		rec := fill(t, c, c.Blank(nil))
		for _, f := range c.Fields() {
			for i := range f.Occurs() {
				text, err := f.Append(nil, rec, i)
				if err != nil {
					continue
				}
				before := string(rec)
				require.NoError(t, f.Put(rec, i, string(text)))
				require.Equal(t, before, string(rec), "%s %s", f.Name(), text)
			}
		}
	})
}
