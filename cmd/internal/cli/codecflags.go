package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// codecFlags say how the bytes of a record read: the options of its codec.
type codecFlags struct {
	codepage string
	pages    []string
	odo      string
	trunc    string
	numproc  string
	float    string
}

func (f *codecFlags) register(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.codepage, "codepage", "cp037", "code page of text and zoned numbers: cp037, cp500, cp1047, cp1140, ascii, ...; a wrong name lists all")
	s.StringArrayVar(&f.pages, "field-codepage", nil, "'FIELD=PAGE': code page of a field or group that has its own, for instance 'NAME=cp930'; repeatable")
	s.StringVar(&f.odo, "odo", "shift", "a table that DEPENDs ON a counter: shift (as long as the counter says), max (stored at its largest)")
	s.StringVar(&f.trunc, "trunc", "std", "COMP items hold no more digits than their PICTURE (std) or use all their bits (bin)")
	s.StringVar(&f.numproc, "numproc", "nopfd", "sign codes accepted: nopfd (all of A to F), pfd (only the preferred), lenient (nopfd, and a damaged number as a program may have read it, listed under _errors all the same)")
	s.StringVar(&f.float, "float", "ibm", "form of COMP-1 and COMP-2: ibm (hexadecimal), ieee (big-endian)")
}

// options are those of the codec but for the pages of fields.
func (f *codecFlags) options() (copybooks.CodecOptions, error) {
	o := copybooks.CodecOptions{CodePage: f.codepage}
	var err error
	if _, err = ebcdic.LookupCodePage(f.codepage); err != nil {
		return o, fmt.Errorf("reading --codepage: %w", err)
	}
	if o.ODO, err = choose("odo", f.odo, []string{"shift", "max"}, []copybooks.ODO{copybooks.ODOShift, copybooks.ODOMax}); err != nil {
		return o, err
	}
	if o.BinaryFull, err = choose("trunc", f.trunc, []string{"std", "bin"}, []bool{false, true}); err != nil {
		return o, err
	}
	if o.Float, err = choose("float", f.float, []string{"ibm", "ieee"}, []ebcdic.FloatFormat{ebcdic.HexFloat, ebcdic.IEEEFloat}); err != nil {
		return o, err
	}
	o.Lenient = f.numproc == "lenient"
	o.NumProc, err = choose("numproc", f.numproc, []string{"nopfd", "pfd", "lenient"}, []ebcdic.NumProc{ebcdic.NOPFD, ebcdic.PFD, ebcdic.NOPFD})
	return o, err
}

// fieldPages are the --field-codepage flags, for the records that have the field.
func (f *codecFlags) fieldPages(book *copybooks.Copybook) (map[*copybooks.Layout]map[string]string, error) {
	pages := map[*copybooks.Layout]map[string]string{}
	for _, text := range f.pages {
		field, page, ok := strings.Cut(text, "=")
		field = strings.TrimSpace(field)
		if !ok || field == "" || page == "" {
			return nil, fmt.Errorf("reading --field-codepage: %q is not FIELD=PAGE", text)
		}
		found := false
		for _, l := range book.Records {
			if !l.Has(field) {
				continue
			}
			if found = true; pages[l] == nil {
				pages[l] = map[string]string{}
			}
			pages[l][field] = strings.TrimSpace(page)
		}
		if !found {
			return nil, fmt.Errorf("reading --field-codepage: the copybook has no field %s", field)
		}
	}
	return pages, nil
}
