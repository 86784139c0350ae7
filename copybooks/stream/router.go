package stream

import (
	"fmt"
	"strings"

	"tidewaiter/copybooks"
)

// Target is how one kind of record is written.
type Target struct {
	Codec *copybooks.Codec
	JSON  copybooks.JSONOptions
}

// Router chooses the target of a record by the value of a field, and leaves out
// records a filter does not let through. It is safe for concurrent use.
type Router struct {
	field    copybooks.Field
	byValue  map[string]*Target
	fallback *Target
	where    []Filter
}

// Filter lets records through whose field has the value.
type Filter struct {
	Field copybooks.Field
	Value string // as Field.Append writes it
}

// Single sends every record to one codec.
func Single(c *copybooks.Codec, o copybooks.JSONOptions) *Router {
	return &Router{fallback: &Target{c, o}}
}

// ByField sends a record to the target of its field's value. A value without a
// target goes to fallback, and without one is an error.
func ByField(f copybooks.Field, targets map[string]*Target, fallback *Target) *Router {
	return &Router{field: f, byValue: targets, fallback: fallback}
}

// Where returns the router with one more filter.
func (r *Router) Where(f Filter) *Router {
	next := *r
	next.where = append(next.where[:len(next.where):len(next.where)], f)
	return &next
}

// route returns the target of rec, nil when a filter leaves rec out. scratch is
// reused.
func (r *Router) route(rec []byte, scratch *[]byte) (*Target, error) {
	for i := range r.where {
		text, err := r.where[i].Field.Append((*scratch)[:0], rec, 0)
		*scratch = text
		if err != nil || string(text) != r.where[i].Value {
			return nil, nil // a field without a value equals nothing
		}
	}
	if r.byValue == nil {
		return r.fallback, nil
	}
	text, err := r.field.Append((*scratch)[:0], rec, 0)
	*scratch = text
	if err == nil {
		if t := r.byValue[string(text)]; t != nil {
			return t, nil
		}
	}
	if r.fallback != nil {
		return r.fallback, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the segment field: %w", err)
	}
	return nil, fmt.Errorf("%s is %q, which no segment is for (known: %s)", r.field.Name(), text, strings.Join(r.values(), " "))
}

func (r *Router) values() []string {
	out := make([]string, 0, len(r.byValue))
	for v := range r.byValue {
		out = append(out, v)
	}
	return sorted(out)
}
