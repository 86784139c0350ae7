package reference

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Load reads and checks all tables of a folder. All faults are reported in one
// error, each naming its file and row; those of the code tables first, alone.
func Load(fsys fs.FS) (*Tables, error) {
	l := loader{fsys: fsys, tables: &Tables{}}
	l.codes()
	if len(l.errs) > 0 { // what refers to a code would only report it again
		return nil, l.report()
	}
	l.places()
	l.conditions()
	l.fees()
	l.interest()
	l.exemptions()
	l.chapter98()
	l.tariffs()
	l.articleCharges()
	l.calendar()
	if len(l.errs) > 0 {
		return nil, l.report()
	}
	return l.tables, nil
}

// loader fills the tables one after the other; later tables may look into
// earlier ones.
type loader struct {
	fsys   fs.FS
	tables *Tables
	errs   []error
}

// report gives all faults as one error.
func (l *loader) report() error {
	return fmt.Errorf("loading reference tables: %w", errors.Join(l.errs...))
}

// keep adds faults to the report.
func (l *loader) keep(errs []error) { l.errs = append(l.errs, errs...) }

// load reads a table, groups it into series and reports its faults.
func load[K comparable, R any, P row[R]](l *loader, table string, parse func(*cells) R, key func(P) K, name func(P) string) ([]R, series[K, R, P]) {
	rows, errs := readTable(l.fsys, table, parse)
	l.keep(errs)
	s, errs := newSeries[K, R, P](table, rows, key, name)
	l.keep(errs)
	return rows, s
}

// codes loads the code tables that other tables and the assessment refer to.
func (l *loader) codes() {
	t := l.tables
	_, t.classes = load(l, "class_codes", parseClassCode,
		func(r *ClassCode) Class { return r.Class }, func(r *ClassCode) string { return "class " + string(r.Class) })
	t.spiRows, t.spis = load(l, "spi", parseSPI,
		func(r *SPI) string { return r.Code }, func(r *SPI) string { return "indicator " + r.Code })
	_, t.types = load(l, "entry_types", parseEntryType,
		func(r *EntryType) string { return r.Code }, func(r *EntryType) string { return "type " + r.Code })
	_, t.modes = load(l, "transport_modes", parseMode,
		func(r *Mode) string { return r.Code }, func(r *Mode) string { return "mode " + r.Code })
	_, t.columnTwo = load(l, "countries_column2", parseColumnTwo,
		func(r *ColumnTwoCountry) string { return r.Country }, func(r *ColumnTwoCountry) string { return "country " + r.Country })
	_, t.countries = load(l, "countries", parseCountry,
		func(r *Country) string { return r.Code }, func(r *Country) string { return "country " + r.Code })
	_, t.factors = load(l, "check_digit_factors", parseFactor,
		func(r *CheckDigitFactor) string { return r.Filer }, func(r *CheckDigitFactor) string { return "filer " + r.Filer })
}

func parseClassCode(c *cells) ClassCode {
	class := c.required("class")
	if len(class) != 3 || strings.Trim(class, "0123456789") != "" {
		c.fail("class", fmt.Errorf("%q is not three digits", class))
	}
	kind := c.oneOf("kind", string(KindDuty), string(KindAntidumping), string(KindCountervailing), string(KindTax),
		string(KindFee), string(KindInterest), string(KindOther), string(KindDrawback))
	return ClassCode{Class: Class(class), Kind: Kind(kind), Name: c.required("name"), Validity: c.validity()}
}

func parseSPI(c *cells) SPI {
	code := c.required("spi")
	if len(code) > 2 {
		c.fail("spi", fmt.Errorf("%q has more than two characters", code))
	}
	return SPI{Code: code, Name: c.required("name"), Validity: c.validity()}
}

func parseEntryType(c *cells) EntryType {
	code := c.required("type")
	if len(code) != 2 {
		c.fail("type", fmt.Errorf("%q is not two characters", code))
	}
	return EntryType{
		Code:       code,
		Name:       c.required("name"),
		Electronic: c.flag("electronic"),
		Processing: Class(c.oneOf("processing_fee", "", string(ClassMPF), string(ClassInformalFee))),
		Harbor:     c.flag("harbor_fee"),
		Deposits:   Deposits(c.oneOf("deposits", string(DepositsRequired), string(DepositsAllowed), string(DepositsNone))),
		Payable:    Payable(c.oneOf("payable", string(PayableAll), string(PayableHMF), string(PayableNone))),
		Quota:      c.flag("quota"),
		Zone:       c.flag("zone"),
		Validity:   c.validity(),
	}
}

func parseMode(c *cells) Mode {
	code := c.required("mode")
	if len(code) != 2 {
		c.fail("mode", fmt.Errorf("%q is not two characters", code))
	}
	return Mode{Code: code, Name: c.required("name"), Harbor: c.flag("harbor_fee"),
		Limits: c.flag("mpf_limits"), Informal: c.flag("informal_fee"), Validity: c.validity()}
}

func parseFactor(c *cells) CheckDigitFactor {
	filer := c.required("filer")
	if len(filer) != 3 {
		c.fail("filer", fmt.Errorf("%q is not three characters", filer))
	}
	return CheckDigitFactor{Filer: filer, Factor: c.number("factor", 1, 9), Validity: c.validity()}
}
