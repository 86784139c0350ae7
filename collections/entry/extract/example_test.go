package extract_test

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/fixtures"
)

// The checked-in business day, read entry by entry.
func ExampleReader() {
	file, err := fixtures.Datasets.Open("datasets/entries.vb")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = file.Close() }()
	r, err := extract.NewReader(file, "entries.vb")
	if err != nil {
		fmt.Println(err)
		return
	}
	var s entry.Summary
	var entries, lines, dollars int64
	for {
		err := r.Next(&s)
		var bad *extract.EntryError
		switch {
		case err == nil:
			entries++
			lines += int64(len(s.Lines))
			for i := range s.Lines {
				dollars += s.Lines[i].Value()
			}
			continue
		case errors.As(err, &bad):
			fmt.Println("refused:", bad)
			continue
		case err != io.EOF:
			fmt.Println("reading ended:", err)
		}
		break
	}
	fmt.Printf("%d entries, %d lines, %d dollars of entered value\n", entries, lines, dollars)
	// Output: 800 entries, 2653 lines, 17977567 dollars of entered value
}
