package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"unicode/utf8"
)

// page is one code page to write.
type page struct {
	number, about string
	from          string        // glibc, or the page it derives from; ICU by default
	changes       map[byte]rune // what the source has wrong, or a derived page changes
	because       string        // who says so
}

const glibc = "glibc"

// sources is what this machine has.
type sources struct {
	icu, glibc string
}

func newSources() (s sources, err error) {
	icu, err := exec.Command("uconv", "--version").Output()
	if err != nil {
		return s, fmt.Errorf("running uconv (Debian: apt-get install icu-devtools): %w", err)
	}
	libc, err := exec.Command("iconv", "--version").Output()
	if err != nil {
		return s, fmt.Errorf("running iconv (Debian: apt-get install libc-bin): %w", err)
	}
	at := strings.Index(string(icu), "ICU ")
	if at < 0 {
		return s, fmt.Errorf("uconv does not say which ICU it is: %q", icu)
	}
	s.icu = strings.TrimSpace(string(icu[at:]))
	first, _, _ := strings.Cut(string(libc), "\n")
	s.glibc = "glibc " + first[strings.LastIndexByte(first, ' ')+1:]
	return s, nil
}

func (p page) read(src sources) (*table, error) {
	t := &table{name: "cp" + p.number, about: p.about}
	charset, command := "ibm-"+p.number, uconv
	switch p.from {
	case "":
		t.source = charset + ", " + src.icu
	case glibc:
		charset, command = "IBM"+p.number, iconv
		t.source = charset + ", " + src.glibc
	default:
		charset = "ibm-" + p.from
		t.source = charset + ", " + src.icu
	}
	if p.because != "" {
		t.source += "; " + p.because
	}
	if !t.readWhole(command, charset) {
		for i := range t.runes {
			r, err := decode(command, charset, byte(i))
			if err != nil {
				return nil, err
			}
			t.runes[i] = r
		}
	}
	for b, r := range p.changes {
		t.runes[b] = r
	}
	return t, t.settle(command, charset)
}

// readWhole asks for all the characters at once and reports whether each byte has
// one: where some have none, the command stops at the first of them.
func (t *table) readWhole(command convert, charset string) bool {
	every := make([]byte, len(t.runes))
	for i := range every {
		every[i] = byte(i)
	}
	text, err := command(charset, string(every), false)
	if err != nil || utf8.RuneCount(text) != len(t.runes) || !utf8.Valid(text) {
		return false
	}
	copy(t.runes[:], []rune(string(text)))
	return true
}

// settle asks the source which byte it writes for a character that has two.
func (t *table) settle(command convert, charset string) error {
	for i, r := range t.runes {
		if r == utf8.RuneError || slices.Index(t.runes[:], r) == i && !slices.Contains(t.runes[i+1:], r) {
			continue
		}
		b, err := command(charset, string(r), true)
		if err != nil {
			return fmt.Errorf("writing U+%04X as %s: %w", r, charset, err)
		}
		if len(b) != 1 {
			return fmt.Errorf("U+%04X is written X'%X' as %s, expected one byte", r, b, charset)
		}
		if b[0] != byte(i) {
			t.alternates = append(t.alternates, byte(i))
		}
	}
	return nil
}

// decode asks for the character of b, utf8.RuneError when it has none.
func decode(command convert, charset string, b byte) (rune, error) {
	text, err := command(charset, string([]byte{b}), false)
	var refused *exec.ExitError
	if errors.As(err, &refused) {
		return utf8.RuneError, nil
	}
	if err != nil {
		return 0, err
	}
	if len(text) == 0 {
		return utf8.RuneError, nil
	}
	r, size := utf8.DecodeRune(text)
	if size != len(text) || r == utf8.RuneError {
		return 0, fmt.Errorf("X'%02X' reads %q, which is not one character", b, text)
	}
	return r, nil
}

// convert turns bytes of a character set into UTF-8, or back.
type convert func(charset, text string, back bool) ([]byte, error)

func uconv(charset, text string, back bool) ([]byte, error) {
	if back {
		return pipe(text, "uconv", "-f", "UTF-8", "-t", charset, "--to-callback", "stop")
	}
	return pipe(text, "uconv", "-f", charset, "-t", "UTF-8", "--from-callback", "stop")
}

func iconv(charset, text string, back bool) ([]byte, error) {
	if back {
		return pipe(text, "iconv", "-f", "UTF-8", "-t", charset)
	}
	return pipe(text, "iconv", "-f", charset, "-t", "UTF-8")
}

func pipe(text, name string, args ...string) ([]byte, error) {
	c := exec.Command(name, args...)
	c.Stdin = strings.NewReader(text)
	var out bytes.Buffer
	c.Stdout = &out
	err := c.Run()
	return out.Bytes(), err
}
