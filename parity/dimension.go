package parity

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// dimension is one label of a grouping with the field it stands for.
type dimension struct {
	label string
	field string
	// equals, when set, makes the group yes or no: whether the field has this
	// value.
	equals string
	test   bool
}

// mostDimensions bounds a grouping: more groups than that explain nothing.
const mostDimensions = 6

func dimensions(by yaml.MapSlice) ([]dimension, error) {
	if len(by) > mostDimensions {
		return nil, fmt.Errorf("grouped by %d fields, at most %d", len(by), mostDimensions)
	}
	var out []dimension
	for _, item := range by {
		label, ok := item.Key.(string)
		field, ok2 := item.Value.(string)
		if !ok || !ok2 || label == "" || field == "" {
			return nil, fmt.Errorf("a grouping maps a label to a field, not %v to %v", item.Key, item.Value)
		}
		d := dimension{label: label}
		d.field, d.equals, d.test = strings.Cut(field, "=")
		d.field, d.equals = strings.TrimSpace(d.field), strings.TrimSpace(d.equals)
		out = append(out, d)
	}
	return out, nil
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
