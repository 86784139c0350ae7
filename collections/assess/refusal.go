package assess

import "errors"

// refusals give the condition that Customs raises for a field that makes an
// entry impossible to assess (ACE Error Dictionary).
var refusals = map[string]string{
	"type": "B18", "mode": "165", "port": "B04", "unlading_port": "166", "payment_type": "197", "lines": "400", "tariffs": "431",
	"origin": "408", "Q1": "439", "Q2": "443", "Q3": "444", "rate_type": "540", "case": "544",
	"import_date": "128", "estimated_date": "125", "print_date": "203", "ftz_status": "671", "privileged_date": "675",
}

// Condition gives the code of the condition that Customs raises for the fault,
// "" when the error dictionary has none for it.
func (e *Error) Condition() string {
	if e.code != "" {
		return e.code
	}
	return refusals[e.Field]
}

// under gives a refusal the code of its condition, where its field does not say
// it.
func under(code string, refusal error) error {
	var e *Error
	if errors.As(refusal, &e) {
		e.code = code
	}
	return refusal
}

// instead says what to do about an entry of a type that is not filed as an entry
// summary (CATAIR appendix B has its code, ACE CATAIR AE table 2 does not).
func instead(kind string) string {
	switch kind {
	case "09":
		return "file the reconciliation by its own message, and assess the entries that it reconciles"
	case "26":
		return "assess the type 06 entry that takes the goods out of the zone"
	case "41", "42", "43", "44", "45", "46", "47":
		return "a drawback claim asks money back: assess the entries that it names"
	case "61", "62", "63", "64", "65":
		return "nothing is owed on a movement in bond: assess the entry that ends it"
	case "86":
		return "a shipment under section 321 is free: goods that do not qualify are filed as type 11 or 01"
	}
	return "assess it by hand, or correct the entry type if the goods are filed as an entry summary (01, 11 and the like)"
}
