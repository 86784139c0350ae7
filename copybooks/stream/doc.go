// Package stream reads a dataset with as many workers as it is given: into JSON
// lines (ToJSON), or into another Output (Run), as export's files are.
//
// It owns the order and the bounds: the output is the same bytes for any number
// of workers, in the order of the records; memory holds a few batches, however
// long the dataset is. Which layout a record has is the caller's choice
// (Router): one for all, by the value of a field, or by rules, of which package
// condition reads the tests and which may be about the first and the last record.
// Nesting puts children into the JSON of their parents; then memory holds one
// root more, of at most MaxRootBytes.
//
// One goroutine cuts records and one writes, the workers decode: more workers
// help until one of those two has no time left, which for records of 60 bytes
// is at about 1 GB of input a second, and for the writer at what the disk takes.
//
// Options.Framing adds to each line how its record stands in the file (Framing),
// and CutFraming takes it out again: with it a file is written back byte for
// byte.
//
// ParseLength makes a dataset.LengthRule of the fields of a record.
//
// A record with bad fields is written with its good ones and counted in the
// Summary. Where the dataset cannot be cut into records, everything before that
// place is written and the dataset.FramingError is returned.
//
//	r, err := dataset.NewReader(file, dataset.Format{RECFM: dataset.FB, LRECL: 80})
//	sum, err := stream.ToJSON(ctx, r, os.Stdout, stream.Options{Router: stream.Single(codec, copybooks.JSONOptions{}), Jobs: 4})
package stream
