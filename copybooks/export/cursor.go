package export

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// cursor walks the JSON a codec wrote: one object, no white space, keys without
// escapes. It keeps to that form and refuses any other.
type cursor struct {
	b  []byte
	at int
}

var errForm = errors.New("the record's JSON has an unexpected form")

// value is a scalar as it stands in the JSON: a number, or the inside of a
// string with its escapes.
type value struct {
	span   []byte
	quoted bool
	null   bool
	plain  bool // a string without escapes, commas and line ends
}

// next reports whether another element follows in the object or array that
// ends with the byte end, and steps over the comma or the end.
func (c *cursor) next(end byte) bool {
	switch {
	case c.at >= len(c.b):
		return false
	case c.b[c.at] == end:
		c.at++
		return false
	case c.b[c.at] == ',':
		c.at++
	}
	return true
}

// enter steps over an opening bracket; where null stands instead it answers
// false.
func (c *cursor) enter(open byte) (bool, error) {
	switch {
	case c.at < len(c.b) && c.b[c.at] == open:
		c.at++
		return true, nil
	case bytes.HasPrefix(c.b[c.at:], []byte("null")):
		c.at += len("null")
		return false, nil
	}
	return false, errForm
}

// expect steps over a member's name and colon when they are what comes next.
func (c *cursor) expect(key string) bool {
	if len(c.b)-c.at < len(key) || string(c.b[c.at:c.at+len(key)]) != key {
		return false
	}
	c.at += len(key)
	return true
}

// key reads a member's name and the colon.
func (c *cursor) key() ([]byte, error) {
	if c.at >= len(c.b) || c.b[c.at] != '"' {
		return nil, errForm
	}
	n := bytes.IndexByte(c.b[c.at+1:], '"')
	start, end := c.at+1, c.at+1+n
	if n < 0 || end+1 >= len(c.b) || c.b[end+1] != ':' {
		return nil, errForm
	}
	c.at = end + 2
	return c.b[start:end], nil
}

// seek reads the next member's name and finds it among the members from number
// at on: they stand in copybook order, and some may be left out.
func seek[M interface{ names() (name, key string) }](c *cursor, members []M, at int) (int, error) {
	if at < len(members) {
		if _, key := members[at].names(); c.expect(key) {
			return at, nil
		}
	}
	found, err := c.key()
	if err != nil {
		return 0, err
	}
	for ; at < len(members); at++ {
		if name, _ := members[at].names(); string(found) == name {
			return at, nil
		}
	}
	return 0, fmt.Errorf("no column is known for %s", found)
}

// scalar reads a string, a number or null.
func (c *cursor) scalar() (value, error) {
	start := c.at
	if start >= len(c.b) {
		return value{}, errForm
	}
	if c.b[start] != '"' {
		for c.at < len(c.b) && c.b[c.at] != ',' && c.b[c.at] != '}' && c.b[c.at] != ']' {
			c.at++
		}
		span := c.b[start:c.at]
		return value{span: span, null: string(span) == "null"}, nil
	}
	plain := true
	for c.at++; c.at < len(c.b); c.at++ {
		switch b := c.b[c.at]; {
		case !special[b]:
		case b == '"':
			c.at++
			return value{span: c.b[start+1 : c.at-1], quoted: true, plain: plain}, nil
		case b == '\\':
			plain = false
			c.at++
		default:
			plain = false
		}
	}
	return value{}, errForm
}

// special marks the bytes that end a string or make it more than plain.
var special = [256]bool{'"': true, '\\': true, ',': true}

// skip steps over any value and returns it as it stands.
func (c *cursor) skip() ([]byte, error) {
	start, depth := c.at, 0
	for c.at < len(c.b) {
		switch c.b[c.at] {
		case '{', '[':
			depth++
			c.at++
		case '}', ']':
			depth--
			c.at++
		case ',', ':':
			c.at++
		default:
			if _, err := c.scalar(); err != nil {
				return nil, err
			}
		}
		if depth <= 0 {
			return c.b[start:c.at], nil
		}
	}
	return nil, errForm
}

// text appends the characters of a string.
func (v value) text(dst []byte) ([]byte, error) {
	if bytes.IndexByte(v.span, '\\') < 0 {
		return append(dst, v.span...), nil
	}
	s, err := strconv.Unquote(`"` + string(v.span) + `"`)
	if err != nil {
		return dst, fmt.Errorf("reading %s: %w", v.span, err)
	}
	return append(dst, s...), nil
}
