package diagram

import (
	"fmt"
	"strings"

	"tidewaiter/copybooks"
)

// picture is what a box says below the name.
func picture(it *copybooks.Item) string {
	if it.IsGroup() {
		return fmt.Sprintf("%d bytes each", it.Length)
	}
	if it.Dynamic {
		return it.Picture + " DYNAMIC LENGTH"
	}
	out := it.Picture
	if it.Usage != copybooks.Display {
		out = strings.TrimSpace(out + " " + it.Usage.String())
	}
	return out
}

// details is the tooltip: all the copybook says of the field.
func details(s segment) string {
	it := s.item
	lines := []string{fmt.Sprintf("%02d %s", it.Level, s.label)}
	if text := picture(it); !it.IsGroup() {
		lines = append(lines, "PIC "+text)
	}
	lines = append(lines, fmt.Sprintf("bytes %d to %d, length %d", s.start, s.end-1, s.end-s.start))
	if it.Redefines != "" {
		lines = append(lines, "REDEFINES "+it.Redefines)
	}
	if it.Occurs != nil {
		lines = append(lines, occurs(it.Occurs))
	}
	if it.DateFormat != "" {
		lines = append(lines, "DATE FORMAT "+it.DateFormat)
	}
	for _, c := range it.Conditions {
		values := make([]string, len(c.Values))
		for i, v := range c.Values {
			values[i] = v.String()
		}
		lines = append(lines, "88 "+c.Name+" "+strings.Join(values, ", "))
	}
	return strings.Join(lines, "\n")
}

// occurs is the clause of a table.
func occurs(o *copybooks.Occurs) string {
	if o.DependingOn == "" {
		return fmt.Sprintf("OCCURS %d", o.Max)
	}
	return fmt.Sprintf("OCCURS %d TO %d DEPENDING ON %s", o.Min, o.Max, o.DependingOn)
}

// room is how many characters a width takes.
func room(width int) int { return int(float64(width) / glyphWidth) }

// wrapped cuts a name into two lines of up to n characters, after a hyphen
// where there is one, else where the line is full.
func wrapped(name string, n int) (first, second string) {
	runes := []rune(name)
	if len(runes) <= n || n < 1 {
		return name, ""
	}
	cut := n
	for i := n; i > n/3; i-- {
		if runes[i-1] == '-' {
			cut = i
			break
		}
	}
	return string(runes[:cut]), string(runes[cut:])
}

// fitted keeps the start of a text.
func fitted(text string, width int) string {
	n, runes := room(width), []rune(text)
	switch {
	case len(runes) <= n:
		return text
	case n < 3:
		return ""
	}
	return string(runes[:n-1]) + "…"
}

// fittedEnd keeps the last n characters of a name, which tell the fields of a
// group apart.
func fittedEnd(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return "…" + string(runes[len(runes)-max(1, n-1):])
}

// prefixOf is what all names of the record begin with, "CD-", which the boxes
// leave out for room. It is "" when there is no such beginning.
func prefixOf(root *copybooks.Item) string {
	if !root.IsGroup() {
		return ""
	}
	prefix, names := "", 0
	var walk func(*copybooks.Item) bool
	walk = func(it *copybooks.Item) bool {
		for _, c := range it.Children {
			if !c.IsFiller() {
				if names++; names == 1 {
					head, _, found := strings.Cut(c.Name, "-")
					if prefix = head + "-"; !found {
						return false
					}
				}
				if !strings.HasPrefix(c.Name, prefix) || len(c.Name) == len(prefix) {
					return false
				}
			}
			if !walk(c) {
				return false
			}
		}
		return true
	}
	if !walk(root) || names < 2 {
		return ""
	}
	return prefix
}

// style has both themes. The text stays at a contrast of at least 4.5 to 1 on
// every box (WCAG 2.2, 1.4.3).
const style = `<style>
svg{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.page{fill:#fff}.title{font-size:18px;font-weight:600;fill:#1b2330}.note{font-size:11px;fill:#525d6e}
.name{font-size:10.5px;fill:#1b2330}.picture{font-size:10px;fill:#465062}.small{font-size:9px;fill:#1b2330}
.ruler{font-size:10px;fill:#525d6e;text-anchor:middle}.tick{stroke:#8a94a6;fill:none}
rect{stroke-width:1}
.text{fill:#e3edfb;stroke:#6f9ad3}.zoned{fill:#e2f3e4;stroke:#66a873}.packed{fill:#fdeed8;stroke:#d09a4e}
.binary{fill:#f1e6f9;stroke:#a57cc4}.other{fill:#fbe4e4;stroke:#c97b7b}
.filler{fill:#f4f5f7;stroke:#b6bdc8;stroke-dasharray:3 2}.group{fill:#eceff4;stroke:#a8b2c1}.more{fill:#fff;stroke:#8a94a6;stroke-dasharray:5 3}
@media (prefers-color-scheme:dark){
.page{fill:#14181f}.title,.name,.small{fill:#eef2f8}.note,.ruler{fill:#a9b4c4}.picture{fill:#c3ccd9}.tick{stroke:#6b7686}
.text{fill:#1d2f4a;stroke:#5585c4}.zoned{fill:#1c3724;stroke:#559a64}.packed{fill:#432f13;stroke:#b98840}
.binary{fill:#36244a;stroke:#9a70bd}.other{fill:#472222;stroke:#c07272}
.filler{fill:#1b2028;stroke:#566072}.group{fill:#262d38;stroke:#566072}.more{fill:#14181f;stroke:#7b8698}}
</style>
`
