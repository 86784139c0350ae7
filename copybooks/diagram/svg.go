package diagram

import (
	"fmt"
	"html"
	"strings"

	"tidewaiter/copybooks"
)

// Measures of the drawing in pixels.
const (
	rowBytes   = 64 // bytes in a row at most
	byteWidth  = 18
	margin     = 24
	rulerTop   = 26 // from the row's top to the first band
	fieldTall  = 46
	groupTall  = 20
	bandGap    = 3
	rowGap     = 26
	headTall   = 74
	glyphWidth = 6.4 // of a character of the label
)

// maxDrawn is how many bytes of a record are drawn: a map of more is no longer
// looked at.
const maxDrawn = 16 << 10

// SVG returns the record map of a layout.
func SVG(l *copybooks.Layout) ([]byte, error) {
	if l.MaxLength > maxDrawn {
		return nil, fmt.Errorf("drawing %s: its %d bytes are more than the %d a record map shows; use the layout table", l.Name, l.MaxLength, maxDrawn)
	}
	p := planOf(l)
	d := &drawing{plan: p, perRow: min(rowBytes, max(p.end, 32))}
	y := headTall
	for start := 0; start < p.end; start += d.perRow {
		y = d.row(start, min(start+d.perRow, p.end), y) + rowGap
	}
	width := 2*margin + d.perRow*byteWidth
	return []byte(d.head(l, width, y) + d.body.String() + "</svg>\n"), nil
}

type drawing struct {
	plan   *plan
	perRow int
	body   strings.Builder
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.body, format, args...) }

// head is the opening tag, the style, the title and the legend.
func (d *drawing) head(l *copybooks.Layout, width, height int) string {
	length := fmt.Sprintf("%d bytes", l.MaxLength)
	if l.MinLength != l.MaxLength {
		length = fmt.Sprintf("%d to %d bytes, drawn with every table at its largest", l.MinLength, l.MaxLength)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="record map of %s">`+"\n",
		width, height, width, height, html.EscapeString(l.Name))
	b.WriteString(style)
	fmt.Fprintf(&b, `<rect class="page" width="%d" height="%d"/>`+"\n", width, height)
	fmt.Fprintf(&b, `<text class="title" x="%d" y="32">%s</text><text class="note" x="%d" y="52">%s</text>`+"\n",
		margin, html.EscapeString(l.Name), margin, length)
	x := width - margin
	for i := len(legend) - 1; i >= 0; i-- {
		x -= 22 + int(float64(len(legend[i].label))*glyphWidth)
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="22" width="12" height="12" rx="2"/><text class="note" x="%d" y="32">%s</text>`+"\n",
			legend[i].class, x, x+16, legend[i].label)
		x -= 10
	}
	return b.String()
}

var legend = []struct{ class, label string }{
	{"text", "text"}, {"zoned", "zoned"}, {"packed", "packed"}, {"binary", "binary"}, {"filler", "filler"},
}

// row draws the bytes from start to end and returns where it ends.
func (d *drawing) row(start, end, y int) int {
	d.ruler(start, end, y)
	y += rulerTop
	for _, b := range d.plan.groups {
		y = d.band(b, start, end, y, groupTall)
	}
	y = d.band(d.plan.fields, start, end, y, fieldTall)
	note := ""
	for _, b := range d.plan.redefinition {
		before := y
		if b.note != note && covers(b, start, end) {
			y += 14
			first := max(start, b.segments[0].start)
			d.printf(`<text class="note" x="%d" y="%d">%s</text>`+"\n", d.x(first, start), y-2, html.EscapeString(b.note))
			before, note = y, b.note
		}
		tall := fieldTall
		if b.segments[0].class == "group" {
			tall = groupTall
		}
		y = d.band(b, start, end, before, tall)
	}
	return y
}

func covers(b band, start, end int) bool {
	for _, s := range b.segments {
		if s.start < end && s.end > start {
			return true
		}
	}
	return false
}

func (d *drawing) x(at, start int) int { return margin + (at-start)*byteWidth }

// ruler marks each byte, and numbers every eighth and the end of the record.
func (d *drawing) ruler(start, end, y int) {
	base := y + rulerTop - 6
	var ticks strings.Builder
	for at := start; at <= end; at++ {
		tall := 3
		if at%8 == 0 {
			tall = 7
		}
		fmt.Fprintf(&ticks, "M%d %dv-%d", d.x(at, start), base, tall)
	}
	d.printf(`<path class="tick" d="M%d %dH%d%s"/>`+"\n", d.x(start, start), base, d.x(end, start), ticks.String())
	for at := start; at <= end; at++ {
		if at%8 == 0 && end-at >= 2 || at == end && end == d.plan.end {
			d.printf(`<text class="ruler" x="%d" y="%d">%d</text>`, d.x(at, start), base-9, at)
		}
	}
	d.printf("\n")
}

// band draws what of it lies in the row.
func (d *drawing) band(b band, start, end, y, tall int) int {
	if !covers(b, start, end) {
		return y
	}
	for _, s := range b.segments {
		if s.start < end && s.end > start {
			d.box(s, start, end, y, tall)
		}
	}
	return y + tall + bandGap
}

// box draws a segment. Where it goes on in another row its side is open.
func (d *drawing) box(s segment, start, end, y, tall int) {
	from, to := max(s.start, start), min(s.end, end)
	x, width := d.x(from, start), (to-from)*byteWidth
	d.printf(`<g><title>%s</title><rect class="%s" x="%.1f" y="%d" width="%.1f" height="%d" rx="3"/>`,
		html.EscapeString(details(s)), s.class, float64(x)+0.75, y, float64(width)-1.5, tall)
	label := s.label
	if s.start < start {
		label = "… " + label
	}
	switch {
	case tall == groupTall:
		d.label("name", label, x+6, y+14, width-10)
	case width >= 4*byteWidth:
		d.label("name", label, x+6, y+19, width-10)
		d.label("picture", picture(s.item), x+6, y+36, width-10)
	default:
		// Two or three characters say nothing: the name runs upright instead.
		d.upright(label, x, y, width, tall)
	}
	d.printf("</g>\n")
}

// label writes text that fits the width, cut where it does not.
func (d *drawing) label(class, text string, x, y, width int) {
	if text = fitted(text, width); text != "" {
		d.printf(`<text class="%s" x="%d" y="%d">%s</text>`, class, x, y, html.EscapeString(text))
	}
}

// upright writes the end of a name, which tells fields of a group apart, in the
// lines the box has room for.
func (d *drawing) upright(text string, x, y, width, tall int) {
	lines := max(1, width/13)
	room := tall - 4
	text = fittedEnd(text, lines*room)
	per := max(1, int(float64(room)/smallGlyph))
	runes := []rune(text)
	for i := 0; i < lines && len(runes) > 0; i++ {
		n := min(per, len(runes))
		at := x + (width-13*min(lines, (len([]rune(text))+per-1)/per))/2 + 13*i + 9
		d.printf(`<text class="small" transform="translate(%d %d) rotate(-90)">%s</text>`, at, y+tall-2, html.EscapeString(string(runes[:n])))
		runes = runes[n:]
	}
}

const smallGlyph = 5.5

func fitted(text string, width int) string {
	room, runes := int(float64(width)/glyphWidth), []rune(text)
	switch {
	case len(runes) <= room:
		return text
	case room < 3:
		return ""
	}
	return string(runes[:room-1]) + "…"
}

// fittedEnd keeps the end of a name.
func fittedEnd(text string, length int) string {
	room, runes := int(float64(length)/smallGlyph), []rune(text)
	if len(runes) <= room {
		return text
	}
	return "…" + string(runes[len(runes)-max(1, room-1):])
}
