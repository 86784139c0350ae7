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
	"tidewaiter/collections/reference"
)

// summarySource gives the entry summaries of a file, one after the other. next
// fills an item, whose memory it may use again; io.EOF is the end, any other
// error ends the file.
type summarySource interface {
	next(item *entryItem) error
	unit() string // what an item's record counts: "line" or "record"
	// around gives what is wrong with the records that belong to no entry, at
	// most a hundred faults, and how many more there were.
	around() (faults []*catair.FieldError, more int)
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
func openSummaries(in io.Reader, name string, tables *reference.Tables) (summarySource, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	head, err := buffered.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0, hasObject(head):
		return &jsonSource{in: buffered, name: name}, nil
	case catair.Recognize(head):
		messages := catair.NewSummaries(buffered, name)
		messages.UseFactors(tables.CheckDigitFactor)
		return &catairSource{messages: messages}, nil
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

// jsonSource reads JSON lines.
type jsonSource struct {
	in   *bufio.Reader
	name string
	line int64
	some bool // an entry was read
	end  bool
}

// errEmpty says that a file has nothing but blanks.
var errEmpty = errors.New("there is nothing in it; an entry summary is a CATAIR AE message or a line of JSON")

func (j *jsonSource) unit() string { return "line" }

func (j *jsonSource) around() ([]*catair.FieldError, int) { return nil, 0 }

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
			j.some = true
			return nil
		}
	}
	if !j.some {
		return errEmpty
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
	some     bool // an entry was read
}

// errNoEntry says that a message is of another kind, or empty.
var errNoEntry = errors.New("the message has no entry summary (10 record); see what it has with: tidewaiter catair show")

func (c *catairSource) unit() string { return "record" }

func (c *catairSource) around() ([]*catair.FieldError, int) { return c.messages.EnvelopeFaults() }

func (c *catairSource) next(item *entryItem) error {
	item.text = nil
	if err := c.messages.Next(&item.summary); err != nil {
		if err == io.EOF && !c.some {
			return errNoEntry
		}
		return err
	}
	c.some = true
	item.record, item.action = item.summary.Source.Record, c.messages.Action()
	faults, more := c.messages.Faults()
	item.faults, item.more = slices.Clone(faults), more
	return nil
}
