package copybooks_test

import (
	"fmt"

	"tidewaiter/copybooks"
)

func Example() {
	book, err := copybooks.Parse("PAYMENT.cpy", []byte(`
       01  PAYMENT.
           05  PAYER        PIC X(05).
           05  AMOUNT       PIC S9(05)V99.
	`), copybooks.Options{})
	if err != nil {
		panic(err)
	}
	layout, err := book.Record("PAYMENT")
	if err != nil {
		panic(err)
	}
	codec, err := layout.Codec(copybooks.CodecOptions{})
	if err != nil {
		panic(err)
	}
	record := []byte("\xC1\xC3\xD4\xC5\x40\xF0\xF0\xF1\xF2\xF3\xF4\xD5")
	line, errs := codec.AppendJSON(nil, record, copybooks.JSONOptions{})
	fmt.Println(string(line), len(errs))

	amount, err := codec.Field("AMOUNT")
	if err != nil {
		panic(err)
	}
	cents, err := amount.Int(record, 0)
	fmt.Println(cents, err)

	back, err := codec.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
	fmt.Printf("%X %v\n", back, err)
	// Output:
	// {"PAYER":"ACME","AMOUNT":-123.45} 0
	// -12345 <nil>
	// C1C3D4C540F0F0F1F2F3F4D5 <nil>
}
