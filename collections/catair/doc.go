// Package catair reads and writes the records that filers and Customs exchange
// through the automated broker interface: CATAIR, 80 characters a record. It
// owns the layout of each record, the structure of each message, and the way
// from an entry summary message to an entry.Summary and back. It decides
// nothing about money.
//
// # Words
//
//   - Record: 80 characters; the first one, two or four are its identifier.
//   - Chapter: the part of CATAIR a record belongs to. AE: entry summaries (in)
//     and their responses (out); PF, MS: daily and monthly statements; ESQ: entry
//     summary queries; DBK: drawback claims and their responses.
//   - Envelope: a batch (A to Z) holds blocks (B to Y), a block the transactions
//     of one application: AE, AX, EQ, ER, DE, DX, PF or MS.
//   - Form: ASCII or EBCDIC (code page 037), and the bytes that end a line, if any.
//   - Fault: what is wrong with a record, a *FieldError with the number of the
//     record, the field's positions and the condition Customs raises for it.
//
// # Reading
//
// A Reader gives the records of a file and recognizes its Form and chapter. A
// Checker does the same and says what is wrong with each record and with what it
// ends. Summaries goes from entry to entry of an AE message:
//
//	summaries := catair.NewSummaries(file, "entry.ae")
//	var s entry.Summary
//	for {
//		err := summaries.Next(&s)
//		if err == io.EOF {
//			break // EnvelopeFaults says what is wrong around the entries
//		}
//		if err != nil {
//			return err // the file cannot be read any further
//		}
//		if faults, _ := summaries.Faults(); len(faults) > 0 {
//			continue // reported, not assessed; the next entry goes on
//		}
//		// s is the entry
//	}
//
// # Writing
//
// A Draft is a record made from its fields; a value that does not fit is an error,
// never cut. A Writer writes drafts, records that were read, entry summaries
// (WriteSummary), responses (WriteResponse) and conditions of the envelope
// (WriteCondition), with the envelope around them.
//
// # Promises
//
// Every byte of a file is in the Raw of one record: writing them in the file's own
// form gives the same file, unknown records, short and overlong lines, carriage
// returns and trailing bytes included. No fault stops the records after it, and
// what is wrong around an entry, or with its neighbour, is no fault of it. A short
// line is filled up with blanks; the last one of a file, without a line end,
// is taken for cut off (X42). No error text repeats an importer number or the
// communication password.
//
// Layouts, structure maps, the conditions of faults and the codes of responses are
// tables/*.csv. What no source prints is marked verified no there, and the maps are
// permissive about it: rank 0 is "anywhere in the group". Not verified are, above
// all, the letters of dispositions and severities in E1 records and what E0 records
// refer to; the layout that the guide prints as record 51 has a control identifier
// of four characters, and is SE51 here, while the 51 record of the structure map has
// no layout.
//
// Fields of class AN hold letters, digits, + and # (the guide's own program codes
// have them), in output and where longer than 12 characters punctuation too, as the
// guide's own texts do; fields of class X hold every printable character.
package catair
