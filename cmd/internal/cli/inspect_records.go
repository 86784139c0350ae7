package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
	"tidewaiter/copybooks/survey"
)

// framing returns the format to read the records by: the one given, else the
// likeliest; nil when there is none.
func (o *inspectOptions) framing(cmd *cobra.Command, set *recordSet, found *inspection) (format *dataset.Format, header int64, given bool, err error) {
	for _, flag := range []string{"recfm", "lrecl", "rdw", "rdw-includes-self", "rdw-adjust", "bdw", "delimiter", "length-field"} {
		given = given || cmd.Flags().Changed(flag)
	}
	if !given {
		if len(found.Formats) == 0 {
			return nil, 0, false, nil
		}
		return &found.Formats[0].format, found.Formats[0].header, false, nil
	}
	if set == nil {
		if o.length != "" {
			return nil, 0, true, errors.New("--length-field needs the --copybook that has the field")
		}
		set = &recordSet{}
		if o.recfm == "" {
			o.recfm = "FB"
		}
	}
	f, err := o.format(set)
	return &f, 0, true, err
}

// triedBytes is how much of a file a format that was given is tried on: a huge
// file is not read to its end for it.
const triedBytes = 64 << 20

// readRecords takes the first records to show. A format that was given is tried
// on the records behind them.
func (o *inspectOptions) readRecords(found *inspection, set *recordSet, format dataset.Format, header int64, given bool, content io.Reader) error {
	r, err := dataset.NewReader(content, format)
	if err != nil {
		return err
	}
	r.SetStart(o.header+header, 1)
	var lengths stream.Disagreements
	defer func() {
		for i := range lengths {
			found.Remarks = append(found.Remarks, lengths[i].String())
		}
	}()
	for given || len(found.Records) < o.shown {
		rec, err := r.Next()
		var broken *dataset.FramingError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &broken):
			found.Problem = broken.Error()
			return nil
		case err != nil:
			return err
		}
		if r.NextOffset() > triedBytes && given {
			found.Remarks = append(found.Remarks, fmt.Sprintf("the format given fits the first %s records, %s bytes; the rest was not read", thousands(r.Record()), thousands(r.NextOffset())))
			return nil
		}
		if inner, ok := o.inside(rec); ok && set != nil && len(set.codecs) == 1 {
			lengths.Compare(set.codecs[0], r.Record(), r.Offset(), inner)
		}
		if len(found.Records) == o.shown {
			continue
		}
		shown := recordFound{Record: r.Record(), Offset: r.Offset(), Length: len(rec), Hex: fmt.Sprintf("%X", rec), bytes: bytes.Clone(rec)}
		if set != nil {
			if inner, ok := o.inside(rec); ok {
				if c := set.codecOf(inner); c != nil {
					shown.Name, shown.Fields = c.Layout().Name, survey.Fields(c, inner)
				}
			}
		}
		found.Records = append(found.Records, shown)
	}
	return nil
}

// inside returns a record without its prefix and suffix.
func (f *recordFlags) inside(rec []byte) ([]byte, bool) {
	if len(rec) < f.prefix+f.suffix {
		return nil, false
	}
	return rec[f.prefix : len(rec)-f.suffix], true
}

// codecOf returns the codec of a record, nil when its type is not known.
func (s *recordSet) codecOf(rec []byte) *copybooks.Codec {
	if len(s.codecs) == 1 {
		return s.codecs[0]
	}
	name, records, ok := s.book.Discriminator()
	if !ok {
		return nil
	}
	f, err := s.field(name)
	if err != nil {
		return nil
	}
	value, err := f.Append(nil, rec, 0)
	if err != nil || records[string(value)] == nil {
		return nil
	}
	return s.codec(records[string(value)].Name)
}
