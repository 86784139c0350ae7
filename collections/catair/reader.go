package catair

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"tidewaiter/ebcdic"
)

// maxRaw bounds a line: 80 characters, its line end, and blanks that some
// mailers add.
const maxRaw = 256

// Form is how a file holds its records. The zero value is 80 ASCII characters
// and a line feed.
type Form struct {
	EBCDIC  bool   // code page 037
	LineEnd string // "\n", "\r\n", or "" for records of 80 bytes one after the other
}

// Reader reads the records of a file, in ASCII or EBCDIC, with or without line
// ends. It knows from the envelope which chapter's layouts apply; a file without
// one that begins with a 10 record is read as entry summaries.
type Reader struct {
	src       *bufio.Reader
	form      Form
	sniffed   bool
	chapter   Chapter
	direction Direction
	known     map[uint32]*Layout // of the chapter
	number    int64
	offset    int64
	record    Record
	text      [Length]byte
}

// NewReader reads from src.
func NewReader(src io.Reader) *Reader {
	return &Reader{src: bufio.NewReaderSize(src, 1<<16), form: Form{LineEnd: "\n"}, known: knownIn("", Input)}
}

// Form gives how the file holds its records, known after the first of them.
func (r *Reader) Form() Form { return r.form }

// Chapter gives the chapter and direction of the records being read; empty until
// a header tells.
func (r *Reader) Chapter() (Chapter, Direction) { return r.chapter, r.direction }

// Errors of a file as a whole.
var (
	ErrTooLong   = errors.New("the record is longer than 80 characters")
	ErrTruncated = errors.New("the file ends inside a record")
	ErrNotText   = errors.New("the file is neither ASCII nor EBCDIC text")
)

// Next gives the next record, io.EOF at the end. Empty lines are passed over,
// with the record before them, so that their bytes are kept in its Raw. A record
// that is too long is a *FieldError, and the reader can go on.
func (r *Reader) Next() (*Record, error) {
	if !r.sniffed {
		if err := r.sniff(); err != nil {
			return nil, err
		}
	}
	raw, err := r.line()
	if err != nil {
		return nil, err
	}
	r.number++
	rec := &r.record
	*rec = Record{Number: r.number, Offset: r.offset, Raw: raw, Text: r.text[:]}
	r.offset += int64(len(raw))
	body := raw[:len(raw)-lineEnd(raw, r.form.EBCDIC)]
	if r.form.LineEnd == "" {
		body = raw
	}
	if len(body) > Length && !blank(body[Length:], r.form.EBCDIC) {
		copy(r.text[:], body)
		rec.ID = string(body[:2])
		return nil, &FieldError{Record: r.number, ID: rec.ID, Err: fmt.Errorf("%w: %d", ErrTooLong, len(body))}
	}
	n := copy(r.text[:], body)
	for i := n; i < Length; i++ {
		r.text[i] = ' '
		if r.form.EBCDIC {
			r.text[i] = ebcdicSpace
		}
	}
	if r.form.EBCDIC {
		for i, c := range r.text {
			r.text[i] = toASCII[c]
		}
	}
	r.identify(rec)
	return rec, nil
}

const ebcdicSpace = 0x40

// toASCII translates code page 037; what has no ASCII character becomes a
// question mark, which no class of field but X takes.
var toASCII = func() (table [256]byte) {
	page, err := ebcdic.LookupCodePage("cp037")
	if err != nil { // it is built in
		panic(err)
	}
	for b := range 256 {
		table[b] = '?'
		if c := page.Rune(byte(b)); c >= 0 && c < 0x80 {
			table[b] = byte(c)
		}
	}
	return table
}()

// sniff finds out how the file holds its records, from its first bytes.
func (r *Reader) sniff() error {
	r.sniffed = true
	head, err := r.src.Peek(4 * Length)
	if len(head) == 0 {
		if err == io.EOF {
			return nil
		}
		return err
	}
	switch c := head[0]; {
	case c >= 0xC1 && c <= 0xE9 || c >= 0xF0 && c <= 0xF9:
		r.form.EBCDIC = true
	case c < ' ' && c != '\n' && c != '\r' || c >= 0x7F:
		return fmt.Errorf("%w: it begins with X'%02X'", ErrNotText, c)
	}
	line := bytes.IndexAny(head, "\n")
	if r.form.EBCDIC {
		line = bytes.IndexAny(head, "\x15\x25")
	}
	switch {
	case line < 0 && len(head) >= Length, r.form.EBCDIC && line > 0 && line%Length != 0 && line > Length:
		r.form.LineEnd = ""
	case line > 0 && head[line-1] == '\r':
		r.form.LineEnd = "\r\n"
	}
	return nil
}

// line reads the bytes of one record with its line end and the empty lines
// behind it.
func (r *Reader) line() ([]byte, error) {
	if r.form.LineEnd == "" {
		return r.fixed()
	}
	end := byte('\n')
	if r.form.EBCDIC {
		end = 0x15
	}
	raw, err := r.src.ReadSlice(end)
	switch {
	case errors.Is(err, bufio.ErrBufferFull) || len(raw) > maxRaw:
		return nil, r.fail(fmt.Errorf("%w: no line end within %d bytes", ErrTooLong, maxRaw))
	case err == io.EOF && len(raw) == 0:
		return nil, io.EOF
	case err != nil && err != io.EOF:
		return nil, fmt.Errorf("reading record %d: %w", r.number+1, err)
	}
	return raw, nil
}

// fixed reads a record of 80 bytes.
func (r *Reader) fixed() ([]byte, error) {
	raw, err := r.src.Peek(Length)
	if len(raw) < Length {
		if err != io.EOF {
			return nil, fmt.Errorf("reading record %d: %w", r.number+1, err)
		}
		if len(bytes.TrimRight(raw, "\r\n\x00\x1a")) == 0 {
			return nil, io.EOF
		}
		return nil, r.fail(fmt.Errorf("%w: %d of 80 bytes", ErrTruncated, len(raw)))
	}
	_, err = r.src.Discard(Length)
	return raw, err
}

// lineEnd gives how many bytes at the end of raw are its line end.
func lineEnd(raw []byte, inEBCDIC bool) int {
	n := len(raw)
	if inEBCDIC {
		if n > 0 && (raw[n-1] == 0x15 || raw[n-1] == 0x25) {
			return 1
		}
		return 0
	}
	switch {
	case n > 1 && raw[n-2] == '\r' && raw[n-1] == '\n':
		return 2
	case n > 0 && raw[n-1] == '\n':
		return 1
	}
	return 0
}

// blank says whether b is all blanks.
func blank(b []byte, inEBCDIC bool) bool {
	space := byte(' ')
	if inEBCDIC {
		space = ebcdicSpace
	}
	for _, c := range b {
		if c != space {
			return false
		}
	}
	return true
}

// fail ends the file: where the next record begins is not known.
func (r *Reader) fail(err error) error {
	return fmt.Errorf("record %d at byte %d: %w", r.number+1, r.offset, err)
}
