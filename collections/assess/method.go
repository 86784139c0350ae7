package assess

import "tidewaiter/collections/money"

// Method is the set of arithmetic and date choices of an assessment.
type Method struct {
	Name string
	// Duty rounds the duty of each tariff number.
	Duty money.Mode
}

// Regulation is the law's method.
var Regulation = Method{Name: "regulation"}
