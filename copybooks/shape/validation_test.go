package shape_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/shape"
	"tidewaiter/copybooks/stream"
	"tidewaiter/fixtures"
)

// stored are the datasets of the fixtures with their copybooks.
var stored = []struct {
	book, data string
	format     dataset.Format
}{
	{"COLREC", "collection-detail.fb", dataset.Format{RECFM: dataset.FB, LRECL: 80}},
	{"CTLREC", "control-totals.fb", dataset.Format{RECFM: dataset.FB}},
	{"ESREC", "entries.vb", dataset.Format{RECFM: dataset.VB}},
	{"FEEREC", "fees.fb", dataset.Format{RECFM: dataset.FB}},
	{"HTSREC", "hts.fb", dataset.Format{RECFM: dataset.FB}},
	{"REJREC", "rejects.fb", dataset.Format{RECFM: dataset.FB}},
	{"SPIREC", "spi.fb", dataset.Format{RECFM: dataset.FB}},
	{"STMREC", "statements.fb", dataset.Format{RECFM: dataset.FB, LRECL: 460}},
}

// forms are the options that change the objects.
var forms = []copybooks.JSONOptions{
	{}, {Names: copybooks.SnakeNames, Raw: true}, {Names: copybooks.UpperSnakeNames, Fillers: true},
	{OmitNull: true, Trim: copybooks.TrimNone}, {Root: true, Record: true},
}

func schemaOf(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("record.json", doc))
	s, err := c.Compile("record.json")
	require.NoError(t, err)
	return s
}

func valid(t testing.TB, s *jsonschema.Schema, line []byte) {
	t.Helper()
	object, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	require.NoError(t, err)
	require.NoError(t, s.Validate(object), "%s", line)
}

// router sends the records of a copybook to their layouts.
func router(t testing.TB, book *copybooks.Copybook, o copybooks.JSONOptions) *stream.Router {
	t.Helper()
	codec := func(l *copybooks.Layout) *copybooks.Codec {
		c, err := l.Codec(copybooks.CodecOptions{})
		require.NoError(t, err)
		return c
	}
	if len(book.Records) == 1 {
		return stream.Single(codec(book.Records[0]), o)
	}
	name, records, ok := book.Discriminator()
	require.True(t, ok)
	f, err := codec(book.Records[0]).Field(name)
	require.NoError(t, err)
	o.Record = true
	targets := map[string]*stream.Target{}
	for value, l := range records {
		targets[value] = &stream.Target{Name: l.Name, Codec: codec(l), JSON: o}
	}
	return stream.ByField(f, targets)
}

// Law: what decode writes of a fixture is what its schema describes, also when
// bytes are damaged.
func TestOutputIsValid(t *testing.T) {
	for _, d := range stored {
		t.Run(d.book, func(t *testing.T) {
			book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+d.book+".cpy", copybooks.Options{})
			require.NoError(t, err)
			if d.format.RECFM == dataset.FB && d.format.LRECL == 0 {
				d.format.LRECL = book.Records[0].MaxLength
			}
			data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "datasets", d.data))
			require.NoError(t, err)
			for _, o := range forms {
				var text []byte
				if len(book.Records) == 1 {
					text, err = shape.Schema(book.Records[0], o)
				} else {
					text, err = shape.SchemaOfSeveral(book.Records, o)
				}
				require.NoError(t, err)
				s := schemaOf(t, text)
				for _, damage := range []int{0, 100} {
					lines := decode(t, router(t, book, o), d.format, data, damage)
					for line := range bytes.Lines(lines) {
						valid(t, s, line)
					}
				}
			}
		})
	}
}

// decode gives the JSON lines of the first records, with so many bytes of them
// changed.
func decode(t testing.TB, router *stream.Router, format dataset.Format, data []byte, damage int) []byte {
	t.Helper()
	r, err := dataset.NewReader(bytes.NewReader(data), format)
	require.NoError(t, err)
	var records [][]byte
	for rec, err := r.Next(); err == nil && len(records) < 300; rec, err = r.Next() {
		records = append(records, bytes.Clone(rec))
	}
	if len(records) == 0 {
		return nil // no entry of the stored day was rejected
	}
	random := rand.New(rand.NewPCG(1, uint64(damage)))
	for range damage {
		rec := records[random.IntN(len(records))]
		rec[random.IntN(len(rec))] = byte(random.Uint32())
	}
	var file, out bytes.Buffer
	w, err := dataset.NewWriter(&file, format)
	require.NoError(t, err)
	for _, rec := range records {
		require.NoError(t, w.Write(rec))
	}
	require.NoError(t, w.Flush())
	r, err = dataset.NewReader(&file, format)
	require.NoError(t, err)
	sum, err := stream.ToJSON(context.Background(), r, &out, stream.Options{Router: router})
	require.NoError(t, err)
	require.EqualValues(t, len(records), sum.Written)
	return out.Bytes()
}

// Every kind of item, with all its bytes from X'00' to X'FF' and the segments of
// a redefinition.
func TestOutputOfEveryKindIsValid(t *testing.T) {
	l := layout(t, `01 R. 05 K PIC 9. 05 A PIC X(4). 05 Z PIC S9(3)V99. 05 Q PIC 99PP. 05 V PIC VPP99. 05 P PIC S9(5)V99 COMP-3.
	05 U PIC 9(5) COMP-6. 05 B PIC S9(4) COMP. 05 N PIC 9(4) COMP-5. 05 E PIC ZZ9.99CR. 05 F COMP-1. 05 G COMP-2. 05 I INDEX. 05 O POINTER.
	05 S. 10 M PIC X(3). 05 T REDEFINES S. 10 H PIC 9(3). 05 Y OCCURS 1 TO 3 DEPENDING ON K PIC X.`)
	c, err := l.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	choice, err := c.Choose([]string{"S", "T"}, "T")
	require.NoError(t, err)
	for _, o := range append(forms, copybooks.JSONOptions{Choice: choice}) {
		text, err := shape.Schema(l, o)
		require.NoError(t, err)
		s := schemaOf(t, text)
		if o.Choice.Hides(l.Root.Children[0]) {
			t.Fatal("K is in no segment")
		}
		for b := range 256 {
			line, _ := c.AppendJSON(nil, bytes.Repeat([]byte{byte(b)}, l.MaxLength), o)
			valid(t, s, line)
			rec := c.Blank(nil)
			rec[1+b%(len(rec)-1)] = byte(b)
			line, _ = c.AppendJSON(nil, rec, o)
			valid(t, s, line)
		}
	}
	text, err := shape.Schema(l, copybooks.JSONOptions{Choice: choice})
	require.NoError(t, err)
	object, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(`{"K":1}`)))
	require.NoError(t, err)
	require.ErrorContains(t, schemaOf(t, text).Validate(object), "missing properties")
}
