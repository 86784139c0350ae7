package reference_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/reference"
)

// TestPorts: harbor ports as far as 19 CFR 24.24(b)(1) was read, courier hubs and
// user-fee airports without class 311 (ACE CATAIR AE note p), and the districts
// of conditions 652, 665 to 669 and 679.
func TestPorts(t *testing.T) {
	for _, c := range []struct {
		name, port                             string
		informal, harbor, agricultural, coffee bool
	}{
		{"Los Angeles", "2704", true, true, true, false},
		{"Mobile, 24.24(b)", "1901", true, true, true, false},
		{"Juneau, no fee in its own harbor", "3101", true, false, true, false},
		{"Laredo, no harbor", "2304", true, false, true, false},
		{"FedEx hub at Memphis", "2095", false, false, true, false},
		{"Fort Worth Alliance user-fee airport", "5583", false, false, true, false},
		{"San Juan", "4909", true, true, false, true},
		{"Charlotte Amalie", "5101", true, false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			port, err := tables(t).Port(c.port, 20260115)
			require.NoError(t, err)
			district, err := tables(t).District(port.District(), 20260115)
			require.NoError(t, err)
			require.Equal(t, []bool{c.informal, c.harbor, c.agricultural, c.coffee},
				[]bool{port.Informal, port.Harbor, district.Agricultural, district.Coffee})
		})
	}
	_, err := tables(t).Port("9999", 20260115)
	require.EqualError(t, err, "table ports has no row for port 9999 on 2026-01-15")
	_, err = tables(t).District("99", 20260115)
	require.EqualError(t, err, "table districts has no row for district 99 on 2026-01-15")
	_, err = tables(t).Country("QQ", 20260115)
	require.EqualError(t, err, "table countries has no row for country QQ on 2026-01-15")
	country, err := tables(t).Country("CN", 20260115)
	require.NoError(t, err)
	require.Equal(t, "China", country.Name)
}

// TestExemption is ACE CATAIR AE note m: by program, and by origin without one.
func TestExemption(t *testing.T) {
	for _, c := range []struct {
		name, spi, origin, on string
		exempt                bool
	}{
		{"no claim, China", "", "CN", "2026-01-15", false},
		{"USMCA claim", "S", "MX", "2026-01-15", true},
		{"USMCA before its first day", "S", "MX", "2020-06-30", false},
		{"NAFTA claim on its last day", "CA", "CA", "2020-06-30", true},
		{"GSP does not exempt by itself", "A", "IN", "2020-01-15", false},
		{"GSP of a least developed country", "A", "BD", "2020-01-15", true},
		{"AGOA of a least developed country", "D", "LS", "2024-01-15", true},
		{"AGOA of another", "D", "KE", "2024-01-15", false},
		{"Israel without a claim", "", "IL", "2026-01-15", true},
		{"insular possession without a claim", "", "GU", "2026-01-15", true},
		{"Caribbean Basin without a claim", "", "JM", "2026-01-15", true},
		{"Costa Rica after it left", "", "CR", "2026-01-15", false},
		{"civil aircraft", "C", "FR", "2026-01-15", false},
		{"civil aircraft with the fee exemption", "C#", "FR", "2026-01-15", true},
		{"Japan", "JP", "JP", "2026-01-15", false},
		{"CBERA claim, Caribbean Basin origin", "E", "JM", "2026-01-15", true},
		{"CBERA claim, another origin", "E", "CN", "2026-01-15", false},
		{"insular possession claim", "Y", "VI", "2026-01-15", true},
		{"freely associated state", "Z", "FM", "2026-01-15", false},
		{"West Bank, Gaza and the industrial zones", "N", "JO", "2026-01-15", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.exempt, tables(t).Exemption(c.spi, c.origin, date(t, c.on)) != nil)
		})
	}
	require.True(t, tables(t).InGroup("LDBDC", "BD", 20260115))
	require.False(t, tables(t).InGroup("LDBDC", "CN", 20260115))
}

// TestExemptionByProgram is the list of ACE CATAIR AE note m and 19 CFR 24.23(c):
// which claims exempt whatever the origin, on the first and last day of each.
func TestExemptionByProgram(t *testing.T) {
	const exempting = " AU B# BH C# CA CL CO IL K# KR L# MX N OM P P+ PA PE S S+ SG "
	for _, spi := range tables(t).SPIs() {
		for _, day := range []reference.Date{spi.From, spi.To} {
			require.Equal(t, strings.Contains(exempting, " "+spi.Code+" "), tables(t).Exemption(spi.Code, "", day) != nil, "%s on %s", spi.Code, day)
		}
	}
}

// TestChapter98Bases is 19 USC 58c(b)(8)(D) and ACE CATAIR AE note m.
func TestChapter98Bases(t *testing.T) {
	for hts, want := range map[string][2]reference.Base98{
		"9801001000": {reference.BaseNone, reference.BaseNone},
		"9802005000": {reference.BaseProcessing, reference.BaseNone},
		"9802006000": {reference.BaseProcessing, reference.BaseProcessing},
		"9802008068": {reference.BaseLessComponents, reference.BaseLessComponents},
		"9813000520": {reference.BaseFull, reference.BaseNone},
	} {
		row, err := tables(t).Chapter98(hts, 20260115)
		require.NoError(t, err)
		require.Equal(t, want, [2]reference.Base98{row.Duty, row.Fee}, hts)
		require.Equal(t, want[1] == reference.BaseNone, row.Exempt())
	}
	_, err := tables(t).Chapter98("9802006000", 19851231)
	require.EqualError(t, err, "table chapter98 has no row for 9802006000 on 1985-12-31")
	_, err = tables(t).Chapter98("8708290010", 20260115)
	require.Error(t, err)
}

// TestCodeTableFaults: codes that no other table knows, and codes of wrong form.
func TestCodeTableFaults(t *testing.T) {
	const dated = ",2000-01-01,9999-12-31,x,no"
	for _, c := range []struct{ name, file, row, want string }{
		{"country of three letters", "countries.csv", "CHN,China" + dated, `column country: "CHN" is not an ISO 3166 alpha-2 code`},
		{"lower-case country", "countries.csv", "cn,China" + dated, `"cn" is not an ISO 3166`},
		{"country twice", "countries.csv", "CN,China" + dated, "overlaps row"},
		{"group of an unknown country", "origins.csv", "LDBDC,QQ" + dated, `"QQ" is not a country of countries.csv`},
		{"exemption for an unknown group", "mpf_exemptions.csv", ",Mars" + dated, `column origin: "Mars" is not a group of origins.csv`},
		{"exemption for an unknown program", "mpf_exemptions.csv", "QQ," + dated, `column spi: "QQ" is not an indicator of spi.csv`},
		{"exemption for everything", "mpf_exemptions.csv", "," + dated, "an indicator, an origin or both must be given"},
		{"port of three digits", "ports.csv", "270,x,yes,yes" + dated, `column port: "270" is not 4 digits`},
		{"port of an unknown district", "ports.csv", "9999,x,yes,yes" + dated, "district 99 of port 9999 is not in districts.csv"},
		{"district of letters", "districts.csv", "4A,x,yes,yes" + dated, `column district: "4A" is not 2 digits`},
		{"chapter 98 row of another chapter", "chapter98.csv", "9701,full,full" + dated, "is not the beginning of a number of chapter 98"},
		{"unknown base", "chapter98.csv", "9805,half,full" + dated, "column duty_base"},
		{"condition of four characters", "conditions.csv", "1234,x," + dated, `"1234" is not three characters`},
		{"remedy of an unknown country", "chapter99.csv", "9903999999,additional,full,,QQ,,,," + dated, `column countries: "QQ" is not a country`},
		{"remedy for a number of letters", "chapter99.csv", "9903999999,additional,full,,,,73A,," + dated, `column numbers: "73A" is not 2 to 10 digits`},
		{"cap without its rate", "chapter99.csv", "9903999999,cap,full,,,,,," + dated, "column cap: a rate stands here for kind cap"},
		{"additional remedy with a cap", "chapter99.csv", "9903999999,additional,full,0.15,,,,," + dated, "column cap: a rate stands here for kind cap"},
		{"cap on the duty", "chapter99.csv", "9903999999,cap,duty,0.15,,,,," + dated, "column base: a cap is a fraction of a value"},
		{"exclusion of nothing", "chapter99.csv", "9903999999,exclusion,full,,,,,," + dated, "column excludes: numbers stand here"},
		{"unknown base of a remedy", "chapter99.csv", "9903999999,additional,half,,,,,," + dated, "column base"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := reference.Load(overlay(t, c.file, appended(c.row)))
			require.ErrorContains(t, err, c.file+" row")
			require.ErrorContains(t, err, c.want)
		})
	}
}

// TestRemedyScope: countries, numbers and their exceptions; the steel derivative
// example of CSMS 64348411 is on content and not for chapter 73.
func TestRemedyScope(t *testing.T) {
	row, err := tables(t).Tariff("9903819100", reference.General, 20250312)
	require.NoError(t, err)
	require.Equal(t, "0.25", row.Rate2.String())
	require.Equal(t, reference.ContentValue, row.RemedyRow.Base)
	require.True(t, row.RemedyRow.For("CN", "8708290010"))
	require.False(t, row.RemedyRow.For("CN", "7308900000"))
	_, err = tables(t).Tariff("9903819100", reference.General, 20250311)
	require.EqualError(t, err, "table hts has no row for 9903819100 column general on 2025-03-11, only from 2025-03-12 to 9999-12-31")
	r := reference.RemedyRow{Countries: []string{"CN", "HK"}, ExceptCountries: []string{"HK"}, Numbers: []string{"8708", "72"}, ExceptNumbers: []string{"870829"}, Excludes: []string{"990388"}}
	require.True(t, r.For("CN", "7210110000"))
	require.False(t, r.For("HK", "7210110000"))
	require.False(t, r.For("US", "7210110000"))
	require.False(t, r.For("CN", "8708290010"))
	require.False(t, r.For("CN", "0101210010"))
	require.True(t, r.ExcludesNumber("9903880100"))
	require.False(t, r.ExcludesNumber("9903010100"))
}

// TestExclusionOwesNothing: exclusion and quota numbers have duty code 0.
func TestExclusionOwesNothing(t *testing.T) {
	const kinds = "9903889999,exclusion,full,,,,,,990388,2000-01-01,9999-12-31,x,no\n9903889998,quota,full,,,,,,,2000-01-01,9999-12-31,x,no"
	numbers, err := fs.ReadFile(overlay(t, "chapter99.csv", appended(kinds)), "chapter99.csv")
	require.NoError(t, err)
	for hts, want := range map[string]reference.Remedy{"9903889999": reference.Exclusion, "9903889998": reference.Quota} {
		free := overlay(t, "hts.csv", appended(hts+",2000-01-01,9999-12-31,general,0,,,,,,,x,no")).(fstest.MapFS)
		free["chapter99.csv"] = &fstest.MapFile{Data: numbers}
		own, err := reference.Load(free)
		require.NoError(t, err)
		row, err := own.Tariff(hts, reference.General, 20260115)
		require.NoError(t, err)
		require.Equal(t, want, row.Remedy)

		dutiable := overlay(t, "hts.csv", appended(hts+",2000-01-01,9999-12-31,general,7,,0.1,,,,,x,no")).(fstest.MapFS)
		dutiable["chapter99.csv"] = &fstest.MapFile{Data: numbers}
		_, err = reference.Load(dutiable)
		require.ErrorContains(t, err, "says that the number owes nothing itself")
	}
}

func TestConditionText(t *testing.T) {
	require.NotEmpty(t, tables(t).Condition("624").Text)
	require.Nil(t, tables(t).Condition("***"))
}
