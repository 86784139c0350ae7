// Package extract reads and writes the entry-summary extract of the legacy
// collections system: a VB dataset of EBCDIC records, laid out by the copybook
// ESREC of package fixtures.
//
// An entry is one header (record type 10), its lines (40), each followed by
// its tariff records (50), and one trailer (90) with what the filer counted. A
// header may be followed by an extension (11), a line by one (41): dates,
// indicators and licenses that most entries lack. What the filer computed (the
// Filed members of a Summary) is not part of the extract.
//
// # Promises
//
//   - Nothing is guessed, clamped or dropped. An entry that is not whole, whose
//     counts disagree or in which one field cannot be read is refused as a
//     whole by an *EntryError, which names file, record, byte offset, field and
//     bytes; reading goes on at the next header, so that all other entries are
//     kept.
//   - Where the file itself cannot be cut into records (a truncated last
//     record, a broken RDW) reading ends with a *dataset.FramingError. What was
//     read before stands.
//   - Next reuses the memory of the Summary it fills: once warm, reading
//     allocates about one small block for every ten entries. Strings in a
//     Summary are never overwritten and may be kept.
//   - A check digit is that of a filer with factor 0, unless UseFactors gives
//     the factors of the filers (ACE error B16).
//   - Write and Next are inverse: a Summary written and read again is equal,
//     and so are the bytes.
//
// # Words
//
// A chunk is a stretch of the file that begins at a header; Index cuts a file
// into chunks so that several readers can each read one.
//
// # Example
//
//	r, err := extract.NewReader(file, "entries.vb")
//	var s entry.Summary
//	for {
//		err := r.Next(&s)
//		var bad *extract.EntryError
//		switch {
//		case err == io.EOF:
//			return nil
//		case errors.As(err, &bad):
//			rejected = append(rejected, bad)
//		case err != nil:
//			return err // the file ends here
//		default:
//			use(&s)
//		}
//	}
package extract
