package reference

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed tables/*.csv
var embedded embed.FS

// Tables is the loaded and checked set of reference tables. It is immutable.
type Tables struct {
	fees      series[Class, Fee, *Fee]
	interest  series[struct{}, Interest, *Interest]
	tariffs   series[tariffKey, Tariff, *Tariff]
	spis      series[string, SPI, *SPI]
	types     series[string, EntryType, *EntryType]
	modes     series[string, Mode, *Mode]
	columnTwo series[string, ColumnTwoCountry, *ColumnTwoCountry]
	countries series[string, Country, *Country]
	origins   map[string][]Origin // by country
	districts series[string, District, *District]
	ports     series[string, Port, *Port]
	classes   series[Class, ClassCode, *ClassCode]
	factors   series[string, CheckDigitFactor, *CheckDigitFactor]
	remedies  series[string, RemedyRow, *RemedyRow]
	exempt    series[exemptionKey, Exemption, *Exemption]
	special   []series98 // the longest prefix first
	articles  articleIndex
	answers   map[string]*Condition
	calendar  calendar
	// The rows in file order, for those who write the tables out.
	feeRows    []Fee
	tariffRows []Tariff
	spiRows    []SPI
	remedyRows []RemedyRow
}

// Default gives the embedded tables, loaded and checked once.
func Default() (*Tables, error) { return loadDefault() }

var loadDefault = sync.OnceValues(func() (*Tables, error) { return Load(Files()) })

// Files gives the folder of the embedded tables, to be copied, or overlaid with
// tables of one's own before Load.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "tables")
	if err != nil { // "tables" is a valid path
		panic(err)
	}
	return sub
}

// Fee gives the fee row of a class on a day.
func (t *Tables) Fee(class Class, on Date) (*Fee, error) {
	row := t.fees.find(class, on)
	if row == nil {
		return nil, t.fees.missing("fees", "class "+string(class), class, on)
	}
	if !row.Known {
		return nil, &MissingError{Table: "fees", Key: "class " + string(class), Date: on,
			Reason: "the figures of this period are not known (" + row.Citation + ")"}
	}
	return row, nil
}

// Interest gives the quarterly interest rates of a day (19 USC 1505, 26 USC 6621).
func (t *Tables) Interest(on Date) (*Interest, error) {
	if row := t.interest.find(struct{}{}, on); row != nil {
		return row, nil
	}
	return nil, t.interest.missing("interest", "rates", struct{}{}, on)
}

// Tariff gives the row of a ten-digit tariff number and column on a day.
func (t *Tables) Tariff(hts string, column Column, on Date) (*Tariff, error) {
	if row := t.tariffs.find(keyOf(hts, column), on); row != nil {
		return row, nil
	}
	return nil, t.tariffs.missing("hts", hts+" column "+string(column), keyOf(hts, column), on)
}

// SPI gives the row of a special program indicator on a day.
func (t *Tables) SPI(code string, on Date) (*SPI, error) {
	if row := t.spis.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.spis.missing("spi", "indicator "+code, code, on)
}

// EntryType gives the attributes of an entry type on a day.
func (t *Tables) EntryType(code string, on Date) (*EntryType, error) {
	if row := t.types.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.types.missing("entry_types", "type "+code, code, on)
}

// Mode gives the attributes of a mode of transport on a day.
func (t *Tables) Mode(code string, on Date) (*Mode, error) {
	if row := t.modes.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.modes.missing("transport_modes", "mode "+code, code, on)
}

// Class gives a class code's kind and name on a day.
func (t *Tables) Class(class Class, on Date) (*ClassCode, error) {
	if row := t.classes.find(class, on); row != nil {
		return row, nil
	}
	return nil, t.classes.missing("class_codes", "class "+string(class), class, on)
}

// HasClass says whether a class code is known on a day.
func (t *Tables) HasClass(class Class, on Date) bool { return t.classes.find(class, on) != nil }

// CheckDigitFactor gives what a filer adds to its check digits on a day: 0 for
// the filers that have no row, which is nearly all.
func (t *Tables) CheckDigitFactor(filer string, on Date) int {
	if row := t.factors.find(filer, on); row != nil {
		return row.Factor
	}
	return 0
}

// Fees gives every fee row in file order. Rows with Known false carry no figures.
func (t *Tables) Fees() []Fee { return t.feeRows }

// Tariffs gives every tariff row in file order, remedies filled in.
func (t *Tables) Tariffs() []Tariff { return t.tariffRows }

// SPIs gives every special program row in file order.
func (t *Tables) SPIs() []SPI { return t.spiRows }

// Remedies gives every chapter 99 row in file order.
func (t *Tables) Remedies() []RemedyRow { return t.remedyRows }
