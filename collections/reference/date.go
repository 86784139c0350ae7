package reference

import (
	"fmt"
	"time"
)

// Date is a calendar day as yyyymmdd; zero means that there is none. Dates
// compare in calendar order.
type Date int32

// OpenEnd is the effective_to of a row that has no announced end.
const OpenEnd Date = 99991231

// NewDate gives the day without checking that it exists; see Valid.
func NewDate(year int, month time.Month, day int) Date {
	return Date(year*10000 + int(month)*100 + day)
}

// DateOf gives the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	return NewDate(t.Year(), t.Month(), t.Day())
}

// ParseDate reads "2025-10-01"; the day must exist.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, fmt.Errorf("date %q is not written yyyy-mm-dd", s)
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if i == 4 || i == 7 {
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return 0, fmt.Errorf("date %q is not written yyyy-mm-dd", s)
		}
		n = n*10 + int(s[i]-'0')
	}
	d := Date(n)
	if !d.Valid() {
		return 0, fmt.Errorf("date %q is not a day of the calendar", s)
	}
	return d, nil
}

// Year, Month and Day give the parts of the date.
func (d Date) Year() int { return int(d) / 10000 }

// Month gives the month, 1 to 12.
func (d Date) Month() time.Month { return time.Month(int(d) / 100 % 100) }

// Day gives the day of the month.
func (d Date) Day() int { return int(d) % 100 }

// Valid says whether the date is a day of the calendar from year 1 to 9999.
func (d Date) Valid() bool {
	y, m, day := d.Year(), d.Month(), d.Day()
	if y < 1 || y > 9999 || m < 1 || m > 12 || day < 1 {
		return false
	}
	return day <= daysIn(y, m)
}

// daysIn gives the number of days of a month of the Gregorian calendar.
func daysIn(year int, m time.Month) int {
	switch m {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// String gives "2025-10-01", and "" for the zero date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return string(d.Append(make([]byte, 0, 10)))
}

// Append appends the date as yyyy-mm-dd to dst.
func (d Date) Append(dst []byte) []byte {
	y, m, day := d.Year(), int(d.Month()), d.Day()
	return append(dst,
		byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// AddDays gives the day n days later; n may be negative.
func (d Date) AddDays(n int) Date {
	if n == 1 && d.Day() < 28 {
		return d + 1
	}
	if n == -1 && d.Day() > 1 {
		return d - 1
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// DayOfYear gives 1 for 1 January.
func (d Date) DayOfYear() int { return d.Time().YearDay() }

// FiscalYear gives the federal fiscal year, October to September: 2026 for
// 2025-10-01 (31 USC 1102).
func (d Date) FiscalYear() int {
	if d.Month() >= time.October {
		return d.Year() + 1
	}
	return d.Year()
}
