package assess

import (
	"tidewaiter/collections/entry"
)

// exemptsLicense says whether a license (52 record) exempts a line from all
// agricultural fees. Type 22 is the organic product exemption certificate (CSMS
// 17-000292). Type 23 the guide names beside it, and no source says that it is for
// one fee only.
func exemptsLicense(code string) bool { return code == "22" || code == "23" }

// exemptPlace says whether a class is not owed where the entry is made: no
// agricultural fee in Puerto Rico and the Virgin Islands of the United States
// (districts 49 and 51) or on temporary importations (conditions 652 and 679), and
// 672 in Puerto Rico only (condition 665).
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
	case r.s.Type == temporaryImport:
		e = Exclusion{Class: classOf[s], Reason: TypeOwesNone, Of: r.s.Type}
	default:
		return false, nil
	}
	r.exclude(line, e)
	return true, nil
}

// temporaryImport is the entry type of a temporary importation under bond.
const temporaryImport = "23"

// exemptGoods says whether the line claims an exemption from an agricultural fee:
// 1 at position 58 of the 40 record is a cotton fee exemption certificate; 2, and a
// license of the 52 record, exempt organic goods from all of them.
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
	default:
		return false
	}
	return true
}
