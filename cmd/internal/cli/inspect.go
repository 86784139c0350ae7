package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

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
		Long: `Inspect looks at the start, the middle and the end of a file and proposes how to
read it: code pages and record formats, each with a score from 0 to 100 and the
evidence for it, and the decode flags that go with it. It then shows the first
records as hexadecimal and, with --copybook, field by field. A copybook also
weighs: in the right format and code page its numeric fields hold numbers.

With --recfm, or another flag about records, it reads the file that way instead,
up to its first 64 MB, and says what is wrong when it does not fit.

EXIT STATUS
  0  a record format was recognised, or the one given fits
  1  the record format given does not fit
  2  could not run
  3  nothing was recognised`,
		Example: `  tidewaiter inspect unknown.bin
  tidewaiter inspect --copybook fixtures/copybooks/COLREC.cpy collection-detail.fb
  tidewaiter inspect --recfm VB collection-detail.fb`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	o.registerRecords(c)
	o.registerEnds(c)
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
	Remarks     []string            `json:"remarks,omitempty"`
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
	header int64 // bytes before the first record
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
	if o.shown < 0 || o.header < 0 || o.trailer < 0 {
		return errors.New("a number of records or bytes is below 0")
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
	body, _, err := trimEnds(content, o.header, o.trailer)
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	sample, err := io.ReadAll(io.LimitReader(body, dataset.SampleBytes+1))
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	found := &inspection{File: path, Bytes: size, Compression: compression}
	if compression != dataset.None || size == 0 {
		found.Bytes = 0
	}
	if len(sample) <= dataset.SampleBytes {
		found.Bytes = int64(len(sample)) + o.header + o.trailer
	}
	samples, err := o.furtherSamples(in, sample, found.Bytes)
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	if err := o.examine(cmd, found, samples, io.MultiReader(bytes.NewReader(sample), body)); err != nil {
		return fmt.Errorf("inspecting %s: %w", path, err)
	}
	if err := o.print(cmd.OutOrStdout(), found); err != nil {
		return err
	}
	return found.verdict()
}

// furtherSamples adds samples of the middle and the end of a file of size bytes,
// where they can be had without reading all of it: size is 0 where they cannot.
// Offsets are counted from behind the header.
func (o *inspectOptions) furtherSamples(in io.Reader, start []byte, size int64) ([]dataset.Sample, error) {
	samples := []dataset.Sample{{Bytes: start}}
	body := size - o.header - o.trailer
	file, ok := in.(io.ReaderAt)
	if !ok || body < int64(len(start))+2*dataset.FurtherBytes {
		return samples, nil
	}
	for _, at := range []int64{body / 2, body - dataset.FurtherBytes} {
		b := make([]byte, dataset.FurtherBytes)
		if _, err := file.ReadAt(b, o.header+at); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		samples = append(samples, dataset.Sample{Offset: at, Bytes: b})
	}
	return samples, nil
}

// examine fills in what the bytes say.
func (o *inspectOptions) examine(cmd *cobra.Command, found *inspection, samples []dataset.Sample, content io.Reader) error {
	pageGiven := cmd.Flags().Changed("codepage")
	for _, c := range survey.CodePages(samples[0].Bytes) {
		found.CodePages = append(found.CodePages, pageFound{c.Page, c.About, c.Score, c.Evidence})
	}
	found.Remarks = survey.Remarks(samples[0].Bytes)
	var set *recordSet
	var err error
	layout := 0
	if len(o.copybook) > 0 {
		if set, err = o.recordsIn(found.pageName(o.codepage, pageGiven)); err != nil {
			return err
		}
		layout = set.fixed
		if layout > 0 {
			layout += o.prefix + o.suffix
		}
	}
	body := max(0, found.Bytes-o.header-o.trailer) // 0 while the size is not known
	for _, c := range dataset.RecogniseSamples(samples, body, layout) {
		header := c.Header
		c.Header += o.header
		found.Formats = append(found.Formats, formatFound{c.Format.String(), framingFlags(c), c.Score, c.Evidence, c.Format, header})
	}
	if set != nil {
		if err := o.weigh(found, set, samples[0].Bytes, pageGiven); err != nil {
			return err
		}
		if set, err = o.recordsIn(found.pageName(o.codepage, pageGiven)); err != nil {
			return err
		}
	}
	if found.page, err = ebcdic.LookupCodePage(found.pageName(o.codepage, pageGiven)); err != nil {
		return fmt.Errorf("reading --codepage: %w", err)
	}
	format, header, given, err := o.framing(cmd, set, found)
	if err != nil || format == nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, content, header); err != nil {
		return err
	}
	return o.readRecords(found, set, *format, header, given, content)
}

// pageName is the code page given, else the likeliest, else the usual one.
func (i *inspection) pageName(name string, given bool) string {
	if given || len(i.CodePages) == 0 {
		return name
	}
	return i.CodePages[0].Page
}

// recordsIn reads the copybook for a code page.
func (f recordFlags) recordsIn(page string) (*recordSet, error) {
	f.codepage = page
	return f.records()
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
