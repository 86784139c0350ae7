package catair

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"tidewaiter/ebcdic"
)

// maxRaw bounds a line; a longer one is given in parts of that size, each of
// them a record that is too long.
const maxRaw = 1 << 16

// Form is how a file holds its records: ASCII or EBCDIC, and the bytes that end
// a line. The zero value is records of 80 ASCII bytes one after the other.
type Form struct {
	EBCDIC  bool   // code page 037
	LineEnd string // "\n", "\r\n", in EBCDIC X'15', X'25' or one of them after X'0D'; "" for none
}

// Lines is the form of ASCII lines that end with a line feed.
var Lines = Form{LineEnd: "\n"}

// Reader reads the records of a file, in ASCII or EBCDIC, with or without line
// ends. It knows from the envelope which chapter's layouts apply; a file without
// one that begins with a 10 record is read as entry summaries.
type Reader struct {
	src       *bufio.Reader
	form      Form
	sniffed   bool
	chapter   Chapter
	direction Direction
	known     *lexicon // of the chapter
	number    int64
	offset    int64
	record    Record
	text      [Length]byte
}

// NewReader reads from src.
func NewReader(src io.Reader) *Reader {
	return &Reader{src: bufio.NewReaderSize(src, maxRaw), form: Lines, known: lexicons[grammarKey{"", Input}]}
}

// Form gives how the file holds its records, known after the first of them.
func (r *Reader) Form() Form { return r.form }

// Chapter gives the chapter and direction of the records being read; empty until
// a header tells.
func (r *Reader) Chapter() (Chapter, Direction) { return r.chapter, r.direction }

// Errors of a file or a record as a whole.
var (
	ErrTooLong   = errors.New("the record is longer than 80 characters")
	ErrTruncated = errors.New("the file ends inside a record")
	ErrNotText   = errors.New("the file is neither ASCII nor EBCDIC text")
)

// Next gives the next record, io.EOF at the end. Every byte of the file is in
// the Raw of one record: a line without text is a record without ID, and a record
// that is too long or cut off has a Fault. Other errors end the file.
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
	*rec = Record{Number: r.number, Offset: r.offset, Raw: raw, form: &r.form}
	r.offset += int64(len(raw))
	end := r.lineEnd(raw)
	body := raw[:len(raw)-end]
	r.translate(body)
	if rec.Text[0] <= ' ' && empty(body, r.form.EBCDIC) {
		return rec, nil
	}
	r.identify(rec)
	switch {
	case len(body) > Length && !empty(body[Length:], r.form.EBCDIC):
		rec.Fault = &FieldError{Record: rec.Number, ID: rec.ID, Err: fmt.Errorf("%w: %d", ErrTooLong, len(body))}
	case len(body) < Length && end == 0:
		rec.Fault = &FieldError{Record: rec.Number, ID: rec.ID, Code: "X42", Err: fmt.Errorf("%w, after %d of 80 characters", ErrTruncated, len(body))}
	}
	return rec, nil
}

// translate makes the record's text of its bytes, 80 characters of ASCII.
func (r *Reader) translate(body []byte) {
	if !r.form.EBCDIC && len(body) >= Length {
		r.record.Text = body[:Length:Length] // most records: nothing is to be done
		return
	}
	n := copy(r.text[:], body)
	if r.form.EBCDIC {
		for i, c := range r.text[:n] {
			r.text[i] = toASCII[c]
		}
	}
	for i := n; i < Length; i++ {
		r.text[i] = ' '
	}
	r.record.Text = r.text[:]
}

// substitute stands for what has no ASCII character: no field may hold it.
const substitute = 0x1A

// toASCII translates code page 037.
var toASCII = func() (table [256]byte) {
	page, err := ebcdic.LookupCodePage("cp037")
	if err != nil { // it is built in
		panic(err)
	}
	for b := range 256 {
		table[b] = substitute
		if c := page.Rune(byte(b)); c >= 0 && c < 0x80 {
			table[b] = byte(c)
		}
	}
	return table
}()

// startsEBCDIC says whether a file's first byte is a letter or a digit of EBCDIC.
func startsEBCDIC(c byte) bool {
	return c >= 0xC1 && c <= 0xE9 || c >= 0xF0 && c <= 0xF9 || c >= 0x81 && c <= 0xA9
}

// sniff finds out how the file holds its records, from its first bytes.
func (r *Reader) sniff() error {
	r.sniffed = true
	head, err := r.src.Peek(maxRaw)
	if len(head) == 0 {
		if err == io.EOF {
			return nil
		}
		return err
	}
	ends := "\n"
	switch c := head[0]; {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return fmt.Errorf("%w: it begins with a byte order mark, X'EFBBBF'; save it without", ErrNotText)
	case startsEBCDIC(c):
		r.form.EBCDIC, ends = true, "\x15\x25"
	case c < ' ' && c != '\n' && c != '\r' || c >= 0x7F:
		return fmt.Errorf("%w: it begins with X'%02X'", ErrNotText, c)
	}
	at := bytes.IndexAny(head, ends)
	switch {
	case at < 0 && len(head) >= Length:
		r.form.LineEnd = ""
	case at < 0:
		r.form.LineEnd = ends[:1]
	case at > Length && at%Length == 0 && at == len(head)-1:
		r.form.LineEnd = "" // one line end after records of 80 bytes
	case at > 0 && head[at-1] == '\r':
		r.form.LineEnd = "\r" + string(head[at:at+1])
	default:
		r.form.LineEnd = string(head[at : at+1])
	}
	return nil
}

// line reads the bytes of one record with its line end.
func (r *Reader) line() ([]byte, error) {
	if r.form.LineEnd == "" {
		return r.fixed()
	}
	raw, err := r.src.ReadSlice(r.form.LineEnd[len(r.form.LineEnd)-1])
	switch {
	case err == io.EOF && len(raw) == 0:
		return nil, io.EOF
	case err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull):
		return nil, fmt.Errorf("reading record %d at byte %d: %w", r.number+1, r.offset, err)
	}
	return raw, nil
}

// fixed reads a record of 80 bytes, or what there is at the end.
func (r *Reader) fixed() ([]byte, error) {
	raw, err := r.src.Peek(Length)
	if len(raw) == 0 && err == io.EOF {
		return nil, io.EOF
	}
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading record %d at byte %d: %w", r.number+1, r.offset, err)
	}
	_, err = r.src.Discard(len(raw))
	return raw, err
}

// lineEnd gives how many bytes at the end of raw are its line end.
func (r *Reader) lineEnd(raw []byte) int {
	n := len(raw)
	if r.form.LineEnd == "" || n == 0 || raw[n-1] != r.form.LineEnd[len(r.form.LineEnd)-1] {
		return 0
	}
	if n > 1 && raw[n-2] == '\r' {
		return 2
	}
	return 1
}

// empty says whether b holds no text: blanks, and what ends lines and files.
func empty(b []byte, inEBCDIC bool) bool {
	for _, c := range b {
		if inEBCDIC {
			c = toASCII[c]
		}
		switch c {
		case ' ', 0, '\t', '\r', '\n', substitute:
		default:
			return false
		}
	}
	return true
}
