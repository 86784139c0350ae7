package parity

import (
	"errors"
	"fmt"
	"strings"

	"tidewaiter/copybooks/dataset"
)

// check holds a plan to its form.
func (p *Plan) check() error {
	var errs []error
	fail := func(reason string, path ...any) { errs = append(errs, p.fault(reason, path...)) }
	if p.Name == "" {
		fail("a plan needs a name")
	}
	if len(p.Comparisons) == 0 {
		fail("a plan needs at least one comparison", "comparisons")
	}
	names := map[string]bool{}
	for i := range p.Comparisons {
		c := &p.Comparisons[i]
		at := func(reason string, path ...any) { fail(reason, append([]any{"comparisons", i}, path...)...) }
		switch {
		case c.Name == "":
			at("a comparison needs a name")
		case names[c.Name]:
			at(fmt.Sprintf("two comparisons are called %q", c.Name), "name")
		}
		names[c.Name] = true
		c.check(at)
	}
	return errors.Join(errs...)
}

type faultFunc func(reason string, path ...any)

func (c *Comparison) check(fail faultFunc) {
	c.Left.check(true, func(reason string, path ...any) { fail(reason, append([]any{"left"}, path...)...) })
	c.Right.check(false, func(reason string, path ...any) { fail(reason, append([]any{"right"}, path...)...) })
	if len(c.Key) == 0 {
		fail("a comparison needs a key: the fields that identify a record", "key")
	}
	switch c.Default {
	case "", "exact", "value":
	default:
		fail(fmt.Sprintf("default is %q, not exact or value", c.Default), "default")
	}
	for _, name := range sortedNames(c.Fields) {
		f := c.Fields[name]
		if reason := f.fault(); reason != "" {
			fail(fmt.Sprintf("field %s: %s", name, reason), "fields", name)
		}
	}
	for i, t := range c.Totals {
		if t.Sum == "" {
			fail("a total needs the field it sums", "totals", i)
		}
		if _, err := dimensions(t.By); err != nil {
			fail(err.Error(), "totals", i, "by")
		}
	}
	if _, err := dimensions(c.Causes.By); err != nil {
		fail(err.Error(), "causes", "by")
	}
}

// fault says what is wrong with a field's treatment, "" when nothing is.
func (f Field) fault() string {
	switch {
	case f == Field{}:
		return "say compare, mask or exclude"
	case strings.TrimSpace(f.Exclude) == "" && f.Exclude != "":
		return "an exclusion needs a reason"
	case f.Exclude != "" && (f.Compare != "" || f.Mask || f.Tolerance != ""):
		return "an excluded field is neither compared nor masked"
	case f.Exclude != "":
		return ""
	case f.Compare == "tolerance" && strings.TrimSpace(f.Tolerance) == "":
		return "compare: tolerance needs tolerance: with an amount; blank never means unlimited"
	case f.Compare != "tolerance" && f.Tolerance != "":
		return "a tolerance needs compare: tolerance"
	}
	switch f.Compare {
	case "exact", "value", "tolerance":
		return ""
	case "":
		return "say compare: exact, value or tolerance; an exclusion needs a reason"
	}
	return fmt.Sprintf("compare is %q, not exact, value or tolerance", f.Compare)
}

func (s *Side) check(left bool, fail faultFunc) {
	given := 0
	for _, source := range []string{s.Data, s.CSV, s.JSONL, s.Query} {
		if source != "" {
			given++
		}
	}
	switch {
	case left && s.Data == "":
		fail("the left side is a dataset and needs data")
	case given != 1:
		fail("a side needs exactly one of data, csv, jsonl, query")
	}
	if left && s.Copybook == "" {
		fail("the left side needs a copybook")
	}
	if s.Data == "" {
		if s.RECFM != "" || s.LRECL != 0 || s.CodePage != "" || s.Copybook != "" || s.Record != "" {
			fail("copybook, record, recfm, lrecl and codepage belong to a dataset")
		}
	} else {
		s.checkDataset(left, fail)
	}
	if s.Nulls != "" && s.Nulls != "blank" {
		fail(fmt.Sprintf("nulls is %q, not blank", s.Nulls), "nulls")
	}
}

func (s *Side) checkDataset(left bool, fail faultFunc) {
	if s.Columns != nil || s.Ignore != nil || s.Nulls != "" {
		fail("columns, ignore and nulls belong to rows, not to a dataset")
	}
	if left || s.RECFM != "" {
		if _, err := dataset.ParseRECFM(s.RECFM); err != nil {
			fail(err.Error(), "recfm")
		}
	}
	if s.LRECL < 0 {
		fail("lrecl is below 0", "lrecl")
	}
}
