package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tidewaiter/cmd/internal/day"
	"tidewaiter/collections/reference"
	"tidewaiter/workflows"
)

// printTotals prints records and dollars per class code, and their sums.
func printTotals(w io.Writer, on reference.Date, totals []workflows.ClassTotal) {
	const format = "  %-5s %-32s %10s %10s %6s %16s %16s %12s\n"
	_, _ = fmt.Fprintf(w, format, "class", "", "legacy", "new", "diff", "legacy $", "new $", "difference $")
	_, _ = fmt.Fprintf(w, "  %s\n", strings.Repeat("-", 114))
	var sum struct {
		legacyRecords, newRecords int64
		legacy, new, difference   decimal.Decimal
	}
	for _, t := range totals {
		_, _ = fmt.Fprintf(w, format, t.Class, shorten(className(t.Class, on), 32),
			thousands(t.LegacyRecords), thousands(t.NewRecords), signed(t.NewRecords-t.LegacyRecords),
			separate(t.Legacy), separate(t.New), separate(t.Difference))
		sum.legacyRecords += t.LegacyRecords
		sum.newRecords += t.NewRecords
		sum.legacy = sum.legacy.Add(dollars(t.Legacy))
		sum.new = sum.new.Add(dollars(t.New))
		sum.difference = sum.difference.Add(dollars(t.Difference))
	}
	_, _ = fmt.Fprintf(w, "  %s\n", strings.Repeat("-", 114))
	_, _ = fmt.Fprintf(w, format, "all", "",
		thousands(sum.legacyRecords), thousands(sum.newRecords), signed(sum.newRecords-sum.legacyRecords),
		separate(sum.legacy.StringFixed(2)), separate(sum.new.StringFixed(2)), separate(sum.difference.StringFixed(2)))
}

// shorten cuts a text to n characters and shows that it did.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n-3] + "..."
}

// dollars reads an amount that this program wrote.
func dollars(s string) decimal.Decimal {
	d, err := decimal.NewFromString(s)
	if err != nil {
		panic("amount in our own result: " + err.Error())
	}
	return d
}

func signed(n int64) string {
	if n > 0 {
		return "+" + thousands(n)
	}
	return thousands(n)
}

// className names a class code as of the business day; a code that only the
// legacy system knows has no name.
func className(code string, on reference.Date) string {
	tables, err := reference.Default()
	if err != nil {
		return ""
	}
	c, err := tables.Class(reference.Class(code), on)
	if err != nil {
		return ""
	}
	return c.Name
}

// printStages prints the time of each part of the day. Decoding, assessing and
// posting run side by side, so theirs are the activities' busy times.
func printStages(w io.Writer, o *day.Outcome) {
	r := o.Result
	row := func(name string, d time.Duration, of string) {
		_, _ = fmt.Fprintf(w, "  %-28s %10s  %s\n", name, seconds(d), of)
	}
	for _, s := range r.Legacy {
		row("legacy "+s.Program, s.Elapsed, "condition code "+s.Code)
	}
	e := r.Day.Elapsed
	row("plan the extract", e.Plan, fmt.Sprintf("%d chunks", r.Day.Chunks))
	row("decode, assess and post", e.Post, fmt.Sprintf("%s entries, %s postings, %s rejected, %s posted before; busy: decode %s, assess %s, post %s",
		thousands(r.Day.Entries), thousands(r.Day.Postings), thousands(r.Day.Rejected), thousands(r.Day.AlreadyPosted),
		seconds(r.Day.Busy.Decode), seconds(r.Day.Busy.Assess), seconds(r.Day.Busy.Post)))
	row("build statements", e.Statements, thousands(r.Day.Statements)+" statements")
	row("verify the ledger", e.Verify, soundness(r.Day))
	row("compare both systems", r.Elapsed.Compare, thousands(r.Comparison.Pairs)+" items")
}

// soundness says in a word or two what verifying the ledger came to.
func soundness(d workflows.DayResult) string {
	if n := len(d.Breaches); n > 0 {
		return fmt.Sprintf("NOT sound, %s findings", thousands(int64(n)))
	}
	return "sound"
}

// printBreaches names the first things that are wrong in the ledger.
func printBreaches(w io.Writer, d workflows.DayResult) {
	if len(d.Breaches) == 0 {
		return
	}
	_, _ = fmt.Fprint(w, "\nThe ledger is NOT sound\n\n")
	const foremost = 20
	for _, breach := range d.Breaches[:min(foremost, len(d.Breaches))] {
		_, _ = fmt.Fprintf(w, "  - %s\n", breach)
	}
	if len(d.Breaches) > foremost {
		_, _ = fmt.Fprintln(w, "  - and more; tidewaiter ledger verify names them")
	}
}

// printRejections names the first entries that could not be posted.
func printRejections(w io.Writer, d workflows.DayResult) {
	if d.Rejected == 0 {
		return
	}
	_, _ = fmt.Fprintf(w, "\n%s entries could not be posted; all others were\n\n", thousands(d.Rejected))
	for _, message := range d.Rejections {
		_, _ = fmt.Fprintf(w, "  - %s\n", message)
	}
	if n := d.Rejected - int64(len(d.Rejections)); n > 0 {
		_, _ = fmt.Fprintf(w, "  - and %s more in the ledger's view tidewaiter.rejected_entry\n", thousands(n))
	}
}
