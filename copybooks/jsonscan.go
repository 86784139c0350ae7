package copybooks

import (
	"encoding/json"
	"fmt"
)

// node is one value of a JSON text. The nodes of a text stand in one slice, a
// container before what it holds.
type node struct {
	kind     byte // '{', '[', '"', '0' for a number, 'n' for null, 't' for true and false
	from, to int  // the text of the value; of a string without its quotes
	keyFrom  int  // the name in front of it, without quotes
	keyTo    int
	next     int // index of the node after this one and all it holds
	escaped  bool
	count    int // values directly inside a container
}

// scanner reads JSON into nodes.
type scanner struct {
	text  []byte
	at    int
	nodes []node
}

// maxJSONDepth is deeper than any copybook: 49 levels, each perhaps a table.
const maxJSONDepth = 128

func (s *scanner) scan(text []byte) error {
	s.text, s.at, s.nodes = text, 0, s.nodes[:0]
	if err := s.value(0); err != nil {
		return err
	}
	if s.blanks(); s.at < len(s.text) {
		return s.unexpected("the end of the line")
	}
	return nil
}

func (s *scanner) unexpected(want string) error {
	if s.at >= len(s.text) {
		return fmt.Errorf("column %d: the line ends, expected %s", s.at+1, want)
	}
	return fmt.Errorf("column %d: found %q, expected %s", s.at+1, s.text[s.at], want)
}

func (s *scanner) blanks() {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t' || s.text[s.at] == '\r' || s.text[s.at] == '\n') {
		s.at++
	}
}

func (s *scanner) accept(c byte) bool {
	s.blanks()
	if s.at < len(s.text) && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) value(depth int) error {
	if depth > maxJSONDepth {
		return s.unexpected("fewer nested values")
	}
	if s.blanks(); s.at >= len(s.text) {
		return s.unexpected("a value")
	}
	i := len(s.nodes)
	s.nodes = append(s.nodes, node{from: s.at})
	var err error
	switch c := s.text[s.at]; {
	case c == '{':
		err = s.object(i, depth)
	case c == '[':
		err = s.array(i, depth)
	case c == '"':
		n := &s.nodes[i]
		n.kind = '"'
		n.from, n.to, n.escaped, err = s.quoted()
	case c == '-' || c >= '0' && c <= '9':
		s.number(i)
	default:
		err = s.word(i)
	}
	n := &s.nodes[i]
	n.next = len(s.nodes)
	if n.kind == '{' || n.kind == '[' {
		n.to = s.at
	}
	return err
}

func (s *scanner) object(i, depth int) error {
	s.nodes[i].kind = '{'
	s.at++
	if s.accept('}') {
		return nil
	}
	for {
		if s.blanks(); s.at >= len(s.text) || s.text[s.at] != '"' {
			return s.unexpected("a name in quotes")
		}
		from, to, _, err := s.quoted()
		if err != nil {
			return err
		}
		if !s.accept(':') {
			return s.unexpected("a colon")
		}
		child := len(s.nodes)
		if err := s.value(depth + 1); err != nil {
			return err
		}
		s.nodes[child].keyFrom, s.nodes[child].keyTo = from, to
		s.nodes[i].count++
		if s.accept('}') {
			return nil
		}
		if !s.accept(',') {
			return s.unexpected("a comma or }")
		}
	}
}

func (s *scanner) array(i, depth int) error {
	s.nodes[i].kind = '['
	s.at++
	if s.accept(']') {
		return nil
	}
	for {
		if err := s.value(depth + 1); err != nil {
			return err
		}
		s.nodes[i].count++
		if s.accept(']') {
			return nil
		}
		if !s.accept(',') {
			return s.unexpected("a comma or ]")
		}
	}
}

// quoted passes a string and returns the place of what is inside.
func (s *scanner) quoted() (from, to int, escaped bool, err error) {
	s.at++
	from = s.at
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return from, s.at - 1, escaped, nil
		case c == '\\':
			escaped = true
			s.at++
		case c < ' ':
			return 0, 0, false, s.unexpected("an escaped control character")
		}
		s.at++
	}
	return 0, 0, false, s.unexpected("a closing quote")
}

func (s *scanner) number(i int) {
	for s.at < len(s.text) {
		if c := s.text[s.at]; c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' && (c < '0' || c > '9') {
			break
		}
		s.at++
	}
	s.nodes[i].kind, s.nodes[i].to = '0', s.at
}

func (s *scanner) word(i int) error {
	for _, w := range []string{"null", "true", "false"} {
		if len(s.text)-s.at >= len(w) && string(s.text[s.at:s.at+len(w)]) == w {
			s.at += len(w)
			s.nodes[i].kind, s.nodes[i].to = w[0], s.at
			if w == "false" {
				s.nodes[i].kind = 't'
			}
			return nil
		}
	}
	return s.unexpected("a value")
}

// text returns the string of a string node.
func (s *scanner) string(n *node) (string, error) {
	if !n.escaped {
		return string(s.text[n.from:n.to]), nil
	}
	var out string
	err := json.Unmarshal(s.text[n.from-1:n.to+1], &out)
	return out, err
}

// member returns the node of the object's member name, -1 when it has none. It
// looks at hint first, where the member stands when members are in order.
func (s *scanner) member(object, hint int, name string) int {
	if object < 0 || s.nodes[object].kind != '{' {
		return -1
	}
	end := s.nodes[object].next
	if hint > object && hint < end && s.named(hint, name) {
		return hint
	}
	for i := object + 1; i < end; i = s.nodes[i].next {
		if s.named(i, name) {
			return i
		}
	}
	return -1
}

func (s *scanner) named(i int, name string) bool {
	n := &s.nodes[i]
	return string(s.text[n.keyFrom:n.keyTo]) == name
}
