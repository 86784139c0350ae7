package reference

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// LoadDir loads the embedded tables with those of a folder in their place: each
// file of the folder that is named like a table replaces that table as a whole.
// A .csv file that is named like no table is an error, since it would have no
// effect; other files are left alone.
func LoadDir(dir string) (*Tables, error) {
	fsys, err := Overlay(dir)
	if err != nil {
		return nil, err
	}
	tables, err := Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("folder %s: %w", dir, err)
	}
	return tables, nil
}

// Overlay gives the embedded tables with those of a folder in their place.
func Overlay(dir string) (fs.FS, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading the reference folder: %w", err)
	}
	o := overlay{own: os.DirFS(dir), tables: map[string]bool{}}
	for _, entry := range entries {
		name, isTable := strings.CutSuffix(entry.Name(), ".csv")
		if !isTable || entry.IsDir() {
			continue
		}
		if !slices.ContainsFunc(definitions, func(d Definition) bool { return d.Name == name }) {
			return nil, fmt.Errorf("%s is not a table; tables are %s", path.Join(dir, entry.Name()), strings.Join(tableNames(), ", "))
		}
		o.tables[entry.Name()] = true
	}
	if len(o.tables) == 0 {
		return nil, fmt.Errorf("%s: %w", dir, errNoTable)
	}
	return o, nil
}

var errNoTable = errors.New("no table is in this folder; put in a file such as fees.csv, with the columns of the table it replaces")

// overlay opens some tables from a folder and the others from the embedded ones.
type overlay struct {
	own    fs.FS
	tables map[string]bool
}

// Open opens a table.
func (o overlay) Open(name string) (fs.File, error) {
	if o.tables[name] {
		return o.own.Open(name)
	}
	return Files().Open(name)
}

// tableNames gives the names of all tables.
func tableNames() []string {
	names := make([]string, len(definitions))
	for i := range definitions {
		names[i] = definitions[i].Name
	}
	return names
}
