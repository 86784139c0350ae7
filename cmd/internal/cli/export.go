package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/export"
	"tidewaiter/copybooks/stream"
)

// writeRecords writes a dataset in one of the forms of --to. The router of the
// options is its own affair.
type writeRecords func(context.Context, *dataset.Reader, io.Writer, stream.Options) (stream.Summary, error)

// output is the form --to asks for.
func (o *decodeOptions) output(set *recordSet) (writeRecords, error) {
	switch o.to {
	case "jsonl":
		router, nesting, err := o.nestedRouter(set)
		return func(ctx context.Context, r *dataset.Reader, w io.Writer, options stream.Options) (stream.Summary, error) {
			options.Router, options.Nesting = router, nesting
			return stream.ToJSON(ctx, r, w, options)
		}, err
	case "csv":
		return o.columns(set, export.CSVFiles)
	case "parquet":
		if o.out == "" {
			return nil, errors.New("--to parquet writes a binary file: give -o FILE, or -o - for standard output")
		}
		return o.columns(set, export.ParquetFiles)
	}
	return nil, fmt.Errorf("reading --to: %q is not one of jsonl, csv, parquet", o.to)
}

// columns is a form with a file for each kind of record.
func (o *decodeOptions) columns(set *recordSet, write func(context.Context, *stream.Router, *dataset.Reader, export.Create, export.Options) (stream.Summary, error)) (writeRecords, error) {
	if len(o.children.children) > 0 {
		return nil, fmt.Errorf("--segment-children nests JSON lines: --to %s writes a file for each kind of record without it", o.to)
	}
	router, err := o.router(set)
	if err != nil {
		return nil, err
	}
	if targets := router.Targets(); !o.toFolder() && (len(targets) > 1 || router.ByValue()) {
		names := make([]string, len(targets))
		for i, t := range targets {
			names[i] = t.Name
		}
		return nil, fmt.Errorf("--to %s writes a file for each kind of record, %s: give a folder that is there, or with a slash at its end, as -o out/; or choose one with --record, and its records with --where 'FIELD=VALUE'",
			o.to, strings.Join(names, ", "))
	}
	return func(ctx context.Context, r *dataset.Reader, w io.Writer, s stream.Options) (stream.Summary, error) {
		create, finish := func(string, string) (io.Writer, error) { return w, nil }, func(err error) error { return err }
		if o.toFolder() {
			folder := &outputFolder{path: o.out}
			create, finish = folder.create, folder.close
		}
		sum, err := write(ctx, router, r, create, export.Options{
			Jobs: s.Jobs, Limit: s.Limit, Strict: s.Strict, Prefix: s.Prefix, Suffix: s.Suffix,
			Report: s.Report, BinaryFull: o.trunc == "bin",
		})
		return sum, finish(err)
	}, nil
}

// toFolder reports whether -o is a folder, for a file of each kind of record.
func (o *decodeOptions) toFolder() bool {
	if o.to != "csv" && o.to != "parquet" || o.out == "" || o.out == "-" {
		return false
	}
	info, err := os.Stat(o.out)
	return strings.HasSuffix(o.out, "/") || err == nil && info.IsDir()
}

// openOutput opens the file of -o. A folder's files are opened once it is known
// which there are.
func (o *decodeOptions) openOutput(cmd *cobra.Command) (io.Writer, func(error) error, error) {
	if o.toFolder() {
		return nil, func(err error) error { return err }, nil
	}
	return openOutput(cmd, o.out)
}

// outputFolder makes the files of a folder.
type outputFolder struct {
	path  string
	files []*outputFile
}

func (f *outputFolder) create(name, kind string) (io.Writer, error) {
	if len(f.files) == 0 {
		if err := os.MkdirAll(f.path, 0o755); err != nil {
			return nil, fmt.Errorf("creating output: %w", err)
		}
		// One of an earlier run would speak of this one's records.
		if err := os.Remove(filepath.Join(f.path, export.Unknown+".jsonl")); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("creating output: %w", err)
		}
	}
	file, err := createOutput(filepath.Join(f.path, name+"."+kind))
	if err != nil {
		return nil, err
	}
	f.files = append(f.files, file)
	return file, nil
}

// close ends all files; none is whole when err says that one is not.
func (f *outputFolder) close(err error) error {
	var failed error
	for _, file := range f.files {
		if bad := file.end(err); bad != nil && err == nil {
			failed = errors.Join(failed, bad)
		}
	}
	if err != nil && len(f.files) > 0 {
		return fmt.Errorf("%w\nwhat was written is in %s", err, filepath.Join(f.path, "*"+partialSuffix))
	}
	return errors.Join(err, failed)
}
