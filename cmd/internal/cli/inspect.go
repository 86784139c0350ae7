package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/survey"
	"tidewaiter/ebcdic"
)

// inspectOptions are the flags of inspect.
type inspectOptions struct {
	recordFlags
	shown  int
	asJSON bool
}

func newInspectCommand() *cobra.Command {
	var o inspectOptions
	c := &cobra.Command{
		Use:   "inspect DATA",
		Short: "Find out a dataset's record format and code page from its bytes",
		Long: `Inspect looks at the start of a file and proposes how to read it: code pages and
record formats, each with a score from 0 to 100 and the evidence for it, and the
decode flags that go with it. It then shows the first records as hexadecimal and,
with --copybook, field by field.

With --recfm, or another flag about records, it reads the file that way instead
and says what is wrong when it does not fit.

EXIT STATUS
  0  a record format was recognised, or the one given fits
  1  the record format given does not fit
  2  could not run
  3  nothing was recognised`,
		Example: `  tidewaiter inspect unknown.bin
  tidewaiter inspect --copybook fixtures/copybooks/COLREC.cpy collection-detail.fb
  tidewaiter inspect --recfm VB collection-detail.fb`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	o.registerRecords(c)
	c.Flags().IntVar(&o.shown, "records", 2, "records to show")
	c.Flags().BoolVar(&o.asJSON, "json", false, "print what was found as JSON")
	return c
}

// inspection is what was found, and the --json form of it.
type inspection struct {
	File        string              `json:"file"`
	Bytes       int64               `json:"bytes,omitempty"` // when all of the content was seen, or it is not compressed
	Compression dataset.Compression `json:"compression"`
	CodePages   []pageFound         `json:"code_pages"`
	Formats     []formatFound       `json:"formats"`
	Problem     string              `json:"problem,omitempty"` // what is wrong with the format given
	Records     []recordFound       `json:"records"`

	page *ebcdic.CodePage
}

type pageFound struct {
	Page     string   `json:"page"`
	About    string   `json:"about"`
	Score    int      `json:"score"`
	Evidence []string `json:"evidence"`
}

type formatFound struct {
	Format   string   `json:"format"`
	Flags    string   `json:"flags"` // of decode
	Score    int      `json:"score"`
	Evidence []string `json:"evidence"`

	format dataset.Format
}

type recordFound struct {
	Record int64              `json:"record"`
	Offset int64              `json:"offset"`
	Length int                `json:"length"`
	Name   string             `json:"name,omitempty"`
	Hex    string             `json:"hex"`
	Fields []survey.FieldView `json:"fields,omitempty"`

	bytes []byte
}

func (o *inspectOptions) run(cmd *cobra.Command, path string) error {
	if o.shown < 0 {
		return errors.New("reading --records: a number of records is below 0")
	}
	in, size, closeIn, err := openInput(cmd, path)
	if err != nil {
		return err
	}
	defer closeIn()
	content, compression, err := dataset.Decompress(in)
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	defer func() { _ = content.Close() }() // it holds nothing but memory
	sample, err := io.ReadAll(io.LimitReader(content, dataset.SampleBytes+1))
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	found := &inspection{File: path, Bytes: size, Compression: compression}
	if compression != dataset.None || size == 0 {
		found.Bytes = 0
	}
	if len(sample) <= dataset.SampleBytes {
		found.Bytes = int64(len(sample))
	}
	var set *recordSet
	if len(o.copybook) > 0 {
		if set, err = o.copybookRecords(cmd, sample); err != nil {
			return err
		}
	}
	if err := o.examine(cmd, found, set, sample, io.MultiReader(bytes.NewReader(sample), content)); err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	if err := o.print(cmd.OutOrStdout(), found); err != nil {
		return err
	}
	return found.verdict()
}

// copybookRecords reads the copybook for the code page that was given, or the
// likeliest one.
func (o *inspectOptions) copybookRecords(cmd *cobra.Command, sample []byte) (*recordSet, error) {
	if pages := survey.CodePages(sample); len(pages) > 0 && !cmd.Flags().Changed("codepage") {
		o.codepage = pages[0].Page
	}
	return o.records()
}

// examine fills in what the bytes say.
func (o *inspectOptions) examine(cmd *cobra.Command, found *inspection, set *recordSet, sample []byte, content io.Reader) error {
	for _, c := range survey.CodePages(sample) {
		found.CodePages = append(found.CodePages, pageFound{c.Page, c.About, c.Score, c.Evidence})
	}
	layout := 0
	if set != nil {
		layout = set.fixed
	}
	for _, c := range dataset.Recognise(sample, found.Bytes, layout) {
		found.Formats = append(found.Formats, formatFound{c.Format.String(), framingFlags(c.Format), c.Score, c.Evidence, c.Format})
	}
	name := o.codepage
	if !cmd.Flags().Changed("codepage") && len(found.CodePages) > 0 {
		name = found.CodePages[0].Page
	}
	var err error
	if found.page, err = ebcdic.LookupCodePage(name); err != nil {
		return fmt.Errorf("reading --codepage: %w", err)
	}
	format, given, err := o.framing(cmd, set, found)
	if err != nil || format == nil {
		return err
	}
	return o.readRecords(found, set, *format, given, content)
}

// framing returns the format to read the records by: the one given, else the
// likeliest; nil when there is none.
func (o *inspectOptions) framing(cmd *cobra.Command, set *recordSet, found *inspection) (format *dataset.Format, given bool, err error) {
	for _, flag := range []string{"recfm", "lrecl", "rdw", "rdw-includes-self", "rdw-adjust", "bdw", "delimiter", "length-field"} {
		given = given || cmd.Flags().Changed(flag)
	}
	if !given {
		if len(found.Formats) == 0 {
			return nil, false, nil
		}
		return &found.Formats[0].format, false, nil
	}
	if set == nil {
		if o.length != "" {
			return nil, true, errors.New("--length-field needs the --copybook that has the field")
		}
		set = &recordSet{}
		if o.recfm == "" {
			o.recfm = "FB"
		}
	}
	f, err := o.format(set)
	return &f, true, err
}

// readRecords takes the first records to show. A format that was given is tried
// on the whole file.
func (o *inspectOptions) readRecords(found *inspection, set *recordSet, format dataset.Format, given bool, content io.Reader) error {
	r, err := dataset.NewReader(content, format)
	if err != nil {
		return err
	}
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
		if len(found.Records) == o.shown {
			continue
		}
		shown := recordFound{Record: r.Record(), Offset: r.Offset(), Length: len(rec), Hex: fmt.Sprintf("%X", rec), bytes: bytes.Clone(rec)}
		if set != nil {
			if c := set.codecOf(rec); c != nil {
				shown.Name, shown.Fields = c.Layout().Name, survey.Fields(c, rec)
			}
		}
		found.Records = append(found.Records, shown)
	}
	return nil
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

// verdict is the exit status.
func (i *inspection) verdict() error {
	switch {
	case i.Problem != "":
		return errBadRecords
	case len(i.Formats) == 0 && len(i.Records) == 0:
		return errInconclusive
	}
	return nil
}
