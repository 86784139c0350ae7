package assess_test

import (
	"fmt"
	"log"
	"os"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// An entry from its AE message under two methods: the law's, and that of a
// system that cuts off the harbor maintenance fee behind the cent. It is example
// D11 with 2,349 dollars on line 3, for which the two differ.
func ExampleMethod() {
	file, err := os.Open("../catair/testdata/d11.ae")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	var s entry.Summary
	if err := catair.NewSummaries(file, "d11.ae").Next(&s); err != nil {
		log.Fatal(err)
	}
	s.Lines[2].Tariffs[0].Value = 2_349 // 0.00125 x 2,349 = 2.93625
	tables, err := reference.Default()
	if err != nil {
		log.Fatal(err)
	}
	truncating := assess.Regulation
	truncating.Name = "truncating"
	truncating.HMF.Mode = money.Truncation

	var a assess.Assessment
	for _, method := range []assess.Method{assess.Regulation, truncating} {
		if err := assess.New(tables, method).Explain(&a, &s); err != nil {
			log.Fatal(err)
		}
		harbor := a.Charges[len(a.Charges)-1]
		fmt.Println(method.Name, harbor.Class, harbor.Amount, "of", a.Totals.Due)
		again, err := harbor.Working.ExecuteUnder(assess.Regulation.HMF)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("the same working under the regulation:", again)
	}
	// Output:
	// regulation 501 2.94 of 3320.72
	// the same working under the regulation: 2.94
	// truncating 501 2.93 of 3320.71
	// the same working under the regulation: 2.94
}
