package gostruct_test

import (
	"fmt"

	"tidewaiter/copybooks/gostruct/internal/colrec"
)

// The generated code in use: amounts are in cents, since CD-AMOUNT has two
// decimal places.
func Example() {
	record := colrec.CollectionDetailRecord{CdKey: colrec.CdKey{CdClassCode: "499"}, CdAmount: 3271, CdCollectionDate: 20251001}
	rec, err := record.Encode(nil)
	fmt.Println(len(rec), err)

	var date colrec.CdCollectionDateParts
	err = date.DecodeAt(rec, 39)
	fmt.Println(date.CdCollectionCcyy, date.CdCollectionMm, date.CdCollectionDd, err)

	rec[11] = 0xFF
	fmt.Println(record.Decode(rec))
	// Output:
	// 80 <nil>
	// 2025 10 1 <nil>
	// field CD-LINE-NUMBER at offset 11: invalid digit nibble
}
