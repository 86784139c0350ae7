package export_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/export"
)

func ExampleToCSV() {
	book, err := copybooks.Parse("FEES", []byte(`
       01  FEE.
           05  FEE-CODE    PIC X(3).
           05  FEE-AMOUNT  PIC S9(5)V99 COMP-3 OCCURS 2.
`), copybooks.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	codec, err := book.Records[0].Codec(copybooks.CodecOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	// 499, 30.50 and -0.07; then a record whose second amount was never filled.
	data := []byte("\xF4\xF9\xF9\x00\x03\x05\x0C\x00\x00\x00\x7D" + "\xF5\xF0\xF1\x00\x00\x10\x0C\x40\x40\x40\x40")
	reader, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.FB, LRECL: 11})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out bytes.Buffer
	sum, err := export.ToCSV(context.Background(), codec, reader, &out, export.Options{})
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	fmt.Println(sum.Written, "records,", sum.Bad, "with a bad field", err)
	// Output:
	// FEE-CODE,FEE-AMOUNT(1),FEE-AMOUNT(2),_errors
	// 499,30.50,-0.07,
	// 501,1.00,,"[{""field"":""FEE-AMOUNT(2)"",""offset"":7,""hex"":""40404040"",""reason"":""spaces in a numeric field""}]"
	// 2 records, 1 with a bad field <nil>
}
