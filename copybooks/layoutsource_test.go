package copybooks_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// clauses are the elementary items a drawn layout may have; %d is a size. Each
// usage is among them, each sign form, each way to scale, pad and align.
var clauses = []string{
	"PIC X(%d)", "PIC A(%d)", "PIC X(%d) JUST RIGHT", "PIC 9(%d)", "PIC S9(%d)", "PIC S9(%d)V99", "PIC S9(%d) SIGN LEADING",
	"PIC S9(%d)V9 SIGN TRAILING SEPARATE", "PIC S9(%d) SIGN LEADING SEPARATE", "PIC 9(%d) COMP-3", "PIC S9(%d)V99 COMP-3",
	"PIC S9(%d) COMP", "PIC 9(%d) COMP", "PIC S9(%d) COMP-5", "PIC S9(%d)PP COMP-3", "PIC SVP9(%d)", "PIC 9(%d)P",
	"PIC Z(%d)9.99-", "PIC $$(%d).99CR", "PIC *(%d)9", "PIC ZZ9/99B0(%d)", "PIC 9(%d) BLANK WHEN ZERO", "PIC ZZ9 BLANK WHEN ZERO",
	"PIC S9(%d) COMP SYNC", "PIC S9(%d) COMP-5 SYNC", "COMP-2 SYNC", "COMP-1 SYNC", "POINTER SYNC",
	"PIC 9(%d) COMP-6", "PIC S9(%d) COMP-X", "PIC X COMP-X", "PIC 9(%d) COMP-9", "COMP-1", "COMP-2",
	"INDEX", "POINTER", "FUNCTION-POINTER", "PROCEDURE-POINTER",
	"PIC N(%d) NATIONAL", "PIC N(%d) NATIONAL JUST", "PIC 9(%d) NATIONAL", "PIC S9(%d) SIGN TRAILING SEPARATE NATIONAL", "PIC Z(%d)9.9 NATIONAL", "PIC U(%d)",
}

// wide are clauses whose size may go beyond what binary and packed numbers take.
func wide(clause string) bool {
	return strings.Contains(clause, "X(%d)") || strings.Contains(clause, "A(%d)") || strings.HasPrefix(clause, "PIC 9(%d)") && len(clause) < 11
}

// source draws a copybook: nested groups, tables fixed and variable, counters near
// and far, inside tables and redefinitions, redefinitions of items and of tables,
// nested, several of one item, longer than it.
type source struct {
	t       *rapid.T
	text    strings.Builder
	clauses []string // of the elementary items in their order
	names   int
	tables  int // of variable length
	// counters are those that a table here may depend on.
	counters []string
	// overlaid says how many redefinitions it is inside; uncertain that a table
	// inside one varies, so that the bytes may be read in several lengths.
	overlaid  int
	uncertain bool
	redefines bool
}

func drawSource(t *rapid.T) *source {
	g := &source{t: t}
	g.text.WriteString("01 R.\n")
	g.group(2, 0)
	if g.has("\n02 F-1 ") && g.draw(3, "renames") == 0 {
		g.text.WriteString("66 R-66 RENAMES F-1.\n")
	}
	return g
}

func (g *source) has(word string) bool { return strings.Contains(g.text.String(), word) }

func (g *source) name() string {
	g.names++
	return fmt.Sprintf("F-%d", g.names)
}

func (g *source) draw(most int, what string) int { return rapid.IntRange(0, most).Draw(g.t, what) }

func (g *source) group(level, tables int) {
	before := len(g.counters)
	for range 1 + g.draw(3, "items") {
		g.item(level, tables, g.name(), "")
	}
	if tables > 0 {
		g.counters = g.counters[:before]
	}
}

// item writes one item, its tables and redefinitions.
func (g *source) item(level, tables int, name, redefines string) {
	switch kind := g.draw(11, "kind"); {
	case level >= 8 || kind > 6:
		g.elementary(level, name, redefines)
	case kind == 0:
		g.entry(level, name, redefines, "")
		g.group(level+2, tables)
	case kind == 1 && tables < 3 && redefines == "":
		g.entry(level, name, redefines, fmt.Sprintf("OCCURS %d TIMES", 1+g.draw(2, "times")))
		g.group(level+2, tables+1)
	case kind <= 4 && tables < 3 && g.tables < 6 && redefines == "":
		g.variable(level, tables, name)
	case kind >= 5 && redefines == "":
		g.overlay(level, tables, name)
	default:
		g.elementary(level, name, redefines)
	}
}

// variable writes a table with a counter, often its own right before it.
func (g *source) variable(level, tables int, name string) {
	g.tables++
	g.uncertain = g.uncertain || g.overlaid > 0
	counter := ""
	if n := len(g.counters); n > 0 && rapid.Bool().Draw(g.t, "old counter") {
		counter = g.counters[g.draw(n-1, "which")]
	} else {
		counter = g.name()
		clause := rapid.SampledFrom([]string{"PIC 9", "PIC S9(4) COMP", "PIC S9(3) COMP-3", "PIC 9(2) COMP-6", "PIC S9(2) SIGN LEADING SEPARATE"}).Draw(g.t, "counter")
		g.entry(level, counter, "", clause)
		g.clauses = append(g.clauses, clause)
		g.counters = append(g.counters, counter)
	}
	to := rapid.SampledFrom([]string{"4", "4", "4", "UNBOUNDED"}).Draw(g.t, "to")
	g.entry(level, name, "", fmt.Sprintf("OCCURS %d TO %s TIMES DEPENDING ON %s", g.draw(1, "least"), to, counter))
	g.group(level+2, tables+1)
}

// overlay writes an item and what redefines it.
func (g *source) overlay(level, tables int, name string) {
	g.redefines = true
	g.overlaid++
	before := len(g.counters)
	switch g.draw(2, "base") {
	case 0:
		g.entry(level, name, "", "PIC X(6)")
		g.clauses = append(g.clauses, "PIC X(6)")
	case 1:
		g.entry(level, name, "", "")
		g.group(level+2, tables)
	default:
		// Only an extension lets the redefined item occur.
		g.entry(level, name, "", "")
		inner := g.name()
		g.entry(level+2, inner, "", "PIC 9(2) OCCURS 3 TIMES")
		g.clauses = append(g.clauses, "PIC 9(2)")
	}
	for range 1 + g.draw(2, "redefinitions") {
		g.counters = g.counters[:before]
		other := g.name()
		if rapid.Bool().Draw(g.t, "group") {
			g.entry(level, other, name, "")
			g.group(level+2, tables)
		} else {
			g.elementary(level, other, name)
		}
	}
	g.counters = g.counters[:before]
	g.overlaid--
}

func (g *source) elementary(level int, name, redefines string) {
	clause := rapid.SampledFrom(clauses).Draw(g.t, "clause")
	if redefines != "" || g.overlaid > 0 {
		clause = strings.TrimSuffix(clause, " SYNC") // its boundary may be another's
	}
	if strings.Contains(clause, "%d") {
		most := 12
		if wide(clause) {
			most = 30
		}
		clause = fmt.Sprintf(clause, 1+g.draw(most-1, "size"))
	}
	if redefines == "" && g.draw(9, "filler") == 0 {
		name = "FILLER"
	}
	occurs := ""
	if redefines == "" && g.draw(7, "occurs") == 0 {
		occurs = " OCCURS 2 TIMES"
	}
	g.entry(level, name, redefines, clause+occurs)
	g.clauses = append(g.clauses, clause)
}

func (g *source) entry(level int, name, redefines, rest string) {
	fmt.Fprintf(&g.text, "%02d %s", level, name)
	if redefines != "" {
		fmt.Fprintf(&g.text, " REDEFINES %s", redefines)
	}
	fmt.Fprintf(&g.text, " %s.\n", rest)
}
