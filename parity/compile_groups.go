package parity

import (
	"fmt"

	"tidewaiter/parity/classify"

	"github.com/goccy/go-yaml"
)

// widestSum is how many digits a summed field may have.
const widestSum = 18

func (c *compiled) compileTotals() error {
	for i, t := range c.Totals {
		element, err := c.compared(t.Sum)
		if err != nil {
			return c.fault(err.Error(), "totals", i, "sum")
		}
		if f := c.schema.Elements[element].Field; !f.Numeric() || f.Item().Digits > widestSum {
			return c.fault(fmt.Sprintf("field %s is not a number of at most %d digits and cannot be summed", t.Sum, widestSum), "totals", i, "sum")
		}
		by, err := c.dimensions(t.By)
		if err != nil {
			return c.fault(err.Error(), "totals", i, "by")
		}
		c.measures = append(c.measures, classify.Measure{Element: element, By: by})
	}
	return nil
}

func (c *compiled) compileCauses() (err error) {
	if c.by, err = c.dimensions(c.Causes.By); err != nil {
		return c.fault(err.Error(), "causes", "by")
	}
	return nil
}

func (c *compiled) compileShown() error {
	for i, name := range c.Show {
		found, err := c.schema.Find(name)
		if err != nil {
			return c.fault(err.Error(), "show", i)
		}
		c.show = append(c.show, found...)
	}
	if c.Working == "" {
		return nil
	}
	if _, err := c.schema.One(c.Working); err != nil {
		return c.fault(err.Error(), "working")
	}
	return nil
}

// compared resolves a field that decides totals: it must be compared, or a
// difference in it would be in the totals and in no cause, and not masked.
func (c *compiled) compared(name string) (int, error) {
	element, err := c.schema.One(name)
	if err != nil {
		return 0, err
	}
	return element, c.comparable(element)
}

func (c *compiled) comparable(element int) error {
	if c.masked[element] || c.how[element].kind != "COMPARED" {
		return fmt.Errorf("field %s is %s; totals and causes need fields that are compared and may be shown",
			c.schema.Elements[element].Name, c.how[element].kind)
	}
	return nil
}

func (c *compiled) dimensions(by yaml.MapSlice) ([]classify.Dimension, error) {
	named, err := dimensions(by)
	if err != nil {
		return nil, err
	}
	var out []classify.Dimension
	for _, d := range named {
		found, err := c.schema.Find(d.field)
		if err != nil {
			return nil, err
		}
		for _, element := range found {
			if err := c.comparable(element); err != nil {
				return nil, err
			}
			if c.schema.Elements[element].Field.Occurs() > 1 {
				return nil, fmt.Errorf("field %s occurs more than once and makes no groups", d.field)
			}
		}
		out = append(out, classify.Dimension{Label: d.label, Elements: found, Test: d.test, Equals: d.equals})
	}
	return out, nil
}
