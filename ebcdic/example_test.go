package ebcdic_test

import (
	"fmt"

	"tidewaiter/ebcdic"
)

// A record of a name, a packed amount S9(5)V99 and a COMP-1 rate.
func Example() {
	record := []byte{0xE2, 0x96, 0x92, 0x40, 0x00, 0x12, 0x30, 0x5D, 0x43, 0x14, 0x2E, 0xFC}

	page, err := ebcdic.LookupCodePage("cp273")
	if err != nil {
		fmt.Println(err)
		return
	}
	name, fault := page.AppendText(nil, page.TrimRight(record[:4]))
	fmt.Printf("%s: %s\n", name, fault)

	amount, err := ebcdic.NewNumber(ebcdic.Spec{Kind: ebcdic.Packed, Digits: 7, Scale: 2, Signed: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, fault := amount.Append(nil, record[4:8])
	fmt.Printf("%s: %s\n", text, fault)
	fmt.Println(amount.Put(record[4:8], "99999.995")) // nothing is rounded away

	rate, err := ebcdic.NewFloat(ebcdic.FloatSpec{})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, fault = rate.Append(nil, record[8:])
	fmt.Printf("%s: %s\n", text, fault)

	// Output:
	// Sok: no fault
	// -123.05: no fault
	// value has more decimal places than the field
	// 322.9365: no fault
}

// The name of a page may carry options, and a page it does not know is an
// error that lists those it does.
func ExampleLookupCodePage() {
	lines := []byte{0xC1, 0x15, 0xC2, 0x25}
	for _, name := range []string{"IBM1047", "1047,swaplfnl", "cp1047,controls=blank"} {
		page, err := ebcdic.LookupCodePage(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		text, _ := page.AppendText(nil, lines)
		fmt.Printf("%s %+q\n", page.Name(), text)
	}
	// Output:
	// cp1047 "A\u0085B\n"
	// cp1047,swaplfnl "A\nB\u0085"
	// cp1047,controls=blank "A B "
}
