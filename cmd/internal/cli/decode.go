package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// decodeOptions are the flags of decode.
type decodeOptions struct {
	recordFlags
	to  string
	out string
	segmentFlags
	trim     string
	omitNull bool
	strict   bool
	resync   bool
	raw      bool
	limit    int64
	jobs     int
}

func newDecodeCommand() *cobra.Command {
	var o decodeOptions
	c := &cobra.Command{
		Use:   "decode --copybook F DATA",
		Short: "Turn an EBCDIC dataset into JSON lines, CSV or Parquet",
		Long: `Decode reads a mainframe dataset by its copybook and writes one JSON object a
record: fields in copybook order, numbers with the copybook's decimal places,
tables as arrays. "-" reads standard input. Files compressed by gzip, zstd or
bzip2 are read as they are.

Nothing is guessed. A field that holds no value is null, and its record carries
"_errors" with field, offset, bytes and reason; the record's other fields stay,
and encode can put the bytes back. A summary of bad fields goes to standard error.

A copybook with several records (level 01), or several copybooks, are decoded
record by record: by the condition names (88) that tell the records apart, by
--segment-field and --segment 'ID=RECORD', or by conditions on any fields:
--segment 'TYPE = A AND VERSION > 1=>RECORD'. The first condition that holds says
which record it is; FIRST, LAST and OTHER stand for the first and the last record
and for all that is left. Each object then starts with "_record".

--segment also chooses among redefinitions: with --segment-field one for the whole
record, with conditions for each stack of redefinitions on its own, and inside a
table for each occurrence. Those that are not in use are left out.

--segment-children 'ORDER=LINE,NOTE' puts the records LINE and NOTE into the JSON of
the ORDER before them, as arrays with their names, to any depth. A record without
its parent is reported and kept.

A condition compares fields with = <> < <= > >= or IN (A, B), with text, numbers,
X'...', SPACES, ZEROS, LOW-VALUES, HIGH-VALUES or other fields; it takes condition
names, IS NUMERIC, IS ALPHABETIC, NOT, AND, OR and parentheses. F(2) is the second
occurrence, F(1:3) the first three bytes of a field, RECORD(1:3) of the record. A
field without value leaves its comparison open, and a record for which --where
stays open is left out and reported.

--to csv writes a header and a row a record: groups and tables flattened, as
FEE-CLASS(2). --to parquet writes structs, lists and exact decimals. Both have the
errors in a column. Where a file has several kinds of record, -o is a folder and
each kind a file in it, named by the record or the GROUP of --segment; records of
no known type go to _unknown.jsonl beside them.

--codepage takes any page of the ebcdic package, by number (273, cp273, IBM273);
its README and the error about a name that is none list them. Options follow
after commas: swaplfnl, controls=blank, controls=refuse, as in
--codepage cp1047,swaplfnl.

EXIT STATUS
  0  every field of every record was decoded
  1  decoded, but some records had bad fields or no known type, or could not be
     told to be asked for (--where), or bytes were passed over (--resync)
  2  could not run, or the file could not be cut into records; the records
     before that place are written, for -o FILE to FILE.partial`,
		Example: `  tidewaiter decode --copybook fixtures/copybooks/COLREC.cpy collection-detail.fb
  tidewaiter decode --copybook fixtures/copybooks/ESREC.cpy --recfm VB entries.vb
  tidewaiter decode --copybook fixtures/copybooks/COLREC.cpy --to parquet -o detail.parquet collection-detail.fb
  tidewaiter decode --copybook fixtures/copybooks/ESREC.cpy --recfm VB --to parquet -o entries/ entries.vb
  tidewaiter decode --copybook CUST.cpy --segment-field TYPE --segment 'A,B=PERSON' --segment 'C=COMPANY' cust.fb
  tidewaiter decode --copybook HDR.cpy --copybook DTL.cpy --segment 'FIRST=>HEADER' --segment 'OTHER=>DETAIL' day.fb
  tidewaiter decode --copybook SALES.cpy --segment-children 'ORDER=LINE' --segment-children 'LINE=NOTE' sales.vb
  tidewaiter decode --copybook ORDER.cpy --segment 'KIND = P=>PERSON' --segment 'KIND = F=>FIRM' orders.fb
  tidewaiter decode --copybook fixtures/copybooks/COLREC.cpy --where "CD-CLASS-CODE IN (499, 501) AND CD-AMOUNT > 100" collection-detail.fb`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	o.recordFlags.register(c)
	o.segmentFlags.register(c)
	s := c.Flags()
	s.StringVar(&o.to, "to", "jsonl", "output: jsonl, csv, parquet")
	s.StringVarP(&o.out, "output", "o", "", "file to write, by default standard output; a folder (out/) for csv and parquet of several kinds of record")
	o.registerEnds(c)
	s.StringVar(&o.trim, "trim", "", "blanks to take off text: both, left, right, none; by default those that pad it")
	s.BoolVar(&o.omitNull, "omit-null", false, "leave fields without value out instead of writing null")
	s.BoolVar(&o.strict, "strict", false, "stop at the first bad field")
	s.BoolVar(&o.resync, "resync", false, "pass over bytes that cannot be cut into records, to where records follow each other again, and list them")
	s.BoolVar(&o.raw, "raw", false, "add each record's bytes in hexadecimal as _raw, and to JSON lines what else encode needs to write the same file")
	s.Int64Var(&o.limit, "limit", 0, "stop after so many records, 0 for all")
	s.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "workers; the output is the same for any number")
	return c
}

func (o *decodeOptions) run(cmd *cobra.Command, path string) error {
	if err := o.unsupported(cmd); err != nil {
		return err
	}
	set, err := o.records()
	if err != nil {
		return err
	}
	write, err := o.output(set)
	if err != nil {
		return err
	}
	format, err := o.format(set)
	if err != nil {
		return err
	}
	in, size, closeIn, err := openInput(cmd, path)
	if err != nil {
		return err
	}
	defer closeIn()
	out, closeOut, err := o.openOutput(cmd)
	if err != nil {
		return err
	}
	err = o.decode(cmd, write, format, in, size, path, out)
	return closeOut(err)
}

// unsupported refuses flags that are part of the contract but not built yet.
func (o *decodeOptions) unsupported(cmd *cobra.Command) error {
	switch {
	case o.limit < 0 || o.jobs < 0:
		return errors.New("a number of records or jobs is below 0")
	}
	return nil
}

func (o *decodeOptions) decode(cmd *cobra.Command, write writeRecords, format dataset.Format, in io.Reader, size int64, path string, out io.Writer) error {
	console := newStageConsole(cmd.ErrOrStderr())
	defer console.close()
	if console.terminal && o.out != "" {
		console.begin("decode", path)
		in = &meter{src: in, report: func(n int64) { console.update(n, size) }}
	}
	content, _, err := dataset.Decompress(in)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	defer func() { _ = content.Close() }() // it holds nothing but memory
	in, ends, err := trimEnds(content, o.header, o.trailer)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	reader, err := dataset.NewReader(in, format)
	if err != nil {
		return err
	}
	reader.SetStart(o.header, 1)
	keeping := o.raw && o.to == "jsonl"
	if keeping {
		reader.KeepFraming()
		if err := writeEnd(out, "_header", ends.header); err != nil {
			return err
		}
	}
	var gaps skips
	if o.resync {
		reader.Resync(gaps.add)
	}
	shown := 0
	sum, err := write(cmd.Context(), reader, out, stream.Options{
		Jobs: o.jobs, Limit: o.limit, Strict: o.strict, Prefix: o.prefix, Suffix: o.suffix, Framing: keeping,
		Report: func(bad stream.Bad) {
			if shown++; shown <= shownBad && !o.strict {
				_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "%s: record %d at byte %d: %s\n", path, bad.Record, bad.Offset, bad.Fields[0].Error())
			}
		},
	})
	console.close()
	if err != nil {
		err = fmt.Errorf("decoding %s: %w\n%s records before it are written", path, interrupted(cmd, err), thousands(sum.Written))
		var broken *dataset.FramingError
		if errors.As(err, &broken) && path != "-" {
			err = fmt.Errorf("%w; see what the file holds with: tidewaiter inspect %s", err, path)
			if broken.Record > 1 && !o.resync {
				err = fmt.Errorf("%w; or pass over damaged bytes with --resync", err)
			}
		}
		return err
	}
	if keeping {
		if err := writeTrailer(out, reader, ends); err != nil {
			return err
		}
	}
	gaps.print(cmd.ErrOrStderr(), path)
	for i := range sum.Lengths {
		_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "%s: warning: %s\n", path, &sum.Lengths[i])
	}
	if sum.Bad > 0 {
		printFaults(cmd.ErrOrStderr(), path, sum)
	}
	if sum.Undecided > 0 {
		_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s records are left out because --where cannot be decided for them\n", path, thousands(sum.Undecided))
	}
	if sum.Bad > 0 || sum.Undecided > 0 || gaps.count > 0 {
		return errBadRecords
	}
	return nil
}

// shownBad is how many bad records are listed before the summary.
const shownBad = 10

// printFaults sums up the bad fields, most frequent first.
func printFaults(w io.Writer, path string, sum stream.Summary) {
	_, _ = fmt.Fprintf(w, "%s: %s of %s records have bad fields\n", path, thousands(sum.Bad), thousands(sum.Read))
	if 2*sum.Bad > sum.Read && path != "-" {
		_, _ = fmt.Fprintf(w, "  the record format or the code page may not be the file's: see tidewaiter inspect %s with the same copybook\n", path)
	}
	names := slices.SortedFunc(maps.Keys(sum.Faults), func(a, b string) int {
		if d := sum.Faults[b] - sum.Faults[a]; d != 0 {
			return int(d)
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		if i == shownBad {
			_, _ = fmt.Fprintf(w, "  and %d more fields\n", len(names)-i)
			return
		}
		_, _ = fmt.Fprintf(w, "  %-30s %12s\n", name, thousands(sum.Faults[name]))
	}
}

// router decides how records are told apart.
func (o *decodeOptions) router(set *recordSet) (*stream.Router, error) {
	form, err := o.jsonForm()
	if err != nil {
		return nil, err
	}
	return o.segmentFlags.router(set, form)
}

// nestedRouter is the router with what --segment-children makes of it.
func (o *decodeOptions) nestedRouter(set *recordSet) (*stream.Router, *stream.Nesting, error) {
	router, err := o.router(set)
	if err != nil {
		return nil, nil, err
	}
	form, err := o.jsonForm()
	if err != nil {
		return nil, nil, err
	}
	nesting, err := o.children.nesting(form.Names)
	if err == nil && nesting != nil {
		if err = nesting.Check(router); err != nil {
			err = fmt.Errorf("reading --segment-children: %w", err)
		}
	}
	return router, nesting, err
}

func (o *decodeOptions) jsonForm() (copybooks.JSONOptions, error) {
	form, err := o.jsonOptions()
	if err != nil {
		return form, err
	}
	trims := []copybooks.Trim{copybooks.TrimPadding, copybooks.TrimBoth, copybooks.TrimLeft, copybooks.TrimRight, copybooks.TrimNone}
	form.Trim, err = choose("trim", o.trim, []string{"", "both", "left", "right", "none"}, trims)
	form.OmitNull, form.Raw = o.omitNull, o.raw
	return form, err
}
