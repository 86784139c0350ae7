// Package export writes a dataset as CSV or Parquet, with the columns its
// copybook gives it.
//
// Both read what copybooks.Codec.AppendJSON says of a record, so a value is the
// same in all three outputs: what is null in JSON is null here, and "_errors"
// holds the same field, offset, bytes and reason. The bytes are the same for any
// number of workers. Memory holds a few batches and one row group's compressed
// pages, however long the dataset is.
//
// # Several kinds of record
//
// CSVFiles and ParquetFiles write a file for each target of a stream.Router: a
// record of the copybook, or a redefinition that a segment stands for, with the
// columns of that redefinition only. A record of no known type has no columns; it
// goes to a file of its own (Unknown) as the JSON line that stream.ToJSON writes.
//
// # CSV
//
// RFC 4180: a header, CRLF line ends, quotes where a value needs them. Numbers are
// text with the copybook's decimal places. A field without value is empty; text
// that is blank is "" in quotes, a distinction PostgreSQL's COPY understands.
// Groups are flattened: a column has the field's name, after the names of its
// groups where several fields share it (A.N, B.N). Tables are flattened to their
// largest size with 1-based subscripts, as COBOL writes them: ST-FEE-CLASS(2).
// "_errors" comes last, as the JSON array.
//
// # Parquet
//
// Groups are structs, tables are LISTs. Numbers with decimal places are
// DECIMAL(p,s), whole ones INT up to 18 digits and DECIMAL(p,0) above; none passes
// through floating point. A number has no minus zero in Parquet; it does in JSON
// and CSV. Every field is optional, and null when its bytes hold no value.
// "_errors" is a LIST of structs.
//
//	reader, err := dataset.NewReader(file, dataset.Format{RECFM: dataset.FB, LRECL: 80})
//	sum, err := export.ToParquet(ctx, codec, reader, out, export.Options{})
package export
