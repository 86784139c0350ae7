package catair

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"tidewaiter/collections/reference"
)

// Writer writes records in a Form, with the envelope around them.
type Writer struct {
	dst       *bufio.Writer
	form      Form
	direction Direction
	draft     Draft
	batch     *Batch
	block     *Block
	images    int64 // records since the B record
	encoded   [Length]byte
}

// NewWriter writes to dst. Flush ends it.
func NewWriter(dst io.Writer, form Form) *Writer {
	return &Writer{dst: bufio.NewWriterSize(dst, 1<<16), form: form, direction: Input}
}

// Batch is what an A record says, and its Z record repeats.
type Batch struct {
	Site        string // four characters
	ID          string // sender or receiver, three characters
	Application string // "AE", "AX", ...
	Date        reference.Date
	Office      string
	// Password is the communication password, which input has: six characters.
	Password string
	UserData string
}

// Block is what a B record says, and its Y record repeats.
type Block struct {
	Port        string
	Filer       string
	Application string
	Office      string
	UserData    string
	Statement   Statement // of PF and MS
}

// Statement is what the B record of a statement says beside.
type Statement struct {
	Status      byte // 'P' preliminary, 'F' final
	Number      string
	PrintDate   reference.Date
	PaymentType byte
	Importer    string
	Branch      string
}

// Errors of the order in which an envelope is written.
var (
	errNoBatch   = errors.New("catair: a block is written inside a batch: OpenBatch first")
	errNoBlock   = errors.New("catair: records are written inside a block: OpenBlock first")
	errOpenBlock = errors.New("catair: the block before is still open: CloseBlock first")
	errOpenBatch = errors.New("catair: the batch before is still open: CloseBatch first")
)

// OpenBatch writes the A record.
func (w *Writer) OpenBatch(b Batch) error {
	a, known := applications[b.Application]
	if !known {
		return fmt.Errorf("catair: application %q is not one of AE AX EQ ER DE DX PF MS", b.Application)
	}
	if w.batch != nil {
		return errOpenBatch
	}
	w.direction, w.batch = a.direction, &b
	d := w.envelope("A")
	w.batchFields(d)
	d.Set("Application Identifier Code", b.Application).Set("Transmitter's User Data Text", b.UserData)
	if w.direction == Input {
		d.Set("Communication Password", b.Password)
	}
	return w.WriteDraft(d)
}

// CloseBatch writes the Z record.
func (w *Writer) CloseBatch() error {
	switch {
	case w.batch == nil:
		return errNoBatch
	case w.block != nil:
		return errOpenBlock
	}
	d := w.envelope("Z")
	w.batchFields(d)
	w.batch = nil
	return w.WriteDraft(d)
}

// batchFields are the fields that A and Z share.
func (w *Writer) batchFields(d *Draft) {
	d.Set("Sender/Receiver Site Code", w.batch.Site).Set("Sender/Receiver ID Code", w.batch.ID)
	d.putDate(d.layout.Field("Transmission Date"), w.batch.Date)
	d.Set("Sender/Receiver Office Code", w.batch.Office)
}

// OpenBlock writes the B record.
func (w *Writer) OpenBlock(b Block) error {
	switch {
	case w.batch == nil:
		return errNoBatch
	case w.block != nil:
		return errOpenBlock
	}
	if b.Application == "" {
		b.Application = w.batch.Application
	}
	d := w.envelope("B")
	w.block = &b
	w.blockFields(d)
	d.Set("Filer / Preparer's User Data Text", b.UserData)
	if s := b.Statement; s != (Statement{}) {
		d.putLetter(d.layout.Field("Statement Status"), s.Status)
		d.putDate(d.layout.Field("Preliminary Statement Print Date"), s.PrintDate)
		d.putLetter(d.layout.Field("Payment Type Code"), s.PaymentType)
		d.Set("Statement Number", s.Number).Set("Importer of Record Number", s.Importer).Set("Statement Client Branch Identifier", s.Branch)
	}
	err := w.WriteDraft(d)
	w.images = 0
	return err
}

// CloseBlock writes the Y record; from Customs it counts the records of the
// block.
func (w *Writer) CloseBlock() error {
	if w.block == nil {
		return errNoBlock
	}
	d := w.envelope("Y")
	w.blockFields(d)
	if w.direction == Output {
		d.putNumber(d.layout.Field("Output Transaction Image Count"), w.images)
	}
	w.block = nil
	return w.WriteDraft(d)
}

// blockFields are the fields that B and Y share.
func (w *Writer) blockFields(d *Draft) {
	d.Set("Processing District/Port Code", w.block.Port).Set("Processing Filer Code", w.block.Filer)
	d.Set("Application Identifier Code", w.block.Application).Set("Processing Filer Office Code", w.block.Office)
}

// envelope begins a record of the envelope.
func (w *Writer) envelope(record string) *Draft { return w.begin(Envelope, record) }

// begin begins a record in the writer's own draft.
func (w *Writer) begin(chapter Chapter, record string) *Draft {
	w.draft.reset(layouts[layoutKey{chapter, w.direction, record}])
	return &w.draft
}

// WriteDraft writes a record made from fields.
func (w *Writer) WriteDraft(d *Draft) error {
	text, err := d.Text()
	if err != nil {
		return fmt.Errorf("writing a %s record: %w", d.layout.Record, err)
	}
	return w.writeText(text)
}

// WriteRecord writes a record that was read: its own bytes when the writer has
// the form of its file, else its characters in the writer's form.
func (w *Writer) WriteRecord(r *Record) error {
	if r.form != nil && *r.form == w.form {
		w.images++
		_, err := w.dst.Write(r.Raw)
		return err
	}
	if r.ID == "" { // a line without text
		return nil
	}
	return w.writeText(r.Text)
}

// writeText writes 80 characters and the line end.
func (w *Writer) writeText(text []byte) error {
	w.images++
	if w.form.EBCDIC {
		for i, c := range text {
			w.encoded[i] = toEBCDIC[c]
		}
		text = w.encoded[:]
	}
	if _, err := w.dst.Write(text); err != nil {
		return err
	}
	_, err := w.dst.WriteString(w.form.LineEnd)
	return err
}

// Flush writes what is buffered.
func (w *Writer) Flush() error { return w.dst.Flush() }

// toEBCDIC translates ASCII to code page 037; other bytes become SUB, X'3F'.
var toEBCDIC = func() (table [256]byte) {
	for i := range table {
		table[i] = 0x3F
	}
	for b := range 256 {
		if c := toASCII[b]; c != substitute {
			table[c] = byte(b)
		}
	}
	return table
}()
