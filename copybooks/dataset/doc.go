// Package dataset cuts a transferred mainframe file into records and writes
// records as such a file.
//
// It owns the record formats:
//
//	F, FB       every record LRECL bytes long
//	V, VB       a four-byte record descriptor word (RDW) in front of each record
//	VS, VBS     records cut into segments, each after its segment descriptor word
//	D           ISO/ANSI tape: each record after its length in four decimal characters
//	U           blocks of undefined content, each handed out as one record; or
//	            records whose own bytes say how long they are (LengthRule)
//	TEXT        lines, each ended by a delimiter (X'0A' unless Format says else)
//
// each but TEXT with or without block descriptor words (BDW), extended ones
// included. It knows nothing of copybooks.
//
// Promises: a record is handed out exactly as it stands in the file; its number
// and its byte offset are always known; nothing is skipped or padded. Where the
// bytes cannot be cut, Next returns a FramingError with the offset and, when
// the bytes suggest another format, a hint. Records before it are good. Memory
// is bounded by the longest record: 32 KB for V and VB, 16 MB at most for
// spanned records and lines. What a Writer writes a Reader of the same Format
// reads back.
//
//	r, err := dataset.NewReader(file, dataset.Format{RECFM: dataset.VB})
//	for {
//		rec, err := r.Next()
//		if err == io.EOF {
//			break
//		}
//		...
//	}
//
// A Writer makes blocks and segments of its own. To write a file again byte for
// byte, KeepFraming makes a Reader remember how each record stood in it
// (Stretch), and WriteFramed puts the record there again.
//
// Reader.Resync instead goes on behind damaged bytes and reports each stretch
// that was passed over. Decompress reads gzip, zstd and bzip2 files as if they
// were not compressed, and stops what grows out of all proportion (ErrBomb).
//
// Recognise weighs the formats that the first bytes of a file allow, and
// RecogniseSamples those of its middle and end too; the same evidence makes the
// hint of a FramingError.
//
// # Getting a file off the mainframe
//
// Transfer in binary and keep the descriptor words: what reads them can tell a
// damaged file from a good one.
//
//   - FTP of a VB or VBS dataset drops the RDWs unless told otherwise: "quote
//     site rdw" before a binary get. SFTP and others that cannot keep them: copy
//     the dataset with IDCAMS REPRO into one of RECFM=FB first, or
//     transfer it as RECFM=U.
//   - IDCAMS REPRO INFILE(ddname) OUTFILE(ddname) unloads a VSAM data set (KSDS,
//     ESDS, RRDS) into a sequential one with the records in key or entry order.
//     Give the output an LRECL and a BLKSIZE, it takes none from the cluster:
//     RECFM=VB with an LRECL at least four bytes longer than the longest record,
//     or RECFM=FB when all have one length. Read it as VB or FB.
//   - IDCAMS EXPORT writes a portable copy with catalog information of its own in
//     front of the records. It is made for IMPORT: use REPRO to unload data.
//   - IMS HD unload (DFSURGU0) writes a header record, a record for each segment
//     and a trailer record (macro DFSURGUF). Read it as VB. Each record starts
//     with a prefix of 35 bytes with the segment's name in eight characters from
//     its byte 6: make it a part of the copybook, where it tells the segments
//     apart, or leave it out with a record prefix.
//   - Db2 UNLOAD puts an indicator byte before each column that may be null (X'00'
//     a value, X'FF' null) and two bytes of length before each VARCHAR, behind its
//     indicator. With NOPAD a VARCHAR takes as many bytes as it has: VB, a table
//     that depends on its length. Else it takes its largest length, the table
//     is stored at its largest.
//   - DSNTIAUL writes fixed records, VARCHAR padded with X'00', and the indicator
//     behind its column (X'00' a value, X'6F' null). Read FB.
//   - Files written on other systems may have RDWs in little-endian order, with
//     the length in the last two bytes, or that do not count themselves: see RDW.
//
// The script recipes.txtar of cmd/tidewaiter's tests runs each with a copybook
// and a few records.
package dataset
