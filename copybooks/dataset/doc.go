// Package dataset cuts a transferred mainframe file into records and writes
// records as such a file.
//
// It owns the record formats: F and FB (every record LRECL bytes long), V and
// VB (a four-byte record descriptor word, the RDW, in front of each record),
// with or without block descriptor words. It knows nothing of copybooks.
//
// Promises: a record is handed out exactly as it stands in the file; its number
// and its byte offset are always known; nothing is skipped or padded. Where the
// bytes cannot be cut, Next returns a FramingError with the offset and, when
// the bytes suggest another format, a hint. Records before it are good.
//
//	r, err := dataset.NewReader(file, dataset.Format{RECFM: dataset.VB})
//	for {
//		rec, err := r.Next()
//		if err == io.EOF {
//			break
//		}
//		...
//	}
package dataset
