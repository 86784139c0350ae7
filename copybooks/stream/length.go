package stream

import (
	"fmt"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
)

// Length is the length of a record worked out from its fields. It is a
// dataset.LengthRule and safe for concurrent use.
type Length struct {
	terms []term
	least int
	skip  int
}

// term is a summand: factor × field, factor × the length mapped to the field's
// value, or a number.
type term struct {
	factor  int
	field   *copybooks.Field
	lengths map[string]int // by the field's text
}

// ParseLength reads a sum of fields and numbers: "LEN", "LEN + 4",
// "2 * COUNT + 10", "20 + 30 * N OF HEADER". A field with a map in brackets
// stands for the length its value maps to: "TYPE[A=80,B=120]". Minus stands
// between blanks, since names have hyphens. find looks a field up by name. skip
// bytes stand in front of the fields in each record.
func ParseLength(text string, find func(name string) (copybooks.Field, error), skip int) (*Length, error) {
	l := &Length{skip: skip}
	sign, rest := 1, strings.TrimSpace(text)
	for {
		part, next := rest, 0
		if at := operator(rest); at >= 0 {
			part, next = rest[:at], at+1
		}
		t, err := parseTerm(strings.TrimSpace(part), find)
		if err != nil {
			return nil, fmt.Errorf("reading length %q: %w", text, err)
		}
		t.factor *= sign
		l.terms = append(l.terms, t)
		if t.field != nil {
			l.least = max(l.least, skip+t.field.Offset()+t.field.Length())
		}
		if next == 0 {
			break
		}
		if sign = 1; rest[next-1] == '-' {
			sign = -1
		}
		rest = rest[next:]
	}
	if l.least == 0 {
		return nil, fmt.Errorf("reading length %q: it names no field; for records of one length use RECFM FB", text)
	}
	return l, nil
}

// operator finds the next + or free-standing - outside brackets, -1 for none.
func operator(s string) int {
	open := false
	for i := range len(s) {
		switch s[i] {
		case '[':
			open = true
		case ']':
			open = false
		case '+':
			if !open {
				return i
			}
		case '-':
			if !open && i > 0 && i+1 < len(s) && s[i-1] == ' ' && s[i+1] == ' ' {
				return i
			}
		}
	}
	return -1
}

func parseTerm(s string, find func(string) (copybooks.Field, error)) (term, error) {
	t := term{factor: 1}
	parts := []string{s}
	if !strings.Contains(s, "[") {
		parts = strings.Split(s, "*")
	}
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if n, err := strconv.Atoi(p); err == nil {
			t.factor *= n
			continue
		}
		if p == "" || t.field != nil {
			return t, fmt.Errorf("%q is not a field, a number or their product", s)
		}
		name, list, mapped := strings.Cut(p, "[")
		f, err := find(strings.TrimSpace(name))
		if err != nil {
			return t, err
		}
		t.field = &f
		switch {
		case mapped:
			t.lengths, err = parseLengths(list)
		case !f.Numeric() || f.Scale() != 0:
			err = fmt.Errorf("field %s is not a whole number", f.Name())
		}
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// parseLengths reads "A=80,B=120]".
func parseLengths(list string) (map[string]int, error) {
	list, closed := strings.CutSuffix(list, "]")
	if !closed {
		return nil, fmt.Errorf("%q lacks its closing bracket", list)
	}
	lengths := map[string]int{}
	for _, entry := range strings.Split(list, ",") {
		value, length, ok := strings.Cut(entry, "=")
		n, err := strconv.Atoi(strings.TrimSpace(length))
		if !ok || err != nil || n < 0 {
			return nil, fmt.Errorf("%q is not VALUE=LENGTH", entry)
		}
		lengths[strings.TrimSpace(value)] = n
	}
	return lengths, nil
}

// Least returns how many bytes of a record the fields need.
func (l *Length) Least() int { return l.least }

// RecordLength returns the length of the record that starts with head.
func (l *Length) RecordLength(head []byte) (int, error) {
	rec, sum := head[l.skip:], 0
	for i := range l.terms {
		n, err := l.terms[i].value(rec)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func (t *term) value(rec []byte) (int, error) {
	switch {
	case t.field == nil:
		return t.factor, nil
	case t.lengths != nil:
		var room [64]byte
		text, err := t.field.Append(room[:0], rec, 0)
		if err != nil {
			return 0, fmt.Errorf("length of the record: %w", err)
		}
		n, ok := t.lengths[string(text)]
		if !ok {
			return 0, fmt.Errorf("no length is known for %s %q", t.field.Name(), text)
		}
		return t.factor * n, nil
	}
	n, err := t.field.Int(rec, 0)
	if err != nil {
		return 0, fmt.Errorf("length of the record: %w", err)
	}
	if n > 1<<31 || n < -1<<31 {
		return 0, fmt.Errorf("length of the record: field %s reads %d", t.field.Name(), n)
	}
	return t.factor * int(n), nil
}
