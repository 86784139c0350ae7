package dataset

import (
	"bytes"
	"fmt"
)

const lineFeed = "\n"

func (f *Format) delimiter() string {
	if f.Delimiter == "" {
		return lineFeed
	}
	return f.Delimiter
}

// nextLine cuts a line. The last one may lack its delimiter.
func (r *Reader) nextLine() ([]byte, error) {
	delimiter, longest := []byte(r.format.delimiter()), r.format.longest()
	for searched := 0; ; {
		rest := r.buf[r.pos:]
		// A delimiter may lie across two reads: look again at its first bytes.
		from := max(0, searched-len(delimiter)+1)
		if at := bytes.Index(rest[from:], delimiter); at >= 0 {
			return r.line(from+at, len(delimiter))
		}
		searched = len(rest)
		if searched > longest+len(delimiter) {
			return nil, r.fail(fmt.Sprintf("no line ends within %d bytes", longest), r.diagnose())
		}
		if !r.fill(searched + 1) {
			if searched = len(r.buf) - r.pos; searched > 0 && r.ended() {
				return r.line(searched, 0)
			}
			return nil, r.end("a line", searched+1)
		}
	}
}

// line hands out length bytes and passes the delimiter.
func (r *Reader) line(length, delimiter int) ([]byte, error) {
	if length > r.format.longest() {
		return nil, r.fail(fmt.Sprintf("a line of %d bytes is longer than %d", length, r.format.longest()), "")
	}
	line := r.buf[r.pos : r.pos+length : r.pos+length]
	if r.format.delimiter() == lineFeed && delimiter > 0 && length > 0 && line[length-1] == '\r' {
		return nil, r.fail("the line ends with a carriage return before its line feed", `this looks like TEXT with delimiter CR LF`)
	}
	r.keep(r.pos, r.pos+length)
	r.advance(length + delimiter)
	return line, nil
}
