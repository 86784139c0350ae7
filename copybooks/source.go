package copybooks

import (
	"bytes"
	"sort"
	"strings"
)

// SourceFormat is the reference format of copybook source.
type SourceFormat uint8

// AutoFormat looks at column 7 of every line to tell the two others apart.
// FixedFormat has a sequence area in columns 1 to 6, an indicator in column 7,
// text up to column 72; VariableFormat is the same with text up to the end of the
// line. FreeFormat has text everywhere.
const (
	AutoFormat SourceFormat = iota
	FixedFormat
	FreeFormat
	VariableFormat
)

// Columns of the fixed format (Enterprise COBOL Language Reference, "Reference
// format"), as 0-based byte indexes.
const (
	indicatorColumn = 6
	areaColumn      = 7
	endColumn       = 72
)

// source is the text of one member with everything that is not text removed:
// sequence areas, comments, continuation. Line ends remain as one '\n'.
type source struct {
	file     string
	text     []byte
	marks    []mark // in ascending order of at
	open     byte   // the quote of a literal open at the end of text, else 0
	problems []problem
	debug    bool // debugging lines are text
	// cut are the lines whose last word goes on behind the right margin.
	cut map[int]bool
}

// mark says where text[at] stands in the file.
type mark struct{ at, line, column int }

// problem is an error found before there are tokens.
type problem struct {
	at       int
	expected string
}

// readSource cleans the lines of src.
func readSource(file string, src []byte, format SourceFormat, debug bool) *source {
	s := &source{file: file, debug: debug, cut: map[int]bool{}}
	src = bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))
	if i := bytes.IndexByte(src, 0x1A); i >= 0 {
		src = src[:i] // Ctrl-Z ends a file that came from CP/M or DOS
	}
	lines := strings.Split(string(src), "\n")
	for i, line := range lines {
		lines[i] = expandTabs(strings.TrimRight(line, "\r"))
	}
	for i := 0; i < len(lines) && isOptions(lines[i]); i++ {
		lines[i] = ""
	}
	if format == AutoFormat && looksFree(lines) {
		format = FreeFormat
	}
	for i, line := range lines {
		switch directed := directive(line); {
		case directed != AutoFormat:
			format = directed
		case format == FreeFormat:
			s.addFree(i+1, line)
		default:
			s.addFixed(i+1, line, format == VariableFormat)
		}
	}
	return s
}

// isOptions reports whether the line is blank or a CBL or PROCESS statement, which
// gives the compiler its options before a program begins (Enterprise COBOL Language
// Reference, "CBL (PROCESS) statement").
func isOptions(line string) bool {
	words := strings.Fields(line)
	if len(words) > 1 && strings.Trim(words[0], "0123456789") == "" {
		words = words[1:]
	}
	return len(words) == 0 || strings.EqualFold(words[0], "CBL") || strings.EqualFold(words[0], "PROCESS")
}

// isControl reports whether text is a *CBL or *CONTROL statement, which says what
// the listing shows.
func isControl(text string) bool {
	words := strings.Fields(text)
	return len(words) > 0 && (strings.EqualFold(words[0], "*CBL") || strings.EqualFold(words[0], "*CONTROL"))
}

// directive returns the format that a compiler directive line asks for, >>SOURCE
// FORMAT IS FREE or $SET SOURCEFORMAT"FREE", and AutoFormat for any other line.
func directive(line string) SourceFormat {
	if !strings.Contains(line, ">>") && !strings.Contains(line, "$") {
		return AutoFormat
	}
	words := strings.FieldsFunc(strings.ToUpper(line), func(r rune) bool { return strings.ContainsRune(` "'()`, r) })
	if len(words) < 2 || strings.Trim(words[0], "0123456789>") != "SOURCE" && words[0] != ">>" && words[0] != "$SET" {
		return AutoFormat
	}
	if !strings.Contains(strings.Join(words, ""), "FORMAT") {
		return AutoFormat
	}
	switch words[len(words)-1] {
	case "FREE":
		return FreeFormat
	case "FIXED":
		return FixedFormat
	case "VARIABLE":
		return VariableFormat
	}
	return AutoFormat
}

// looksFree reports whether some line cannot be fixed format: its column 7 is
// no indicator, or its level number stands in the sequence area.
func looksFree(lines []string) bool {
	for _, line := range lines {
		if len(line) <= indicatorColumn {
			if strings.Contains(line, ".") {
				return true
			}
			continue
		}
		if !strings.ContainsRune(" */-DdSs$", rune(line[indicatorColumn])) {
			return true
		}
		sequence := strings.TrimSpace(line[:indicatorColumn])
		if line[indicatorColumn] == ' ' && (len(sequence) == 2 && isLevel(sequence) || strings.Contains(sequence, " ")) {
			return true
		}
	}
	return false
}

func isLevel(s string) bool {
	return s >= "01" && s <= "49" && s[1] >= '0' && s[1] <= '9' || s == "66" || s == "77" || s == "88"
}

func expandTabs(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var out strings.Builder
	for _, c := range []byte(line) {
		if c != '\t' {
			out.WriteByte(c)
			continue
		}
		out.WriteString("        "[out.Len()%8:])
	}
	return out.String()
}

func (s *source) addFree(number int, line string) {
	trimmed := strings.TrimSpace(line)
	if len(trimmed) > 3 && strings.EqualFold(trimmed[:4], ">>D ") && s.debug {
		line = strings.Replace(line, trimmed[:4], "    ", 1)
	} else if strings.HasPrefix(trimmed, "*") || strings.HasPrefix(trimmed, ">>") || strings.HasPrefix(trimmed, "$") {
		return
	}
	s.add(number, 0, line)
	s.endLine(len(line))
}

func (s *source) addFixed(number int, line string, variable bool) {
	if len(line) > endColumn && !variable {
		if line[endColumn-1] != ' ' && line[endColumn] != ' ' {
			s.cut[number] = true
		}
		line = line[:endColumn]
	}
	if len(line) <= areaColumn {
		if len(line) == areaColumn && line[indicatorColumn] != ' ' || strings.TrimSpace(line) == "" {
			return
		}
		return // the sequence area alone
	}
	if isControl(line[areaColumn:]) {
		return
	}
	switch line[indicatorColumn] {
	case '*', '/', '$', '>':
		return // comment, page eject, directive
	case 'D', 'd':
		if !s.debug {
			return
		}
		s.add(number, areaColumn, line[areaColumn:])
	case '-':
		s.continueLine(number, line)
	default:
		s.add(number, areaColumn, line[areaColumn:])
	}
	if variable {
		s.endLine(0)
		return
	}
	s.endLine(endColumn - len(line))
}

// continueLine joins the line to the one before: a literal goes on after its
// quote, a word after the blanks.
func (s *source) continueLine(number int, line string) {
	column := areaColumn + len(line[areaColumn:]) - len(strings.TrimLeft(line[areaColumn:], " "))
	if s.open == 0 {
		s.text = bytes.TrimRight(s.text, " \n")
		s.add(number, column, line[column:])
		return
	}
	s.text = bytes.TrimSuffix(s.text, []byte("\n"))
	if column >= len(line) || line[column] != s.open {
		s.mark(number, column)
		s.problems = append(s.problems, problem{len(s.text), "a continued literal goes on with " + string(s.open)})
		s.open = 0
		return
	}
	s.add(number, column+1, line[column+1:])
}

func (s *source) mark(line, column int) {
	s.marks = append(s.marks, mark{len(s.text), line, column})
}

// add appends text up to a comment that starts with *>.
func (s *source) add(line, column int, text string) {
	s.mark(line, column)
	for i := range len(text) {
		c := text[i]
		switch {
		case s.open == 0 && c == '*' && strings.HasPrefix(text[i:], "*>") && (i == 0 || text[i-1] == ' '):
			s.text = append(s.text, text[:i]...)
			return
		case s.open == 0 && (c == '\'' || c == '"'):
			s.open = c
		case s.open == c:
			s.open = 0
		}
	}
	s.text = append(s.text, text...)
}

// endLine ends the line. A literal that is still open holds the blanks up to
// the right margin.
func (s *source) endLine(missing int) {
	if s.open != 0 {
		for ; missing > 0; missing-- {
			s.text = append(s.text, ' ')
		}
	}
	s.text = append(s.text, '\n')
}

// position returns the 1-based line and column of text[at].
func (s *source) position(at int) (line, column int) {
	i := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].at > at }) - 1
	if i < 0 {
		return 1, 1
	}
	m := s.marks[i]
	return m.line, m.column + at - m.at + 1
}
