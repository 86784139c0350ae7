package survey

import (
	"bytes"
	"fmt"

	"tidewaiter/ebcdic"
)

const (
	shiftOut = 0x0E
	shiftIn  = 0x0F
	// fewestShifts well-formed stretches of pairs between shift-out and shift-in
	// are no accident of binary data.
	fewestShifts = 3
	longestShift = 2000 // bytes between the shifts that are looked at
)

// shifted returns the stretches of pairs between shift-out and shift-in, and how
// many shift-outs begin none.
func shifted(sample []byte) (stretches [][]byte, broken int) {
	for rest := sample; ; {
		at := bytes.IndexByte(rest, shiftOut)
		if at < 0 {
			return stretches, broken
		}
		rest = rest[at+1:]
		end := bytes.IndexByte(rest[:min(len(rest), longestShift)], shiftIn)
		if end < 2 || !pairs(rest[:end]) {
			broken++
			continue
		}
		stretches = append(stretches, rest[:end])
		rest = rest[end+1:]
	}
}

// pairs reports whether b may be double-byte text: each byte X'41' to X'FE', or
// the blank X'4040'.
func pairs(b []byte) bool {
	if len(b)%2 != 0 {
		return false
	}
	for i := 0; i < len(b); i += 2 {
		blank := b[i] == 0x40 && b[i+1] == 0x40
		if !blank && (b[i] < 0x41 || b[i] > 0xFE || b[i+1] < 0x41 || b[i+1] > 0xFE) {
			return false
		}
	}
	return true
}

// mixedPages weighs the pages with double-byte text by how many of the
// stretches they have characters for.
func mixedPages(sample []byte, share int) (found []PageCandidate) {
	stretches, broken := shifted(sample)
	if len(stretches) < fewestShifts || broken > len(stretches) {
		return nil
	}
	base := fmt.Sprintf("%d stretches of pairs stand between shift-out X'0E' and shift-in X'0F'", len(stretches))
	for _, info := range ebcdic.CodePages() {
		page, err := ebcdic.LookupCodePage(info.Name)
		if err != nil || !page.IsMixed() {
			continue
		}
		read := 0
		var text []byte
		for _, s := range stretches {
			var fault ebcdic.Fault
			if text, fault = page.AppendDouble(text[:0], s); fault == ebcdic.OK {
				read++
			}
		}
		part := 100 * read / len(stretches)
		found = append(found, PageCandidate{Page: info.Name, About: info.About, Score: max(1, min(95, 45+part/2+share/10)),
			Evidence: []string{base, fmt.Sprintf("it has characters for %d%% of them", part)}})
	}
	return found
}
