package entry

import (
	"fmt"
	"math/bits"
	"strings"
)

// Standing is what Customs has on file that stands in the way of an entry
// summary: the state of the version it would replace or correct, and of the
// accounts behind its statement. It is in no record of a message: who keeps those
// files says it. The zero Standing says that nothing stands in the way.
type Standing uint16

// Values of Standing, to be combined with |.
const (
	// Of the summary that is on file under the same number.
	UnderControl    Standing = 1 << iota // Customs works on it (control status 2)
	Liquidated                           // it has been liquidated
	Unpaid                               // it is not fully paid, so that it cannot be corrected
	Reconciled                           // its reconciliation has been filed
	StatementLocked                      // the debit of the statement it is on has been authorized
	// Of port, filer and importer.
	NoStatements      // the filer has no statements at the processing port
	StatementProduced // the preliminary statement of filer and print date has been produced
	NoFilerAccount    // the filer has no account for monthly statements
	NoImporterAccount // the importer has no account for monthly statements
	Sanctioned        // the importer is on sanction
)

// standings name the values in the JSON form, the lowest first.
var standings = [...]string{"under_control", "liquidated", "unpaid", "reconciled", "statement_locked",
	"no_statements", "statement_produced", "no_filer_account", "no_importer_account", "sanctioned"}

// Has says whether all of some values are among those of s.
func (s Standing) Has(all Standing) bool { return s&all == all }

// names gives the values by name, the lowest first.
func (s Standing) names() []string {
	var names []string
	for s &= 1<<len(standings) - 1; s != 0; s &= s - 1 {
		names = append(names, standings[bits.TrailingZeros16(uint16(s))])
	}
	return names
}

// standing reads values by name.
func (f *fields) standing(names []string) Standing {
	var s Standing
next:
	for i, name := range names {
		for bit := range standings {
			if standings[bit] == name {
				s |= 1 << bit
				continue next
			}
		}
		f.fail(fmt.Sprintf("standing[%d]", i), fmt.Errorf("%q is not one of %s", shortened(name), strings.Join(standings[:], " ")))
	}
	return s
}
