package copybooks

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Limits of COPY: a copybook that reaches one is damaged or hostile.
const (
	maxCopyDepth   = 32
	maxSourceBytes = 64 << 20
)

// memberNames are the file names a COPY member may have.
var memberSuffixes = []string{"", ".cpy", ".cbl", ".cob", ".copy", ".txt"}

// readMember finds member in the file systems: in any case, with or without a
// usual suffix.
func readMember(members []fs.FS, member string) (file string, src []byte, err error) {
	for _, fsys := range members {
		file, err := findMember(fsys, member)
		if err != nil {
			return "", nil, err
		}
		if file != "" {
			src, err := fs.ReadFile(fsys, file)
			return file, src, err
		}
	}
	return "", nil, fmt.Errorf("no member %s (looked for %s and %s.cpy in %d places)", member, member, member, len(members))
}

func findMember(fsys fs.FS, member string) (string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking for member %s: %w", member, err)
	}
	for _, suffix := range memberSuffixes {
		for _, e := range entries {
			if !e.IsDir() && strings.EqualFold(e.Name(), member+suffix) {
				return e.Name(), nil
			}
		}
	}
	return "", nil
}

// feed hands the parser the tokens of a copybook and of the members it copies.
type feed struct {
	stack   []*lexer // the innermost member last
	names   []string // of the members on the stack, upper case
	members []fs.FS
	format  SourceFormat
	debug   bool
	copied  [][]replacement // REPLACING of each member on the stack
	replace []replacement   // of the REPLACE statement in force
	bytes   int
	report  func(token, string)
	cut     map[string]map[int]bool // lines cut at the right margin, by file
	// incomplete says that a COPY failed: entries are missing, nobody knows which.
	incomplete bool
}

// push goes on in a member. What replaces text in it replaces text in the members
// it copies too.
func (f *feed) push(name, file string, src []byte, pairs []replacement) {
	s := readSource(file, src, f.format, f.debug)
	l := &lexer{src: s, report: f.report}
	f.cut[file] = s.cut
	for _, p := range s.problems {
		f.report(l.token(badToken, p.at, p.at), p.expected)
	}
	f.copied = append(f.copied, pairs)
	for i := len(f.copied) - 1; i >= 0; i-- {
		f.change(l, f.copied[i], 0, len(l.src.text))
	}
	f.change(l, f.replace, 0, len(l.src.text))
	f.stack = append(f.stack, l)
	f.names = append(f.names, strings.ToUpper(name))
	f.bytes += len(src)
}

// next returns the next token that is not part of a COPY statement.
func (f *feed) next() token {
	for {
		t := f.stack[len(f.stack)-1].next()
		switch {
		case t.kind == endToken && len(f.stack) > 1:
			f.pop()
		case t.is("COPY"):
			f.copy()
		case t.is("REPLACE"):
			f.replaceStatement()
		default:
			return t
		}
	}
}

// pop goes back to the text that copied the innermost member.
func (f *feed) pop() {
	n := len(f.stack) - 1
	f.stack, f.names, f.copied = f.stack[:n], f.names[:n], f.copied[:n]
}

func (f *feed) picture() token { return f.stack[len(f.stack)-1].picture() }

// copy reads the rest of a COPY statement and goes on in the member.
func (f *feed) copy() {
	l := f.stack[len(f.stack)-1]
	name := l.next()
	if name.kind != wordToken && name.kind != literalToken {
		f.report(name, "expected a member name after COPY")
		return
	}
	if pairs, ok := f.copyEnd(l, name.text); !ok || !f.open(name, pairs) {
		f.incomplete = true
	}
}

// open goes on in the member that name names. It reports what keeps it from that.
func (f *feed) open(name token, pairs []replacement) bool {
	member := strings.TrimSuffix(path.Base(name.text), path.Ext(name.text))
	for _, open := range f.names {
		if strings.EqualFold(open, member) {
			f.report(name, fmt.Sprintf("%s copies itself: %s", member, strings.Join(append(f.names, strings.ToUpper(member)), " > ")))
			return false
		}
	}
	if len(f.stack) >= maxCopyDepth {
		f.report(name, fmt.Sprintf("COPY is nested deeper than %d members", maxCopyDepth))
		return false
	}
	file, src, err := readMember(f.members, member)
	if err == nil && f.bytes+len(src) > maxSourceBytes {
		err = fmt.Errorf("the copybook with its members is longer than %d bytes", maxSourceBytes)
	}
	if err != nil {
		f.report(name, err.Error())
		return false
	}
	f.push(member, file, src, pairs)
	return true
}

// copyEnd reads from the member name to the period and reports whether the
// statement is one that is understood.
func (f *feed) copyEnd(l *lexer, name string) (pairs []replacement, good bool) {
	good = true
	for t := l.next(); t.kind != periodToken && t.kind != endToken; t = l.next() {
		switch {
		case !good || t.is("SUPPRESS"):
		case t.is("OF"), t.is("IN"):
			l.next() // the library: Members says where to look
		case t.is("REPLACING"):
			return f.replacements(l)
		default:
			f.report(t, "expected a period after COPY "+name)
			good = false
		}
	}
	return nil, good
}
