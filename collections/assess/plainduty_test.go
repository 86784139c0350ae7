package assess_test

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// everyCode are numbers of the duty computation codes that the sample tariff
// does not have, everyRemedy chapter 99 numbers of the kinds it does not have.
var (
	everyCode   = []string{"4400000001", "4400000002", "4400000003", "4400000004", "4400000005", "4400000006", "4400000007", "4400000008", "4400000009", "4400000010"}
	everyRemedy = []string{"9903990001", "9903990002", "9903990003", "9903990004", "9903990005", "9903990006", "9903990007",
		"9903990008", "9903990009", "9903990010"}
)

const everyRow = `4400000001,2020-01-01,2099-12-31,general,9,,0.125,,NO,KG,L,example,no
4400000002,2020-01-01,2099-12-31,general,A,,0.041,0.00025,NO,KG,L,example,no
4400000003,2020-01-01,2099-12-31,general,B,0.35,0.041,0.00025,NO,KG,L,example,no
4400000004,2020-01-01,2099-12-31,general,C,0.35,0.125,,NO,KG,L,example,no
4400000005,2020-01-01,2099-12-31,general,D,0.35,0.041,,NO,KG,L,example,no
4400000006,2020-01-01,2099-12-31,general,E,0.35,0.041,0.025,NO,KG,L,example,no
4400000007,2020-01-01,2099-12-31,general,F,0.35,,0.00125,NO,KG,L,example,no
4400000008,2020-01-01,2099-12-31,general,J,0.035,0.000041,0.0125,NO,KG,L,example,no
4400000009,2020-01-01,2099-12-31,general,K,0.035,0.000041,0.0125,NO,KG,L,example,no
4400000010,2020-01-01,2099-12-31,general,X,,,,NO,KG,L,example,no
9903990001,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
9903990002,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
9903990003,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
9903990004,2020-01-01,2099-12-31,general,0,,,,,,,example,no
9903990005,2020-01-01,2099-12-31,general,0,,,,,,,example,no
9903990006,2020-01-01,2099-12-31,general,K,0.035,0.000041,0.0125,NO,KG,,example,no
9903990007,2020-01-01,2099-12-31,general,9,,0.25,,,,,example,no
9903990008,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
9903990009,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
9903990010,2020-01-01,2099-12-31,general,7,,0.125,,,,,example,no
`

const everyRemedyRow = `9903990001,cap,full,0.15,,,,,,2020-01-01,2099-12-31,example,no
9903990002,additional,content,,,,,,,2020-01-01,2099-12-31,example,no
9903990003,additional,duty,,,,,,,2020-01-01,2099-12-31,example,no
9903990004,exclusion,full,,,,,,9903990001 990395 9903990007,2020-01-01,2099-12-31,example,no
9903990005,quota,full,,,,,,,2020-01-01,2099-12-31,example,no
9903990006,cap,full,0.0725,,,,,,2020-01-01,2099-12-31,example,no
9903990007,replacement,full,,,,,,,2020-01-01,2099-12-31,example,no
9903990008,additional,full,,,,,440000000,,2020-01-01,2099-12-31,example,no
9903990009,cap,full,0.15,,,44,4400000004 4400000007,,2020-01-01,2099-12-31,example,no
9903990010,additional,duty,,,CU,44,,,2020-01-01,2099-12-31,example,no
`

// plainTables are the real tables with those numbers added.
func plainTables(t testing.TB) *reference.Tables {
	with := func(name, rows string) string {
		b, err := fs.ReadFile(reference.Files(), name)
		require.NoError(t, err)
		return string(b) + rows
	}
	return tablesWith(t, map[string]string{"hts.csv": with("hts.csv", everyRow), "chapter99.csv": with("chapter99.csv", everyRemedyRow)})
}

// rows looks up the rows of a line in its column on the date of its duty.
func (p *plain) rows(l *entry.Line) (rows []*reference.Tariff) {
	s := p.s
	on := s.EntryDate
	if s.InBondDate != 0 && !p.is("02", "07", "12", "32", "38") {
		on = s.InBondDate
	}
	if p.is("06") && l.FTZStatus == 'P' && l.PrivilegedDate != 0 {
		on = l.PrivilegedDate
	}
	column := reference.General
	if l.SPI != "" {
		column = reference.Column(l.SPI)
	}
	// Russia and Belarus lost normal trade relations on 9 April 2022.
	if l.Origin == "CU" || l.Origin == "KP" || (l.Origin == "RU" || l.Origin == "BY") && on >= 20220409 {
		column = reference.ColumnTwo
	}
	for _, t := range l.Tariffs {
		c := column
		if t.HTS >= "98" {
			c = reference.General
		}
		rows = append(rows, must[*reference.Tariff](assess.ReasonRate)(p.tables.Tariff(t.HTS, c, on)))
	}
	return rows
}

// duty adds up the duties of the line's numbers: first those that are neither
// derived nor a remedy, then the derived ones, then the remedies. The duties of
// chapters 1 to 97 are the normal duty.
func (p *plain) duty(l *entry.Line) decimal.Decimal {
	rows := p.rows(l)
	p.scopes(l, rows)
	duties := map[string]decimal.Decimal{} // the normal duty by number
	waived := func(i int) bool {
		kind := rows[i].Remedy
		for j := range rows {
			if rows[j].Remedy == reference.Exclusion && rows[j].RemedyRow.ExcludesNumber(rows[i].HTS) {
				return true
			}
		}
		return kind == reference.Quota || kind == reference.Exclusion
	}
	// Goods returned and special classifications are free; 9802 and goods under
	// bond (9813) owe the duty of their ordinary number.
	free := slices.ContainsFunc(l.Tariffs, func(t entry.Tariff) bool { return t.HTS[:4] == "9801" || t.HTS[:4] == "9817" })
	replaced := false
	for i := range rows {
		replaced = replaced || rows[i].Remedy == reference.Replacement && !waived(i)
	}
	normal, sum, numbers := decimal.Zero, decimal.Zero, 0
	for i, t := range l.Tariffs {
		if rows[i].Remedy != reference.NoRemedy || rows[i].DutyCode == '9' {
			continue
		}
		goods := t.HTS < "98"
		if goods {
			numbers++
		}
		if free && goods {
			continue
		}
		if replaced && goods && !p.derives(rows, waived) {
			continue
		}
		d := p.formula(l, &t, rows[i], whole(t.Value))
		if goods {
			normal, duties[t.HTS] = normal.Add(d), duties[t.HTS].Add(d)
		}
		if !replaced || !goods {
			sum = sum.Add(d)
		}
	}
	for i, t := range l.Tariffs {
		goods := t.HTS < "98"
		if rows[i].Remedy != reference.NoRemedy || rows[i].DutyCode != '9' || free && goods || replaced && goods && !p.derives(rows, waived) {
			continue
		}
		if numbers == 0 {
			panic(refused(assess.ReasonRate))
		}
		d := p.formula(l, &t, rows[i], normal)
		if goods {
			duties[t.HTS] = duties[t.HTS].Add(d)
		}
		if !replaced || !goods {
			sum = sum.Add(d)
		}
	}
	for i, t := range l.Tariffs {
		row := rows[i]
		if row.Remedy == reference.NoRemedy || waived(i) {
			continue
		}
		base, before := decimal.Zero, decimal.Zero
		for hts, value := range worth(l) {
			if meantFor(row.RemedyRow, l.Origin, hts) {
				base, before = base.Add(value), before.Add(duties[hts])
			}
		}
		switch {
		case row.DutyCode == '9' || row.RemedyRow.Base == reference.NormalDuty:
			if numbers == 0 {
				panic(refused(assess.ReasonRate))
			}
			base = before
		case row.RemedyRow.Base == reference.ContentValue && t.Value != 0:
			base = whole(t.Value)
		case row.DutyCode != '0' && !slices.ContainsFunc(l.Tariffs, func(t entry.Tariff) bool { return t.HTS < "98" }):
			panic(refused(assess.ReasonRate))
		}
		d := p.formula(l, &t, row, base)
		if row.Remedy == reference.Capped {
			room := decimal.Max(decimal.Zero, row.RemedyRow.Cap.Decimal().Mul(base).Round(2).Sub(before))
			d = decimal.Min(d, room)
		}
		sum = sum.Add(d)
	}
	return sum
}

// worth adds up the values of a line's chapter 1 to 97 numbers, by number.
func worth(l *entry.Line) map[string]decimal.Decimal {
	sums := map[string]decimal.Decimal{}
	for _, t := range l.Tariffs {
		if t.HTS < "98" {
			sums[t.HTS] = sums[t.HTS].Add(whole(t.Value))
		}
	}
	return sums
}

// meantFor reads the scope of a remedy: it is for what is listed, where something
// is, and not for what is excepted.
func meantFor(r *reference.RemedyRow, origin, hts string) bool {
	begins := func(beginning string) bool { return len(beginning) <= len(hts) && hts[:len(beginning)] == beginning }
	origins := len(r.Countries) == 0 || slices.Contains(r.Countries, origin)
	numbers := len(r.Numbers) == 0 || slices.ContainsFunc(r.Numbers, begins)
	return origins && numbers && !slices.Contains(r.ExceptCountries, origin) && !slices.ContainsFunc(r.ExceptNumbers, begins)
}

// scopes refuses a remedy that is for none of the line's goods.
func (p *plain) scopes(l *entry.Line, rows []*reference.Tariff) {
	goods := worth(l)
	if len(goods) == 0 {
		goods[""] = decimal.Zero
	}
	for _, row := range rows {
		found := row.Remedy == reference.NoRemedy
		for hts := range goods {
			found = found || meantFor(row.RemedyRow, l.Origin, hts)
		}
		if !found {
			panic(refused(assess.ReasonRate))
		}
	}
}

// derives says whether some number needs the normal duty: else a duty that is
// replaced is not looked at, and may lack a quantity.
func (p *plain) derives(rows []*reference.Tariff, waived func(int) bool) bool {
	for i, row := range rows {
		switch {
		case row.Remedy == reference.NoRemedy:
			if row.DutyCode == '9' && row.HTS >= "98" {
				return true
			}
		case !waived(i) && (row.DutyCode == '9' || row.Remedy == reference.Capped || row.RemedyRow.Base == reference.NormalDuty):
			return true
		}
	}
	return false
}

// formula is the table of CATAIR appendix F, rounded half up to the cent.
func (p *plain) formula(l *entry.Line, t *entry.Tariff, row *reference.Tariff, v decimal.Decimal) decimal.Decimal {
	q := func(n int) decimal.Decimal {
		if len(t.Quantities) < n {
			panic(refused(assess.ReasonQuantity))
		}
		return hundredths(t.Quantities[n-1].Amount)
	}
	p1, p2, p3, hundred := row.Rate1.Decimal(), row.Rate2.Decimal(), row.Rate3.Decimal(), whole(100)
	var d decimal.Decimal
	switch row.DutyCode {
	case '0':
	case '1':
		d = p1.Mul(q(1))
	case '2':
		d = p1.Mul(q(2))
	case '3':
		d = p1.Mul(q(1)).Add(p3.Mul(q(2)))
	case '4':
		d = p1.Mul(q(1)).Add(p2.Mul(v))
	case '5':
		d = p1.Mul(q(2)).Add(p2.Mul(v))
	case '6':
		d = p1.Mul(q(1)).Add(p3.Mul(q(2))).Add(p2.Mul(v))
	case '7', '9':
		d = p2.Mul(v)
	case 'A':
		d = p2.Add(p3.Mul(q(3))).Mul(v)
	case 'B':
		d = p1.Mul(q(2)).Add(p2.Add(p3.Mul(q(3))).Mul(v))
	case 'C':
		first, second := p1.Mul(q(1)).Round(2), p2.Mul(q(1)).Round(2)
		filed := t.FiledDuty.Decimal()
		if d = first; p.s.Filed.Given && second.Sub(filed).Abs().LessThan(first.Sub(filed).Abs()) {
			d = second
		}
	case 'D':
		d = p1.Mul(q(3)).Add(p2.Mul(v))
	case 'E':
		d = p1.Mul(q(2)).Add(p3.Mul(q(3))).Add(p2.Mul(v))
	case 'F':
		d = q(1).Mul(p1.Add(p3.Mul(q(2))))
	case 'J':
		d = decimal.Max(q(2).Mul(p1.Sub(p2.Mul(hundred.Sub(q(3))))), p3.Mul(q(2)))
	case 'K':
		d = decimal.Max(q(1).Mul(p1.Sub(p2.Mul(hundred.Sub(q(2))))), p3.Mul(q(1)))
	case 'X':
		if !p.s.Filed.Given {
			panic(refused(assess.ReasonRate))
		}
		d = t.FiledDuty.Decimal()
	default:
		panic(refused(assess.ReasonRate))
	}
	return d.Round(2)
}
