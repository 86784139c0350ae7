// Package survey finds out what a file from a mainframe holds from its bytes
// alone: its code page and, by dataset.Recognise, its record format. It shows
// records as hexadecimal beside their fields.
//
// Promises: it proposes and never decides. Each candidate has a score from 0 to
// 100 and the evidence for it, the likeliest first; bytes that several code
// pages read alike name all of them. It looks at a bounded sample.
//
// A run is a stretch of text: letters, digits and blanks that every EBCDIC page
// has at the same place, with a few other bytes between them. A variant is a
// byte whose character differs from page to page; the runs around it tell which
// page makes sense of it.
//
// Remarks finds what no score can say: UTF-16, and the traces of a transfer that
// converted what it should have left alone. A Trial counts how the numeric
// fields of a copybook fare in records that were cut and read in a way that may
// be wrong: in the right one they hold numbers.
//
//	for _, c := range survey.CodePages(sample) {
//		fmt.Println(c.Page, c.Score, c.Evidence)
//	}
package survey
