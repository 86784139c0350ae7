package export

import (
	"context"
	"errors"
	"fmt"
	"io"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// Options of ToCSV and ToParquet. The zero value writes every record with the
// copybook's names.
type Options struct {
	// JSON chooses names, trimming, FILLER and redefinitions as for JSON lines,
	// and with Raw adds the column "_raw". Root, Record and OmitNull say how
	// objects are written and mean nothing here.
	JSON   copybooks.JSONOptions
	Where  []stream.Filter // only records that all of them let through
	Limit  int64           // stop after so many records, 0 for all
	Strict bool            // stop before the first record with a bad field
	// Prefix and Suffix are bytes to leave out at the ends of each record.
	Prefix, Suffix int
	// BinaryFull says that the codec takes COMP items to use all their bits, so
	// that a Parquet column must hold more digits than the PICTURE has.
	BinaryFull bool
	// RowGroupBytes is how many bytes of records a Parquet row group holds;
	// 0 is DefaultRowGroupBytes.
	RowGroupBytes int
	// Report, when set, is called for each bad record.
	Report func(stream.Bad)
}

// Writer is what ToCSV and ToParquet are.
type Writer func(context.Context, *copybooks.Codec, *dataset.Reader, io.Writer, Options) (stream.Summary, error)

// line writes the JSON object of one record to the output.
type line func(object []byte, size int) error

// checkEvery is how many records pass between looks at the context.
const checkEvery = 1024

// each reads the records and hands the object of each to write.
func each(ctx context.Context, c *copybooks.Codec, src *dataset.Reader, o Options, write line) (stream.Summary, error) {
	o.JSON.Root, o.JSON.Record, o.JSON.OmitNull = false, false, false
	sum := stream.Summary{Faults: map[string]int64{}}
	var object, scratch []byte
	for o.Limit == 0 || sum.Read < o.Limit {
		if sum.Read%checkEvery == 0 && ctx.Err() != nil {
			return sum, ctx.Err()
		}
		rec, err := src.Next()
		if errors.Is(err, io.EOF) {
			return sum, nil
		}
		if err != nil {
			return sum, err
		}
		if len(rec) < o.Prefix+o.Suffix {
			return sum, &stream.RecordError{Record: src.Record(), Offset: src.Offset(),
				Err: fmt.Errorf("%d bytes are fewer than its prefix of %d and suffix of %d", len(rec), o.Prefix, o.Suffix)}
		}
		sum.Read++
		sum.Bytes += int64(len(rec))
		rec = rec[o.Prefix : len(rec)-o.Suffix]
		if scratch, err = passes(o.Where, rec, scratch); err != nil {
			continue
		}
		var errs []copybooks.FieldError
		object, errs = c.AppendJSON(object[:0], rec, o.JSON)
		if len(errs) > 0 {
			if err := account(&sum, src, errs, o); err != nil {
				return sum, err
			}
		}
		if err := write(object, len(rec)); err != nil {
			return sum, &stream.RecordError{Record: src.Record(), Offset: src.Offset(), Err: err}
		}
		sum.Written++
	}
	return sum, nil
}

// errFiltered says that a record is none of those asked for.
var errFiltered = errors.New("filtered out")

func passes(where []stream.Filter, rec, scratch []byte) ([]byte, error) {
	for i := range where {
		text, err := where[i].Field.Append(scratch[:0], rec, 0)
		if scratch = text; err != nil || string(text) != where[i].Value {
			return scratch, errFiltered // a field without a value equals nothing
		}
	}
	return scratch, nil
}

// account adds a bad record to the summary and returns the error that ends a
// strict run.
func account(sum *stream.Summary, src *dataset.Reader, errs []copybooks.FieldError, o Options) error {
	if o.Strict {
		return &stream.RecordError{Record: src.Record(), Offset: src.Offset(), Err: &errs[0]}
	}
	sum.Bad++
	for i := range errs {
		sum.Faults[errs[i].Field]++
	}
	if o.Report != nil {
		o.Report(stream.Bad{Record: src.Record(), Offset: src.Offset(), Fields: errs})
	}
	return nil
}
