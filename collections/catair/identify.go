package catair

// identify finds the record's layout and follows the envelope.
func (r *Reader) identify(rec *Record) {
	text := rec.Text
	switch {
	case text[0] == 'A' || text[0] == 'B':
		at := applicationAt(text[0])
		a, known := applications[string(text[at:at+2])]
		switch {
		case known:
			r.open(a.chapter, a.direction)
		case text[at] != ' ' || text[at+1] != ' ':
			r.open("", Input) // records of an unknown application have no layouts
		}
	case r.chapter == "" && text[0] == '1' && text[1] == '0':
		r.open(EntrySummary, Input) // an entry summary without its envelope
	}
	if rec.Layout = r.known.find(text); rec.Layout != nil {
		rec.ID = rec.Layout.Record
		return
	}
	rec.ID = string(identifier(text))
}

// open makes the layouts of a chapter those that records are looked up in.
func (r *Reader) open(chapter Chapter, direction Direction) {
	if chapter != r.chapter || direction != r.direction {
		r.chapter, r.direction = chapter, direction
		r.known = lexicons[grammarKey{chapter, direction}]
	}
}

// lexicon finds the layouts of a chapter and of the envelope in one direction,
// and knows the chapter's structure map. The table is open: an identifier stands
// at its hash or behind it.
type lexicon struct {
	ids     [lexiconSize]uint32 // packed; 0 for none
	layouts [lexiconSize]*Layout
	grammar *grammar // nil when the chapter has none
}

// lexiconSize is a power of two, and well above the records of any chapter.
const lexiconSize = 256

var lexicons = func() map[grammarKey]*lexicon {
	all := map[grammarKey]*lexicon{}
	for _, a := range applications {
		all[grammarKey{a.chapter, a.direction}] = newLexicon(a.chapter, a.direction)
	}
	none := grammarKey{"", Input} // before a header tells, and of unknown applications
	all[none] = newLexicon(none.chapter, none.direction)
	return all
}()

func newLexicon(chapter Chapter, direction Direction) *lexicon {
	x := &lexicon{grammar: grammars[grammarKey{chapter, direction}]}
	for _, l := range layoutList {
		if l.Direction == direction && (l.Chapter == chapter || l.Chapter == Envelope) {
			id := packed([]byte(l.Record))
			at := x.slot(id)
			x.ids[at], x.layouts[at] = id, l
		}
	}
	return x
}

// slot gives where an identifier stands, or the free slot where it would.
func (x *lexicon) slot(id uint32) uint32 {
	at := id * 0x9E3779B1 >> 24
	for x.ids[at] != id && x.ids[at] != 0 {
		at = (at + 1) % lexiconSize
	}
	return at
}

// find gives the layout of a record's text, or nil.
func (x *lexicon) find(text []byte) *Layout { return x.layouts[x.slot(packed(identifier(text)))] }

// packed makes one number of up to four characters.
func packed(id []byte) (n uint32) {
	for _, c := range id {
		n = n<<8 | uint32(c)
	}
	return n
}

// applications are the application identifiers of the envelope and what stands
// inside it.
var applications = map[string]struct {
	chapter   Chapter
	direction Direction
}{
	"AE": {EntrySummary, Input}, "AX": {EntrySummary, Output},
	"PF": {Daily, Output}, "MS": {Monthly, Output},
	"EQ": {Query, Input}, "ER": {Query, Output},
	"DE": {Drawback, Input}, "DX": {Drawback, Output},
}

// applicationAt is where an envelope record names the application.
func applicationAt(id byte) int {
	if id == 'A' {
		return 25
	}
	return 10
}

// identifier gives the control identifier at the start of a record: one letter
// in the envelope, four characters where the guide has them (CW02, SE13, PG01),
// else two.
func identifier(text []byte) []byte {
	switch {
	case text[0] == 'A' || text[0] == 'B' || text[0] == 'Y' || text[0] == 'Z':
		return text[:1]
	case text[0] == 'C' && text[1] == 'W' || text[0] == 'S' && text[1] == 'E' || text[0] == 'P' && text[1] == 'G':
		return text[:4]
	}
	return text[:2]
}
