package dataset

import "fmt"

// sureScore is what a Candidate needs to be suggested.
const sureScore = 60

// badRDW says why the word cannot be a descriptor word.
func (f *Format) badRDW(word []byte) string {
	if f.RECFM == D {
		return fmt.Sprintf("X'%X' is not a length in four decimal characters", word)
	}
	return fmt.Sprintf("RDW X'%X' reads %d", word, f.RDW.read(word))
}

// diagnose looks at the bytes where cutting failed, and at the format asked
// for, and suggests another one. It guesses from evidence in the bytes and says
// so; it never changes how the file is read.
func (r *Reader) diagnose() string {
	r.fill(readerSize / 16) // look further ahead, to the end of a short file
	at := r.buf[r.pos:]
	switch {
	case r.format.fixed():
		return r.diagnoseFixed(at)
	case !r.format.described():
		return ""
	case len(at) < rdwLength:
		return ""
	}
	for _, other := range r.alternatives() {
		if chain := other.format.chain(at, r.ended(), endless); chain >= 2 {
			return "this looks like " + other.name
		}
	}
	if r.format.variable() && at[2] >= segmentFirst && at[2] <= segmentMiddle && at[3] == 0 {
		return "this looks like VBS: the RDW has a segment code"
	}
	if r.record > 0 {
		return ""
	}
	return r.diagnoseStart(at)
}

// diagnoseStart is about a file whose first bytes are no descriptor word.
func (r *Reader) diagnoseStart(at []byte) string {
	const lost = "the RDWs may have been lost in transfer: transfer the dataset again in binary with its RDWs (FTP: quote site rdw)"
	switch {
	case r.format.RECFM != D && (&Format{RECFM: D}).chain(at, r.ended(), endless) >= 2:
		return "this looks like D: lengths in four decimal characters"
	case !mostlyText(at[:rdwLength]):
		if likely, ok := r.likeliest(at); ok {
			return "this looks like " + likely
		}
		return lost
	case r.format.LayoutLength > 0:
		return fmt.Sprintf("this looks like FB, LRECL %d", r.format.LayoutLength)
	}
	if likely, ok := r.likeliest(at); ok {
		return "this looks like " + likely
	}
	return "this looks like FB: the file starts with text, not with an RDW; or " + lost
}

func (r *Reader) diagnoseFixed(at []byte) string {
	rest := len(at)
	if l := r.format.LayoutLength; l > 0 && l != r.fixed {
		return fmt.Sprintf("the copybook's record is %d bytes long, LRECL is %d", l, r.fixed)
	}
	if r.record == 0 && (&Format{RECFM: VB}).chain(at, true, endless) >= 1 {
		return "this looks like VB: the file starts with an RDW"
	}
	total := r.base + int64(r.pos+rest)
	hint := fmt.Sprintf("%d bytes are not a multiple of LRECL %d", total, r.fixed)
	for _, c := range Recognise(r.head, total, r.format.LayoutLength) {
		if c.Score >= sureScore && c.Format.LRECL != r.fixed {
			return hint + ": this looks like " + c.Format.String()
		}
	}
	return hint
}

// likeliest names the format that the pattern of the bytes points to.
func (r *Reader) likeliest(at []byte) (string, bool) {
	size := int64(0)
	if r.ended() {
		size = int64(len(at))
	}
	found := Recognise(at[:min(len(at), readerSize/16)], size, r.format.LayoutLength)
	if len(found) == 0 || found[0].Score < sureScore {
		return "", false
	}
	return found[0].Format.String(), true
}

type alternative struct {
	format Format
	name   string
}

func (r *Reader) alternatives() []alternative {
	f := r.format
	endian, self, bdw, last, both := f, f, f, f, f
	endian.RDW.LittleEndian = !f.RDW.LittleEndian
	last.RDW.Last, both.RDW.Last = true, true
	both.RDW.LittleEndian = endian.RDW.LittleEndian
	self.RDW.ExcludesSelf = !f.RDW.ExcludesSelf
	bdw.BDW = true
	out := []alternative{
		{endian, "an RDW in the other byte order (little-endian)"},
		{self, "an RDW that does not count its own four bytes"},
	}
	if f.RDW.LittleEndian {
		out[0].name = "an RDW in the other byte order (big-endian)"
	}
	if f.RDW.ExcludesSelf {
		out[1].name = "an RDW that counts its own four bytes"
	}
	if f.variable() && !f.RDW.Last {
		const name = "an RDW with its length in the last two bytes"
		out = append(out, alternative{last, name}, alternative{both, name + ", " + out[0].name[len("an RDW "):]})
	}
	if !f.BDW && r.record == 0 {
		out = append(out, alternative{bdw, "a file with block descriptor words (BDW)"})
	}
	return out
}

// mostlyText reports whether all bytes are characters a record of text or
// zoned digits starts with, in EBCDIC or in ASCII.
func mostlyText(b []byte) bool {
	ebcdic, ascii := true, true
	for _, c := range b {
		letter := c >= 0xC1 && c <= 0xE9 || c >= 0x81 && c <= 0xA9
		ebcdic = ebcdic && (c >= 0xF0 && c <= 0xF9 || c == 0x40 || letter)
		ascii = ascii && c >= 0x20 && c < 0x7F
	}
	return ebcdic || ascii
}
