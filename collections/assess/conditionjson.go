package assess

import (
	"strconv"

	"tidewaiter/collections/reference"
)

// appendConditions appends the conditions as an array of objects: code, line (0
// for the summary as a whole), severity, text; what it is about; and where amounts
// were compared, the one filed and the one "computed", or the "sum" of the
// filer's own figures.
func appendConditions(dst []byte, conditions []Condition) []byte {
	dst = append(dst, '[')
	for i := range conditions {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = conditions[i].appendJSON(dst)
	}
	return append(dst, ']')
}

func (c *Condition) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"code":"`...)
	dst = append(dst, c.Code...)
	dst = append(dst, `","line":`...)
	dst = strconv.AppendInt(dst, int64(c.Line), 10)
	if c.Of != "" {
		dst = appendText(dst, "of", c.Of)
	}
	switch c.Against {
	case Computed:
		dst = appendAmount(dst, "filed", c.Filed)
		dst = appendAmount(dst, "computed", c.Expected)
	case OwnFigures:
		dst = appendAmount(dst, "filed", c.Filed)
		dst = appendAmount(dst, "sum", c.Expected)
	}
	if c.Severity != reference.SeverityUnknown {
		dst = appendText(dst, "severity", string(c.Severity))
	}
	return append(appendText(dst, "text", c.Text), '}')
}
