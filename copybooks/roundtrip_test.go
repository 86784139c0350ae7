package copybooks_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// drawn is a layout with a record of it, and how to write that as JSON.
type drawn struct {
	source *source
	codec  *copybooks.Codec
	record []byte
	form   copybooks.JSONOptions
}

func drawRecord(t *rapid.T) drawn {
	g := drawSource(t)
	opts := copybooks.CodecOptions{
		ODO:   rapid.SampledFrom([]copybooks.ODO{copybooks.ODOShift, copybooks.ODOShift, copybooks.ODOMax}).Draw(t, "odo"),
		Float: rapid.SampledFrom([]ebcdic.FloatFormat{ebcdic.HexFloat, ebcdic.IEEEFloat}).Draw(t, "float"),
	}
	if g.has("UNBOUNDED") {
		opts.ODO = copybooks.ODOShift // at its largest it has no end
	}
	book, err := free(g.text.String())
	require.NoError(t, err, g.text.String())
	l := book.Records[0]
	c, err := l.Codec(opts)
	require.NoError(t, err, g.text.String())
	b := newBuilder(t, g, l, opts)
	o := drawForm(t)
	if g.redefines && (g.has("FILLER") || g.has("SYNC")) {
		o.Fillers = true // the other redefinition may show what FILLER hides
	}
	// What the counters do not count is not in the JSON; and where redefinitions
	// vary, only they know which of their lengths was meant.
	o.Raw = o.Raw || opts.ODO == copybooks.ODOMax && g.tables > 0 || g.uncertain
	if !o.Raw && (o.Trim == copybooks.TrimLeft || o.Trim == copybooks.TrimBoth || o.Trim == copybooks.TrimRight && g.has("JUST")) {
		o.Trim = copybooks.TrimNone
	}
	b.blanks = !o.Fillers && !o.Raw
	rec := b.children(l.Root)
	if !g.uncertain {
		n, err := c.Length(rec)
		require.NoError(t, err, "%s\n%X", g.text.String(), rec)
		require.Equal(t, len(rec), n, "%s\n%X", g.text.String(), rec)
		if !g.has("UNBOUNDED") {
			require.LessOrEqual(t, n, l.MaxLength)
		}
		require.GreaterOrEqual(t, n, l.MinLength)
	}
	o.Raw = o.Raw || g.redefines && !preferred(c, rec)
	return drawn{g, c, rec, o}
}

// preferred reports whether every number stands in the form it is written in. Of
// bytes that several redefinitions read, one may be written in another's form.
func preferred(c *copybooks.Codec, rec []byte) bool {
	scratch := append([]byte(nil), rec...)
	for _, f := range c.Fields() {
		for i := range min(f.Occurs(), 500) {
			if text, err := f.Append(nil, rec, i); err == nil && (f.Put(scratch, i, string(text)) != nil || string(scratch) != string(rec)) {
				return false
			}
		}
	}
	return true
}

func drawForm(t *rapid.T) copybooks.JSONOptions {
	return copybooks.JSONOptions{
		Fillers:  rapid.Bool().Draw(t, "fillers"),
		Root:     rapid.Bool().Draw(t, "root"),
		Record:   rapid.Bool().Draw(t, "record"),
		OmitNull: rapid.Bool().Draw(t, "omit"),
		Raw:      rapid.IntRange(0, 3).Draw(t, "raw") == 0,
		Names:    rapid.SampledFrom([]copybooks.Names{copybooks.CobolNames, copybooks.SnakeNames, copybooks.UpperSnakeNames}).Draw(t, "names"),
		Trim: rapid.SampledFrom([]copybooks.Trim{
			copybooks.TrimPadding, copybooks.TrimNone, copybooks.TrimLeft, copybooks.TrimRight, copybooks.TrimBoth,
		}).Draw(t, "trim"),
	}
}

// Law: for every layout and every valid record, decode then encode is the
// identity on bytes. The record is built without the codec, so that its length
// and the places of its fields are checked too.
func TestDecodeEncodeIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawRecord(t)
		same(t, d.source.text.String(), d.codec, d.form, d.record)
	})
}

// Law: so it is, with "_raw", for a record that is damaged or cut anywhere.
func TestDamagedRecordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawRecord(t)
		if len(d.record) == 0 {
			return
		}
		d.form.Raw = true
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			d.record[rapid.IntRange(0, len(d.record)-1).Draw(t, "at")] = rapid.SampledFrom([]byte{0, 0x40, 0xFF, 0xFA, 0xF9}).Draw(t, "byte")
		}
		same(t, d.source.text.String(), d.codec, d.form, d.record)
		same(t, d.source.text.String(), d.codec, d.form, d.record[:rapid.IntRange(0, len(d.record)).Draw(t, "cut")])
		same(t, d.source.text.String(), d.codec, d.form, append(d.record, "more"...))
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
		d := drawRecord(t)
		c, rec := d.codec, d.record
		if d.source.redefines {
			return // numbers may stand in other forms than their own
		}
		for _, f := range c.Fields() {
			for i := range min(f.Occurs(), 500) {
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
