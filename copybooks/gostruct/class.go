package gostruct

import (
	"fmt"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// class is what a member is in Go.
type class uint8

const (
	classGroup   class = iota
	classText          // string
	classInteger       // int64 in units of the last decimal place
	classDigits        // a number of more than 18 digits, as a string
)

// integerDigits is how many digits every int64 holds.
const integerDigits = 18

func (c class) goType() string {
	if c == classInteger {
		return "int64"
	}
	return "string"
}

func classOf(it *copybooks.Item) (class, error) {
	switch {
	case it.IsGroup():
		return classGroup, nil
	case it.BlankZero:
		return 0, fmt.Errorf("%s has BLANK WHEN ZERO, which is not supported in Go source yet", it.Name)
	case it.Numeric():
		if _, err := ebcdic.NewNumber(specOf(it, copybooks.CodecOptions{})); err != nil || it.Usage > copybooks.Packed {
			return 0, fmt.Errorf("%s is %s, which is not supported in Go source yet", it.Name, it.Usage)
		}
		if it.Digits > integerDigits {
			return classDigits, nil
		}
		return classInteger, nil
	case it.Usage == copybooks.Display && strings.Trim(strings.ToUpper(it.Picture), "XA9()012345678") == "":
		return classText, nil
	}
	return 0, fmt.Errorf("%s, PIC %s %s, is not supported in Go source yet", it.Name, it.Picture, it.Usage)
}

// specOf is the item as ebcdic describes numbers, without the code page.
func specOf(it *copybooks.Item, o copybooks.CodecOptions) ebcdic.Spec {
	s := ebcdic.Spec{
		Digits: it.Digits, Scale: it.Scale, Signed: it.Signed,
		SignLeading: it.SignLeading, SignSeparate: it.SignSeparate, NumProc: o.NumProc,
	}
	switch it.Usage {
	case copybooks.Packed:
		s.Kind = ebcdic.Packed
	case copybooks.Binary:
		s.Kind, s.BinaryFull = ebcdic.Binary, o.BinaryFull
	case copybooks.NativeInt:
		s.Kind, s.BinaryFull = ebcdic.Binary, true
	}
	return s
}

// decodeOne writes the statement that reads one element.
func (g *generator) decodeOne(m member, target, at string) {
	name, length := m.item.Name, m.item.Length
	switch m.class {
	case classGroup:
		if variable(m.item) {
			// What its tables leave out moves the fields after it.
			g.printf("at += %s.decode(r, %s) - (%s + %d)\n", target, at, at, length)
			return
		}
		g.printf("%s.decode(r, %s)\n", target, at)
	case classText:
		g.printf("%s = r.%s(%s, %s, %d, %q)\n", target, textMethod(m), target, at, length, name)
	case classInteger:
		g.printf("%s = r.integer(%s, %s, %d, %q)\n", target, g.numberVar(m.item), at, length, name)
	case classDigits:
		g.printf("%s = r.digits(%s, %s, %s, %d, %q)\n", target, g.numberVar(m.item), target, at, length, name)
	}
}

// encodeOne writes the statement that writes one element. Numeric FILLER is
// zero, text FILLER stays blank.
func (g *generator) encodeOne(m member, target, at string) {
	name, length := m.item.Name, m.item.Length
	if m.name == "" {
		target = "0"
		if m.class == classDigits {
			target = `"0"`
		}
	}
	switch m.class {
	case classGroup:
		if variable(m.item) {
			g.printf("at += %s.encode(w, %s) - (%s + %d)\n", target, at, at, length)
			return
		}
		g.printf("%s.encode(w, %s)\n", target, at)
	case classText:
		if m.name != "" {
			g.printf("w.%s(%s, %s, %d, %q)\n", textMethod(m), target, at, length, name)
		}
	case classInteger:
		g.printf("w.integer(%s, %s, %s, %d, %q)\n", g.numberVar(m.item), target, at, length, name)
	case classDigits:
		g.printf("w.digits(%s, %s, %s, %d, %q)\n", g.numberVar(m.item), target, at, length, name)
	}
}

func textMethod(m member) string {
	if m.item.Justified {
		return "justified"
	}
	return "text"
}
