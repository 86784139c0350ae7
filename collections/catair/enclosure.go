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

// Enclosure gives the envelope around the last entry.
func (x *Summaries) Enclosure() Enclosure { return x.enclosure }

var batchData = field(Envelope, Input, "A", "Transmitter's User Data Text")

// enclose keeps what a record of the envelope says.
func (x *Summaries) enclose(rec *Record) {
	e := &x.around
	switch rec.ID {
	case "A":
		*e = Enclosure{BatchRecord: rec.Number, Batch: Batch{
			Site: x.legible(rec, batchSite), ID: x.legible(rec, batchID), Application: x.legible(rec, batchApplication),
			Office: x.legible(rec, batchOffice), UserData: x.legible(rec, batchData),
		}}
		e.Batch.Date, _ = rec.ReadDate(batchDate)
	case "B":
		e.BlockRecord = rec.Number
		e.Block = Block{Port: x.legible(rec, blockPort), Filer: x.legible(rec, blockFiler),
			Application: x.legible(rec, blockApplication), Office: x.legible(rec, blockOffice)}
	case "Y":
		e.Block, e.BlockRecord = Block{}, 0
	case "Z":
		*e = Enclosure{}
	}
}

// legible gives a field's text, nothing when the field's class does not allow one
// of its characters.
func (x *Summaries) legible(rec *Record, f *Field) string {
	if rec.Layout == nil || !f.allows(rec.Layout.Direction, rec.Trimmed(f)) {
		return ""
	}
	return x.text(rec, f)
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
