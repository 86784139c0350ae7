package catair

import (
	"bytes"
	"fmt"

	"tidewaiter/collections/reference"
)

// envelope is what the batch and block at hand have said.
type envelope struct {
	inBatch, inBlock bool
	bare             bool   // the file begins with an entry summary
	outside          bool   // records outside a block were reported
	last             string // identifier of the record before
	sent             reference.Date
	batch, block     [Length]byte
	opened           int64 // number of the B record
}

// The fields of the envelope, which stand at the same positions both ways.
var (
	batchSite        = field(Envelope, Input, "A", "Sender/Receiver Site Code")
	batchID          = field(Envelope, Input, "A", "Sender/Receiver ID Code")
	batchDate        = field(Envelope, Input, "A", "Transmission Date")
	batchApplication = field(Envelope, Input, "A", "Application Identifier Code")
	batchOffice      = field(Envelope, Input, "A", "Sender/Receiver Office Code")

	blockPort        = field(Envelope, Input, "B", "Processing District/Port Code")
	blockFiler       = field(Envelope, Input, "B", "Processing Filer Code")
	blockApplication = field(Envelope, Input, "B", "Application Identifier Code")
	blockOffice      = field(Envelope, Input, "B", "Processing Filer Office Code")

	blockImages = field(Envelope, Output, "Y", "Output Transaction Image Count")
)

// enclose checks a record of the envelope.
func (c *Checker) enclose(rec *Record) {
	e := &c.envelope
	switch rec.ID {
	case "A":
		c.openBatch(rec)
	case "B":
		c.openBlock(rec)
	case "Y":
		c.closeBlock(rec)
	case "Z":
		c.closeBatch(rec)
	}
	e.last = rec.ID
}

// openBatch checks an A record.
func (c *Checker) openBatch(rec *Record) {
	e := &c.envelope
	c.leaveBlock(rec)
	if e.inBatch {
		c.note(rec.blameWhole("X06", fmt.Errorf("%w: the batch before has no Z record", ErrEnvelope)))
	}
	*e = envelope{inBatch: true}
	copy(e.batch[:], rec.Text)
	e.sent, _ = rec.ReadDate(batchDate)
	c.application(rec, batchApplication)
}

// openBlock checks a B record.
func (c *Checker) openBlock(rec *Record) {
	e := &c.envelope
	c.leaveBlock(rec)
	if !e.inBatch {
		c.note(rec.blameWhole("X01", fmt.Errorf("%w: no A record before it", ErrEnvelope)))
	}
	e.inBlock, e.bare, e.outside, e.opened = true, false, false, rec.Number
	copy(e.block[:], rec.Text)
	c.application(rec, blockApplication)
	batch, block := e.batch[batchApplication.From-1:batchApplication.To], rec.Bytes(blockApplication)
	if e.inBatch && !isAllBlank(batch) && !bytes.Equal(batch, block) {
		e2 := rec.fault(blockApplication, fmt.Errorf("%w: the A record says %q", ErrEnvelope, batch))
		e2.Code = "X19"
		c.note(e2)
	}
}

// application checks that an application identifier is known.
func (c *Checker) application(rec *Record, f *Field) {
	if code := rec.Bytes(f); !isAllBlank(code) {
		if _, known := applications[string(code)]; !known {
			c.note(rec.blame(f, value, ErrValue))
		}
	}
}

// leaveBlock ends a block that has no Y record.
func (c *Checker) leaveBlock(rec *Record) {
	c.closeTo(0)
	if c.envelope.inBlock {
		c.note(rec.blameWhole("X05", fmt.Errorf("%w: the block before has no Y record", ErrEnvelope)))
		c.envelope.inBlock = false
	}
}

// closeBlock checks a Y record against its B record, and the count of an output
// block's records, which the guide calls transaction images.
func (c *Checker) closeBlock(rec *Record) {
	e := &c.envelope
	c.closeTo(0)
	if !e.inBlock {
		c.note(rec.blameWhole("X03", fmt.Errorf("%w: no B record before it", ErrEnvelope)))
		return
	}
	e.inBlock = false
	for _, f := range []*Field{blockPort, blockFiler, blockApplication, blockOffice} {
		c.same(rec, f, e.block[:], "X32")
	}
	if rec.Layout != nil && rec.Layout.Direction == Output {
		want := rec.Number - e.opened - 1
		if n, present, err := rec.ReadNumber(blockImages); err == nil && present && n != want {
			c.note(rec.fault(blockImages, fmt.Errorf("%w: the block has %d records", ErrEnvelope, want)))
		}
	}
	if e.last == "B" {
		c.note(rec.blameWhole("X04", fmt.Errorf("%w: the block is empty", ErrEnvelope)))
	}
}

// closeBatch checks a Z record against its A record.
func (c *Checker) closeBatch(rec *Record) {
	e := &c.envelope
	c.leaveBlock(rec)
	if !e.inBatch {
		c.note(rec.blameWhole("X01", fmt.Errorf("%w: no A record before it", ErrEnvelope)))
		return
	}
	e.inBatch = false
	for _, f := range []*Field{batchSite, batchID, batchOffice} {
		c.same(rec, f, e.batch[:], "X14")
	}
}

// same checks that a trailer repeats its header.
func (c *Checker) same(rec *Record, f *Field, header []byte, code string) {
	if want := header[f.From-1 : f.To]; !bytes.Equal(rec.Bytes(f), want) {
		bad := rec.fault(f, fmt.Errorf("%w: the header says %q", ErrEnvelope, want))
		bad.Code = code
		c.note(bad)
	}
}
