package assess

// refusals give the condition that Customs raises for a field that makes an
// entry impossible to assess (ACE Error Dictionary).
var refusals = map[string]string{
	"type": "B18", "mode": "165", "port": "B04", "payment_type": "197", "lines": "400", "tariffs": "431", "hts": "433",
	"spi": "605", "origin": "408", "Q1": "439", "Q2": "443", "Q3": "444", "rate_type": "540", "case": "544",
	"import_date": "128", "estimated_date": "125", "print_date": "203", "ftz_status": "671", "privileged_date": "675",
}

// Condition gives the code of the condition that Customs raises for the fault,
// "" when the error dictionary has none for it.
func (e *Error) Condition() string { return refusals[e.Field] }
