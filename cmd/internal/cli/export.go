package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

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
		router, err := o.router(set)
		return func(ctx context.Context, r *dataset.Reader, w io.Writer, options stream.Options) (stream.Summary, error) {
			options.Router = router
			return stream.ToJSON(ctx, r, w, options)
		}, err
	case "csv":
		return o.columns(set, export.ToCSV)
	case "parquet":
		if o.out == "" {
			return nil, errors.New("--to parquet writes a binary file: give -o FILE, or -o - for standard output")
		}
		return o.columns(set, export.ToParquet)
	}
	return nil, fmt.Errorf("reading --to: %q is not one of jsonl, csv, parquet", o.to)
}

// columns is a form with the same columns for every record, and so of one kind
// of record.
func (o *decodeOptions) columns(set *recordSet, write export.Writer) (writeRecords, error) {
	if o.segmentField != "" || len(o.segments) > 0 {
		return nil, fmt.Errorf("--segment-field and --segment are not supported with --to %s: choose records with --record and --where", o.to)
	}
	if len(set.codecs) > 1 {
		names := make([]string, len(set.codecs))
		for i, c := range set.codecs {
			names[i] = c.Layout().Name
		}
		return nil, fmt.Errorf("--to %s has the columns of one record: choose one of %s with --record, and its records with --where 'FIELD=VALUE'", o.to, strings.Join(names, ", "))
	}
	form, err := o.jsonForm()
	if err != nil {
		return nil, err
	}
	where, err := o.filters(set)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, r *dataset.Reader, w io.Writer, s stream.Options) (stream.Summary, error) {
		return write(ctx, set.codecs[0], r, w, export.Options{
			JSON: form, Where: where, Limit: s.Limit, Strict: s.Strict, Prefix: s.Prefix, Suffix: s.Suffix,
			Report: s.Report, BinaryFull: o.trunc == "bin",
		})
	}, nil
}

// filters are the --where flags.
func (o *decodeOptions) filters(set *recordSet) (filters []stream.Filter, err error) {
	for _, w := range o.where {
		name, value, ok := strings.Cut(w, "=")
		if !ok {
			return nil, fmt.Errorf("reading --where: %q is not FIELD=VALUE", w)
		}
		f, err := set.field(name)
		if err != nil {
			return nil, fmt.Errorf("reading --where: %w", err)
		}
		filters = append(filters, stream.Filter{Field: f, Value: value})
	}
	return filters, nil
}
