package statement

import (
	"golang.org/x/text/encoding/charmap"

	"tidewaiter/collections/entry"
)

// KeyLength is the length of a statement key: processing port 4, payment type
// 1, filer code 3, importer number 12, client branch 2.
const KeyLength = 4 + 1 + 3 + 12 + 2

// substitute stands for a character that code page 037 does not have.
const substitute = 0x3F

// Key appends the statement key of an entry to dst, in code page 037, so that
// keys compare as bytes in the mainframe's order, letters before digits. Who is
// put together depends on the payment type (ACE CATAIR AE, 10 record): 2 and 6
// one statement a filer, 3 and 7 one an importer number, 5 and 8 one an importer
// number without its suffix. For payment type 1, which is on no statement, and
// for unknown ones the result is nil.
func Key(dst []byte, s *entry.Summary) []byte {
	importer := ""
	switch s.PaymentType {
	case '2', '6':
	case '3', '7':
		importer = s.Importer
	case '5', '8':
		importer = withoutSuffix(s.Importer)
	default:
		return nil
	}
	filer := string(s.Number[:min(len(s.Number), 3)])
	dst = appendEBCDIC(dst, s.ProcessingPort, 4)
	dst = append(dst, 0xF0|s.PaymentType&0x0F)
	dst = appendEBCDIC(dst, filer, 3)
	dst = appendEBCDIC(dst, importer, 12)
	return appendEBCDIC(dst, s.ClientBranch, 2)
}

// withoutSuffix cuts the suffix of two characters off an importer number. Only
// an employer number has one (NN-NNNNNNNXX). A social security number
// (NNN-NN-NNNN) and one assigned by customs (YYDDPP-NNNNN) are whole: cut too,
// they would put several payers on one statement (CBP Form 5106).
func withoutSuffix(importer string) string {
	const root = 10
	if len(importer) > root && importer[2] == '-' {
		return importer[:root]
	}
	return importer
}

// appendEBCDIC appends exactly width bytes, filled up with blanks.
func appendEBCDIC(dst []byte, s string, width int) []byte {
	n := 0
	for _, r := range s {
		if n == width {
			break
		}
		b, ok := charmap.CodePage037.EncodeRune(r)
		if !ok {
			b = substitute
		}
		dst = append(dst, b)
		n++
	}
	for ; n < width; n++ {
		dst = append(dst, 0x40)
	}
	return dst
}

// CompareEBCDIC orders two entry numbers as the mainframe sorts them.
func CompareEBCDIC(a, b entry.Number) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if x, y := ebcdicOf[a[i]], ebcdicOf[b[i]]; x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

// ebcdicOf turns the bytes of an entry number into code page 037.
var ebcdicOf = func() (table [256]byte) {
	for i := range table {
		b, ok := charmap.CodePage037.EncodeRune(rune(i))
		if !ok {
			b = substitute
		}
		table[i] = b
	}
	return table
}()
