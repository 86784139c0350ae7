package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/diagram"
	"tidewaiter/copybooks/gostruct"
	"tidewaiter/copybooks/shape"
)

// layoutForm is a form of a layout for something else than reading: Go source,
// a drawing, a schema.
type layoutForm struct {
	codecFlags
	goSource, svg, schema bool
	pkg, names            string
}

func (f *layoutForm) register(c *cobra.Command) {
	f.codecFlags.register(c)
	s := c.Flags()
	s.BoolVar(&f.goSource, "go", false, "write Go structs that decode and encode the records")
	s.BoolVar(&f.svg, "svg", false, "draw the record map")
	s.BoolVar(&f.schema, "json-schema", false, "print the JSON Schema of what decode writes")
	s.StringVar(&f.pkg, "package", "", "package of the Go source, by default the copybook's name")
	s.StringVar(&f.names, "names", "cobol", "names in the JSON Schema: cobol, snake, upper_snake")
	c.MarkFlagsMutuallyExclusive("json", "go", "svg", "json-schema")
}

func (f *layoutForm) chosen() bool { return f.goSource || f.svg || f.schema }

func (f *layoutForm) print(w io.Writer, name string, records []*copybooks.Layout) error {
	var out []byte
	var err error
	switch {
	case f.goSource:
		out, err = f.goStructs(&copybooks.Copybook{Name: name, Records: records})
	case f.schema:
		out, err = f.jsonSchema(records)
	case len(records) > 1:
		names := make([]string, len(records))
		for i, l := range records {
			names[i] = l.Name
		}
		return fmt.Errorf("copybook %s has %d records and one is shown: choose one of %s with --record", name, len(records), strings.Join(names, ", "))
	default:
		out, err = diagram.SVG(records[0])
	}
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

// goStructs are the structs of all the records, which read bytes as decode does
// with the same flags.
func (f *layoutForm) goStructs(book *copybooks.Copybook) ([]byte, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	if o.Lenient {
		return nil, errors.New("--numproc lenient is for decode: a Go struct has no place for a number that is only a guess")
	}
	pages, err := f.fieldPages(book)
	if err != nil {
		return nil, err
	}
	return gostruct.Source(book, gostruct.Options{Package: f.pkg, Codec: o, Pages: pages})
}

// jsonSchema describes the lines of decode, of which each is one of the records.
func (f *layoutForm) jsonSchema(records []*copybooks.Layout) ([]byte, error) {
	names := []copybooks.Names{copybooks.CobolNames, copybooks.SnakeNames, copybooks.UpperSnakeNames}
	form, err := choose("names", f.names, []string{"cobol", "snake", "upper_snake"}, names)
	if err != nil {
		return nil, err
	}
	var out []byte
	if o := (copybooks.JSONOptions{Names: form}); len(records) > 1 {
		out, err = shape.SchemaOfSeveral(records, o)
	} else {
		out, err = shape.Schema(records[0], o)
	}
	return append(out, '\n'), err
}
