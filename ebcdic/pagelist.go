package ebcdic

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// pageTable is a code page as pagegen writes it.
type pageTable struct {
	name, about string
	source      string // whose table it is
	chars       string // the 256 characters, U+FFFD where there is none
	alternates  string // bytes that are read, while another byte is written for their character
	double      string // the file of the double-byte part of a mixed page
}

// isPlain tells ASCII and its extensions from EBCDIC, where the first 64
// characters are controls.
func (t *pageTable) isPlain() bool { return t.chars[' '] == ' ' }

func (t *pageTable) readOnly() (set [256]bool) {
	for i := range len(t.alternates) {
		set[t.alternates[i]] = true
	}
	return set
}

// The code pages most used: CP037 is the United States', CP1047 that of Unix
// System Services, CP1140 is CP037 with the euro sign. LookupCodePage has all.
var (
	CP037  = mustLookup("cp037")
	CP1047 = mustLookup("cp1047")
	CP1140 = mustLookup("cp1140")
	ASCII  = mustLookup("ascii")
	Latin1 = mustLookup("latin1")
)

func mustLookup(name string) *CodePage {
	p, err := LookupCodePage(name)
	if err != nil {
		panic(err) // a name of pageTables is misspelt above
	}
	return p
}

// PageInfo says what a code page is for and where its table comes from.
type PageInfo struct {
	Name   string // as LookupCodePage takes it: "cp273"
	About  string // "Germany, Austria"
	Source string // "ibm-273, ICU 72.1"
}

// CodePages lists the code pages in the order of their numbers, the single-byte
// ones first, then the mixed ones, ASCII and Latin-1 last.
func CodePages() []PageInfo {
	list := make([]PageInfo, len(pageTables))
	for i, t := range pageTables {
		list[i] = PageInfo{Name: t.name, About: t.about, Source: t.source}
	}
	return list
}

// madePages has each page that was asked for, under its full name.
var madePages sync.Map

// LookupCodePage finds a page by name: cp037, 037, IBM037 and ibm-37 are all
// the same; "" is cp037. The page is made when it is first asked for.
//
// Options follow the name after commas. They say what becomes of control
// characters, which are kept unless an option says otherwise:
//
//   - swaplfnl: X'15' is U+000A and X'25' U+0085, as Unix System Services and
//     Java have them; CDRA, IBM's standard, has them the other way round.
//   - controls=blank: a control character reads as a blank. The text can then
//     not be written back to the same bytes.
//   - controls=refuse: a control character is NotEncodable, both ways.
func LookupCodePage(name string) (*CodePage, error) {
	first, rest, _ := strings.Cut(name, ",")
	t := findTable(first)
	if t == nil {
		return nil, fmt.Errorf("code page %q is not one of %s", strings.TrimSpace(first), pageNames())
	}
	o, err := parsePageOptions(t, rest)
	if err != nil {
		return nil, fmt.Errorf("code page %s: %w", t.name, err)
	}
	full := t.name + o.String()
	if p, ok := madePages.Load(full); ok {
		return p.(*CodePage), nil
	}
	p, _ := madePages.LoadOrStore(full, newCodePage(full, t, o))
	return p.(*CodePage), nil
}

func findTable(name string) *pageTable {
	plain := plainName(name)
	switch {
	case strings.TrimSpace(name) == "":
		plain = "37"
	case plain == "iso88591":
		plain = "latin1"
	}
	for i := range pageTables {
		if strings.TrimLeft(strings.TrimPrefix(pageTables[i].name, "cp"), "0") == plain {
			return &pageTables[i]
		}
	}
	return nil
}

func plainName(name string) string {
	s := separators.Replace(strings.ToLower(name))
	for _, prefix := range []string{"ibm", "ccsid", "cp"} {
		s = strings.TrimPrefix(s, prefix)
	}
	return strings.TrimLeft(s, "0")
}

var separators = strings.NewReplacer("-", "", "_", "", " ", "")

func pageNames() string {
	names := make([]string, len(pageTables))
	for i, t := range pageTables {
		names[i] = t.name
	}
	return strings.Join(names, ", ")
}

// pageOptions are what may follow the name of a page.
type pageOptions struct {
	swapLines bool
	controls  controlRule
}

type controlRule uint8

const (
	keepControls controlRule = iota
	blankControls
	refuseControls
)

func parsePageOptions(t *pageTable, s string) (o pageOptions, err error) {
	for option := range strings.SplitSeq(s, ",") {
		switch option = strings.ToLower(strings.TrimSpace(option)); option {
		case "", "controls=keep":
		case "swaplfnl":
			if t.isPlain() {
				return o, fmt.Errorf("option swaplfnl is for EBCDIC pages only")
			}
			o.swapLines = true
		case "controls=blank":
			o.controls = blankControls
		case "controls=refuse":
			o.controls = refuseControls
		default:
			return o, fmt.Errorf("option %q is not one of swaplfnl, controls=keep, controls=blank, controls=refuse", option)
		}
	}
	return o, nil
}

// String returns the options as they follow the name.
func (o pageOptions) String() string {
	s := [...]string{"", ",controls=blank", ",controls=refuse"}[o.controls]
	if o.swapLines {
		return ",swaplfnl" + s
	}
	return s
}

// The new line characters of EBCDIC.
const (
	newLine  = 0x15
	lineFeed = 0x25
)

// apply changes what the bytes of p mean, and which of them are only read.
func (o pageOptions) apply(p *CodePage, readOnly *[256]bool) {
	if o.swapLines {
		p.runes[newLine], p.runes[lineFeed] = p.runes[lineFeed], p.runes[newLine]
		p.chars[newLine], p.chars[lineFeed] = p.chars[lineFeed], p.chars[newLine]
	}
	if o.controls == keepControls {
		return
	}
	for i, r := range p.runes {
		switch {
		case !unicode.IsControl(r):
		case o.controls == refuseControls:
			p.runes[i] = utf8.RuneError
		default:
			p.runes[i], p.chars[i], readOnly[i] = ' ', " ", true
		}
	}
}
