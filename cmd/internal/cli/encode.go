package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

func newEncodeCommand() *cobra.Command {
	var f recordFlags
	var out string
	c := &cobra.Command{
		Use:   "encode --copybook F JSONL -o DATA",
		Short: "Turn JSON lines back into an EBCDIC dataset",
		Long: `Encode writes the records that decode reads, byte for byte: one record a JSON
line. "-" reads standard input. Each value must fit its field exactly. FILLER
that the JSON does not have is written as blanks or zeros; decode with
--fillers keep, or with --raw, keeps what stood there.

What decode --raw kept beside the fields is written as it stood: the file's
header and trailer, each record's prefix and suffix, blocks, segments and
descriptor words that the record format alone would write otherwise. Without it
blocks are filled up to --blksize. The dataset is not compressed again.

Give the --names, --fillers, --root and record flags that decode was given. In a
copybook with several records each line needs the "_record" that decode writes.
With the --segment-children of decode, children are written after their parent.

EXIT STATUS
  0  every line was written
  2  could not run, or a line could not be encoded; the records before it are then
     in DATA.partial`,
		Example: `  tidewaiter decode --copybook fixtures/copybooks/COLREC.cpy detail.fb -o detail.jsonl
  tidewaiter encode --copybook fixtures/copybooks/COLREC.cpy detail.jsonl -o again.fb`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return errors.New("give the dataset to write: -o DATA, or -o - for standard output")
			}
			return f.encode(cmd, args[0], out)
		},
	}
	f.register(c)
	c.Flags().IntVar(&f.blksize, "blksize", 0, "largest block to write with --bdw or VBS, 32760 by default; above that block descriptor words are extended")
	c.Flags().StringVarP(&out, "output", "o", "", "dataset to write (required)")
	return c
}

func (f *recordFlags) encode(cmd *cobra.Command, path, target string) error {
	set, err := f.records()
	if err != nil {
		return err
	}
	form, err := f.jsonOptions()
	if err != nil {
		return err
	}
	format, err := f.format(set)
	if err != nil {
		return err
	}
	in, size, closeIn, err := openInput(cmd, path)
	if err != nil {
		return err
	}
	defer closeIn()
	out, closeOut, err := openOutput(cmd, target)
	if err != nil {
		return err
	}
	w, err := dataset.NewWriter(out, format)
	if err != nil {
		return closeOut(err)
	}
	console := newStageConsole(cmd.ErrOrStderr())
	defer console.close()
	if console.terminal && target != "-" {
		console.begin("encode", path)
		in = &meter{src: in, report: func(n int64) { console.update(n, size) }}
	}
	if err = f.encodeLines(cmd.Context(), set, in, w, form); err != nil {
		err = fmt.Errorf("encoding %s: %w", path, interrupted(cmd, err))
	}
	console.close()
	return closeOut(errors.Join(err, w.Flush()))
}

// checkEvery is how many lines pass between looks at the context.
const checkEvery = 1024

// maxJSONLine is the longest line encode takes: the largest record there is,
// and then some.
const maxJSONLine = 64 << 20

func (f *recordFlags) encodeLines(ctx context.Context, set *recordSet, in io.Reader, w *dataset.Writer, form copybooks.JSONOptions) error {
	encoders := map[string]*copybooks.Encoder{}
	for _, c := range set.codecs {
		encoders[c.Layout().Name] = c.NewEncoder(form)
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), maxJSONLine)
	nesting, err := f.children.nesting(form.Names)
	if err != nil {
		return err
	}
	e := &lineEncoder{flags: f, set: set, w: w, encoders: encoders}
	one := make([][]byte, 1)
	for number := 1; lines.Scan(); number++ {
		if number%checkEvery == 0 && ctx.Err() != nil {
			return fmt.Errorf("line %d: %w", number, ctx.Err())
		}
		records := append(one[:0], lines.Bytes())
		if nesting != nil {
			if records, err = nesting.Flatten(one[:0], lines.Bytes()); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		for i, line := range records {
			err := e.write(line)
			if err != nil && i > 0 {
				err = fmt.Errorf("child %d: %w", i, err)
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
	}
	return lines.Err()
}

// lineEncoder writes the records of JSON lines to a dataset.
type lineEncoder struct {
	flags    *recordFlags
	set      *recordSet
	w        *dataset.Writer
	encoders map[string]*copybooks.Encoder
	rec      []byte
}

func (e *lineEncoder) write(line []byte) error {
	framing, line, err := stream.CutFraming(line)
	if err != nil {
		return err
	}
	if line == nil {
		return e.w.WriteRest(append(framing.Header, framing.Trailer...))
	}
	if e.rec, err = e.flags.encodeLine(e.set, e.encoders, e.rec[:0], line, framing); err != nil {
		return err
	}
	return writeRecord(e.w, e.rec, framing.Stretches)
}

func writeRecord(w *dataset.Writer, rec []byte, framing []dataset.Stretch) error {
	if framing == nil {
		return w.Write(rec)
	}
	return w.WriteFramed(rec, framing)
}

// encodeLine appends the record of a line with its prefix and suffix.
func (f *recordFlags) encodeLine(set *recordSet, encoders map[string]*copybooks.Encoder, rec, line []byte, framing stream.Framing) ([]byte, error) {
	if len(framing.Prefix) != f.prefix || len(framing.Suffix) != f.suffix {
		return rec, fmt.Errorf("a prefix of %d and a suffix of %d bytes, --record-prefix is %d and --record-suffix %d: decode with --raw to keep them as _prefix and _suffix",
			len(framing.Prefix), len(framing.Suffix), f.prefix, f.suffix)
	}
	name := set.codecs[0].Layout().Name
	if len(set.codecs) > 1 {
		var err error
		if name, err = recordOf(line, name); err != nil {
			return rec, err
		}
	}
	e := encoders[name]
	if e == nil {
		return rec, fmt.Errorf("the copybook has no record %q", name)
	}
	rec, err := e.Append(append(rec, framing.Prefix...), line)
	return append(rec, framing.Suffix...), err
}

// recordOf reads "_record". A line of nothing but "_errors" is a record of no
// known type, whose bytes any encoder puts back.
func recordOf(line []byte, anyone string) (string, error) {
	if rest, ok := bytes.CutPrefix(line, []byte(`{"_record":"`)); ok {
		if name, _, ok := bytes.Cut(rest, []byte(`"`)); ok {
			return string(name), nil // as decode writes it
		}
	}
	var head struct {
		Record *string         `json:"_record"`
		Errors json.RawMessage `json:"_errors"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return "", err
	}
	switch {
	case head.Record != nil:
		return *head.Record, nil
	case head.Errors != nil:
		return anyone, nil
	}
	return "", errors.New(`expected a member "_record" that names the record`)
}
