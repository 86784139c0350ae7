package copybooks

import "strings"

// clauseReaders read the clause whose first word is the key and that word has
// been passed. They report what is wrong themselves and then return false.
var clauseReaders map[string]func(*parser, *entry, token) bool

// init breaks the cycle between the table and the readers that look into it.
func init() {
	usage := func(u Usage) func(*parser, *entry, token) bool {
		return func(p *parser, e *entry, at token) bool { return p.setUsage(e, at, u) }
	}
	ignore := func(*parser, *entry, token) bool { return true }
	clauseReaders = map[string]func(*parser, *entry, token) bool{
		"REDEFINES": (*parser).redefines,
		"PIC":       (*parser).picture,
		"PICTURE":   (*parser).picture,
		"USAGE":     (*parser).usage,
		"SIGN":      (*parser).sign,
		"LEADING":   (*parser).signPlace,
		"TRAILING":  (*parser).signPlace,
		"OCCURS":    (*parser).occurs,
		"VALUE":     (*parser).value,
		"VALUES":    (*parser).value,
		"JUST":      (*parser).justified,
		"JUSTIFIED": (*parser).justified,
		"BLANK":     (*parser).blankZero,
		"SYNC":      (*parser).synchronized, "SYNCHRONIZED": (*parser).synchronized,
		// These say where storage comes from, not what it looks like.
		"EXTERNAL": (*parser).external, "GLOBAL": ignore, "VOLATILE": ignore,
		"IS":          ignore, // IS EXTERNAL, IS GLOBAL
		"GROUP-USAGE": (*parser).groupUsage,
		"DYNAMIC":     (*parser).dynamicLength,
		"DATE":        (*parser).dateFormat,
	}
	for name, u := range usageWords {
		clauseReaders[name] = usage(u)
	}
	for _, name := range unsupportedClauses {
		clauseReaders[name] = unsupported
	}
}

var usageWords = map[string]Usage{
	"DISPLAY": Display,
	"COMP":    Binary, "COMPUTATIONAL": Binary, "COMP-4": Binary, "COMPUTATIONAL-4": Binary, "BINARY": Binary,
	"COMP-3": Packed, "COMPUTATIONAL-3": Packed, "PACKED-DECIMAL": Packed,
	"COMP-5": NativeInt, "COMPUTATIONAL-5": NativeInt,
	"COMP-1": FloatShort, "COMPUTATIONAL-1": FloatShort,
	"COMP-2": FloatLong, "COMPUTATIONAL-2": FloatLong,
	"COMP-6": UnsignedPacked, "COMPUTATIONAL-6": UnsignedPacked,
	"COMP-X": CompX, "COMPUTATIONAL-X": CompX,
	"COMP-9": Comp9, "COMPUTATIONAL-9": Comp9,
	"INDEX": Index, "POINTER": Pointer, "POINTER-32": Pointer,
	"NATIONAL": National, "DISPLAY-1": DoubleByte, "UTF-8": UTF8,
	"FUNCTION-POINTER": FunctionPointer, "PROCEDURE-POINTER": ProcedurePointer,
}

// unsupportedClauses change the bytes of a record in ways this version does not
// lay out. Each is refused by name.
var unsupportedClauses = []string{
	"OBJECT", "TYPE", "TYPEDEF",
}

func unsupported(p *parser, _ *entry, at token) bool {
	p.report(at, strings.ToUpper(at.text)+" is not supported yet")
	return false
}

func startsClause(t token) bool {
	return t.kind == wordToken && clauseReaders[strings.ToUpper(t.text)] != nil
}

// clauses reads the clauses of an entry in any order.
func (p *parser) clauses(e *entry) bool {
	for p.tok.kind == wordToken {
		read := clauseReaders[strings.ToUpper(p.tok.text)]
		if read == nil {
			p.report(p.tok, "expected a clause or a period")
			return false
		}
		at := p.tok
		if at.is("PIC") || at.is("PICTURE") {
			if p.tok = p.feed.picture(); p.tok.is("IS") {
				p.tok = p.feed.picture()
			}
		} else {
			p.advance()
		}
		if !read(p, e, at) {
			return false
		}
	}
	return p.tok.kind != badToken
}

func (p *parser) redefines(e *entry, _ token) bool {
	name, ok := p.dataName("REDEFINES")
	if ok {
		e.item.Redefines, e.redefines = name.text, name
	}
	return ok
}

func (p *parser) picture(e *entry, at token) bool {
	if e.picture != nil {
		p.report(at, "an item has one PICTURE")
		return false
	}
	t := p.tok
	if t.kind != wordToken {
		p.report(t, "expected a picture such as X(10) or S9(5)V99")
		return false
	}
	pic, err := parsePicture(t.text, p.rules)
	if err != nil {
		p.report(t, err.Error())
		return false
	}
	e.picture, e.pictureTok, e.item.Picture = &pic, t, t.text
	p.advance()
	return p.byteLength(e)
}

func (p *parser) usage(e *entry, _ token) bool {
	p.accept("IS")
	at := p.tok
	word := strings.ToUpper(at.text)
	u, ok := usageWords[word]
	if at.kind != wordToken || !ok {
		if at.kind == wordToken && startsClause(at) {
			return unsupported(p, e, at)
		}
		p.report(at, "expected a usage such as DISPLAY, COMP or COMP-3")
		return false
	}
	p.advance()
	return p.setUsage(e, at, u)
}

func (p *parser) setUsage(e *entry, at token, u Usage) bool {
	if e.usage {
		p.report(at, "an item has one USAGE")
		return false
	}
	e.usage, e.item.Usage = true, u
	return true
}

func (p *parser) sign(e *entry, _ token) bool {
	p.accept("IS")
	at := p.tok
	if !p.accept("LEADING", "TRAILING") {
		p.report(at, "expected LEADING or TRAILING after SIGN")
		return false
	}
	return p.signPlace(e, at)
}

func (p *parser) signPlace(e *entry, at token) bool {
	e.sign, e.item.SignLeading = true, at.is("LEADING")
	if p.accept("SEPARATE") {
		e.item.SignSeparate = true
		p.accept("CHARACTER")
	}
	return true
}

// synchronized reads SYNCHRONIZED [LEFT|RIGHT]; IBM's compilers take no notice of
// the side.
func (p *parser) synchronized(e *entry, _ token) bool {
	p.accept("LEFT", "RIGHT")
	e.item.Synchronized = true
	return true
}

// external reads EXTERNAL [AS literal].
func (p *parser) external(*entry, token) bool {
	if !p.accept("AS") {
		return true
	}
	_, ok := p.literal()
	return ok
}

// blankZero reads BLANK [WHEN] ZERO.
func (p *parser) blankZero(e *entry, at token) bool {
	p.accept("WHEN")
	if !p.accept("ZERO", "ZEROS", "ZEROES") {
		p.report(p.tok, "expected ZERO after BLANK WHEN")
		return false
	}
	e.item.BlankZero, e.blankAt = true, at
	return true
}

func (p *parser) justified(e *entry, _ token) bool {
	p.accept("RIGHT")
	e.item.Justified = true
	return true
}
