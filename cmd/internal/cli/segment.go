package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/stream"
)

// field finds a field in the first record that has it.
func (s *recordSet) field(name string) (f copybooks.Field, err error) {
	for _, c := range s.codecs {
		if f, err = c.Field(strings.TrimSpace(name)); err == nil {
			return f, nil
		}
	}
	return f, err
}

// conditionRouter tells the records of a copybook apart by their 88-levels.
func conditionRouter(set *recordSet, form copybooks.JSONOptions) (*stream.Router, error) {
	name, records, ok := set.book.Discriminator()
	if !ok {
		names := make([]string, len(set.codecs))
		for i, c := range set.codecs {
			names[i] = c.Layout().Name
		}
		return nil, fmt.Errorf("no condition names tell the records %s apart: choose one with --record, or give --segment-field and --segment", strings.Join(names, ", "))
	}
	f, err := set.field(name)
	if err != nil {
		return nil, err
	}
	form.Record = true
	targets := map[string]*stream.Target{}
	for value, layout := range records {
		targets[value] = &stream.Target{Name: layout.Name, Codec: set.codec(layout.Name), JSON: form}
	}
	return stream.ByField(f, targets), nil
}

// segment is one --segment flag.
type segment struct {
	ids   []string
	group string
	codec *copybooks.Codec
}

// segmentRouter tells records apart as --segment-field and --segment say.
func (o *decodeOptions) segmentRouter(set *recordSet, form copybooks.JSONOptions) (*stream.Router, error) {
	if o.segmentField == "" || len(o.segments) == 0 {
		return nil, errors.New("--segment-field and --segment belong together")
	}
	f, err := set.field(o.segmentField)
	if err != nil {
		return nil, fmt.Errorf("reading --segment-field: %w", err)
	}
	var segments []segment
	for _, text := range o.segments {
		s, err := set.segment(text)
		if err != nil {
			return nil, err
		}
		segments = append(segments, s)
	}
	form.Record = len(set.codecs) > 1
	targets := map[string]*stream.Target{}
	for _, s := range segments {
		target := &stream.Target{Name: s.group, Codec: s.codec, JSON: form}
		if target.JSON.Choice, err = s.codec.Choose(groupsOf(segments, s.codec), s.group); err != nil {
			return nil, err
		}
		for _, id := range s.ids {
			if targets[id] != nil {
				return nil, fmt.Errorf("reading --segment: %q is given twice", id)
			}
			targets[id] = target
		}
	}
	return stream.ByField(f, targets), nil
}

// segment reads 'ID[,ID]=GROUP'.
func (s *recordSet) segment(text string) (segment, error) {
	ids, group, ok := strings.Cut(text, "=")
	if !ok || ids == "" || group == "" {
		return segment{}, fmt.Errorf("reading --segment: %q is not ID[,ID]=GROUP", text)
	}
	out := segment{ids: strings.Split(ids, ","), group: strings.TrimSpace(group)}
	if out.codec = s.codec(out.group); out.codec != nil {
		return out, nil
	}
	for _, c := range s.codecs {
		if _, err := c.Field(out.group); err == nil {
			out.codec = c
			return out, nil
		}
	}
	return segment{}, fmt.Errorf("reading --segment: the copybook has no record or group %s", out.group)
}

func groupsOf(segments []segment, c *copybooks.Codec) (groups []string) {
	for _, s := range segments {
		if s.codec == c {
			groups = append(groups, s.group)
		}
	}
	return groups
}

// openInput opens a file, or standard input for "-"; size is 0 when unknown.
func openInput(cmd *cobra.Command, path string) (in io.Reader, size int64, closeIn func(), err error) {
	if path == "-" {
		return cmd.InOrStdin(), 0, func() {}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, nil, fmt.Errorf("opening input: %w", err)
	}
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	return file, size, func() { _ = file.Close() }, nil
}

// meter reports how many bytes have been read.
type meter struct {
	src    io.Reader
	read   int64
	report func(int64)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.src.Read(p)
	m.read += int64(n)
	m.report(m.read)
	return n, err
}
