package copybooks_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
)

// builder writes a record item by item, after its own reading of the rules: it
// knows nothing of how a codec finds places.
type builder struct {
	t        *rapid.T
	opts     copybooks.CodecOptions
	clauses  map[*copybooks.Item]string
	counters map[*copybooks.Item]bool
	values   map[string]int // of the counters, as written last
	blanks   bool           // FILLER is blank
}

func newBuilder(t *rapid.T, g *source, l *copybooks.Layout, opts copybooks.CodecOptions) *builder {
	b := &builder{t: t, opts: opts, clauses: map[*copybooks.Item]string{}, counters: map[*copybooks.Item]bool{}, values: map[string]int{}}
	rest, depends := g.clauses, map[string]bool{}
	var visit func(it *copybooks.Item)
	visit = func(it *copybooks.Item) {
		if it.Occurs != nil {
			depends[it.Occurs.DependingOn] = true
		}
		if !it.IsGroup() && !it.Slack {
			b.clauses[it], rest = rest[0], rest[1:]
		}
		for _, c := range it.Children {
			visit(c)
		}
	}
	visit(l.Root)
	require.Empty(t, rest)
	for it := range b.clauses {
		b.counters[it] = depends[it.Name]
	}
	return b
}

// children writes the items of a group. Of items that redefine each other it
// writes one, and blanks up to the longest.
func (b *builder) children(group *copybooks.Item) (rec []byte) {
	items := group.Children
	for i := 0; i < len(items); {
		end := i + 1
		for end < len(items) && items[end].Redefines != "" {
			end++
		}
		if end == i+1 {
			rec = append(rec, b.item(items[i])...)
			i = end
			continue
		}
		one := b.item(items[i+rapid.IntRange(0, end-i-1).Draw(b.t, "redefinition")])
		longest := 0
		for _, it := range items[i:end] {
			if !varies(it) || b.opts.ODO == copybooks.ODOMax {
				longest = max(longest, it.Size())
			}
		}
		rec = append(rec, pad(one, longest)...)
		i = end
	}
	return rec
}

// varies reports whether the item's length depends on counters.
func varies(it *copybooks.Item) bool {
	if it.Occurs != nil && it.Occurs.DependingOn != "" {
		return true
	}
	for _, c := range it.Children {
		if varies(c) {
			return true
		}
	}
	return false
}

func pad(b []byte, length int) []byte {
	for len(b) < length {
		b = append(b, 0x40)
	}
	return b
}

// item writes all occurrences.
func (b *builder) item(it *copybooks.Item) (rec []byte) {
	n := 1
	if o := it.Occurs; o != nil {
		if n = o.Max; o.DependingOn != "" {
			n = b.values[o.DependingOn]
		}
	}
	for range n {
		one := b.value(it)
		if b.opts.ODO == copybooks.ODOMax {
			one = pad(one, it.Length)
		}
		rec = append(rec, one...)
	}
	if b.opts.ODO == copybooks.ODOMax {
		rec = pad(rec, it.Size())
	}
	return rec
}

func (b *builder) value(it *copybooks.Item) []byte {
	switch {
	case it.IsGroup():
		return b.children(it)
	case it.Slack:
		return b.bytes(it.Length, b.blanks)
	}
	c, err := codecOf("01 V. 05 F "+strings.TrimSuffix(b.clauses[it], " SYNC")+".", b.opts)
	require.NoError(b.t, err)
	rec := c.Blank(nil)
	require.Len(b.t, rec, it.Length, b.clauses[it])
	f := c.Fields()[0]
	switch {
	case b.counters[it]:
		n := rapid.IntRange(1, 4).Draw(b.t, "count")
		b.values[it.Name] = n
		require.NoError(b.t, f.PutInt(rec, 0, int64(n)))
	case b.blanks && it.IsFiller():
	case f.Numeric():
		require.NoError(b.t, f.PutNumber(rec, 0, b.number(it)), b.clauses[it])
	case it.Usage == copybooks.FloatShort || it.Usage == copybooks.FloatLong:
		require.NoError(b.t, f.PutNumber(rec, 0, fmt.Sprintf("%d.%d", rapid.IntRange(-99, 99).Draw(b.t, "whole"), rapid.IntRange(0, 999).Draw(b.t, "fraction"))))
	case rapid.Bool().Draw(b.t, "any bytes"):
		return b.bytes(it.Length, false)
	default:
		_ = f.PutText(rec, 0, rapid.StringMatching(fmt.Sprintf(`[ -~]{0,%d}`, it.Length)).Draw(b.t, "text")) // too long: blanks
	}
	return rec
}

func (b *builder) bytes(n int, blank bool) []byte {
	if blank {
		return pad(nil, n)
	}
	return rapid.SliceOfN(rapid.Byte(), n, n).Draw(b.t, "bytes")
}

// number spells a number that the item holds.
func (b *builder) number(it *copybooks.Item) string {
	most := it.Digits
	if it.Usage == copybooks.CompX || it.Usage == copybooks.Comp9 || it.Usage == copybooks.Index || it.Usage == copybooks.Pointer {
		most = min(most, 2)
	}
	digits := rapid.StringMatching(fmt.Sprintf(`[0-9]{1,%d}`, most)).Draw(b.t, "digits")
	sign := ""
	if it.Signed && rapid.Bool().Draw(b.t, "minus") {
		sign = "-"
	}
	switch scale := it.Scale; {
	case scale < 0:
		return sign + digits + strings.Repeat("0", -scale)
	case scale > 0:
		digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits
		return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	return sign + digits
}

// codecs are those of single items, by source and options.
var codecs = map[string]*copybooks.Codec{}

func codecOf(src string, opts copybooks.CodecOptions) (*copybooks.Codec, error) {
	key := fmt.Sprint(src, opts.ODO, opts.Float)
	if c := codecs[key]; c != nil {
		return c, nil
	}
	book, err := free(src)
	if err != nil {
		return nil, err
	}
	c, err := book.Records[0].Codec(opts)
	if err == nil && len(src) < 80 {
		codecs[key] = c
	}
	return c, err
}
