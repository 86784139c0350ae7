package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// summarySource gives the entry summaries of a file, one after the other. next
// fills an item, whose memory it may use again; io.EOF is the end, any other
// error ends the file.
type summarySource interface {
	next(item *entryItem) error
	unit() string // what an item's record counts: "line" or "record"
}

// entryItem is an entry summary as it stands in its file: JSON text that is
// still to be read, or a summary that was.
type entryItem struct {
	record  int64 // line or record of the file
	text    []byte
	summary entry.Summary
	action  byte // of the 10 record
	faults  []*catair.FieldError
	more    int // faults that are not kept
}

// sniffed is how many of the first bytes tell what a file holds.
const sniffed = 1 << 12

// openSummaries finds out whether the file is a CATAIR message or JSON lines.
func openSummaries(in io.Reader, name string) (summarySource, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	head, err := buffered.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0, hasObject(head):
		return &jsonSource{in: buffered, name: name}, nil
	case isCATAIR(head):
		return &catairSource{messages: catair.NewSummaries(buffered, name)}, nil
	}
	return nil, fmt.Errorf("reading %s: it begins with %q, which is neither a CATAIR AE message (an A, B or 10 record) nor a JSON object; see what it holds with: tidewaiter inspect %s",
		name, head[:min(len(head), 16)], name)
}

// hasObject says whether some line begins as a JSON object does.
func hasObject(head []byte) bool {
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] == '{' {
			return true
		}
	}
	return false
}

// isCATAIR says whether a file begins with an A, B or 10 record, in ASCII of
// either case or in EBCDIC.
func isCATAIR(head []byte) bool {
	head = bytes.TrimLeft(head, "\r\n")
	if len(head) < 2 {
		return false
	}
	switch head[0] {
	case 'A', 'B', 'a', 'b', 0xC1, 0xC2, 0x81, 0x82:
		return true
	}
	return bytes.HasPrefix(head, []byte("10")) || bytes.HasPrefix(head, []byte{0xF1, 0xF0})
}

// jsonSource reads JSON lines.
type jsonSource struct {
	in   *bufio.Reader
	name string
	line int64
	end  bool
}

func (j *jsonSource) unit() string { return "line" }

// next gives the next line that is not blank.
func (j *jsonSource) next(item *entryItem) error {
	for !j.end {
		j.line++
		text, err := readLine(j.in, item.text[:0])
		if err != nil && err != io.EOF {
			return fmt.Errorf("reading %s line %d: %w", j.name, j.line, err)
		}
		j.end = err == io.EOF
		item.text = text
		if len(bytes.TrimSpace(text)) > 0 {
			item.record, item.action, item.faults, item.more = j.line, catair.Add, item.faults[:0], 0
			return nil
		}
	}
	return io.EOF
}

// readLine reads up to and including the next newline into dst, at most the
// largest summary.
func readLine(r *bufio.Reader, dst []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		dst = append(dst, part...)
		if len(dst) > entry.MaxJSON {
			return dst, fmt.Errorf("more than %d bytes; an entry summary has one line", entry.MaxJSON)
		}
		if err != bufio.ErrBufferFull {
			return dst, err
		}
	}
}

// catairSource reads AE messages.
type catairSource struct {
	messages *catair.Summaries
}

func (c *catairSource) unit() string { return "record" }

func (c *catairSource) next(item *entryItem) error {
	item.text = nil
	if err := c.messages.Next(&item.summary); err != nil {
		return err
	}
	item.record, item.action = item.summary.Source.Record, c.messages.Action()
	faults, more := c.messages.Faults()
	item.faults, item.more = slices.Clone(faults), more
	return nil
}
