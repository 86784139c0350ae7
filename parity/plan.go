package parity

import (
	"path/filepath"

	"github.com/goccy/go-yaml"
)

// Plan says what is compared with what, and how.
type Plan struct {
	Name        string       `yaml:"name"`
	Comparisons []Comparison `yaml:"comparisons"`

	path   string
	digest string
	lines  lines
}

// Comparison is one pair of sides of a plan.
type Comparison struct {
	Name  string `yaml:"name"`
	Left  Side   `yaml:"left"`
	Right Side   `yaml:"right"`
	// Key names the fields that identify a record, groups allowed.
	Key []string `yaml:"key"`
	// Default is the mode of fields not listed: exact or value. Without it a
	// field that is not listed fails the plan.
	Default string           `yaml:"default"`
	Fields  map[string]Field `yaml:"fields"`
	Totals  []Total          `yaml:"totals"`
	Causes  Causes           `yaml:"causes"`
	// Show names fields that are shown with each differing item.
	Show []string `yaml:"show"`
	// Working names the field whose amount the Explainer can derive.
	Working string `yaml:"working"`
}

// Side is where the records of one side come from: exactly one of Data, CSV,
// JSONL and Query. The left side is a dataset.
type Side struct {
	Name     string `yaml:"name"`
	Copybook string `yaml:"copybook"`
	Record   string `yaml:"record"`
	Data     string `yaml:"data"`
	RECFM    string `yaml:"recfm"`
	LRECL    int    `yaml:"lrecl"`
	CodePage string `yaml:"codepage"`

	CSV   string `yaml:"csv"`
	JSONL string `yaml:"jsonl"`
	Query string `yaml:"query"`
	// Columns maps columns to fields. A column that is not listed goes to the
	// field of its name.
	Columns map[string]string `yaml:"columns"`
	Ignore  []string          `yaml:"ignore"` // columns that go nowhere
	Nulls   string            `yaml:"nulls"`  // "blank": an absent value stands for blanks or zero
}

// Field says how one field is treated.
type Field struct {
	Compare   string `yaml:"compare"`   // exact, value or tolerance
	Tolerance string `yaml:"tolerance"` // decimal, in the field's unit
	Mask      bool   `yaml:"mask"`      // never shown
	Exclude   string `yaml:"exclude"`   // not compared, and why
}

// Total is a control total: the sum of a field by group.
type Total struct {
	Sum string `yaml:"sum"`
	// By maps labels to fields, in order: {class: CD-CLASS-CODE}.
	By yaml.MapSlice `yaml:"by"`
}

// Causes says what differing items are grouped by, beside field and pattern.
type Causes struct {
	// By maps labels to fields, in order. "FIELD = value" groups by whether the
	// field has that value.
	By yaml.MapSlice `yaml:"by"`
	// Sizes groups differing numbers by size alone and not by exact difference:
	// right for sums, whose differences are as many as the records.
	Sizes bool `yaml:"sizes"`
}

// Path is the file the plan was loaded from, as given to Load.
func (p *Plan) Path() string { return p.path }

// resolve makes a path of the plan relative to the plan's folder.
func (p *Plan) resolve(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.path), path)
}
