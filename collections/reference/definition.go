package reference

// Definition says what a table is: its file, its columns beside those of
// Validity, and which of them, the first ones, name a series of rows.
type Definition struct {
	Name    string // of the file, without .csv
	Holds   string // what a row says, in a few words
	Key     int    // so many of Columns are the key of a series
	Columns []string
}

// definitions are all tables, in the order in which they are loaded: those that
// hold codes first.
var definitions = []Definition{
	{"class_codes", "accounting class codes and their kind", 1, []string{"class", "kind", "name"}},
	{"spi", "special program indicators", 1, []string{"spi", "name"}},
	{"entry_types", "which charges an entry type owes", 1,
		[]string{"type", "name", "electronic", "processing_fee", "harbor_fee", "deposits", "payable", "quota", "zone"}},
	{"transport_modes", "which charges a mode of transport owes", 1, []string{"mode", "name", "harbor_fee", "mpf_limits", "informal_fee"}},
	{"countries", "countries of origin and export", 1, []string{"country", "name"}},
	{"countries_column2", "countries without normal trade relations", 1, []string{"country", "name"}},
	{"origins", "groups of countries: whose goods owe no merchandise processing fee", 2, []string{"group", "country"}},
	{"districts", "customs districts, the first two digits of a port", 1, []string{"district", "name", "agricultural_fees", "coffee"}},
	{"ports", "ports of entry, and the fees collected there", 1, []string{"port", "name", "informal_fee", "harbor_fee"}},
	{"check_digit_factors", "filers whose check digits are shifted", 1, []string{"filer", "factor"}},
	{"conditions", "what CBP answers to an entry summary", 2, []string{"code", "text", "severity"}},
	{"fees", "fees by class", 1, []string{"class", "rate", "minimum", "maximum", "amount"}},
	{"interest", "quarterly interest rates, in percent", 0, []string{"under", "over", "corporate_over"}},
	{"mpf_exemptions", "programs and origins that owe no merchandise processing fee", 2, []string{"spi", "origin"}},
	{"chapter98", "what duty and fee are computed on under chapter 98", 1, []string{"hts", "duty_base", "fee_base"}},
	{"chapter99", "remedies: kind, base and scope of a chapter 99 number", 1,
		[]string{"hts", "kind", "base", "cap", "countries", "except_countries", "numbers", "except_numbers", "excludes"}},
	{"hts", "tariff rates", 2, []string{"hts", "column", "duty_code", "rate1", "rate2", "rate3", "uom1", "uom2", "uom3"}},
	{"article_charges", "taxes and fees an article owes besides duty", 3,
		[]string{"hts", "class", "claim", "requirement", "duty_code", "rate1", "rate2", "rate3", "uom1", "uom2", "uom3", "maximum"}},
	{"holidays", "federal holidays by rule", 1, []string{"name", "month", "day", "weekday", "nth"}},
	{"calendar_overrides", "days that are or are not working days whatever the rules say", 1, []string{"date", "working"}},
}

// Definitions gives all tables, those that hold codes first.
func Definitions() []Definition { return definitions }

// define gives a table's definition.
func define(table string) *Definition {
	for i := range definitions {
		if definitions[i].Name == table {
			return &definitions[i]
		}
	}
	panic("reference: no table is named " + table) // a mistake in this package
}
