// Package plans carries ready-made parity plans as templates.
//
// It owns the plan of one business day of collections: the legacy collection
// detail, daily statements and control totals against the ledger's views
// tidewaiter.collection_detail, tidewaiter.daily_statement and
// tidewaiter.control_total. A filled plan is an ordinary plan file for
// parity.Load; people keep it, read it and change it.
//
//	err := plans.WriteCollectionDay(file, plans.CollectionDay{
//		Copybooks: "copybooks", Datasets: "legacy", CollectionDate: "20251001",
//	})
package plans

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"text/template"
	"time"
)

//go:embed collection-day.yaml
var collectionDay string

// CollectionDay fills the plan of one business day.
type CollectionDay struct {
	Copybooks      string // folder of COLREC.cpy, STMREC.cpy, CTLREC.cpy
	Datasets       string // folder of collection-detail.fb, statements.fb, control-totals.fb
	CollectionDate string // the business day, ccyymmdd
}

var collectionDayTemplate = template.Must(template.New("collection-day.yaml").
	Funcs(template.FuncMap{"quote": quotePath}).Option("missingkey=error").Parse(collectionDay))

// WriteCollectionDay writes the plan. Folders that are not absolute are read
// relative to where the plan file will stand.
func WriteCollectionDay(w io.Writer, p CollectionDay) error {
	if _, err := time.Parse("20060102", p.CollectionDate); err != nil {
		return fmt.Errorf("writing the collection-day plan: the date %q is not ccyymmdd", p.CollectionDate)
	}
	if err := collectionDayTemplate.Execute(w, p); err != nil {
		return fmt.Errorf("writing the collection-day plan: %w", err)
	}
	return nil
}

// quotePath joins a path and quotes it as JSON does, which is YAML too.
func quotePath(parts ...string) (string, error) {
	quoted, err := json.Marshal(filepath.Join(parts...))
	return string(quoted), err
}
