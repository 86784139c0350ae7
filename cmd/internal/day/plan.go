package day

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"tidewaiter/fixtures"
	"tidewaiter/parity/plans"
)

// writePlan writes the parity plan of the day, with the copybooks it names, so
// that `tidewaiter parity run` can repeat the comparison from the folder while
// the ledger's database runs.
func (d *runner) writePlan(datasets string) (string, error) {
	if err := copyTree(fixtures.Copybooks, "copybooks", d.path(copybooksFolder)); err != nil {
		return "", err
	}
	relative, err := filepath.Rel(d.Dir, datasets)
	if err != nil {
		return "", fmt.Errorf("naming the legacy datasets: %w", err)
	}
	path := d.path(planName)
	f, err := os.Create(path)
	if err != nil {
		return "", fmt.Errorf("writing the parity plan: %w", err)
	}
	err = plans.WriteCollectionDay(f, plans.CollectionDay{
		Copybooks:      copybooksFolder,
		Datasets:       relative,
		CollectionDate: strconv.Itoa(int(d.Date)),
	})
	if closing := f.Close(); err == nil && closing != nil {
		err = fmt.Errorf("writing the parity plan: %w", closing)
	}
	return path, err
}
