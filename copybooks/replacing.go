package copybooks

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
)

// replacement is one pair of COPY ... REPLACING or REPLACE.
type replacement struct {
	from  []string // text words, upper case but for literals
	to    string
	place replacePlace
}

type replacePlace uint8

const (
	wholeWords replacePlace = iota
	leadingPart
	trailingPart
)

// replace returns its text from..to with the pairs applied. Where
// several match, the first pair does (Enterprise COBOL Language Reference,
// "COPY statement", comparison of text words).
func (s *source) replace(pairs []replacement, from, to int) *source {
	if len(pairs) == 0 {
		return s
	}
	out := &source{file: s.file}
	words := textWords(s.text[:to], from)
	kept := from
	for i := 0; i < len(words); {
		n, text := match(s.text, words[i:], pairs)
		if n == 0 {
			i++
			continue
		}
		if len(out.text)+len(text) > maxSourceBytes {
			out.problems = append(out.problems, problem{len(out.text), fmt.Sprintf("replacing makes the copybook longer than %d bytes", maxSourceBytes)})
			break
		}
		out.keep(s, kept, words[i].from)
		line, column := s.position(words[i].from)
		out.mark(line, column-1)
		out.text = append(out.text, text...)
		kept = words[i+n-1].to
		i += n
	}
	out.keep(s, kept, to)
	return out
}

// keep copies old text with its places.
func (s *source) keep(old *source, from, to int) {
	line, column := old.position(from)
	s.mark(line, column-1)
	first := sort.Search(len(old.marks), func(i int) bool { return old.marks[i].at > from })
	for _, m := range old.marks[first:] {
		if m.at >= to {
			break
		}
		s.marks = append(s.marks, mark{len(s.text) + m.at - from, m.line, m.column})
	}
	s.text = append(s.text, old.text[from:to]...)
}

// match returns how many words the first pair that matches replaces, and what
// by. 0 means that none does.
func match(text []byte, words []span, pairs []replacement) (n int, by string) {
	first := string(text[words[0].from:words[0].to])
	for _, p := range pairs {
		switch p.place {
		case leadingPart:
			if part := p.from[0]; len(first) > len(part) && strings.EqualFold(first[:len(part)], part) {
				return 1, p.to + first[len(part):]
			}
			continue
		case trailingPart:
			if part := p.from[0]; len(first) > len(part) && strings.EqualFold(first[len(first)-len(part):], part) {
				return 1, first[:len(first)-len(part)] + p.to
			}
			continue
		}
		if len(words) < len(p.from) {
			continue
		}
		same := true
		for i, want := range p.from {
			if same = sameWord(string(text[words[i].from:words[i].to]), want); !same {
				break
			}
		}
		if same {
			return len(p.from), p.to
		}
	}
	return 0, ""
}

// sameWord compares two text words: literals exactly, others in any case.
func sameWord(a, b string) bool {
	return a == b || !strings.ContainsAny(a, `'"`) && strings.EqualFold(a, b)
}

// textWords cuts text into the words that REPLACING compares: literals,
// parentheses, colons, separator periods, and what stands between separators.
func textWords(text []byte, from int) (words []span) {
	for w := textWord(text, from); w.from < w.to; w = textWord(text, w.to) {
		words = append(words, w)
	}
	return words
}

// textWord is the first word of text from at on, empty at its end.
func textWord(text []byte, at int) span {
	separator := func(at int) bool {
		c := text[at]
		return isBlank(c) || (c == ',' || c == ';' || c == '.') && (at+1 >= len(text) || isBlank(text[at+1]))
	}
	for at < len(text) && separator(at) && text[at] != '.' {
		at++
	}
	if at >= len(text) {
		return span{at, at}
	}
	start := at
	if separator(at) || strings.IndexByte(":()", text[at]) >= 0 {
		return span{at, at + 1}
	}
	for at < len(text) && !separator(at) && strings.IndexByte(":()", text[at]) < 0 {
		if c := text[at]; c == '\'' || c == '"' {
			return span{start, literalEnd(text, at)}
		}
		at++
	}
	return span{start, at}
}

// literalEnd is where the literal whose quote stands at at ends.
func literalEnd(text []byte, at int) int {
	if n := bytes.IndexByte(text[at+1:], text[at]); n >= 0 {
		return at + n + 2
	}
	return len(text)
}

// replacements reads the pairs of COPY ... REPLACING and of REPLACE, up to and
// with the period.
func (f *feed) replacements(l *lexer) (pairs []replacement, good bool) {
	for {
		place := wholeWords
		before := *l
		t := l.next()
		switch {
		case t.kind == periodToken || t.kind == endToken:
			return pairs, len(pairs) > 0
		case t.is("LEADING"):
			place = leadingPart
		case t.is("TRAILING"):
			place = trailingPart
		default:
			*l = before
		}
		from, ok := f.operand(l)
		if !ok {
			return nil, false
		}
		if by := l.next(); !by.is("BY") {
			f.report(by, "expected BY and what replaces "+strings.TrimSpace(from))
			return nil, false
		}
		to, ok := f.operand(l)
		if !ok {
			return nil, false
		}
		p := replacement{to: strings.TrimSpace(to), place: place}
		for _, w := range textWords([]byte(from), 0) {
			p.from = append(p.from, from[w.from:w.to])
		}
		if len(p.from) == 0 || place != wholeWords && len(p.from) != 1 {
			f.report(t, "expected text to replace, and one word after LEADING or TRAILING")
			return nil, false
		}
		pairs = append(pairs, p)
	}
}

// operand reads pseudo-text, ==...==, a literal or a word as it is written.
func (f *feed) operand(l *lexer) (string, bool) {
	l.skip()
	text := l.src.text
	if !bytes.HasPrefix(text[l.at:], []byte("==")) {
		start := l.at
		if t := l.next(); t.kind != wordToken && t.kind != literalToken {
			f.report(t, "expected pseudo-text such as ==:TAG:==, a word or a literal")
			return "", false
		}
		return string(text[start:l.at]), true
	}
	start := l.at + 2
	n := bytes.Index(text[start:], []byte("=="))
	if n < 0 {
		f.report(l.token(wordToken, l.at, start), "the pseudo-text has no closing ==")
		l.at = len(text)
		return "", false
	}
	l.at = start + n + 2
	return string(text[start : start+n]), true
}

// replaceStatement reads REPLACE pairs or REPLACE OFF. It is in force until the
// next one, also in members copied from here on.
func (f *feed) replaceStatement() {
	l := f.stack[len(f.stack)-1]
	before := *l
	f.replace = nil
	if l.next().is("OFF") {
		if t := l.next(); t.kind != periodToken {
			f.report(t, "expected a period after REPLACE OFF")
		}
		return
	}
	*l = before
	pairs, ok := f.replacements(l)
	if !ok {
		f.incomplete = true
		return
	}
	f.replace = pairs
	next := textWord(l.src.text, l.at)
	for next.from < next.to && !strings.EqualFold(string(l.src.text[next.from:next.to]), "REPLACE") {
		next = textWord(l.src.text, next.to)
	}
	from, rest := l.at, *l
	rest.at, l.at, l.rest = next.from, 0, &rest
	f.change(l, pairs, from, next.from)
}

// change makes the text from..to of the lexer's source its source, with what the
// pairs replace.
func (f *feed) change(l *lexer, pairs []replacement, from, to int) {
	changed := l.src.replace(pairs, from, to)
	if changed == l.src {
		return
	}
	l.src = changed
	for _, p := range changed.problems {
		f.report(l.token(badToken, p.at, p.at), p.expected)
	}
}
