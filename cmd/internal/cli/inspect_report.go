package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/survey"
)

// framingFlags are the flags of decode that read a format.
func framingFlags(c dataset.Candidate) string {
	f := c.Format
	flags := []string{"--recfm", f.RECFM.String()}
	if f.LRECL > 0 {
		flags = append(flags, "--lrecl", fmt.Sprint(f.LRECL))
	}
	if f.BDW {
		flags = append(flags, "--bdw")
	}
	if c.Header > 0 {
		flags = append(flags, "--header-bytes", fmt.Sprint(c.Header))
	}
	if word := rdwWord(f.RDW); word != "big" {
		flags = append(flags, "--rdw", word)
	}
	if f.RDW.ExcludesSelf {
		flags = append(flags, "--rdw-includes-self=false")
	}
	if f.Delimiter != "" {
		flags = append(flags, fmt.Sprintf(`--delimiter "x'%X'"`, f.Delimiter))
	}
	return strings.Join(flags, " ")
}

// rdwWord is the value of --rdw for a form of descriptor words.
func rdwWord(d dataset.RDW) string {
	word := "big"
	if d.LittleEndian {
		word = "little"
	}
	if d.Last {
		word += "-last"
	}
	return word
}

// print writes what was found.
func (o *inspectOptions) print(w io.Writer, found *inspection) error {
	if o.asJSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(found)
	}
	_, _ = fmt.Fprint(w, found.File)
	if found.Compression != dataset.None {
		_, _ = fmt.Fprintf(w, ", compressed by %s", found.Compression)
	}
	if found.Bytes > 0 {
		_, _ = fmt.Fprintf(w, ", %s bytes", thousands(found.Bytes))
	}
	_, _ = fmt.Fprintln(w)
	printCandidates(w, found)
	if found.Problem != "" {
		_, _ = fmt.Fprintf(w, "\nThe record format given does not fit: %s\n", found.Problem)
	}
	return o.printRecords(w, found)
}

func printCandidates(w io.Writer, found *inspection) {
	_, _ = fmt.Fprintln(w, "\nRecord format")
	for _, f := range found.Formats {
		_, _ = fmt.Fprintf(w, "  %3d  %s    %s\n", f.Score, f.Format, f.Flags)
		printEvidence(w, f.Evidence)
	}
	if len(found.Formats) == 0 {
		_, _ = fmt.Fprintln(w, "  none recognised: give --recfm to try one")
	}
	_, _ = fmt.Fprintln(w, "\nCode page")
	for _, p := range found.CodePages {
		_, _ = fmt.Fprintf(w, "  %3d  %s    %s\n", p.Score, p.Page, p.About)
		printEvidence(w, p.Evidence)
	}
	if len(found.CodePages) == 0 {
		_, _ = fmt.Fprintln(w, "  none recognised: the bytes hold next to no text")
	}
	if len(found.Remarks) > 0 {
		_, _ = fmt.Fprintln(w, "\nRemarks")
	}
	for _, r := range found.Remarks {
		_, _ = fmt.Fprintf(w, "  %s\n", r)
	}
}

func printEvidence(w io.Writer, evidence []string) {
	for _, e := range evidence {
		_, _ = fmt.Fprintf(w, "       %s\n", e)
	}
}

// dumpBytes is how much of a record without fields is shown.
const dumpBytes = 256

func (o *inspectOptions) printRecords(w io.Writer, found *inspection) error {
	for _, r := range found.Records {
		_, _ = fmt.Fprintf(w, "\nRecord %d at byte %d, %d bytes", r.Record, r.Offset, r.Length)
		if r.Name != "" {
			_, _ = fmt.Fprintf(w, ", %s", r.Name)
		}
		_, _ = fmt.Fprintln(w)
		if r.Fields != nil {
			if err := survey.WriteFields(w, r.Fields); err != nil {
				return err
			}
			continue
		}
		if err := survey.WriteHex(w, r.bytes[:min(len(r.bytes), dumpBytes)], 0, found.page); err != nil {
			return err
		}
		if len(r.bytes) > dumpBytes {
			_, _ = fmt.Fprintf(w, "  and %d bytes more\n", len(r.bytes)-dumpBytes)
		}
	}
	return nil
}
