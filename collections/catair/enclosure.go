package catair

// Enclosure is the envelope around an entry: what its A and B records say. A field
// that is blank, or has characters that it may not have, is left out.
type Enclosure struct {
	Batch Batch // without the password
	Block Block
	// BatchRecord and BlockRecord are the numbers of the A and B record; 0 when
	// there is none.
	BatchRecord, BlockRecord int64
}

// headers are the texts of the A and B record around an entry, with the numbers
// of these records; 0 for none.
type headers struct {
	batch, block             [Length]byte
	batchRecord, blockRecord int64
}

// follow keeps a record of the envelope.
func (h *headers) follow(rec *Record) {
	switch rec.ID {
	case "A":
		h.batch, h.batchRecord, h.blockRecord = [Length]byte(rec.Text), rec.Number, 0
	case "B":
		h.block, h.blockRecord = [Length]byte(rec.Text), rec.Number
	case "Y":
		h.blockRecord = 0
	case "Z":
		h.batchRecord, h.blockRecord = 0, 0
	}
}

// Enclosure gives the envelope around the last entry.
func (x *Summaries) Enclosure() Enclosure {
	h := &x.headers
	e := Enclosure{BatchRecord: h.batchRecord, BlockRecord: h.blockRecord}
	if e.BatchRecord != 0 {
		rec := &Record{Text: h.batch[:]}
		e.Batch = Batch{Site: rec.legible(batchSite), ID: rec.legible(batchID), Application: rec.legible(batchApplication),
			Office: rec.legible(batchOffice), UserData: rec.legible(batchData)}
		e.Batch.Date, _ = rec.ReadDate(batchDate)
	}
	if e.BlockRecord != 0 {
		rec := &Record{Text: h.block[:]}
		e.Block = Block{Port: rec.legible(blockPort), Filer: rec.legible(blockFiler),
			Application: rec.legible(blockApplication), Office: rec.legible(blockOffice)}
	}
	return e
}

var batchData = field(Envelope, Input, "A", "Transmitter's User Data Text")

// legible gives a field's text, nothing when the field's class does not allow one
// of its characters to a filer.
func (r *Record) legible(f *Field) string {
	b := r.Trimmed(f)
	if !f.allows(Input, b) {
		return ""
	}
	return string(b)
}

// allows says whether the field's class allows all characters of a text.
func (f *Field) allows(d Direction, text []byte) bool {
	forbidden := f.forbidden(d)
	for _, c := range text {
		if kinds[c]&forbidden != 0 {
			return false
		}
	}
	return true
}
