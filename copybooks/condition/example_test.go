package condition_test

import (
	"fmt"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
)

func Example() {
	book, err := copybooks.Parse("PAYMENT", []byte("01 PAYMENT. 05 KIND PIC X. 88 IS-REFUND VALUE 'R'. 05 AMOUNT PIC S9(5)V99 COMP-3."), copybooks.Options{Format: copybooks.FreeFormat})
	if err != nil {
		panic(err)
	}
	codec, err := book.Records[0].Codec(copybooks.CodecOptions{})
	if err != nil {
		panic(err)
	}
	large, err := condition.Parse("NOT IS-REFUND AND AMOUNT > 1000", condition.Scope{Codecs: []*copybooks.Codec{codec}})
	if err != nil {
		panic(err)
	}
	fmt.Println(large.Holds([]byte("\xD7\x01\x23\x45\x6C"), 0)) // P, 1234.56
	fmt.Println(large.Holds([]byte("\xD9\x01\x23\x45\x6C"), 0)) // R, 1234.56
	fmt.Println(large.Holds([]byte("\xD7\x40\x40\x40\x40"), 0))
	// Output:
	// true <nil>
	// false <nil>
	// false field AMOUNT at offset 1, X'40404040': spaces in a numeric field
}
