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

// Router chooses the target of a record by the value of a field, and leaves out
// records a filter does not let through. It is safe for concurrent use.
type Router struct {
	only    *Target
	field   copybooks.Field
	byValue map[string]*Target
	where   []Filter
}

// Filter lets records through whose field has the value.
type Filter struct {
	Field copybooks.Field
	Value string // as Field.Append writes it
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

// Where returns the router with one more filter.
func (r *Router) Where(f Filter) *Router {
	next := *r
	next.where = append(next.where[:len(next.where):len(next.where)], f)
	return &next
}

// ByValue reports whether records of no known type are possible.
func (r *Router) ByValue() bool { return r.byValue != nil }

// Targets returns the targets, in the order of the values that lead to them.
func (r *Router) Targets() []*Target {
	if r.byValue == nil {
		return []*Target{r.only}
	}
	var out []*Target
	for _, v := range r.values() {
		if t := r.byValue[v]; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// let reports whether the filters let rec through. scratch is reused.
func (r *Router) let(rec []byte, scratch *[]byte) bool {
	for i := range r.where {
		text, err := r.where[i].Field.Append((*scratch)[:0], rec, 0)
		*scratch = text
		if err != nil || string(text) != r.where[i].Value {
			return false // a field without a value equals nothing
		}
	}
	return true
}

// route returns the target of rec, or what is wrong with its type.
func (r *Router) route(rec []byte, scratch *[]byte) (*Target, *copybooks.FieldError) {
	if r.byValue == nil {
		return r.only, nil
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

func (r *Router) values() []string {
	return slices.Sorted(maps.Keys(r.byValue))
}
