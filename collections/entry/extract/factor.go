package extract

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// Factors gives the check-digit factor of a filer on a day: 0 for all but those
// that have used up their numbers. *reference.Tables is one.
type Factors interface {
	CheckDigitFactor(filer string, on reference.Date) int
}

// UseFactors makes the reader check entry numbers by the factors of their
// filers; without it every filer has factor 0. Call it before the first Next.
func (r *Reader) UseFactors(f Factors) { r.factors.of = f }

// UseFactors makes the writer check entry numbers by the factors of their
// filers; without it every filer has factor 0.
func (w *Writer) UseFactors(f Factors) { w.factors.of = f }

// factors checks entry numbers; without Factors each factor is 0.
type factors struct{ of Factors }

func (f *factors) check(n entry.Number, on reference.Date) bool {
	factor := 0
	if f.of != nil && n.WellFormed() {
		factor = f.of.CheckDigitFactor(n.Filer(), on)
	}
	return n.Check(factor) == nil
}
