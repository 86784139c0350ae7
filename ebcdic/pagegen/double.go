package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// mixedPages have single bytes and, between shift-out and shift-in, pairs of
// bytes. Pages with the same double-byte part share its file.
var mixedPages = []struct {
	page
	double string
}{
	{page{number: "930", about: "Japanese, Katakana and Kanji, mixed"}, "939"},
	{page{number: "933", about: "Korean, mixed"}, "933"},
	{page{number: "935", about: "Simplified Chinese, mixed"}, "935"},
	{page{number: "937", about: "Traditional Chinese, mixed"}, "937"},
	{page{number: "939", about: "Japanese, Latin and Kanji, mixed"}, "939"},
	{page{number: "1364", about: "Korean, extended, mixed"}, "1364"},
	{page{number: "1388", about: "Simplified Chinese, GB 18030, mixed"}, "1388"},
	{page{number: "1390", about: "Japanese, Katakana and Kanji, with the euro sign, mixed"}, "1399"},
	{page{number: "1399", about: "Japanese, Latin and Kanji, with the euro sign, mixed"}, "1399"},
}

const (
	shiftOut = "\x0E"
	shiftIn  = "\x0F"
	lineFeed = "\x25"
	first    = 0x41 // of the bytes of a pair; X'4040' is the blank
	last     = 0xFE
)

// writeDouble writes the double-byte part of a page: a line with a character for
// each pair in the order of the pairs, U+FFFD where there is none, and a line
// with the pairs, in hexadecimal, that are read but not written.
func writeDouble(dir, number string) error {
	chars, pairs, err := readDouble("ibm-" + number)
	if err != nil {
		return err
	}
	alternates, err := notWritten("ibm-"+number, chars, pairs)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := fmt.Fprintf(z, "%s\n%s\n", string(chars), alternates); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "cp"+number+".txt.gz"), out.Bytes(), 0o644)
}

func readDouble(charset string) (chars []rune, pairs []string, err error) {
	var src strings.Builder
	for a := first; a <= last; a++ {
		for b := first; b <= last; b++ {
			pair := string([]byte{byte(a), byte(b)})
			pairs = append(pairs, pair)
			src.WriteString(shiftOut + pair + shiftIn + lineFeed)
		}
	}
	text, err := pipe(src.String(), "uconv", "-f", charset, "-t", "UTF-8", "--from-callback", "substitute")
	if err != nil {
		return nil, nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) != len(pairs) {
		return nil, nil, fmt.Errorf("%s reads %d characters, expected %d", charset, len(lines), len(pairs))
	}
	for _, line := range lines {
		r, size := utf8.DecodeRuneInString(line)
		if size != len(line) {
			r = utf8.RuneError // several characters for a pair: not supported
		}
		chars = append(chars, r)
	}
	return chars, pairs, nil
}

// notWritten lists the pairs that charset does not write for their character.
func notWritten(charset string, chars []rune, pairs []string) (string, error) {
	var src, out strings.Builder
	for _, r := range chars {
		if r != utf8.RuneError {
			src.WriteString(string(r) + "\n")
		}
	}
	text, err := pipe(src.String(), "uconv", "-f", "UTF-8", "-t", charset, "--to-callback", "substitute")
	if err != nil {
		return "", err
	}
	at := 0
	for i, r := range chars {
		if r == utf8.RuneError {
			continue
		}
		// Each character ends in shift-in and a line feed, or only in the latter.
		end := at
		if end < len(text) && text[end] == shiftOut[0] {
			end += 4
		} else {
			end++
		}
		if end >= len(text) || text[end] != lineFeed[0] {
			return "", fmt.Errorf("U+%04X is written X'%X' as %s", r, text[at:min(end+1, len(text))], charset)
		}
		if string(text[at:end]) != shiftOut+pairs[i]+shiftIn {
			fmt.Fprintf(&out, "%X", pairs[i])
		}
		at = end + 1
	}
	return out.String(), nil
}
