package catair

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
)

//go:embed tables/dispositions.csv
var dispositionTable []byte

// meanings give what the codes of E0 and E1 records mean, by element and code.
var meanings = mustReadMeanings(dispositionTable)

type elementCode struct{ element, code string }

func mustReadMeanings(table []byte) map[elementCode]string {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("catair: reading dispositions.csv: %v", err))
	}
	out := map[elementCode]string{}
	for _, row := range rows[1:] {
		out[elementCode{row[0], row[1]}] = row[2]
	}
	return out
}

// Meaning gives what a code of an E0 or E1 record means, "" when no source and
// no row says.
func Meaning(f *Field, code string) string { return meanings[elementCode{f.Name, code}] }
