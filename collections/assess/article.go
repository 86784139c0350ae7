package assess

import (
	"fmt"
	"slices"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// articleCharge is a row of article_charges.csv that applies to a tariff number
// of the line at hand.
type articleCharge struct {
	slot slot
	t    *entry.Tariff
	row  *reference.ArticleCharge
}

// articles finds what the goods of a line owe besides duty: internal revenue
// taxes (016 to 022), agricultural fees (053 to 125), coffee into Puerto Rico
// (672). They stay in the scratch memory, class codes ascending, until the next
// line. A row's rate is an attribute of the tariff number, and so has the date of
// its duty. Of an article set the components owe them, not the header (ACE
// CATAIR AE note k), but for 672, which a component may not have (ERR 762).
func (r *run) articles(line *entry.Line) error {
	r.scratch.articles = r.scratch.articles[:0]
	on := r.dutyDate(line)
	for i := range line.Tariffs {
		t := &line.Tariffs[i]
		for row := range r.tables.ArticleCharges(t.HTS, on) {
			if err := r.article(line, t, row); err != nil {
				return err
			}
		}
	}
	if len(r.scratch.articles) == 0 {
		return nil
	}
	slices.SortStableFunc(r.scratch.articles, func(a, b articleCharge) int { return int(a.slot - b.slot) })
	return r.checkArticles(line)
}

// article keeps a row unless the line is exempt from it. A reduced rate, which
// comes after the full one, takes its place when the line claims it: craft
// beverages until 31 December 2022; since then Customs assesses the full rate,
// and the claim is made with the Treasury (ACE CATAIR AE note kk).
func (r *run) article(line *entry.Line, t *entry.Tariff, row *reference.ArticleCharge) error {
	s, known := slotOf(row.Class)
	if !known {
		return r.refuse(line, ReasonRate, "hts", t.HTS, fmt.Errorf("article_charges.csv row %d has class %s, which no entry summary owes", row.Row, row.Class), "correct the class")
	}
	if elsewhereInSet(line, s) {
		return nil
	}
	list := r.scratch.articles
	if row.Claim == reference.ReducedRate {
		if line.ProductClaim != entry.CraftBeverage {
			return nil
		}
		if last := len(list) - 1; last >= 0 && list[last].slot == s && list[last].t == t {
			list[last].row = row
			return nil
		}
	}
	exempt, err := r.articleExempt(line, s, row)
	if err != nil || exempt {
		return err
	}
	r.scratch.articles = append(list, articleCharge{s, t, row})
	return nil
}

// elsewhereInSet says whether other lines of an article set owe the class, and not
// this one.
func elsewhereInSet(line *entry.Line, s slot) bool {
	switch line.Set {
	case entry.SetHeader:
		return s != slotCoffee
	case entry.SetComponent:
		return s == slotCoffee
	}
	return false
}

// articleExempt says whether a line does not owe a class that its goods do.
func (r *run) articleExempt(line *entry.Line, s slot, row *reference.ArticleCharge) (bool, error) {
	if _, filed := r.filedClass(line, row.Class); !row.Must && !filed {
		r.exclude(line, Exclusion{Class: row.Class, Reason: MayOweNotFiled, Table: "article_charges", Row: &row.Validity})
		return true, nil
	}
	if s.agricultural() || s == slotCoffee {
		exempt, err := r.exemptPlace(line, s)
		if err != nil || exempt {
			return exempt, err
		}
	}
	if s.agricultural() && r.exemptGoods(line, s) {
		return true, nil
	}
	return false, nil
}

// filedClass gives what the filer reports of the class on the line, and whether
// he does. That he does decides
// about what the goods of a tariff number may owe but need not: Hass avocados
// do, other avocados under the same number do not.
func (r *run) filedClass(line *entry.Line, class reference.Class) (money.Cents, bool) {
	if !r.s.Filed.Given {
		return 0, false
	}
	if line.Filed.Tax.Class == class {
		return line.Filed.Tax.Amount, true
	}
	if line.Filed.Other.Class == class {
		return line.Filed.Other.Amount, true
	}
	for i := range line.Filed.Fees {
		if line.Filed.Fees[i].Class == class {
			return line.Filed.Fees[i].Amount, true
		}
	}
	return 0, false
}

// checkArticles checks that the line can report what it owes.
func (r *run) checkArticles(line *entry.Line) error {
	if r.s.Express {
		return r.refuse(line, ReasonStructure, "express", "Y",
			fmt.Errorf("the goods owe class %s, but a consolidated express summary carries duty only (ACE CATAIR AE note jj)", r.scratch.articles[0].row.Class), "file them on a summary of their own")
	}
	tax := slot(-1)
	for i := range r.scratch.articles {
		s := r.scratch.articles[i].slot
		if s.kind() != reference.KindTax {
			continue
		}
		if tax >= 0 && s != tax {
			return r.refuse(line, ReasonStructure, "tariffs", "",
				fmt.Errorf("the goods owe taxes of classes %s and %s, but a line has one 60 record", classOf[tax], classOf[s]), "report them on two lines")
		}
		tax = s
	}
	return nil
}

// chargeArticles charges the classes from first to last, one charge a class.
func (r *run) chargeArticles(line *entry.Line, first, last slot) error {
	list := r.scratch.articles
	for len(list) > 0 && list[0].slot < first {
		list = list[1:]
	}
	for len(list) > 0 && list[0].slot <= last {
		n := 1
		for n < len(list) && list[n].slot == list[0].slot {
			n++
		}
		if err := r.chargeArticle(line, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// chargeArticle charges one class: what each tariff number owes, added up and
// rounded once, since a line reports one amount of a class (60, 61 and 62
// records; ACE CATAIR AE usage note hh).
func (r *run) chargeArticle(line *entry.Line, list []articleCharge) error {
	s, firstStep, firstTerm := list[0].slot, len(r.scratch.steps), len(r.scratch.terms)
	var base int64
	for i := range list {
		if _, filed := r.filedClass(line, list[i].row.Class); list[i].row.DutyCode == 'X' && filed && len(list) > 1 {
			return r.refuse(line, ReasonStructure, "hts", list[i].t.HTS,
				fmt.Errorf("two numbers of the line owe class %s, and one of them has no formula: the amount filed cannot be told apart", list[i].row.Class), "report them on two lines")
		}
		base += list[i].t.Value
	}
	amount, err := r.articleAmount(line, list, firstTerm)
	if err != nil {
		return err
	}
	return r.charge(line, s, amount, base, r.dutyDate(line), r.disposition(s), firstStep)
}

// articleAmount computes what the numbers of the line owe of a class.
func (r *run) articleAmount(line *entry.Line, list []articleCharge, firstTerm int) (money.Cents, error) {
	for i := range list {
		if list[i].row.DutyCode == 'X' {
			return r.acceptArticle(line, &list[i])
		}
	}
	mode := r.method.ArticleFee
	if list[0].slot.kind() == reference.KindTax {
		mode = r.method.Tax
	}
	var sum money.Product
	step := Step{Formula: "sum of the tariff numbers", Table: "article_charges", Rounding: Rounding{Mode: mode, Place: PerLine}}
	for i := range list {
		exact, text, err := r.articleProduct(line, &list[i])
		if err != nil {
			return 0, err
		}
		if sum, err = sum.Add(exact); err != nil {
			return 0, r.overflow(line, "value", err)
		}
		if len(list) == 1 {
			step.Of, step.Formula, step.Row = list[0].t.HTS, text, &list[0].row.Validity
		}
	}
	amount, err := r.round(line, sum, narrowCut, mode)
	if err != nil {
		return 0, err
	}
	if r.explain {
		step.Result = amount
		r.scratch.step(step, firstTerm)
	}
	return amount, nil
}

// articleProduct gives the exact amount that one tariff number owes, with the
// decimals of narrowCut and the cent, and its formula.
func (r *run) articleProduct(line *entry.Line, a *articleCharge) (money.Product, string, error) {
	row := a.row
	n := priced{line: line, t: a.t, code: row.DutyCode, rates: [...]money.Rate{0, row.Rate1, row.Rate2, row.Rate3},
		units: &row.Units, row: &row.Validity, table: "article_charges", value: a.t.Value * one}
	f := &formulas[row.DutyCode]
	firstTerm := len(r.scratch.terms)
	exact, err := r.product(&n, f)
	if err != nil {
		return exact, "", err
	}
	text := f.text
	if row.Maximum != 0 {
		quantity, err := r.input(&n, f, inQ1)
		if err != nil {
			return exact, "", err
		}
		// So much for each unit at most, such as 402.60 dollars a thousand large
		// cigars (26 USC 5701(a)(2)).
		if most := money.Multiply(int64(row.Maximum), quantity); most.Less(exact) {
			exact, text = most, "maximum*Q1, less than "+f.text
			if r.explain {
				r.scratch.terms = append(r.scratch.terms[:firstTerm],
					Term{RateName: "maximum", Rate: row.Maximum, QuantityName: "Q1", Quantity: quantity, Places: inputPlaces})
			}
		}
	}
	return exact, text, nil
}

// requiredCondition gives the condition of a class that goods owe and a line does
// not file.
func requiredCondition(s slot) string {
	switch s.kind() {
	case reference.KindTax:
		return "656"
	case reference.KindOther:
		return "666"
	}
	return "657"
}

// acceptArticle takes the filer's figure for what no formula can check (condition
// 668 for 672).
func (r *run) acceptArticle(line *entry.Line, a *articleCharge) (money.Cents, error) {
	amount, filed := r.filedClass(line, a.row.Class)
	if !filed {
		return 0, under(requiredCondition(a.slot), r.refuse(line, ReasonRate, "hts", a.t.HTS,
			fmt.Errorf("class %s has no formula in article_charges.csv row %d, and the line files no amount of it", a.row.Class, a.row.Row), "file the amount"))
	}
	if amount < 0 || amount > maxCharge {
		return 0, r.refuse(line, ReasonStructure, "filed", amount.String(), fmt.Errorf("an amount of class %s is neither negative nor above %s", a.row.Class, maxCharge), "correct the amount")
	}
	if r.explain {
		r.scratch.step(Step{Operation: Accepted, Of: a.t.HTS, Formula: "amount filed", Amount: amount,
			Table: "article_charges", Row: &a.row.Validity, Result: amount}, len(r.scratch.terms))
	}
	return amount, nil
}
