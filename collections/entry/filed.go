package entry

import (
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Filed are the filer's own figures for the whole summary: the 34, 88, 89 and 90
// records of an AE message. The assessment never uses them; it compares its own
// with them.
type Filed struct {
	// Given says that the filer filed figures at all. Without it no figure of
	// the summary, its lines, tariffs and cases is looked at.
	Given      bool
	HeaderFees []reference.ClassAmount // 34 record: charged once per summary
	Totals     []reference.ClassAmount // 89 records: by class code
	// HasDeposits and HasGrand say whether there is an 88 and a 90 record.
	HasDeposits, HasGrand bool
	Deposits              FiledDeposits
	Grand                 FiledGrand
}

// FiledDeposits are the totals of antidumping and countervailing duty (88
// record).
type FiledDeposits struct {
	BondedAD, CashAD, BondedCVD, CashCVD money.Cents
}

// FiledGrand are the grand totals (90 record).
type FiledGrand struct {
	Duty, Fees, Tax, AD, CVD, Other money.Cents
}

// LineFiled are the filer's own figures for a line: the 60, 61 and 62 records.
// The duty of each tariff number and case stands with it.
type LineFiled struct {
	Tax   reference.ClassAmount // no class when absent
	Other reference.ClassAmount // no class when absent
	Fees  []reference.ClassAmount
}
