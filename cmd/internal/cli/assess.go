package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

func newAssessCommand() *cobra.Command {
	var working bool
	cmd := &cobra.Command{
		Use:   "assess FILE",
		Short: "Compute duties, taxes and fees of entry summaries",
		Long: `Assess reads entry summaries as JSON, one object a line, and writes one
assessment a line: the charges of each line by class code, what is charged once
per entry, and the totals due. "-" reads standard input. Amounts are exact; with
--working each charge carries its formula, inputs, reference row and rounding.

An entry that cannot be assessed is reported on standard error with file, line,
entry and field, and the others go on. The form of an entry summary is described
in the package documentation (go doc tidewaiter/collections/entry).

A CATAIR AE message is not readable yet and is refused as a whole.

EXIT STATUS
  0  every entry was assessed
  1  some lines are not entry summaries, or could not be assessed
  2  the file could not be read, or is a CATAIR message`,
		Example: `  tidewaiter assess entries.jsonl
  tidewaiter assess --working entries.jsonl | head -1
  tidewaiter decode ... | tidewaiter assess -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			name := "standard input"
			if args[0] != "-" {
				file, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("opening entry summaries: %w", err)
				}
				defer file.Close()
				in, name = file, args[0]
			}
			return assessLines(cmd.Context(), in, name, working, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&working, "working", false, "give each charge its working")
	return cmd
}

// entryAssessor assesses JSON lines one after the other, in memory that it uses
// again.
type entryAssessor struct {
	tables     *reference.Tables
	compute    func(*assess.Assessment, *entry.Summary) error
	name       string // of the input, for errors
	summary    entry.Summary
	assessment assess.Assessment
	line       []byte
	output     []byte
}

// assessLines assesses JSON lines from in. Bad entries are reported on stderr
// and make the result errBadRecords.
func assessLines(ctx context.Context, in io.Reader, name string, working bool, stdout, stderr io.Writer) error {
	tables, err := reference.Default()
	if err != nil {
		return err
	}
	assessor := assess.New(tables, assess.Regulation)
	e := &entryAssessor{tables: tables, compute: assessor.Assess, name: name}
	if working {
		e.compute = assessor.Explain
	}
	out := bufio.NewWriterSize(stdout, 1<<16)
	bad, err := e.run(ctx, bufio.NewReaderSize(in, 1<<16), out, stderr)
	if flushErr := out.Flush(); err == nil && flushErr != nil {
		err = fmt.Errorf("writing assessments: %w", flushErr)
	}
	if err == nil && bad > 0 {
		err = fmt.Errorf("%w: %d entries of %s", errBadRecords, bad, name)
	}
	return err
}

// run assesses every line and gives the number of bad ones.
func (e *entryAssessor) run(ctx context.Context, in *bufio.Reader, out io.Writer, stderr io.Writer) (bad int, err error) {
	for number, seen := int64(1), false; ; number++ {
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		var end error
		if e.line, end = readLine(in, e.line[:0]); end != nil && end != io.EOF {
			return bad, fmt.Errorf("reading %s line %d: %w", e.name, number, end)
		}
		if text := bytes.TrimSpace(e.line); len(text) > 0 {
			if !seen && isCATAIR(text) {
				return bad, fmt.Errorf("reading %s: it begins like a CATAIR AE message (%q), which is not readable yet; give entry summaries as JSON, one object a line", e.name, text[:10])
			}
			seen = true
			if err := e.assess(text, number); err != nil {
				bad++
				_, _ = fmt.Fprintf(stderr, "tidewaiter: %s line %d: %v\n", e.name, number, err)
			} else if _, err := out.Write(e.output); err != nil {
				return bad, fmt.Errorf("writing assessments: %w", err)
			}
		}
		if end == io.EOF {
			return bad, nil
		}
	}
}

// assess puts the assessment of one JSON text into output, with its newline.
func (e *entryAssessor) assess(text []byte, record int64) error {
	e.summary.Source = entry.Source{File: e.name, Record: record}
	if err := entry.Decode(text, &e.summary); err != nil {
		return err
	}
	number := e.summary.Number
	if err := number.Check(e.tables.CheckDigitFactor(number.Filer(), e.summary.EntryDate)); err != nil {
		return fmt.Errorf("%w; a filer that has used up its numbers has a row in check_digit_factors.csv", err)
	}
	if err := e.compute(&e.assessment, &e.summary); err != nil {
		return err
	}
	e.output = append(e.assessment.AppendJSON(e.output[:0]), '\n')
	return nil
}

// readLine reads up to and including the next newline into dst, at most the
// largest summary.
func readLine(r *bufio.Reader, dst []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		dst = append(dst, part...)
		if len(dst) > entry.MaxJSON {
			return dst, fmt.Errorf("more than %d bytes; an entry summary has one line", entry.MaxJSON)
		}
		if err != bufio.ErrBufferFull {
			return dst, err
		}
	}
}

// isCATAIR says whether a file's first line is that of a CATAIR batch: an A, B or
// 10 record, 80 characters and not JSON.
func isCATAIR(line []byte) bool {
	if line[0] == '{' || len(line) < 10 {
		return false
	}
	return line[0] == 'A' || line[0] == 'B' || bytes.HasPrefix(line, []byte("10"))
}
