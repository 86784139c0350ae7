package assess_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// TestUnknownClaims: what no table knows is refused with the condition of the ACE
// Error Dictionary, and its neighbour that one knows is not.
func TestUnknownClaims(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	for _, c := range []struct {
		name  string
		alter func(*entry.Summary)
		code  string // "" when the entry is assessed
		field string
	}{
		{"nothing unknown", func(*entry.Summary) {}, "", ""},
		{"ERR 416 program unknown", func(s *entry.Summary) { s.Lines[1].SPI = "QQ" }, "416", "spi"},
		{"ERR 416 program in lower case", func(s *entry.Summary) { s.Lines[1].SPI = "s" }, "416", "spi"},
		{"ERR 605 program not yet in effect: USMCA, the day before 1 July 2020", onDay(20200630), "605", "spi"},
		{"program in effect: USMCA, 1 July 2020", onDay(20200701), "", ""},
		{"ERR 614 number without a column for the program", func(s *entry.Summary) { s.Lines[1].SPI = "AU"; s.Lines[1].Tariffs[0].HTS = "0802808050" }, "614", "hts"},
		{"ERR 433 number unknown", func(s *entry.Summary) { s.Lines[1].SPI = ""; s.Lines[1].Tariffs[0].HTS = "8471600099" }, "433", "hts"},
		{"ERR 433 number unknown, with a program", func(s *entry.Summary) { s.Lines[1].Tariffs[0].HTS = "8471600099" }, "433", "hts"},
		{"ERR 434 number not yet active, the day before 12 March 2025", func(s *entry.Summary) { onDay(20250311)(s); s.Lines[0].Tariffs[1].HTS = "9903819100" }, "434", "hts"},
		{"ERR 408 country unknown", func(s *entry.Summary) { s.Lines[1].Origin = "QQ" }, "408", "origin"},
		{"ERR 408 country in lower case", func(s *entry.Summary) { s.Lines[1].Origin = "mx" }, "408", "origin"},
		{"ERR 407 no country", func(s *entry.Summary) { s.Lines[1].Origin = "" }, "407", "origin"},
		{"ERR B04 port unknown", func(s *entry.Summary) { s.Port = "9999" }, "B04", "port"},
		{"ERR B18 type unknown", func(s *entry.Summary) { s.Type = "99" }, "B18", "type"},
		{"ERR 165 mode unknown", func(s *entry.Summary) { s.Mode = "99" }, "165", "mode"},
		{"a day before every table", onDay(19700115), "", "processing date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := exampleD11(t)
			c.alter(s)
			var a assess.Assessment
			err := assess.New(tables, assess.Regulation).Assess(&a, s)
			if c.field == "" {
				require.NoError(t, err)
				return
			}
			var refused *assess.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, c.code, refused.Condition(), err)
			require.Equal(t, c.field, refused.Field, err)
		})
	}
}

// exampleD11 is example D11 as it stands in testdata, for the tables of the product.
func exampleD11(t *testing.T) *entry.Summary {
	text, err := os.ReadFile("testdata/d11.jsonl")
	require.NoError(t, err)
	var s entry.Summary
	require.NoError(t, entry.Decode(text, &s))
	return &s
}

// onDay moves an entry to another day.
func onDay(d reference.Date) func(*entry.Summary) {
	return func(s *entry.Summary) {
		s.EntryDate, s.ImportDate, s.EstimatedDate, s.ReceivedDate, s.PrintDate = d, d, d, d, 0
		s.PaymentType = '1'
	}
}

// TestExportCountry: ERR 411 is raised once for each line whose country of export
// no table knows, and changes no amount.
func TestExportCountry(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	var a assess.Assessment
	for export, want := range map[string][]string{"": nil, "CN": nil, "QQ": {"411"}, "cn": {"411"}} {
		s := exampleD11(t)
		s.Filed = entry.Filed{Given: true}
		s.Lines[2].ExportCountry = export
		require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
		var got []string
		for _, c := range a.Conditions {
			if c.Code == "411" {
				require.Equal(t, 3, c.Line)
				require.Equal(t, export, c.Of)
				got = append(got, c.Code)
			}
		}
		require.Equal(t, want, got, export)
		require.Equal(t, "3320.69", a.Totals.Due.String())
	}
}

// TestZoneStatus: ERR 670 and 674 are raised for zone goods without a status, and
// for privileged ones without their filing date, whether or not figures are filed:
// the dates of the entry select their rates then (ACE CATAIR AE note j).
func TestZoneStatus(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	for _, c := range []struct {
		name, kind string
		status     byte
		filing     reference.Date
		want       []string
	}{
		{"privileged with its date", "06", entry.Privileged, 20260110, nil},
		{"ERR 674 privileged without its date", "06", entry.Privileged, 0, []string{"674"}},
		{"non-privileged has none", "06", entry.NonPrivileged, 0, nil},
		{"ERR 670 no status", "06", entry.None, 0, []string{"670"}},
		{"no zone entry", "01", entry.None, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := exampleD11(t)
			s.Type, s.Filed = c.kind, entry.Filed{}
			for i := range s.Lines {
				s.Lines[i].FTZStatus, s.Lines[i].PrivilegedDate = entry.NonPrivileged, 0
			}
			s.Lines[1].FTZStatus, s.Lines[1].PrivilegedDate = c.status, c.filing
			var a assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
			var got []string
			for _, condition := range a.Conditions {
				require.Equal(t, 2, condition.Line)
				got = append(got, condition.Code)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// TestAcceptedLines: ACE accepts 998 lines (ACE CATAIR AE, ESF-21); with one more
// A08 is raised, whatever the form of the entry, and the amounts are still right.
func TestAcceptedLines(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	for lines, want := range map[int]int{998: 0, 999: 1} {
		s := exampleD11(t)
		line := s.Lines[2]
		s.Lines = nil
		for i := range lines {
			line.Number = i + 1
			s.Lines = append(s.Lines, line)
		}
		var a assess.Assessment
		require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
		require.Len(t, a.Conditions, want)
		if want > 0 {
			require.Equal(t, "A08", a.Conditions[0].Code)
		}
	}
}
