package assess

import (
	"fmt"

	"tidewaiter/collections/entry"
)

// checkUnits refuses a quantity of a tariff number that is filed in another unit
// than its row of hts.csv names in that position, whether or not a formula uses it:
// litres are never taken for kilograms. A row without a unit demands none, and a
// position without amount and unit reports nothing.
func (r *run) checkUnits(n *priced) error {
	for at := range n.t.Quantities {
		if q := &n.t.Quantities[at]; q.Amount == 0 && (q.Unit == "" || q.Unit == entry.NoUnit) {
			continue
		}
		if err := r.checkUnit(n, at); err != nil {
			return err
		}
	}
	return nil
}

// checkUnit compares the unit of quantity at, from 0, with the row's. The condition
// is the same for all three quantities (ERR 442, UOM Mismatch); a quantity without
// its unit has that of the missing one (ERR 439, 443, 444).
func (r *run) checkUnit(n *priced, at int) error {
	filed, want := n.t.Quantities[at].Unit, n.units[at]
	if filed == want || want == "" || want == entry.NoUnit {
		return nil
	}
	field := inputNames[inQ1+input(at)]
	if filed == "" {
		return r.refuse(n.line, ReasonQuantity, field, "",
			fmt.Errorf("the quantity of %s has no unit; %s.csv row %d has %s", n.t.HTS, n.table, n.row.Row, want), "file the unit with the quantity")
	}
	return under("442", r.refuse(n.line, ReasonQuantity, field, filed,
		fmt.Errorf("the unit of %s is %s in %s.csv row %d", n.t.HTS, want, n.table, n.row.Row), "file the quantity in that unit"))
}
