package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tidewaiter/ebcdic"
)

// PageCandidate is a code page a file may be written in.
type PageCandidate struct {
	Page     string // as ebcdic.LookupCodePage takes it
	About    string
	Score    int // 0 to 100
	Evidence []string
}

const (
	keptPages    = 5
	leastShare   = 10 // percent of letters, digits and blanks below which a file has no text
	evidentRunes = 8
	// noiseShare: where fewer than one byte in so many is a variant, packed and
	// binary numbers that stand beside letters make up as many.
	noiseShare = 500
)

// CodePages weighs the code pages that sample may be written in. It returns the
// likeliest few, none when there is no text to judge by.
func CodePages(sample []byte) []PageCandidate {
	host, plain := shares(sample)
	var found []PageCandidate
	if host >= leastShare && host >= plain/2 {
		found = append(found, weigh(sample, host, false)...)
		found = append(found, mixedPages(sample, host)...)
	}
	if plain >= leastShare && plain >= host/2 {
		found = append(found, weigh(sample, plain, true)...)
	}
	slices.SortStableFunc(found, func(a, b PageCandidate) int { return cmp.Compare(b.Score, a.Score) })
	nameTies(found)
	return found[:min(len(found), keptPages)]
}

// nameTies says of the best page which others read the bytes as well: not even
// a score tells them apart.
func nameTies(found []PageCandidate) {
	if len(found) == 0 {
		return
	}
	var ties []string
	for _, c := range found[1:] {
		if found[0].Score-c.Score <= 3 && !slices.Contains(familiar, c.Page) {
			ties = append(ties, c.Page)
		}
	}
	if len(ties) == 0 || slices.Contains(familiar, found[0].Page) {
		return
	}
	more := ""
	if len(ties) > 2*keptPages {
		more, ties = fmt.Sprintf(" and %d more", len(ties)-2*keptPages), ties[:2*keptPages]
	}
	found[0].Evidence = append(found[0].Evidence, fmt.Sprintf("the bytes do not tell it from %s%s: read some of the text to choose", strings.Join(ties, ", "), more))
}

// familiar are the pages that a file without any other sign is taken to be in.
var familiar = []string{"cp037", "cp1140", "cp1047", "ascii", "latin1"}

// shares returns how many percent of the bytes are letters, digits and blanks
// in EBCDIC and in ASCII. Hardly a byte is both: EBCDIC has its letters and
// digits from X'81' on and the blank at X'40', ASCII all below X'7B'.
func shares(sample []byte) (host, plain int) {
	if len(sample) == 0 {
		return 0, 0
	}
	for _, b := range sample {
		switch {
		case isHost(b):
			host++
		case b == ' ' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z':
			plain++
		}
	}
	return 100 * host / len(sample), 100 * plain / len(sample)
}

// isHost reports whether b is a letter, digit or blank in every EBCDIC page of
// a Latin script.
func isHost(b byte) bool {
	low := b & 0x0F
	switch b & 0xF0 {
	case 0x40:
		return low == 0
	case 0x80, 0x90, 0xC0, 0xD0:
		return low >= 1 && low <= 9
	case 0xA0, 0xE0:
		return low >= 2 && low <= 9
	case 0xF0:
		return low <= 9
	}
	return false
}

// hostMarks are the other characters that all EBCDIC pages have at one place:
// the rest of the syntactic character set, CS 640.
const hostMarks = "\x4B\x4C\x4D\x4E\x50\x5C\x5D\x5E\x60\x61\x6B\x6C\x6D\x6E\x6F\x7A\x7D\x7E\x7F"

// variants returns the places of bytes that a page has to make sense of: they
// stand beside letters or other such bytes in a run.
func variants(sample []byte, plain bool) (at []int) {
	steady := isHost
	if plain {
		steady = func(b byte) bool { return b >= 0x20 && b < 0x7F }
	}
	for i := 2; i+2 < len(sample); i++ {
		b := sample[i]
		if steady(b) || b < 0x40 || !plain && strings.IndexByte(hostMarks, b) >= 0 {
			continue
		}
		around := 0
		for _, j := range []int{i - 2, i - 1, i + 1, i + 2} {
			c := sample[j]
			if steady(c) && !isDigit(c, plain) || !steady(c) && c > 0x40 && c < 0xFA {
				around++
			}
		}
		if around >= 3 {
			at = append(at, i)
		}
	}
	return at
}

func isDigit(b byte, plain bool) bool {
	if plain {
		return b >= '0' && b <= '9'
	}
	return b >= 0xF0 && b <= 0xF9
}

// weigh scores the pages of one family by what they make of the variants.
func weigh(sample []byte, share int, plain bool) []PageCandidate {
	at := variants(sample, plain)
	if len(at)*noiseShare < len(sample) {
		at = nil
	}
	family := "EBCDIC"
	if plain {
		family = "ASCII"
	}
	base := fmt.Sprintf("%d%% of the bytes are letters, digits and blanks of %s", share, family)
	var found []PageCandidate
	var sums []int
	for _, info := range ebcdic.CodePages() {
		page, err := ebcdic.LookupCodePage(info.Name)
		if err != nil || page.IsMixed() || plain != (page.Space() == ' ') {
			continue
		}
		sum, seen := 0, map[rune]bool{}
		for _, i := range at {
			sum += sense(page.Rune(sample[i-1]), page.Rune(sample[i]), page.Rune(sample[i+1]))
			if r := page.Rune(sample[i]); r > ' ' && len(seen) < evidentRunes {
				seen[r] = true
			}
		}
		c := PageCandidate{Page: info.Name, About: info.About, Evidence: []string{base}}
		if len(at) > 0 {
			c.Evidence = append(c.Evidence, fmt.Sprintf("%d bytes that differ from page to page read as %s", len(at), runesOf(seen)))
		} else {
			c.Evidence = append(c.Evidence, "no byte tells it from other pages of "+family)
		}
		found, sums = append(found, c), append(sums, sum)
	}
	score(found, sums, share, len(at))
	return found
}

func runesOf(seen map[rune]bool) string {
	var runes []rune
	for r := range seen {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	return string(runes)
}

// sense weighs a character between two others: a letter belongs to letters of
// its own script, a mark does not stand inside a word.
func sense(before, r, after rune) int {
	letters := 0
	for _, n := range []rune{before, after} {
		if unicode.IsLetter(n) {
			letters++
		}
	}
	switch {
	case r < 0 || unicode.IsControl(r):
		return -4
	case !unicode.IsLetter(r):
		return 1 - 2*max(0, letters-1)
	case letters == 0:
		return 0
	case unicode.IsLetter(before) && script(before) != script(r), unicode.IsLetter(after) && script(after) != script(r):
		return -4
	case unicode.IsUpper(r) && unicode.IsLower(before), unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(after):
		return 0 // a capital inside small letters, or the other way round
	}
	return 3
}

func script(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Thai, unicode.Katakana} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

// score turns the sums into scores: the family's share is the most a page can
// have, and each step below the best page's sense takes from it. The most used
// page of those that read alike is named first.
func score(found []PageCandidate, sums []int, share, variants int) {
	best := 0
	if len(sums) > 0 {
		best = slices.Max(sums)
	}
	// Letters in words make about three points each. Much less is what numbers
	// that stand beside text make: then the usual pages are the likelier ones.
	usual := 3
	if 5*best < 11*variants {
		usual = 25
	}
	most := min(95, 50+share/2)
	for i := range found {
		found[i].Score = most
		if variants > 0 {
			found[i].Score -= min(most-1, 20*(best-sums[i])/variants+min(20, best-sums[i]))
		}
		switch found[i].Page {
		case "cp037", "ascii":
			found[i].Score = min(found[i].Score+usual, most+3)
		case "cp1140", "cp1047":
			found[i].Score = min(found[i].Score+usual-1, most+2)
		}
		if strings.HasSuffix(found[i].About, "old") {
			found[i].Score--
		}
	}
}
