package reference

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"tidewaiter/collections/money"
)

// ArticleCharge is a row of article_charges.csv: what the goods of a tariff
// number owe besides duty. These are the agricultural fees (053 to 125), the
// internal revenue taxes (016, 017, 018, 022) and 672, coffee into Puerto Rico.
type ArticleCharge struct {
	// HTS is the beginning of the numbers it is for, 4 to 10 digits.
	HTS   string
	Class Class
	// Claim is None, or ReducedRate for the rate of a product claim C.
	Claim byte
	// Must says that the goods owe it always; else they may owe it, and the filer
	// says whether they do.
	Must bool
	Formula
	// Maximum limits the charge, in dollars for each unit of Q1; zero means that
	// there is none.
	Maximum money.Rate
	Validity
}

// Claims of ArticleCharge.
const (
	NoClaim     byte = ' '
	ReducedRate byte = 'C' // CBMA, claimed with CBP until 2022-12-31 (ACE CATAIR AE note kk)
)

// articleKey is the key of a series of article charges.
type articleKey struct {
	hts   string
	class Class
	claim byte
}

// articleIndex holds the series of each heading, the first four digits of a
// tariff number. Nearly every number has none, and is answered by one look into
// an array.
type articleIndex struct {
	of    [10_000]uint16 // by heading: where its list stands, 0 for none
	lists [][]articleSeries
}

// list gives the series of a heading.
func (x *articleIndex) list(heading int) []articleSeries {
	if at := x.of[heading]; at != 0 {
		return x.lists[at-1]
	}
	return nil
}

// add adds a series to its heading.
func (x *articleIndex) add(heading int, s articleSeries) {
	if x.of[heading] == 0 {
		x.lists = append(x.lists, nil)
		x.of[heading] = uint16(len(x.lists))
	}
	at := x.of[heading] - 1
	x.lists[at] = append(x.lists[at], s)
}

// articleSeries are the rows of a key, in date order.
type articleSeries struct {
	articleKey
	rows []ArticleCharge
}

// articleCharges loads article_charges.csv and arranges it by heading: in each
// by class and claim, the longest number first.
func (l *loader) articleCharges() {
	name := func(r *ArticleCharge) string { return r.HTS + " class " + string(r.Class) }
	rows, byKey := load(l, "article_charges", parseArticleCharge,
		func(r *ArticleCharge) articleKey { return articleKey{r.HTS, r.Class, r.Claim} }, name)
	for i := range rows {
		if _, err := l.tables.Class(rows[i].Class, rows[i].From); err != nil {
			l.errs = append(l.errs, fmt.Errorf("article_charges.csv row %d: %w", rows[i].Row, err))
		}
	}
	for key, rows := range byKey.byKey {
		l.tables.articles.add(headingOf(key.hts), articleSeries{key, rows})
	}
	for _, list := range l.tables.articles.lists {
		slices.SortFunc(list, func(a, b articleSeries) int {
			return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.claim, b.claim),
				cmp.Compare(len(b.hts), len(a.hts)), cmp.Compare(a.hts, b.hts))
		})
	}
}

func parseArticleCharge(c *cells) ArticleCharge {
	r := ArticleCharge{
		HTS:      c.required("hts"),
		Class:    Class(c.required("class")),
		Claim:    NoClaim,
		Formula:  c.formula(),
		Maximum:  c.rate("maximum"),
		Validity: c.validity(),
	}
	if !isPrefix(r.HTS, 4) {
		c.fail("hts", fmt.Errorf("%q is not 4 to 10 digits", r.HTS))
	}
	if strings.IndexByte("01234567DEX", r.DutyCode) < 0 {
		c.fail("duty_code", fmt.Errorf("code %c is for duty only; a fee or tax is computed on units and value, by codes 0 to 7, D, E and X", r.DutyCode))
	}
	if c.oneOf("claim", "", string(ReducedRate)) != "" {
		r.Claim = ReducedRate
	}
	r.Must = c.oneOf("requirement", "may", "must") == "must"
	if r.Maximum != 0 && r.Units[0] == "" {
		c.fail("uom1", errors.New("a maximum is for each unit of the first quantity, which has none"))
	}
	return r
}

// headingOf gives the heading of a number; 0 when it has none.
func headingOf(hts string) int {
	if len(hts) < 4 {
		return 0
	}
	h := 0
	for i := range 4 {
		digit := hts[i] - '0'
		if digit > 9 {
			return 0
		}
		h = h*10 + int(digit)
	}
	return h
}

// ArticleCharges gives the rows that apply to a tariff number on a day, by class
// and, in a class, the one without claim first. Of the rows of one class and
// claim the one for the most digits of the number applies.
func (t *Tables) ArticleCharges(hts string, on Date) iter.Seq[*ArticleCharge] {
	return func(yield func(*ArticleCharge) bool) { t.yieldCharges(hts, on, yield) }
}

func (t *Tables) yieldCharges(hts string, on Date, yield func(*ArticleCharge) bool) {
	list := t.articles.list(headingOf(hts))
	var done articleKey // class and claim that has been answered
	for i := range list {
		s := &list[i]
		if s.class == done.class && s.claim == done.claim || !strings.HasPrefix(hts, s.hts) {
			continue
		}
		for j := len(s.rows) - 1; j >= 0; j-- {
			if !s.rows[j].Covers(on) {
				continue
			}
			done = s.articleKey
			if !yield(&s.rows[j]) {
				return
			}
			break
		}
	}
}
