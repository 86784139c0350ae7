package stream

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tidewaiter/copybooks/dataset"
)

// Framing is what a JSON line says of how its record stands in the file, beside
// the record itself.
//
//	{"_prefix":"0001","_suffix":"40","_framing":["00150000000A0000",6,"15"],"NAME":…}
//
// "_framing" alternates bytes of the file that belong to no record with numbers
// of bytes of the record, prefix and suffix among them. A line of nothing but
// "_header" or "_trailer" has the bytes before the first or after the last
// record.
type Framing struct {
	Prefix, Suffix  []byte
	Stretches       []dataset.Stretch
	Header, Trailer []byte
}

// AppendEnd appends the line that has the bytes of a file before its first
// record, name "_header", or after its last, "_trailer".
func AppendEnd(dst []byte, name string, b []byte) []byte {
	return append(appendBytes(append(dst, '{'), name, b), "}\n"...)
}

func appendBytes(dst []byte, name string, b []byte) []byte {
	dst = append(append(append(dst, '"'), name...), `":"`...)
	return append(hex.AppendEncode(dst, b), '"')
}

// appendFraming appends the members of one record, each followed by a comma.
func appendFraming(dst, prefix, suffix []byte, stretches []dataset.Stretch) []byte {
	if len(prefix) > 0 {
		dst = append(appendBytes(dst, "_prefix", prefix), ',')
	}
	if len(suffix) > 0 {
		dst = append(appendBytes(dst, "_suffix", suffix), ',')
	}
	if stretches == nil {
		return dst
	}
	dst = append(dst, `"_framing":[`...)
	for i, s := range stretches {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(hex.AppendEncode(append(dst, '"'), s.Bytes), '"', ',')
		dst = strconv.AppendInt(dst, int64(s.Record), 10)
	}
	return append(dst, ']', ',')
}

// frame puts members at the start of the object on the last line, if a line was
// added for the record.
func (p *linesPart) frame(members []byte) {
	n, at := len(p.out), p.last+1
	if at > n {
		return
	}
	if p.out[at] == '}' {
		members = members[:len(members)-1] // no member follows the comma
	}
	p.out = append(p.out, members...)
	copy(p.out[at+len(members):], p.out[at:n])
	copy(p.out[at:], members)
}

// tellsFraming is a quick look for members that CutFraming takes out: _prefix,
// _suffix, _framing, _header, _trailer. A string of a field may begin like one.
func tellsFraming(line []byte) bool {
	for {
		at := bytes.Index(line, []byte(`"_`))
		if at < 0 || at+2 == len(line) {
			return false
		}
		line = line[at+2:]
		if bytes.IndexByte([]byte("psfht"), line[0]) >= 0 {
			return true
		}
	}
}

// CutFraming takes the members about framing out of a JSON line and returns the
// line without them: nil where nothing else was in it.
func CutFraming(line []byte) (f Framing, rest []byte, err error) {
	if !tellsFraming(line) {
		return f, line, nil
	}
	d := json.NewDecoder(bytes.NewReader(line))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return f, line, nil // the encoder says what is wrong with it
	}
	rest = []byte{'{'}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return f, line, nil
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return f, line, nil
		}
		text := name.(string) // a member's name is one
		taken, err := f.take(text, value)
		if err != nil {
			return f, nil, fmt.Errorf("reading %q: %w", text, err)
		}
		if taken {
			continue
		}
		if len(rest) > 1 {
			rest = append(rest, ',')
		}
		rest = append(append(appendQuoted(rest, text), ':'), value...)
	}
	if len(rest) == 1 && (f.Header != nil || f.Trailer != nil) {
		return f, nil, nil
	}
	return f, append(rest, '}'), nil
}

func appendQuoted(dst []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		return strconv.AppendQuote(dst, s) // cannot be: every string has a form in JSON
	}
	return append(dst, quoted...)
}

// take reads one member and reports whether it is about framing.
func (f *Framing) take(name string, value []byte) (bool, error) {
	var err error
	switch name {
	case "_prefix":
		f.Prefix, err = hexBytes(value)
	case "_suffix":
		f.Suffix, err = hexBytes(value)
	case "_header":
		f.Header, err = hexBytes(value)
	case "_trailer":
		f.Trailer, err = hexBytes(value)
	case "_framing":
		f.Stretches, err = stretches(value)
	default:
		return false, nil
	}
	return true, err
}

func hexBytes(value []byte) ([]byte, error) {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return nil, errors.New("expected a string of hexadecimal digits")
	}
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil, errors.New("expected a string of hexadecimal digits")
	}
	return b, nil
}

// stretches reads ["0005",3,"15",0].
func stretches(value []byte) ([]dataset.Stretch, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(value, &parts); err != nil || len(parts)%2 != 0 || len(parts) == 0 {
		return nil, errors.New("expected an array of pairs: bytes in hexadecimal, a number of bytes of the record")
	}
	out := make([]dataset.Stretch, len(parts)/2)
	for i := range out {
		var err error
		if out[i].Bytes, err = hexBytes(parts[2*i]); err != nil {
			return nil, err
		}
		if out[i].Record, err = strconv.Atoi(string(parts[2*i+1])); err != nil || out[i].Record < 0 {
			return nil, fmt.Errorf("%s is not a number of bytes", parts[2*i+1])
		}
	}
	return out, nil
}
