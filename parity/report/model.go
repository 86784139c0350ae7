package report

import (
	"encoding/json"
	"slices"
	"time"

	"tidewaiter/parity/compare"
)

// Report is the outcome of a run: report.json.
type Report struct {
	Run         string          `json:"run"`  // names the run
	Plan        string          `json:"plan"` // the plan's name
	Verdict     compare.Verdict `json:"verdict"`
	Pairs       int64           `json:"pairs"`    // compared items of all comparisons
	Verdicts    Counts          `json:"verdicts"` // of all comparisons
	Totals      []Total         `json:"totals"`   // the first total of the first comparison: the money
	Causes      []Cause         `json:"causes"`   // of all comparisons, in their order
	Inputs      []Input         `json:"inputs"`
	Comparisons []Comparison    `json:"comparisons"`
	PlanFile    PlanFile        `json:"plan_file"`
	Execution   Execution       `json:"execution"`
}

// Execution is everything about a run, its name apart, that would differ the
// next time.
type Execution struct {
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	Seconds  string    `json:"seconds"` // "12.345"
	Folder   string    `json:"folder,omitempty"`
}

// PlanFile is the file that the plan was read from.
type PlanFile struct {
	Name   string `json:"name"` // base name
	SHA256 string `json:"sha256"`
}

// Counts is the number of items of each verdict.
type Counts [compare.Verdicts]int64

// MarshalJSON writes every verdict, zero or not, best to worst.
func (c Counts) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, n := range c {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '"')
		out = append(out, compare.Verdict(i).String()...)
		out = append(out, '"', ':')
		number, err := json.Marshal(n)
		if err != nil {
			return nil, err
		}
		out = append(out, number...)
	}
	return append(out, '}'), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Counts) UnmarshalJSON(data []byte) error {
	var byName map[compare.Verdict]int64
	if err := json.Unmarshal(data, &byName); err != nil {
		return err
	}
	*c = Counts{}
	for v, n := range byName {
		c[v] = n
	}
	return nil
}

// Sum is the number of items.
func (c Counts) Sum() int64 {
	var sum int64
	for _, n := range c {
		sum += n
	}
	return sum
}

// Comparison is the outcome of one comparison of the plan.
type Comparison struct {
	Name     string          `json:"name"`
	Left     Side            `json:"left"`
	Right    Side            `json:"right"`
	Key      []string        `json:"key"`
	Verdict  compare.Verdict `json:"verdict"`
	Pairs    int64           `json:"pairs"`
	Verdicts Counts          `json:"verdicts"`
	Totals   []Total         `json:"totals"`
	Causes   []Cause         `json:"causes"`
	Coverage []Coverage      `json:"coverage"`
}

// Side is what one side gave.
type Side struct {
	Name    string `json:"name"`
	Source  string `json:"source"` // file, or "query"
	Records int64  `json:"records"`
	Unkeyed int64  `json:"unkeyed"` // records whose key holds no value
	Invalid int64  `json:"invalid"` // records with a value that does not fit, or of a wrong length
}

// Total is one group of a control total. Difference is Right less Left, and is
// the sum of the classified differences: the run fails when it is not.
type Total struct {
	Comparison string            `json:"comparison"`
	Sum        string            `json:"sum"` // the field that is summed
	Group      map[string]string `json:"group"`
	Left       string            `json:"left"`
	Right      string            `json:"right"`
	Difference string            `json:"difference"`
	Classified string            `json:"classified"` // sum of the classified differences
	LeftCount  int64             `json:"left_records"`
	RightCount int64             `json:"right_records"`

	labels []string // of Group, in the plan's order
}

// SetLabels gives the group's labels in the order they are shown.
func (t *Total) SetLabels(labels []string) { t.labels = labels }

// SameTotal reports whether both are groups of one control total.
func (t Total) SameTotal(o Total) bool {
	return t.Comparison == o.Comparison && t.Sum == o.Sum && slices.Equal(t.labels, o.labels)
}

// Cause is a group of differing items.
type Cause struct {
	ID         string            `json:"id"` // C1, C2, …: the place in the report
	Comparison string            `json:"comparison"`
	Verdict    compare.Verdict   `json:"verdict"`
	Field      string            `json:"field"` // "" for a record as a whole
	Class      string            `json:"class,omitempty"`
	By         map[string]string `json:"by,omitempty"`
	Pattern    string            `json:"pattern"`
	Lines      int64             `json:"lines"`
	Dollars    string            `json:"dollars"`              // right less left of the money that this cause moves
	Difference string            `json:"difference,omitempty"` // right less left of the field, in its own unit
	Sentence   string            `json:"sentence"`
	Examples   []Key             `json:"examples"`
	Copybook   *Source           `json:"copybook,omitempty"`

	Items []Item `json:"-"` // shown in report.html
}

// Source is a line of a copybook.
type Source struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Coverage is what became of one field of the copybook.
type Coverage struct {
	Field     string `json:"field"`
	Picture   string `json:"picture"`
	Offset    int    `json:"offset"`
	Length    int    `json:"length"`
	Treatment string `json:"treatment"` // COMPARED, MASKED, EXCLUDED
	How       string `json:"how"`       // exact, value, tolerance 0.01; key; the reason of an exclusion
}

// Input is something the run read.
type Input struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"` // plan, copybook, dataset, csv, jsonl, query
	SHA256  string `json:"sha256"`
	Records int64  `json:"records"`
	Note    string `json:"note,omitempty"`
}
