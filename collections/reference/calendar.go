package reference

import (
	"fmt"
	"strconv"
	"time"
)

// holidayRule is a row of holidays.csv: a fixed day, or the nth weekday of a
// month (-1 is the last).
type holidayRule struct {
	Name    string
	Month   time.Month
	Day     int // 0 when the rule names a weekday
	Weekday time.Weekday
	Nth     int
	Validity
}

// override is a row of calendar_overrides.csv: one day that is, or is not, a
// working day whatever the rules say.
type override struct {
	Day     Date
	Working bool
	Validity
}

// calendar holds the rules of federal holidays (5 USC 6103).
type calendar struct {
	rules     []holidayRule
	overrides map[Date]override
}

// calendar loads the holiday rules and the overrides.
func (l *loader) calendar() {
	rules, errs := readTable(l.fsys, "holidays", parseHoliday)
	l.keep(errs)
	days, errs := readTable(l.fsys, "calendar_overrides", func(c *cells) override {
		return override{Day: c.date("date"), Working: c.flag("working"), Validity: c.validity()}
	})
	l.keep(errs)
	l.tables.calendar = calendar{rules: rules, overrides: make(map[Date]override, len(days))}
	for _, o := range days {
		if first, twice := l.tables.calendar.overrides[o.Day]; twice {
			l.errs = append(l.errs, fmt.Errorf("calendar_overrides.csv row %d: %s stands in row %d already", o.Row, o.Day, first.Row))
		}
		l.tables.calendar.overrides[o.Day] = o
	}
}

func parseHoliday(c *cells) holidayRule {
	r := holidayRule{Name: c.required("name"), Validity: c.validity()}
	r.Month = time.Month(c.number("month", 1, 12))
	if c.text("day") != "" {
		r.Day = c.number("day", 1, 31)
		return r
	}
	r.Nth = c.number("nth", -1, 5)
	name := c.required("weekday")
	for d := time.Sunday; d <= time.Saturday; d++ {
		if d.String() == name {
			r.Weekday = d
			return r
		}
	}
	c.fail("weekday", fmt.Errorf("%q is not a day of the week", name))
	return r
}

// number reads a whole number between the bounds.
func (c *cells) number(column string, low, high int) int {
	n, err := strconv.Atoi(c.cell(column))
	if err != nil || n < low || n > high {
		c.fail(column, fmt.Errorf("%q is not a number from %d to %d", c.cell(column), low, high))
	}
	return n
}

// Holiday gives the name of the federal holiday observed on a day, or "". A
// holiday on Saturday is observed on Friday, one on Sunday on Monday (5 USC
// 6103(b); Executive Order 11582).
func (t *Tables) Holiday(on Date) string {
	for i := range t.calendar.rules {
		r := &t.calendar.rules[i]
		// New Year's Day of the next year may be observed on 31 December.
		for year := on.Year(); year <= on.Year()+1; year++ {
			if day, ok := r.in(year); ok && observed(day) == on {
				return r.Name
			}
		}
	}
	return ""
}

// in gives the rule's day in a year, when the rule is in force that day.
func (r *holidayRule) in(year int) (Date, bool) {
	day := NewDate(year, r.Month, r.Day)
	if r.Day == 0 {
		day = nthWeekday(year, r.Month, r.Weekday, r.Nth)
	}
	return day, r.Covers(day)
}

// nthWeekday gives the nth weekday of a month; -1 is the last one.
func nthWeekday(year int, m time.Month, w time.Weekday, nth int) Date {
	if nth < 0 {
		last := NewDate(year, m, daysIn(year, m))
		return last.AddDays(-((int(last.Weekday()) - int(w) + 7) % 7))
	}
	first := NewDate(year, m, 1)
	return first.AddDays((int(w)-int(first.Weekday())+7)%7 + 7*(nth-1))
}

// observed moves a weekend holiday to the working day beside it.
func observed(day Date) Date {
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDays(-1)
	case time.Sunday:
		return day.AddDays(1)
	}
	return day
}

// WorkingDay says whether the government works on a day: no weekend, no federal
// holiday, unless an override says otherwise.
func (t *Tables) WorkingDay(on Date) bool {
	if o, ok := t.calendar.overrides[on]; ok {
		return o.Working
	}
	if w := on.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	return t.Holiday(on) == ""
}

// NthWorkingDay gives the nth working day of a month: the preliminary periodic
// monthly statement is of the 11th, its payment of the 15th.
func (t *Tables) NthWorkingDay(year int, m time.Month, nth int) (Date, error) {
	for day := 1; day <= daysIn(year, m); day++ {
		d := NewDate(year, m, day)
		if !t.WorkingDay(d) {
			continue
		}
		if nth--; nth == 0 {
			return d, nil
		}
	}
	return 0, fmt.Errorf("%s %d has fewer working days than asked for", m, year)
}
