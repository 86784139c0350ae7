package survey

import (
	"bytes"
	"fmt"
)

const (
	fewestMarks  = 3  // an accident of binary data makes fewer
	fewestPairs  = 4  // characters of UTF-16 in a row
	convertedPct = 40 // percent of ASCII text from which other bytes beside it are odd
)

// Remarks says what else the bytes of a sample show: text in UTF-16, and traces
// of a transfer that converted what it should have left alone.
func Remarks(sample []byte) (remarks []string) {
	if len(sample) == 0 {
		return nil
	}
	if r := utf16Remark(sample); r != "" {
		remarks = append(remarks, r)
	}
	host, plain := shares(sample)
	if n := bytes.Count(sample, []byte("\xEF\xBF\xBD")); n >= fewestMarks {
		remarks = append(remarks, fmt.Sprintf("X'EFBFBD' stands %d times: a conversion to UTF-8 put it for bytes it could not convert, and those are lost; transfer the file again in binary", n))
	}
	lines := bytes.Count(sample, []byte("\r\n"))
	switch {
	case host >= convertedPct && host > plain && lines >= fewestMarks && lines > len(sample)>>12:
		remarks = append(remarks, fmt.Sprintf("X'0D0A' stands %d times in EBCDIC text: a transfer in text mode put line ends between the records, and may have changed other bytes; transfer the file again in binary", lines))
	case plain >= convertedPct:
		if n := others(sample); n*noiseShare > len(sample) {
			remarks = append(remarks, fmt.Sprintf("%d bytes are neither ASCII text nor blanks nor line ends: where the copybook has packed or binary fields, a file that was converted from EBCDIC in transfer has them destroyed; transfer it again in binary", n))
		}
	}
	return remarks
}

// others counts the bytes of a sample of ASCII text that are none.
func others(sample []byte) (n int) {
	for _, b := range sample {
		if b >= 0x80 || b < 0x20 && b != '\r' && b != '\n' && b != '\t' && b != 0 {
			n++
		}
	}
	return n
}

// utf16Remark looks for runs of characters of which every second byte is zero.
func utf16Remark(sample []byte) string {
	switch {
	case bytes.HasPrefix(sample, []byte("\xFE\xFF")):
		return "the file starts with the byte order mark of UTF-16, big-endian"
	case bytes.HasPrefix(sample, []byte("\xFF\xFE")):
		return "the file starts with the byte order mark of UTF-16, little-endian"
	}
	big, little, total := 0, 0, 0
	for i := 0; i+1 < len(sample); {
		end := i
		for end+1 < len(sample) && wide(sample[end], sample[end+1]) {
			end++
		}
		if n := end - i; n >= 2*fewestPairs {
			total += n + 1
			if sample[i] == 0 && sample[end] != 0 {
				big++
			} else if sample[i] != 0 && sample[end] == 0 {
				little++
			}
		}
		i = end + 1
	}
	if total*10 < len(sample) {
		return ""
	}
	order := "big-endian, as NATIONAL items have it"
	if little > big {
		order = "little-endian, which no mainframe writes"
	}
	return fmt.Sprintf("%d%% of the bytes are text in UTF-16, %s", 100*total/len(sample), order)
}

// wide reports whether two bytes may follow each other in ASCII text that is in
// UTF-16: one of them zero.
func wide(a, b byte) bool {
	text := func(c byte) bool { return c >= 0x20 && c < 0x7F }
	return a == 0 && text(b) || b == 0 && text(a)
}
