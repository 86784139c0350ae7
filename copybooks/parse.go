package copybooks

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Options of Parse. The zero value recognises the source format and knows no
// COPY members.
type Options struct {
	// Members are searched in order for the members that COPY names: NAME,
	// NAME.cpy and the like, in any case.
	Members []fs.FS
	Format  SourceFormat
	// Debug takes the debugging lines, D in column 7, as WITH DEBUGGING MODE
	// does. Else they are comments.
	Debug bool
	// DecimalComma is DECIMAL-POINT IS COMMA: in pictures and literals the two
	// change places.
	DecimalComma bool
	// NSymbolDBCS is the compiler option NSYMBOL(DBCS): PIC N without a USAGE is
	// DISPLAY-1. Else it is NATIONAL.
	NSymbolDBCS bool
	// Currencies are the CURRENCY SIGN clauses; without one it is the dollar.
	Currencies []Currency
}

// ParseFile reads the copybook at path; COPY members are looked for beside it
// first.
func ParseFile(path string, opts Options) (*Copybook, error) {
	dir, file := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	return ParseFS(os.DirFS(dir), file, opts)
}

// ParseFS reads the copybook at path of fsys; COPY members are looked for
// beside it first.
func ParseFS(fsys fs.FS, name string, opts Options) (*Copybook, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading copybook: %w", err)
	}
	beside, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, fmt.Errorf("looking beside copybook %s: %w", name, err)
	}
	opts.Members = append([]fs.FS{beside}, opts.Members...)
	return Parse(name, src, opts)
}

// Parse reads copybook source. name is used in messages. Its error is a
// SyntaxErrors with every error found.
func Parse(name string, src []byte, opts Options) (*Copybook, error) {
	p := &parser{rules: pictureRules{opts.DecimalComma, opts.Currencies}, nsymbolDBCS: opts.NSymbolDBCS, records: map[string]bool{}}
	p.feed = feed{members: opts.Members, format: opts.Format, debug: opts.Debug, report: p.report, cut: map[string]map[int]bool{}}
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	p.feed.push(base, name, src, nil)
	p.advance()
	for p.tok.kind != endToken && !p.full() {
		p.entry()
	}
	book := &Copybook{Name: strings.ToUpper(base)}
	p.assemble(book)
	if len(p.errs) == 0 && len(book.Records) == 0 {
		p.report(p.tok, "expected a data description entry such as 01 RECORD-NAME")
	}
	if len(p.errs) > 0 {
		p.errs.sort()
		p.blameMargin()
		return nil, p.errs
	}
	return book, nil
}

// parser is a recursive-descent parser of data description entries. tok is the
// token it looks at.
type parser struct {
	rules   pictureRules
	feed    feed
	tok     token
	pending []token // come before the next token of feed
	errs    SyntaxErrors
	entries []*entry
	adrift  bool            // what is no entry was reported, and no entry came since
	lost    map[string]bool // names that errors hide, upper case: nobody complains about them again
	records map[string]bool // names of the finished records, upper case

	nsymbolDBCS bool
}

// entry is one data description entry before the entries become a tree.
type entry struct {
	item       *Item
	at         token // its level number
	broken     bool  // an error in it was reported: what it lays out is unknown
	usage      bool  // USAGE was written
	sign       bool  // SIGN was written
	picture    *picture
	redefines  token
	counter    token    // what it DEPENDs ON
	renames    [2]token // level 66: RENAMES first THRU last
	pictureTok token
	blankAt    token // its BLANK WHEN ZERO
	dateTok    token // its date pattern
	byteLength int   // BYTE-LENGTH of PIC U
}

func (p *parser) advance() {
	if len(p.pending) > 0 {
		p.tok, p.pending = p.pending[0], p.pending[1:]
		return
	}
	p.tok = p.feed.next()
}

func (p *parser) full() bool { return len(p.errs) >= MaxErrors }

func (p *parser) report(t token, expected string) {
	if p.full() {
		return
	}
	e := &SyntaxError{File: t.file, Line: t.line, Column: t.column, Expected: expected}
	switch n := len(p.errs); {
	case t.kind != badToken:
		e.Found = t.shown()
	case n > 0 && p.errs[n-1].Line == t.line && p.errs[n-1].Column == t.column:
		return // the lexer has said what is wrong with it
	}
	p.errs = append(p.errs, e)
}

// accept passes the current token if it is one of the keywords.
func (p *parser) accept(keywords ...string) bool {
	for _, k := range keywords {
		if p.tok.is(k) {
			p.advance()
			return true
		}
	}
	return false
}

// entry reads one data description entry, from its level number to its period.
func (p *parser) entry() {
	if p.listing() {
		return
	}
	if p.heading() {
		p.adrift = false
		return
	}
	level, ok := levelNumber(p.tok)
	if !ok {
		p.astray()
		return
	}
	p.adrift = false
	e := &entry{at: p.tok, item: &Item{Level: level, File: p.tok.file, Line: p.tok.line, column: p.tok.column}}
	p.advance()
	p.name(e)
	good := false
	switch level {
	case 88:
		good = p.condition(e)
	case 66:
		good = p.renames(e)
	default:
		good = p.clauses(e)
	}
	if good && p.tok.kind != periodToken && p.tok.kind != endToken {
		p.report(p.tok, "expected a clause or a period")
		good = false
	}
	if !good && e.item.Name != fillerName {
		p.lose(e.item.Name)
	}
	if e.broken = !good; good || startsData(level) {
		p.keep(e)
	}
	p.recover()
}

// listing passes a statement that only lays out the compiler's listing, or an
// empty sentence, and reports whether there was one.
func (p *parser) listing() bool {
	switch {
	case p.accept("TITLE"):
		if p.tok.kind != literalToken {
			p.report(p.tok, "expected a literal after TITLE")
			p.recover()
			return true
		}
		p.advance()
	case p.accept("EJECT", "SKIP1", "SKIP2", "SKIP3"):
	default:
		if p.tok.kind != periodToken {
			return false
		}
	}
	if p.tok.kind == periodToken {
		p.advance()
	}
	return true
}

func startsData(level int) bool { return level != 66 && level != 88 }

func levelNumber(t token) (int, bool) {
	if t.kind != wordToken || len(t.text) > 2 {
		return 0, false
	}
	n, err := strconv.Atoi(t.text)
	if err != nil || n < 1 || n > 49 && n != 66 && n != 77 && n != 88 {
		return 0, false
	}
	return n, true
}

// name reads the data name. An entry without one is FILLER.
func (p *parser) name(e *entry) {
	e.item.Name = fillerName
	if p.accept(fillerName) || p.tok.kind != wordToken || startsClause(p.tok) {
		return
	}
	if !isDataName(p.tok.text) {
		p.report(p.tok, "expected a data name of letters, digits and hyphens")
	}
	e.item.Name = p.tok.text
	p.advance()
}

// isDataName reports whether s has only the characters of a COBOL word and at
// least one letter.
func isDataName(s string) bool {
	letter := false
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case c >= 'a' && c <= 'z':
			letter = true
		case s[i] >= '0' && s[i] <= '9', s[i] == '_':
		case s[i] == '-' && i > 0 && i < len(s)-1:
		default:
			return false
		}
	}
	return letter
}

// dataName reads a name an entry refers to.
func (p *parser) dataName(after string) (token, bool) {
	t := p.tok
	if t.kind != wordToken || !isDataName(t.text) {
		p.report(t, "expected a data name after "+after)
		return t, false
	}
	p.advance()
	return t, true
}

// qualifiedName reads a name an entry refers to with the groups it is OF or IN;
// the token's text is "N OF H".
func (p *parser) qualifiedName(after string) (token, bool) {
	name, ok := p.dataName(after)
	for ok && p.accept("OF", "IN") {
		var group token
		if group, ok = p.dataName("OF"); ok {
			name.text += " OF " + group.text
		}
	}
	return name, ok
}

// keep adds a finished entry. A condition belongs to the entry before it.
func (p *parser) keep(e *entry) {
	if e.item.Level != 88 {
		p.entries = append(p.entries, e)
		return
	}
	if len(p.entries) == 0 {
		p.report(e.at, "expected an item before the condition "+e.item.Name)
		return
	}
	c := e.item.Conditions[0]
	c.Name = e.item.Name
	owner := p.entries[len(p.entries)-1].item
	owner.Conditions = append(owner.Conditions, c)
}
