package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/survey"
	"tidewaiter/ebcdic"
)

const (
	triedFormats = 5
	triedRecords = 200
	sureGood     = 95 // percent of numeric fields that hold a number when a file is read rightly
)

// weigh reads the sample in each format and family of code pages that was found
// and lets the numeric fields of the copybook judge.
func (o *inspectOptions) weigh(found *inspection, set *recordSet, sample []byte, pageGiven bool) error {
	pages := familyPages(found.CodePages)
	if pageGiven || len(pages) == 0 {
		pages = []string{o.codepage}
	}
	sets := map[string]*recordSet{}
	for _, page := range pages {
		s, err := o.recordsIn(page)
		if err != nil {
			return err
		}
		sets[page] = s
	}
	if err := o.addLengthFormat(found, set, sample); err != nil {
		return err
	}
	best := map[byte]survey.Trial{} // by the blank of the family
	for i := range found.Formats[:min(len(found.Formats), triedFormats)] {
		f := &found.Formats[i]
		var most survey.Trial
		for _, page := range pages {
			t, _, err := o.try(sets[page], *f, sample)
			if err != nil {
				return err
			}
			if t.Good() > most.Good() || most.Numbers == 0 {
				most = t
			}
			space := sets[page].codecs[0].CodePage().Space()
			if known, ok := best[space]; !ok || t.Good() > known.Good() {
				best[space] = t
			}
		}
		if most.Numbers > 0 {
			f.Score = max(1, min(99, f.Score+most.Weight()))
			f.Evidence = append(f.Evidence, most.String())
		}
	}
	slices.SortStableFunc(found.Formats, func(a, b formatFound) int { return cmp.Compare(b.Score, a.Score) })
	if len(found.Formats) > 0 && !pageGiven && len(found.CodePages) > 0 {
		if err := o.readPages(found, sets[pages[0]], sample); err != nil {
			return err
		}
	}
	found.weighPages(best)
	return o.remarkConverted(found, best, sample)
}

// familyPages returns the likeliest page of EBCDIC and of ASCII: within a family
// numbers read alike.
func familyPages(found []pageFound) (pages []string) {
	seen := map[byte]bool{}
	for _, f := range found {
		if p, err := ebcdic.LookupCodePage(f.Page); err == nil && !seen[p.Space()] {
			seen[p.Space()] = true
			pages = append(pages, f.Page)
		}
	}
	return pages
}

// fewestTextBytes of text fields tell more of code pages than a whole file does,
// where numbers stand between.
const fewestTextBytes = 64

// readPages weighs the code pages again by nothing but the bytes of the
// copybook's text fields.
func (o *inspectOptions) readPages(found *inspection, set *recordSet, sample []byte) error {
	var text []byte
	n, _, err := o.eachRecord(found.Formats[0], sample, func(rec []byte) {
		if c := set.codecOf(rec); c != nil {
			text = survey.AppendTexts(text, c, rec)
		}
	})
	if err != nil || len(text) < fewestTextBytes {
		return err
	}
	pages := survey.CodePages(text)
	if len(pages) == 0 {
		return nil
	}
	found.CodePages = nil
	for _, c := range pages {
		found.CodePages = append(found.CodePages, pageFound{c.Page, c.About, c.Score, append(c.Evidence, fmt.Sprintf("judged by the %d bytes of the copybook's text fields in %d records", len(text), n))})
	}
	return nil
}

// weighPages lets what was tried with one page of a family speak for all of it.
func (i *inspection) weighPages(best map[byte]survey.Trial) {
	for j := range i.CodePages {
		f := &i.CodePages[j]
		p, err := ebcdic.LookupCodePage(f.Page)
		if err != nil {
			continue
		}
		if t, ok := best[p.Space()]; ok && t.Numbers > 0 {
			f.Score = max(1, min(99, f.Score+t.Weight()))
			f.Evidence = append(f.Evidence, t.String())
		}
	}
	slices.SortStableFunc(i.CodePages, func(a, b pageFound) int { return cmp.Compare(b.Score, a.Score) })
}

// try reads records of the sample in a format. whole says that they go on to
// its end, or to where the sample cuts one off.
func (o *inspectOptions) try(set *recordSet, f formatFound, sample []byte) (t survey.Trial, whole bool, err error) {
	_, whole, err = o.eachRecord(f, sample, func(rec []byte) {
		if c := set.codecOf(rec); c != nil {
			t.Add(c, rec)
		}
	})
	return t, whole, err
}

// eachRecord hands records of the sample, without prefix and suffix, to use.
func (o *inspectOptions) eachRecord(f formatFound, sample []byte, use func(rec []byte)) (n int, whole bool, err error) {
	if int64(len(sample)) < f.header {
		return 0, false, nil
	}
	r, err := dataset.NewReader(bytes.NewReader(sample[f.header:]), f.format)
	if err != nil {
		return 0, false, err
	}
	for ; n < triedRecords; n++ {
		rec, err := r.Next()
		var broken *dataset.FramingError
		switch {
		case errors.Is(err, io.EOF):
			return n, true, nil
		case errors.As(err, &broken):
			return n, strings.HasPrefix(broken.Reason, "file ends") && len(sample) > dataset.SampleBytes, nil
		case err != nil:
			return n, false, err
		}
		if inner, ok := o.inside(rec); ok {
			use(inner)
		}
	}
	return n, true, nil
}

// remarkConverted says so where a file of ASCII has good numbers in characters
// and destroyed packed ones: the trace of a transfer in text mode.
func (o *inspectOptions) remarkConverted(found *inspection, best map[byte]survey.Trial, sample []byte) error {
	if len(found.Formats) == 0 || len(found.CodePages) == 0 {
		return nil
	}
	page, err := ebcdic.LookupCodePage(found.CodePages[0].Page)
	if err != nil {
		return err
	}
	t, ok := best[page.Space()]
	if page.Space() != ' ' || !ok || !t.Destroyed() {
		return nil
	}
	remark := fmt.Sprintf("%d of %d packed fields hold no number while those in characters do: the file was converted from EBCDIC in transfer as if all of it were text; transfer it again in binary", t.PackedFaults, t.Packed)
	host, err := o.recordsIn("cp037")
	if err != nil {
		return err
	}
	back, _, err := o.try(host, found.Formats[0], survey.Unconverted(sample))
	if err != nil {
		return err
	}
	if back.Good() >= sureGood {
		remark += fmt.Sprintf(". Translated back from Latin-1 to cp037, %d%% of all numbers are good", back.Good())
	}
	found.Remarks = append(found.Remarks, remark)
	return nil
}

// addLengthFormat tries whether records of a copybook with several lengths
// follow each other without descriptor words, as they do once a transfer has
// lost them.
func (o *inspectOptions) addLengthFormat(found *inspection, set *recordSet, sample []byte) error {
	if set.fixed > 0 || o.length != "" {
		return nil
	}
	flags := o.recordFlags
	if flags.length = lengthExpression(set, o.prefix+o.suffix); flags.length == "" {
		return nil
	}
	format, err := flags.lengthFormat(set)
	if err != nil {
		return nil // the field of the expression is of no use for it
	}
	f := formatFound{Format: "U, lengths from the copybook's fields", Flags: fmt.Sprintf("--length-field '%s'", flags.length), format: format}
	t, whole, err := o.try(set, f, sample)
	if err != nil || !whole || t.Records < 3 || t.Good() < sureGood {
		return err
	}
	f.Score = 85
	f.Evidence = []string{"records follow each other as long as the copybook's fields say, without RDWs: they were lost in transfer or never there"}
	found.Formats = append(found.Formats, f)
	slices.SortStableFunc(found.Formats, func(a, b formatFound) int { return cmp.Compare(b.Score, a.Score) })
	return nil
}

// lengthExpression is what --length-field takes for the records of a copybook:
// the lengths of its tables, or of its kinds of record; "" where that is not
// enough.
func lengthExpression(set *recordSet, more int) string {
	if len(set.codecs) == 1 {
		l := set.codecs[0].Layout()
		terms, variable, ok := tableTerms(l.Root, false)
		if !ok || len(terms) == 0 {
			return ""
		}
		return strings.Join(append(terms, fmt.Sprint(l.MaxLength-variable+more)), " + ")
	}
	name, records, ok := set.book.Discriminator()
	if !ok {
		return ""
	}
	var lengths []string
	for value, l := range records {
		if l.MinLength != l.MaxLength {
			return ""
		}
		lengths = append(lengths, fmt.Sprintf("%s=%d", value, l.MaxLength+more))
	}
	slices.Sort(lengths)
	return fmt.Sprintf("%s[%s]", name, strings.Join(lengths, ","))
}

// tableTerms returns a term for each table whose length a counter says, and how
// many bytes they all take at most. Tables of variable length inside others are
// beyond a sum.
func tableTerms(it *copybooks.Item, inTable bool) (terms []string, most int, ok bool) {
	if it.Occurs != nil && it.Occurs.DependingOn != "" {
		if inTable {
			return nil, 0, false
		}
		terms, most = append(terms, fmt.Sprintf("%d * %s", it.Length, it.Occurs.DependingOn)), it.Length*it.Occurs.Max
	}
	for _, child := range it.Children {
		more, bytes, ok := tableTerms(child, inTable || it.Occurs != nil)
		if !ok || len(more) > 0 && child.Redefines != "" {
			return nil, 0, false
		}
		terms, most = append(terms, more...), most+bytes
	}
	return terms, most, true
}
