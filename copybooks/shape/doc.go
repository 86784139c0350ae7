// Package shape describes what a record is outside COBOL: the members of its
// JSON object with their names, kinds and tables.
//
// It owns the tree (Member) that the exports to CSV and Parquet are made from,
// and the JSON Schema of the JSON lines (Schema). The names are those
// copybooks.Codec.AppendJSON writes, FILLER and repeated names with a number.
//
//	record := shape.Of(layout, copybooks.JSONOptions{})
//	for _, m := range record.Members {
//		fmt.Println(m.Name, m.Kind)
//	}
package shape
