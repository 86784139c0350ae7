package catair

import "bytes"

// Recognize says whether a file that begins with these bytes is a CATAIR message:
// one of its first records is a header of the envelope or a 10 record, in ASCII
// or EBCDIC, in capitals or not. Records before it may be damaged. A few hundred
// bytes are enough; it looks at no more than a few thousand.
func Recognize(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	text := bytes.Clone(head[:min(len(head), 64*Length)])
	inEBCDIC := startsEBCDIC(head[0])
	for i, c := range text {
		switch {
		case inEBCDIC && (c == 0x15 || c == 0x25): // they end lines, see Form
			c = '\n'
		case inEBCDIC:
			c = toASCII[c]
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		text[i] = c
	}
	for line := range bytes.Lines(text) {
		if recognized(line) {
			return true
		}
	}
	if bytes.IndexByte(text, '\n') >= 0 {
		return false
	}
	for at := Length; at < len(text); at += Length { // records without line ends
		if recognized(text[at:min(at+Length, len(text))]) {
			return true
		}
	}
	return false
}

// recognized says whether a line is a header of the envelope or a 10 record.
func recognized(line []byte) bool {
	var text [Length]byte
	for i := range text {
		text[i] = ' '
	}
	copy(text[:], bytes.TrimRight(line, "\r\n"))
	for _, c := range text {
		if kinds[c] == isControl {
			return false
		}
	}
	at := applicationAt(text[0])
	switch text[0] {
	case 'A', 'B':
		_, known := applications[string(text[at:at+2])]
		return known
	case '1':
		return text[1] == '0' && kinds[text[2]]&isUpper != 0 && text[6] == ' ' && text[7] == ' '
	}
	return false
}
