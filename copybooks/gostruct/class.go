package gostruct

import (
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
	classDigits        // a number that no int64 holds, as a string
	classReal          // float64
)

// integerDigits is how many digits every int64 holds.
const integerDigits = 18

func (c class) goType() string {
	switch c {
	case classInteger:
		return "int64"
	case classReal:
		return "float64"
	}
	return "string"
}

// classOf says what the item is in Go.
func (g *generator) classOf(it *copybooks.Item) class {
	f := g.fields[it]
	switch {
	case it.IsGroup():
		return classGroup
	case it.Usage == copybooks.FloatLong && g.o.Codec.Float == ebcdic.HexFloat:
		return classDigits // 56 bits are more than a float64 has
	case it.Usage == copybooks.FloatShort, it.Usage == copybooks.FloatLong:
		return classReal
	case !f.Numeric():
		return classText
	case it.Digits > integerDigits, it.Length == 8 && !it.Signed && g.allBits(it):
		return classDigits
	}
	return classInteger
}

// allBits reports whether the item is binary and uses every bit of its bytes.
func (g *generator) allBits(it *copybooks.Item) bool {
	switch it.Usage {
	case copybooks.Display, copybooks.Packed, copybooks.UnsignedPacked:
		return false
	case copybooks.Binary:
		return g.o.Codec.BinaryFull
	}
	return true
}

// plain reports whether package ebcdic reads the item as it stands; else a
// copybooks.Field does.
func (g *generator) plain(it *copybooks.Item) bool {
	if it.BlankZero || it.Justified || it.Edited || g.fields[it].CodePage() != g.page {
		return false
	}
	switch it.Usage {
	case copybooks.Display:
		return it.Numeric() || strings.Trim(strings.ToUpper(it.Picture), "XA9()012345678") == ""
	case copybooks.Packed, copybooks.Binary, copybooks.NativeInt:
		return true
	}
	return false
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
	if m.class == classGroup {
		if g.shifts(m.item) {
			// What its tables leave out moves the fields after it.
			g.printf("at += %s.decode(r, %s) - (%s + %d)\n", target, at, at, length)
			return
		}
		g.printf("%s.decode(r, %s)\n", target, at)
		return
	}
	kept := ", " + target // a string is only made when it changes
	if m.class == classInteger || m.class == classReal {
		kept = ""
	}
	switch {
	case !g.plain(m.item):
		g.printf("%s = r.%s(%s%s, %s, %d, %q)\n", target, fieldMethods[m.class], g.fieldVar(m.item), kept, at, length, name)
	case m.class == classText:
		g.printf("%s = r.text(%s, %s, %d, %q)\n", target, target, at, length, name)
	default:
		g.printf("%s = r.%s(%s%s, %s, %d, %q)\n", target, numberMethods[m.class], g.numberVar(m.item), kept, at, length, name)
	}
}

// The methods of reader and writer, by the class.
var (
	numberMethods = map[class]string{classInteger: "integer", classDigits: "digits"}
	fieldMethods  = map[class]string{classText: "fieldText", classInteger: "fieldInteger", classDigits: "fieldDigits", classReal: "fieldReal"}
)

// encodeOne writes the statement that writes one element. Numeric FILLER is
// zero, text FILLER stays blank.
func (g *generator) encodeOne(m member, target, at string) {
	name, length := m.item.Name, m.item.Length
	if m.class == classGroup {
		if g.shifts(m.item) {
			g.printf("at += %s.encode(w, %s) - (%s + %d)\n", target, at, at, length)
			return
		}
		g.printf("%s.encode(w, %s)\n", target, at)
		return
	}
	if m.name == "" {
		target = map[class]string{classText: `""`, classDigits: `"0"`}[m.class]
		if target == "" {
			target = "0"
		}
	}
	switch {
	case !g.plain(m.item):
		g.printf("w.%s(%s, %s, %s, %d, %q)\n", fieldMethods[m.class], g.fieldVar(m.item), target, at, length, name)
	case m.class != classText:
		g.printf("w.%s(%s, %s, %s, %d, %q)\n", numberMethods[m.class], g.numberVar(m.item), target, at, length, name)
	case m.name != "":
		g.printf("w.text(%s, %s, %d, %q)\n", target, at, length, name)
	}
}
