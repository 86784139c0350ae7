package stream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Flatten appends the records of a line with children to dst, each without its
// children, in the order of the file: the inverse of what ToJSON does with a
// nesting. A line it cannot read is appended as it is, for the encoder to say
// what is wrong.
func (n *Nesting) Flatten(dst [][]byte, line []byte) ([][]byte, error) {
	return n.flatten(dst, line, 0)
}

// family is an object with its children taken out.
type family struct {
	object []byte
	kinds  []string
	arrays map[string][]json.RawMessage
	order  []string
}

func (n *Nesting) flatten(dst [][]byte, line []byte, depth int) ([][]byte, error) {
	if !n.mayHaveChildren(line) {
		return append(dst, line), nil
	}
	if depth > len(n.kinds)+1 {
		return dst, errors.New("children are nested deeper than --segment-children says")
	}
	f, ok, err := n.take(line)
	if err != nil {
		return dst, err
	}
	if !ok {
		return append(dst, line), nil
	}
	dst = append(dst, f.object)
	if f.order == nil {
		for _, kind := range f.kinds {
			for range f.arrays[kind] {
				f.order = append(f.order, kind)
			}
		}
	}
	for _, kind := range f.order {
		rest := f.arrays[kind]
		if len(rest) == 0 {
			return dst, fmt.Errorf("_order has more %s than the array", kind)
		}
		f.arrays[kind] = rest[1:]
		if dst, err = n.flatten(dst, rest[0], depth+1); err != nil {
			return dst, err
		}
	}
	for kind, rest := range f.arrays {
		if len(rest) > 0 {
			return dst, fmt.Errorf("_order has fewer %s than the array", kind)
		}
	}
	return dst, nil
}

// mayHaveChildren is a quick look: most records have none.
func (n *Nesting) mayHaveChildren(line []byte) bool {
	if bytes.Contains(line, []byte(unknownKind)) {
		return true
	}
	for kind := range n.kinds {
		if bytes.Contains(line, []byte(kind)) {
			return true
		}
	}
	return false
}

// take takes the children out of an object; ok is false for what is none.
func (n *Nesting) take(line []byte) (f family, ok bool, err error) {
	f.arrays = map[string][]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(line))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return f, false, nil
	}
	f.object = []byte{'{'}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return f, false, nil
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return f, false, nil
		}
		name := token.(string) // a member's name is one
		taken, err := n.takeMember(&f, name, value)
		if err != nil {
			return f, false, err
		}
		if !taken {
			f.object = append(append(appendQuoted(appendComma(f.object), name), ':'), value...)
		}
	}
	if _, err := d.Token(); err != nil || d.More() {
		return f, false, nil
	}
	f.object = append(f.object, '}')
	return f, true, nil
}

func (n *Nesting) takeMember(f *family, name string, value json.RawMessage) (bool, error) {
	switch {
	case name == "_order":
		if json.Unmarshal(value, &f.order) != nil || f.order == nil {
			return false, errors.New("_order is not an array of names")
		}
		return true, nil
	case !n.kinds[name] && name != unknownKind || value[0] != '[':
		return false, nil
	case f.arrays[name] != nil:
		return false, fmt.Errorf("%s stands twice in one object", name)
	}
	var array []json.RawMessage
	if err := json.Unmarshal(value, &array); err != nil {
		return false, err
	}
	f.kinds, f.arrays[name] = append(f.kinds, name), array
	return true, nil
}
