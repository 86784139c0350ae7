package report

import (
	"fmt"
	"strings"
)

// totalsView is one control total as a table.
type totalsView struct {
	Caption     string
	Left, Right string // names of the sides
	Labels      []string
	Rows        []totalRow
	Sum         Total
}

type totalRow struct {
	Total
	Differs bool
}

// Values gives the group's values in the plan's order.
func (t Total) Values() []string {
	var out []string
	for _, label := range t.labels {
		value := t.Group[label]
		if strings.TrimSpace(value) == "" {
			value = "(blank)"
		}
		out = append(out, value)
	}
	return out
}

// tables makes one table for each total of each comparison; the first stands at
// the top of the report.
func (v *view) tables() {
	for _, c := range v.Report.Comparisons {
		var table *totalsView
		last := ""
		for _, t := range c.Totals {
			if at := t.Sum + strings.Join(t.labels, "\x00"); table == nil || at != last {
				table = &totalsView{
					Caption: fmt.Sprintf("%s of %s, by %s", t.Sum, c.Name, spoken(t.labels)),
					Left:    c.Left.Name, Right: c.Right.Name,
				}
				for _, label := range t.labels {
					table.Labels = append(table.Labels, capital(spoken([]string{label})))
				}
				last = at
				v.place(table)
			}
			table.Rows = append(table.Rows, totalRow{Total: t, Differs: !isZero(t.Difference)})
		}
	}
	for _, table := range append([]*totalsView{v.Headline}, v.Others...) {
		if table != nil {
			table.addUp()
		}
	}
}

func (v *view) place(table *totalsView) {
	if v.Headline == nil {
		v.Headline = table
		return
	}
	v.Others = append(v.Others, table)
}

func (t *totalsView) addUp() {
	rows := make([]Total, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = row.Total
	}
	t.Sum = addUp(rows)
}

// addUp sums totals of one field.
func addUp(rows []Total) Total {
	all := rows[0]
	for _, t := range rows[1:] {
		all.Left, all.Right, all.Difference = sum(all.Left, t.Left), sum(all.Right, t.Right), sum(all.Difference, t.Difference)
		all.LeftCount += t.LeftCount
		all.RightCount += t.RightCount
	}
	return all
}

func spoken(labels []string) string {
	if len(labels) == 0 {
		return "nothing"
	}
	return strings.ReplaceAll(strings.Join(labels, ", "), "_", " ")
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
