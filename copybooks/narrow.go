package copybooks

import (
	"encoding/binary"

	"tidewaiter/ebcdic"
)

// A number of national characters is brought into single bytes of narrowPage,
// which has every character that numbers and edited numbers print, the euro sign
// among them, and is then read as a DISPLAY one.

var narrowPage = func() *ebcdic.CodePage {
	p, err := ebcdic.LookupCodePage("cp1140")
	if err != nil {
		panic(err) // a page this program carries is missing
	}
	return p
}()

// narrowed is room for the longest edited item.
type narrowed [maxEdited]byte

const (
	highValue  = 0xFFFF // what HIGH-VALUES is in national data
	notNumeric = 0x3F   // SUB: no number has it
)

// narrow writes the characters of b, a byte each.
func (p *field) narrow(b []byte, room *narrowed) []byte {
	out := room[:len(b)/bytesPerWide]
	for i := range out {
		switch c := binary.BigEndian.Uint16(b[i*bytesPerWide:]); {
		case c == highValue:
			out[i] = 0xFF
		case p.number != nil && c >= 'A':
			out[i] = notNumeric // a letter would be an overpunched sign
		default:
			single, ok := narrowPage.Byte(rune(c))
			if !ok {
				single = notNumeric
			}
			out[i] = single
		}
	}
	return out
}

// widen writes single bytes as national characters, unless there was a fault.
func widen(b, from []byte, fault ebcdic.Fault) ebcdic.Fault {
	if fault != ebcdic.OK {
		return fault
	}
	for i, c := range from {
		binary.BigEndian.PutUint16(b[i*bytesPerWide:], uint16(narrowPage.Rune(c)))
	}
	return ebcdic.OK
}

// narrowFault says of a group's SPACES, X'40' in every byte, what they are. No
// digit of national characters carries a sign.
func (p *field) narrowFault(b []byte, fault ebcdic.Fault) ebcdic.Fault {
	switch {
	case fault == ebcdic.OK:
		return ebcdic.OK
	case fault == ebcdic.InvalidSign && !p.item.SignSeparate:
		fault = ebcdic.InvalidZone
	}
	return ebcdic.Unfilled(b, p.text.page.Space(), fault)
}
