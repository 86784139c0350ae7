package assess

import (
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// exemptsLicense says whether a license (52 record) exempts a line from all
// agricultural fees. Type 22 is the organic product exemption certificate (CSMS
// 17-000292). Type 23 the guide names beside it, and no source says that it is for
// one fee only.
func exemptsLicense(code string) bool { return code == "22" || code == "23" }

// exemptPlace says whether a class is not owed where the entry is made: no
// agricultural fee in Puerto Rico and the Virgin Islands of the United States
// (districts 49 and 51) or on an entry type that owes none (conditions 652 and
// 679), and 672 in Puerto Rico only (condition 665).
func (r *run) exemptPlace(line *entry.Line, s slot) (bool, error) {
	district, err := r.tables.District(r.port.District(), r.on)
	if err != nil {
		return false, r.refuse(nil, ReasonStructure, "port", r.s.Port, err, "correct the port")
	}
	e := Exclusion{Class: classOf[s], Of: r.s.Port, Table: "districts", Row: &district.Validity}
	switch {
	case s == slotCoffee && !district.Coffee:
		e.Reason = CoffeeElsewhere
	case s == slotCoffee:
		return false, nil
	case !district.Agricultural:
		e.Reason = DistrictExempt
	case r.exemptType(s):
		e = Exclusion{Class: classOf[s], Reason: TypeOwesNone, Of: r.s.Type}
	default:
		return false, nil
	}
	r.exclude(line, e)
	return true, nil
}

// temporaryImport is the entry type of a temporary importation under bond.
const temporaryImport = "23"

// exemptType says whether entries of the type owe no such fee: temporary
// importations owe none, informal entries no cotton fee (CSMS 17-000292).
func (r *run) exemptType(s slot) bool {
	return r.s.Type == temporaryImport || s == slotCotton && r.kind.Processing == reference.ClassInformalFee
}

// cottonFree are the beginnings of the chapter 98 numbers beside which cotton
// owes no fee (CSMS 17-000292).
var cottonFree = [...]string{
	"98010010", "98020040", "98020050", "98020080", "98020090", "9813",
	"98191103", "98191106", "98201106", "98201109", "98201112", "98201115", "98201118",
}

// besideCottonFree says whether a line has such a number.
func besideCottonFree(line *entry.Line) bool {
	for i := range line.Tariffs {
		for _, prefix := range cottonFree {
			if strings.HasPrefix(line.Tariffs[i].HTS, prefix) {
				return true
			}
		}
	}
	return false
}

// exemptGoods says whether the line is exempt from an agricultural fee. 1 at
// position 58 of the 40 record is a cotton fee exemption certificate; 2, and a
// license of the 52 record, exempt organic goods from all of them; some numbers of
// chapter 98 exempt cotton.
func (r *run) exemptGoods(line *entry.Line, s slot) bool {
	cotton, organic := line.FeeExemption == entry.CottonCertificate, line.FeeExemption == entry.Organic
	for i := range line.Licenses {
		organic = organic || exemptsLicense(line.Licenses[i].Type)
	}
	switch {
	case organic:
		r.exclude(line, Exclusion{Class: classOf[s], Reason: OrganicExempt})
	case cotton && s == slotCotton:
		r.exclude(line, Exclusion{Class: classOf[s], Reason: CottonExempt})
	case s == slotCotton && besideCottonFree(line):
		r.exclude(line, Exclusion{Class: classOf[s], Reason: CottonChapter98})
	default:
		return false
	}
	return true
}
