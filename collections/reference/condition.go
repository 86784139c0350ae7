package reference

import (
	"fmt"
)

// Severity says what a condition does to the entry summary it is raised for.
type Severity string

// Values of Severity.
const (
	SeverityUnknown Severity = ""        // no source says
	Fatal           Severity = "fatal"   // the summary is rejected
	Warning         Severity = "warning" // accepted; a reason has to follow
	Informational   Severity = "info"    // accepted
)

// Condition is a row of conditions.csv, what CBP answers to an entry summary.
type Condition struct {
	Code     string // three characters
	Text     string
	Severity Severity
	Validity
}

// conditions loads conditions.csv. Some codes have several texts, one for each
// message they answer; the first of the file is given.
func (l *loader) conditions() {
	rows, _ := load(l, "conditions", parseCondition,
		func(r *Condition) [2]string { return [2]string{r.Code, r.Text} },
		func(r *Condition) string { return "condition " + r.Code })
	l.tables.answers = make(map[string]*Condition, len(rows))
	for i := range rows {
		if _, there := l.tables.answers[rows[i].Code]; !there {
			l.tables.answers[rows[i].Code] = &rows[i]
		}
	}
}

func parseCondition(c *cells) Condition {
	r := Condition{Code: c.required("code"), Text: c.required("text"), Validity: c.validity()}
	r.Severity = Severity(c.oneOf("severity", string(SeverityUnknown), string(Fatal), string(Warning), string(Informational)))
	if len(r.Code) != 3 {
		c.fail("code", fmt.Errorf("%q is not three characters", r.Code))
	}
	return r
}

// Condition gives a condition's row; nil when conditions.csv has none.
func (t *Tables) Condition(code string) *Condition { return t.answers[code] }
