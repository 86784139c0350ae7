package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"tidewaiter/parity/compare"
	"tidewaiter/parity/record"
)

//go:embed report.html.tmpl
var htmlText string

//go:embed report.css
var style string

var htmlTemplate = template.Must(template.New("report.html").Funcs(template.FuncMap{
	"words": words, "tone": tone, "count": Grouped, "money": money, "short": short, "when": when,
	"place": place, "hex": spacedHex, "shown": shown,
}).Parse(htmlText))

// view is what the page is made of.
type view struct {
	Report       *Report
	Style        template.CSS
	Summary      []string
	Headline     *totalsView
	Others       []*totalsView
	VerdictNames []string
	Counts       map[string][]string // by comparison
	Shown        []shownCause
	Bound        int
	Words        []word
}

type shownCause struct {
	Cause       *Cause
	Left, Right string
	KeyNames    string
	More        int64
}

type word struct{ Name, Meaning string }

// WriteHTML writes report.html.
func (r *Report) WriteHTML(w io.Writer) error {
	v := &view{Report: r, Style: template.CSS(style), Summary: r.summary(), Counts: map[string][]string{}}
	v.tables()
	v.verdicts()
	v.causes()
	if err := htmlTemplate.Execute(w, v); err != nil {
		return fmt.Errorf("writing report.html: %w", err)
	}
	return nil
}

func (v *view) verdicts() {
	for i := range compare.Verdicts {
		verdict := compare.Verdict(i)
		v.Words = append(v.Words, word{words(verdict), meanings[i]})
		if verdict == compare.Inconclusive && v.Report.Verdicts[i] == 0 {
			continue
		}
		v.VerdictNames = append(v.VerdictNames, words(verdict))
		for _, c := range v.Report.Comparisons {
			v.Counts[c.Name] = append(v.Counts[c.Name], Grouped(c.Verdicts[i]))
		}
	}
}

func (v *view) causes() {
	for i := range v.Report.Comparisons {
		c := &v.Report.Comparisons[i]
		for j := range c.Causes {
			cause := &c.Causes[j]
			v.Bound = max(v.Bound, len(cause.Items))
			if len(cause.Items) == 0 {
				continue
			}
			v.Shown = append(v.Shown, shownCause{
				Cause: cause, Left: c.Left.Name, Right: c.Right.Name, KeyNames: strings.Join(c.Key, " / "),
				More: cause.Lines - int64(len(cause.Items)),
			})
		}
	}
}

var meanings = [compare.Verdicts]string{
	"the compared bytes are the same",
	"the values are the same, bytes differ: sign nibble, zone, pad",
	"the values differ within a tolerance of the plan",
	"the values differ",
	"on the left side only",
	"on the right side only",
	"the key occurs more than once on a side",
	"bytes that hold no value, or a value that does not fit its field",
	"nothing could be judged",
}

// words writes a verdict as a reader says it: value equal.
func words(v compare.Verdict) string {
	text := strings.ToLower(strings.ReplaceAll(v.String(), "_", " "))
	return strings.ToUpper(text[:1]) + text[1:]
}

// tone is the colour of a verdict; the word always stands beside it.
func tone(v compare.Verdict) string {
	switch {
	case v.Passes():
		return "good"
	case v == compare.Inconclusive:
		return "open"
	}
	return "bad"
}

// summary says in sentences what the verdict rests on.
func (r *Report) summary() []string {
	passed := r.Verdicts[compare.Equal] + r.Verdicts[compare.ValueEqual] + r.Verdicts[compare.Equivalent]
	var out []string
	switch failed := r.Pairs - passed; {
	case r.Pairs == 0:
		out = append(out, "No item was compared, so nothing can be said.")
	case failed == 0:
		out = append(out, fmt.Sprintf("All %s compared items pass.", Grouped(r.Pairs)))
	default:
		out = append(out, fmt.Sprintf("%s of %s compared items do not pass.", Grouped(failed), Grouped(r.Pairs)))
	}
	for _, c := range r.Comparisons {
		if c.Pairs == 0 {
			out = append(out, fmt.Sprintf("The comparison %q has no items on either side: it is inconclusive.", c.Name))
		}
	}
	if len(r.Totals) == 0 || len(r.Comparisons) == 0 {
		return out
	}
	c := r.Comparisons[0]
	sum := addUp(r.Totals)
	if isZero(sum.Difference) {
		return append(out, fmt.Sprintf("The totals of %s agree: %s on both sides.", sum.Sum, money(sum.Left)))
	}
	return append(out, fmt.Sprintf("%s: %s in %s, %s in %s, a difference of %s.",
		sum.Sum, money(sum.Left), c.Left.Name, money(sum.Right), c.Right.Name, money(sum.Difference)))
}

// Grouped writes a count with commas between thousands.
func Grouped(n int64) string { return money(fmt.Sprint(n)) }

// money puts commas between the thousands of a decimal and a minus sign before
// it. Text that is no decimal stays as it is.
func money(text string) string {
	unsigned := strings.TrimPrefix(text, "-")
	whole, fraction, point := strings.Cut(unsigned, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" || len(whole) > 1 && whole[0] == '0' {
		return text
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if point {
		whole += "." + fraction
	}
	if unsigned != text {
		return "−" + whole
	}
	return whole
}

// shown is a decoded value as it is printed: commas only in amounts, for a port
// or a date is no amount.
func shown(value *string) string {
	switch {
	case *value == "":
		return "(blank)"
	case strings.Contains(*value, "."):
		return money(*value)
	}
	return *value
}

func isZero(text string) bool { return strings.Trim(text, "-0.") == "" }

func short(digest string) string { return digest[:min(12, len(digest))] }

func when(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04:05 UTC") }

func place(p *Place) string {
	if p.Offset == nil {
		return fmt.Sprintf("%s row %s", p.Source, Grouped(p.Record))
	}
	return fmt.Sprintf("%s record %s, byte %s", p.Source, Grouped(p.Record), Grouped(*p.Offset))
}

// spacedHex puts a blank after every fourth byte, so that long values wrap.
func spacedHex(hex string) string {
	const bytesTogether = 8
	var out strings.Builder
	for len(hex) > bytesTogether {
		out.WriteString(hex[:bytesTogether] + " ")
		hex = hex[bytesTogether:]
	}
	return out.String() + hex
}

// sum adds decimals of the same number of places.
func sum(a, b string) string {
	_, fraction, _ := strings.Cut(a, ".")
	x, err := record.ParseDecimal(a, len(fraction))
	y, err2 := record.ParseDecimal(b, len(fraction))
	if err != nil || err2 != nil {
		return ""
	}
	return record.Decimal(x+y, len(fraction))
}
