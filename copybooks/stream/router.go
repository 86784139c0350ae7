package stream

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tidewaiter/copybooks"
)

// Target is how one kind of record is written.
type Target struct {
	// Name tells the kinds of record apart where each has a file of its own; ""
	// is the name of the codec's layout.
	Name  string
	Codec *copybooks.Codec
	JSON  copybooks.JSONOptions
}

func (t *Target) name() string {
	if t.Name == "" {
		return t.Codec.Layout().Name
	}
	return t.Name
}

// Position is where in the dataset a record stands.
type Position uint8

// A rule of First or Last is about the first or the last record of the dataset.
// Where Options.Limit ends the run, no record is the last.
const (
	Anywhere Position = iota
	First
	Last
)

// Rule sends records to a target: those at the position of which the test holds.
type Rule struct {
	At   Position
	When copybooks.Test // nil: all of them
	To   *Target
}

// Router chooses the target of a record by the value of a field or by rules, and
// leaves out records that a test does not let through. It is safe for concurrent
// use.
type Router struct {
	only    *Target
	field   copybooks.Field
	byValue map[string]*Target
	rules   []Rule
	where   []copybooks.Test
}

// Single sends every record to one codec.
func Single(c *copybooks.Codec, o copybooks.JSONOptions) *Router {
	return &Router{only: &Target{Codec: c, JSON: o}}
}

// ByField sends a record to the target of its field's value. A record whose
// value has no target is written as one whose bytes are all bad.
func ByField(f copybooks.Field, targets map[string]*Target) *Router {
	return &Router{field: f, byValue: targets}
}

// ByRule sends a record to the target of the first rule that holds. A record for
// which none does is written as one whose bytes are all bad.
func ByRule(rules []Rule) *Router { return &Router{rules: rules} }

// Where returns the router with one more test that a record must pass. One that
// cannot be decided keeps the record out, and the Summary counts it.
func (r *Router) Where(t copybooks.Test) *Router {
	next := *r
	next.where = append(next.where[:len(next.where):len(next.where)], t)
	return &next
}

// ByValue reports whether records of no known type are possible.
func (r *Router) ByValue() bool { return r.only == nil }

// Targets returns the targets, in the order of the values or rules that lead to
// them.
func (r *Router) Targets() []*Target {
	if r.only != nil {
		return []*Target{r.only}
	}
	var out []*Target
	for _, v := range r.values() {
		if t := r.byValue[v]; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for i := range r.rules {
		if t := r.rules[i].To; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// asksForLast reports whether a rule is about the last record.
func (r *Router) asksForLast() bool {
	return slices.ContainsFunc(r.rules, func(rule Rule) bool { return rule.At == Last })
}

// let reports whether the tests let rec through, or why that is not known.
func (r *Router) let(rec []byte) (bool, error) {
	var undecided error
	for _, t := range r.where {
		holds, err := t.Holds(rec, 0)
		if !holds && err == nil {
			return false, nil
		}
		if undecided == nil {
			undecided = err
		}
	}
	return undecided == nil, undecided
}

// standing is where a record stands in the dataset.
type standing struct {
	number, offset int64
	last           bool
}

func (s standing) at(p Position) bool {
	return p == Anywhere || p == First && s.number == 1 || p == Last && s.last
}

// route returns the target of rec, or what is wrong with its type.
func (r *Router) route(rec []byte, s standing, scratch *[]byte) (*Target, *copybooks.FieldError) {
	switch {
	case r.only != nil:
		return r.only, nil
	case r.byValue == nil:
		return r.byRule(rec, s)
	}
	bad := &copybooks.FieldError{Field: r.field.Name()}
	text, err := r.field.Append((*scratch)[:0], rec, 0)
	*scratch = text
	if err == nil {
		if t := r.byValue[string(text)]; t != nil {
			return t, nil
		}
		bad.Reason = fmt.Sprintf("no segment is known for %q, only for %s", text, strings.Join(r.values(), " "))
	} else {
		bad.Reason = "no segment is known: " + err.Error()
	}
	bad.Bytes = slices.Clone(rec)
	return nil, bad
}

func (r *Router) byRule(rec []byte, s standing) (*Target, *copybooks.FieldError) {
	var undecided error
	for i := range r.rules {
		rule := &r.rules[i]
		if !s.at(rule.At) {
			continue
		}
		if rule.When == nil {
			return rule.To, nil
		}
		holds, err := rule.When.Holds(rec, 0)
		if holds {
			return rule.To, nil
		}
		if undecided == nil {
			undecided = err
		}
	}
	bad := &copybooks.FieldError{Field: "_record", Bytes: slices.Clone(rec), Reason: "no rule says which record this is"}
	if undecided != nil {
		bad.Reason += ": " + undecided.Error()
	}
	return nil, bad
}

func (r *Router) values() []string {
	return slices.Sorted(maps.Keys(r.byValue))
}
