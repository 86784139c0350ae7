package stream

import (
	"context"
	"fmt"
	"io"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
)

// ToJSON writes each record of src to dst as one JSON line. A record of an
// unknown type becomes an object that has nothing but its bytes and what is
// wrong.
func ToJSON(ctx context.Context, src *dataset.Reader, dst io.Writer, o Options) (Summary, error) {
	if o.Nesting != nil {
		return toNested(ctx, src, dst, o)
	}
	return Run(ctx, src, &lines{dst}, o)
}

// lines is the output of ToJSON.
type lines struct{ dst io.Writer }

func (l *lines) Part() Part { return &linesPart{} }

func (l *lines) Write(p Part) error {
	if _, err := l.dst.Write(p.(*linesPart).out); err != nil {
		return fmt.Errorf("writing JSON lines: %w", err)
	}
	return nil
}

type linesPart struct {
	out  []byte
	last int // where the last line starts
}

func (p *linesPart) Reset() { p.out = p.out[:0] }

func (p *linesPart) Add(rec []byte, to *Target, strict bool) (errs []copybooks.FieldError, err error) {
	p.last = len(p.out)
	if p.out, errs = to.Codec.AppendJSON(p.out, rec, to.JSON); strict && len(errs) > 0 {
		p.out = p.out[:p.last]
		return errs, nil
	}
	p.out = append(p.out, '\n')
	return errs, nil
}

func (p *linesPart) AddUnknown(bad *copybooks.FieldError) {
	p.last = len(p.out)
	p.out = AppendUnknown(p.out, bad)
}

// AppendUnknown appends the JSON line of a record of no known type.
func AppendUnknown(dst []byte, bad *copybooks.FieldError) []byte {
	return append(copybooks.AppendErrors(append(dst, '{'), []copybooks.FieldError{*bad}), "}\n"...)
}
