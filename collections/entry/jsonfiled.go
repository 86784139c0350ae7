package entry

import (
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// The JSON form of the filer's own figures. Amounts are strings; what the filer
// did not report is left out.
type (
	filedJSON struct {
		Fees     []amountJSON  `json:"fees,omitempty"`
		Totals   []amountJSON  `json:"totals,omitempty"`
		Deposits *depositsJSON `json:"deposits,omitempty"`
		Grand    *grandJSON    `json:"grand,omitempty"`
	}
	lineFiled struct {
		Tax   *amountJSON  `json:"ir_tax,omitempty"`
		Other *amountJSON  `json:"other,omitempty"`
		Fees  []amountJSON `json:"fees,omitempty"`
	}
	amountJSON struct {
		Class  string `json:"class"`
		Amount string `json:"amount"`
	}
	depositsJSON struct {
		BondedAD  string `json:"bonded_ad,omitempty"`
		CashAD    string `json:"cash_ad,omitempty"`
		BondedCVD string `json:"bonded_cvd,omitempty"`
		CashCVD   string `json:"cash_cvd,omitempty"`
	}
	grandJSON struct {
		Duty  string `json:"duty,omitempty"`
		Fees  string `json:"fees,omitempty"`
		Tax   string `json:"ir_tax,omitempty"`
		AD    string `json:"ad,omitempty"`
		CVD   string `json:"cvd,omitempty"`
		Other string `json:"other,omitempty"`
	}
)

// cents is an amount a filer reports; empty is 0.
func (f *fields) cents(name, s string) money.Cents {
	return money.Cents(f.decimal(name, s, 2, MaxFiled))
}

// withFiled refuses a filer's figure below a summary that has no "filed": it
// would not be looked at.
func (f *fields) withFiled(name string) {
	if !f.filed {
		f.fail(name, errors.New(`the summary has no "filed", so no figure of the filer's is looked at; give it, {} when it has no totals`))
	}
}

// filedDuty is the filer's duty of a tariff number or case; empty is 0.
func (f *fields) filedDuty(s string) money.Cents {
	if s != "" {
		f.withFiled("filed_duty")
	}
	return f.cents("filed_duty", s)
}

// amount is an amount of a class code.
func (f *fields) amount(name string, j amountJSON) reference.ClassAmount {
	if len(j.Class) != 3 || strings.Trim(j.Class, "0123456789") != "" {
		f.fail(name+".class", fmt.Errorf("%q is not three digits", shortened(j.Class)))
	}
	return reference.ClassAmount{Class: reference.Class(j.Class), Amount: f.cents(name+".amount", j.Amount)}
}

// amounts are at most the given number of amounts.
func (f *fields) amounts(name string, dst []reference.ClassAmount, from []amountJSON, most int) []reference.ClassAmount {
	if len(from) > most {
		f.fail(name, fmt.Errorf("%d amounts; at most %d are possible", len(from), most))
		return dst
	}
	for i, j := range from {
		dst = append(dst, f.amount(fmt.Sprintf("%s[%d]", name, i), j))
	}
	return dst
}

// filed fills the figures of the header; nil are none.
func (j *filedJSON) filed(f *fields, to *Filed) {
	if j == nil {
		return
	}
	to.Given = true
	to.HeaderFees = f.amounts("filed.fees", to.HeaderFees, j.Fees, MaxHeaderFees)
	to.Totals = f.amounts("filed.totals", to.Totals, j.Totals, MaxTotals)
	if d := j.Deposits; d != nil {
		to.HasDeposits = true
		to.Deposits = FiledDeposits{
			BondedAD: f.cents("filed.deposits.bonded_ad", d.BondedAD), CashAD: f.cents("filed.deposits.cash_ad", d.CashAD),
			BondedCVD: f.cents("filed.deposits.bonded_cvd", d.BondedCVD), CashCVD: f.cents("filed.deposits.cash_cvd", d.CashCVD),
		}
	}
	if g := j.Grand; g != nil {
		to.HasGrand = true
		to.Grand = FiledGrand{
			Duty: f.cents("filed.grand.duty", g.Duty), Fees: f.cents("filed.grand.fees", g.Fees), Tax: f.cents("filed.grand.ir_tax", g.Tax),
			AD: f.cents("filed.grand.ad", g.AD), CVD: f.cents("filed.grand.cvd", g.CVD), Other: f.cents("filed.grand.other", g.Other),
		}
	}
}

// filed fills the figures of a line; nil are none.
func (j *lineFiled) filed(f *fields, to *LineFiled) {
	if j == nil {
		return
	}
	f.withFiled("filed")
	if j.Tax != nil {
		to.Tax = f.amount("filed.ir_tax", *j.Tax)
	}
	if j.Other != nil {
		to.Other = f.amount("filed.other", *j.Other)
	}
	to.Fees = f.amounts("filed.fees", to.Fees, j.Fees, MaxFees)
}

// filedOf gives the JSON form of the header's figures.
func filedOf(filed *Filed) *filedJSON {
	if !filed.Given {
		return nil
	}
	j := &filedJSON{Fees: amountsOf(filed.HeaderFees), Totals: amountsOf(filed.Totals)}
	if d := &filed.Deposits; filed.HasDeposits {
		j.Deposits = &depositsJSON{d.BondedAD.String(), d.CashAD.String(), d.BondedCVD.String(), d.CashCVD.String()}
	}
	if g := &filed.Grand; filed.HasGrand {
		j.Grand = &grandJSON{g.Duty.String(), g.Fees.String(), g.Tax.String(), g.AD.String(), g.CVD.String(), g.Other.String()}
	}
	return j
}

// lineFiledOf gives the JSON form of a line's figures, nil when there are none.
func lineFiledOf(filed *LineFiled) *lineFiled {
	j := &lineFiled{Fees: amountsOf(filed.Fees)}
	if filed.Tax.Class != "" {
		j.Tax = &amountJSON{string(filed.Tax.Class), filed.Tax.Amount.String()}
	}
	if filed.Other.Class != "" {
		j.Other = &amountJSON{string(filed.Other.Class), filed.Other.Amount.String()}
	}
	if j.Tax == nil && j.Other == nil && j.Fees == nil {
		return nil
	}
	return j
}

func amountsOf(from []reference.ClassAmount) []amountJSON {
	var to []amountJSON
	for _, a := range from {
		to = append(to, amountJSON{string(a.Class), a.Amount.String()})
	}
	return to
}
