package assess_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// unitsByNumber are the units that the embedded tables and those of the tests name
// for a tariff number; those of the goods that owe a tax are its rate's.
var unitsByNumber = sync.OnceValue(func() map[string][3]string {
	units := map[string][3]string{}
	tables, err := reference.Default()
	if err != nil {
		panic(err)
	}
	for _, row := range tables.Tariffs() {
		units[row.HTS] = row.Units
	}
	for _, text := range []string{exampleTariff, remedyTariff, everyRow} {
		for _, line := range strings.Split(text, "\n") {
			if f := strings.Split(line, ","); len(f) > 10 && f[0] != "hts" {
				units[f[0]] = [3]string(f[8:11])
			}
		}
	}
	for _, line := range strings.Split(exampleArticles, "\n")[1:] {
		for _, hts := range articleNumbers {
			if f := strings.Split(line, ","); len(f) > 10 && strings.HasPrefix(hts, f[0]) {
				units[hts] = [3]string(f[8:11])
			}
		}
	}
	return units
})

// unitOf is the unit of quantity at of a number; kilograms where no row names one.
func unitOf(hts string, at int) string {
	if unit := unitsByNumber()[hts][at]; unit != "" {
		return unit
	}
	return "KG"
}

// TestUnits: a quantity is filed in the unit of its row; another one is the
// condition 442 (ACE Error Dictionary) in each of the three positions, whether the
// formula uses it or not. 1000000035 has KG, NO and L, and computes P1*Q2 + P3*Q3 +
// P2*V; 1000000041 names no third unit, 9903000025 none at all.
func TestUnits(t *testing.T) {
	tables := exampleTables(t)
	const e, sugar = "1000000035", "1000000041"
	q := func(units ...string) (list []entry.Quantity) {
		for _, unit := range units {
			list = append(list, entry.Quantity{Amount: 500, Unit: unit})
		}
		return list
	}
	unreported := q("X", "NO", "L")
	unreported[0].Amount = 0
	absent := q("KG", "", "L")
	absent[1].Amount = 0
	for _, c := range []struct {
		name, hts    string
		quantities   []entry.Quantity
		field, value string
		condition    string
		says         string
	}{
		{"as the row has them", e, q("KG", "NO", "L"), "", "", "", ""},
		{"ERR 442 first, which no formula uses", e, q("L", "NO", "L"), "Q1", "L", "442", "the unit of 1000000035 is KG in hts.csv row "},
		{"ERR 442 second", e, q("KG", "DOZ", "L"), "Q2", "DOZ", "442", "the unit of 1000000035 is NO in hts.csv row "},
		{"ERR 442 third", e, q("KG", "NO", "KG"), "Q3", "KG", "442", "the unit of 1000000035 is L in hts.csv row "},
		{"ERR 442 in lower case", e, q("kg", "NO", "L"), "Q1", "kg", "442", "is KG"},
		{"ERR 442 X with an amount", e, q("X", "NO", "L"), "Q1", "X", "442", "is KG"},
		{"X without an amount, which no formula uses", e, unreported, "", "", "", ""},
		{"ERR 439 first without unit", e, q("", "NO", "L"), "Q1", "", "439", "the quantity of 1000000035 has no unit; hts.csv row "},
		{"ERR 443 second without unit", e, q("KG", "", "L"), "Q2", "", "443", "has no unit"},
		{"ERR 444 third without unit", e, q("KG", "NO", ""), "Q3", "", "444", "has no unit"},
		{"ERR 443 second not reported, which the formula uses", e, absent, "Q2", e, "443", "needs quantity 2 (NO), which is absent"},
		{"a row with two units demands no third", sugar, q("KG", "DEG", "PCS"), "", "", "", ""},
		{"ERR 442 degrees in kilograms", sugar, q("KG", "KG"), "Q2", "KG", "442", "is DEG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", entry.Tariff{HTS: c.hts, Value: 100, Quantities: c.quantities})
			refusedUnit(t, tables, s, c.field, c.value, c.condition, c.says)
		})
	}
	remedy := entry.Tariff{HTS: "9903000025", Quantities: q("PCS", "T")}
	refusedUnit(t, tables, with(consumption(20260115), "", tariff("8700000007", 100), remedy), "", "", "", "")
}

// TestArticleUnits: the rate of a tax is for its own unit, which its row in
// article_charges.csv names (26 USC 5001: a proof gallon).
func TestArticleUnits(t *testing.T) {
	tables := articleTables(t)
	spirits := func(unit string) *entry.Summary {
		return with(consumption(20260115), "", goods("2208000000", 100, 500, unit))
	}
	refusedUnit(t, tables, spirits("PFG"), "", "", "", "")
	refusedUnit(t, tables, spirits("PFL"), "Q1", "PFL", "442", "the unit of 2208000000 is PFG in ")
}

// refusedUnit assesses an entry and checks how it is refused; without a field it
// is not.
func refusedUnit(t *testing.T, tables *reference.Tables, s *entry.Summary, field, value, condition, says string) {
	t.Helper()
	var a assess.Assessment
	err := assess.New(tables, assess.Regulation).Assess(&a, s)
	if field == "" {
		require.NoError(t, err)
		return
	}
	var refused *assess.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, []any{1, field, value, condition, assess.ReasonQuantity}, []any{refused.Line, refused.Field, refused.Value, refused.Condition(), refused.Reason})
	require.ErrorContains(t, err, says)
}
