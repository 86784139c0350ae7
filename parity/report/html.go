package report

import (
	"io"
)

// WriteHTML writes report.html.
func (r *Report) WriteHTML(w io.Writer) error { return nil }
