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
	fieldTall  = 64
	groupTall  = 20
	bandGap    = 3
	rowGap     = 26
	headTall   = 74
	glyphWidth = 6.4 // of a character of a label
	smallGlyph = 5.5 // and of one that runs upright
	smallLine  = 12
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
	d := &drawing{plan: p, prefix: prefixOf(l.Root), perRow: min(rowBytes, max(p.end, 32))}
	y := headTall
	for start := 0; start < p.end; start += d.perRow {
		if !p.within(start, start+d.perRow) {
			y = d.row(start, min(start+d.perRow, p.end), y) + rowGap
		}
	}
	width := 2*margin + d.perRow*byteWidth
	return []byte(d.head(l, width, y) + d.body.String() + "</svg>\n"), nil
}

// within reports whether a row shows nothing but the middle of a table's rest:
// the offsets of the rows around it tell that it is left out.
func (p *plan) within(start, end int) bool {
	for _, s := range p.fields.segments {
		if s.class == "more" && s.start < start && s.end > end {
			return true
		}
	}
	return false
}

type drawing struct {
	plan   *plan
	prefix string // of all names, left out in the boxes
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
	if d.prefix != "" {
		length += ", names without their " + d.prefix
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="record map of %s">`+"\n",
		width, height, width, height, html.EscapeString(l.Name))
	b.WriteString(style)
	fmt.Fprintf(&b, `<rect class="page" width="%d" height="%d"/>`+"\n", width, height)
	fmt.Fprintf(&b, `<text class="title" x="%d" y="32">%s</text><text class="note" x="%d" y="52">%s</text>`+"\n",
		margin, html.EscapeString(l.Name), margin, html.EscapeString(length))
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
			y += 16
			first := max(start, b.segments[0].start)
			d.printf(`<text class="note" x="%d" y="%d">%s</text>`+"\n", d.x(first, start), y-4, html.EscapeString(b.note))
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
	label := strings.TrimPrefix(s.label, d.prefix)
	if s.start < start {
		label = "… " + label
	}
	switch {
	case tall == groupTall:
		d.label("name", label, x+6, y+14, width-10)
	case width >= 4*byteWidth:
		first, second := wrapped(label, room(width-10))
		d.label("name", first, x+6, y+18, width-10)
		d.label("name", second, x+6, y+31, width-10)
		d.picture(s.item, x+6, y+tall-9, width-10)
	default:
		// Two or three characters say nothing: the name runs upright instead.
		d.upright(label, x, y, width, tall)
	}
	d.printf("</g>\n")
}

// picture writes PICTURE and USAGE, in two lines where one is too short.
func (d *drawing) picture(it *copybooks.Item, x, y, width int) {
	text := picture(it)
	if usage := " " + it.Usage.String(); len(text) > room(width) && strings.HasSuffix(text, usage) {
		text = strings.TrimSuffix(text, usage)
		d.label("picture", text, x, y-12, width)
		text = usage[1:]
	}
	d.label("picture", text, x, y, width)
}

// label writes text that fits the width, cut where it does not.
func (d *drawing) label(class, text string, x, y, width int) {
	if text = fitted(text, width); text != "" {
		d.printf(`<text class="%s" x="%d" y="%d">%s</text>`, class, x, y, html.EscapeString(text))
	}
}

// upright writes a name in the one or two lines the box has room for.
func (d *drawing) upright(text string, x, y, width, tall int) {
	per := int(float64(tall-6) / smallGlyph)
	first, second := fittedEnd(text, per), ""
	if width >= 2*smallLine {
		first, second = wrapped(text, per)
		second = fittedEnd(second, per)
	}
	lines := []string{first}
	if second != "" {
		lines = append(lines, second)
	}
	left := x + (width-smallLine*len(lines))/2
	for i, line := range lines {
		d.printf(`<text class="small" transform="translate(%d %d) rotate(-90)">%s</text>`,
			left+smallLine*i+9, y+tall-4, html.EscapeString(line))
	}
}
