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
// Reader.Resync instead goes on behind damaged bytes and reports each stretch
// that was passed over. Decompress reads gzip, zstd and bzip2 files as if they were not compressed.
//
// Recognise weighs the formats that the first bytes of a file allow; the same
// evidence makes the hint of a FramingError.
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
//     Give the output RECFM=VB with an LRECL four bytes longer than the cluster's
//     maximum RECORDSIZE, or RECFM=FB when average and maximum are equal. Read it
//     as VB or FB.
//   - IDCAMS EXPORT writes a portable copy with catalog information of its own in
//     front of the records. It is made for IMPORT: use REPRO to unload data.
//   - IMS: HD unload (DFSURGU0) writes a prefix before each segment's data. Read
//     the data set as VB; the prefix belongs to the copybook, or is left out by a
//     record prefix where all segment types have one of the same length. The
//     segment name or code in it tells the records apart.
//   - Db2: DSNTIAUL and UNLOAD write fixed records when no column varies: read
//     FB. With VARCHAR columns UNLOAD writes VB, a two-byte length in front of
//     each such column and, for a column that may be null, an indicator byte of
//     its own (X'00' a value, X'FF' null); both are fields of the copybook.
//   - Files written by Micro Focus or on a PC may have RDWs in little-endian
//     order or that do not count themselves: see RDW.
package dataset
