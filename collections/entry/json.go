package entry

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// MaxJSON is the largest JSON form of a summary that Decode reads, in bytes.
const MaxJSON = 64 << 20

// maxDepth is the nesting of the JSON form: summary, lines, line, tariffs,
// tariff, quantities, quantity.
const maxDepth = 7

// FieldError says which field of a JSON summary is wrong.
type FieldError struct {
	Entry Number // as far as it could be read
	Line  int    // line number, 0 when the field is not in a line
	Field string // path in the JSON form: "lines[0].tariffs[1].value"
	Err   error
}

// Error names entry, line and field.
func (e *FieldError) Error() string {
	var b strings.Builder
	if e.Entry != "" {
		fmt.Fprintf(&b, "entry %s, ", string(e.Entry))
	}
	if e.Line != 0 {
		fmt.Fprintf(&b, "line %d, ", e.Line)
	}
	if e.Field != "" {
		fmt.Fprintf(&b, "%s: ", e.Field)
	}
	fmt.Fprint(&b, e.Err)
	return b.String()
}

// Unwrap gives the cause.
func (e *FieldError) Unwrap() error { return e.Err }

// The JSON form of a summary.
type (
	summaryJSON struct {
		Entry           string        `json:"entry"`
		Type            string        `json:"type"`
		Mode            string        `json:"mode"`
		Port            string        `json:"port"`
		ProcessingPort  string        `json:"processing_port,omitempty"`
		UnladingPort    string        `json:"unlading_port,omitempty"`
		Importer        string        `json:"importer,omitempty"`
		EntryDate       string        `json:"entry_date,omitempty"`
		ImportDate      string        `json:"import_date,omitempty"`
		InBondDate      string        `json:"in_bond_date,omitempty"`
		EstimatedDate   string        `json:"estimated_date,omitempty"`
		ReleaseDate     string        `json:"release_date,omitempty"`
		ArrivalDate     string        `json:"arrival_date,omitempty"`
		ReceivedDate    string        `json:"received_date,omitempty"`
		PaymentType     string        `json:"payment_type"`
		PrintDate       string        `json:"print_date,omitempty"`
		PeriodicMonth   int           `json:"periodic_month,omitempty"`
		ClientBranch    string        `json:"client_branch,omitempty"`
		BrokerReference string        `json:"broker_reference,omitempty"`
		Surety          string        `json:"surety,omitempty"`
		BondType        string        `json:"bond_type,omitempty"`
		BondAmount      int64         `json:"bond_amount,omitempty"`
		DeferredTax     string        `json:"deferred_tax,omitempty"`
		Consolidated    bool          `json:"consolidated,omitempty"`
		Express         bool          `json:"express,omitempty"`
		Manual          bool          `json:"manual,omitempty"`
		Correction      bool          `json:"correction,omitempty"`
		Standing        []string      `json:"standing,omitempty"`
		Filed           *filedJSON    `json:"filed,omitempty"`
		Invoices        []invoiceJSON `json:"invoices,omitempty"`
		Lines           []lineJSON    `json:"lines"`
	}
	lineJSON struct {
		Line           int          `json:"line"`
		Origin         string       `json:"origin"`
		SPI            string       `json:"spi,omitempty"`
		Set            string       `json:"set,omitempty"`
		FTZStatus      string       `json:"ftz_status,omitempty"`
		PrivilegedDate string       `json:"privileged_date,omitempty"`
		ExportCountry  string       `json:"export_country,omitempty"`
		ExportDate     string       `json:"export_date,omitempty"`
		ProductClaim   string       `json:"product_claim,omitempty"`
		FeeExemption   string       `json:"fee_exemption,omitempty"`
		GrossWeight    int64        `json:"gross_weight,omitempty"`
		Charges        int64        `json:"charges,omitempty"`
		Tariffs        []tariffJSON `json:"tariffs"`
		Cases          []caseJSON   `json:"cases,omitempty"`
		Licenses       []License    `json:"licenses,omitempty"`
		Filed          *lineFiled   `json:"filed,omitempty"`
	}
	tariffJSON struct {
		HTS        string         `json:"hts"`
		Value      *int64         `json:"value,omitempty"`
		Quantities []quantityJSON `json:"quantities,omitempty"`
		FiledDuty  string         `json:"filed_duty,omitempty"`
	}
	quantityJSON struct {
		Amount string `json:"amount,omitempty"`
		Unit   string `json:"unit"`
	}
	caseJSON struct {
		Case      string `json:"case"`
		Claim     string `json:"claim"`
		RateType  string `json:"rate_type"`
		Rate      string `json:"rate"`
		Value     int64  `json:"value,omitempty"`
		Quantity  string `json:"quantity,omitempty"`
		FiledDuty string `json:"filed_duty,omitempty"`
	}
)

// Decode reads one summary from its JSON form into s, whose Source is left as
// it is. On an error s is of no use.
func Decode(b []byte, s *Summary) error {
	if len(b) > MaxJSON {
		return &FieldError{Err: fmt.Errorf("%d bytes of JSON; a summary has at most %d", len(b), MaxJSON)}
	}
	if err := checkNames(b); err != nil {
		return &FieldError{Err: err}
	}
	var j summaryJSON
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&j); err != nil {
		return unreadable(Number(j.Entry), err)
	}
	return j.summary(s)
}

// unreadable says what encoding/json says without its Go types, and without the
// value at fault: an importer number written as a number may be a person's.
func unreadable(entry Number, err error) *FieldError {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return &FieldError{Entry: entry, Err: fmt.Errorf("reading JSON: %s", strings.TrimPrefix(err.Error(), "json: "))}
	}
	word, _, _ := strings.Cut(wrong.Value, " ")
	given := map[string]string{"array": "an array", "object": "an object", "bool": "true or false"}[word]
	if given == "" {
		given = "a " + word
	}
	wanted := map[reflect.Kind]string{reflect.Int: "a whole number in digits", reflect.Int64: "a whole number in digits", reflect.String: "a string",
		reflect.Bool: "true or false", reflect.Slice: "an array"}[wrong.Type.Kind()]
	if wanted == "" {
		wanted = "an object"
	}
	return &FieldError{Entry: entry, Field: wrong.Field, Err: fmt.Errorf("%s stands where %s belongs", given, wanted)}
}

// checkNames refuses what encoding/json lets pass: a field that stands twice, a
// name in other letter case, text after the value, and deep nesting.
func checkNames(b []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	type level struct {
		names map[string]bool // nil in an array
		value bool            // the next token is a value, not a name
	}
	var levels []level
	for {
		token, err := decoder.Token()
		if err == io.EOF && len(levels) == 0 {
			return errors.New("reading JSON: there is no value")
		}
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("reading JSON: it ends inside the summary, which stands whole on one line")
		}
		if err != nil {
			return fmt.Errorf("reading JSON: %w", err)
		}
		if n := len(levels); n > 0 && levels[n-1].names != nil && !levels[n-1].value {
			if name, ok := token.(string); ok {
				if name != strings.ToLower(name) {
					return fmt.Errorf("field %q at byte %d: names are lower case", name, decoder.InputOffset())
				}
				if levels[n-1].names[name] {
					return fmt.Errorf("field %q stands twice at byte %d", name, decoder.InputOffset())
				}
				levels[n-1].names[name], levels[n-1].value = true, true
				continue
			}
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if len(levels) == maxDepth {
				return fmt.Errorf("more than %d levels of nesting at byte %d", maxDepth, decoder.InputOffset())
			}
			var names map[string]bool
			if token == json.Delim('{') {
				names = make(map[string]bool)
			}
			levels = append(levels, level{names: names})
			continue
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:len(levels)-1]
		}
		if len(levels) == 0 {
			if rest := bytes.TrimSpace(b[decoder.InputOffset():]); len(rest) > 0 {
				return fmt.Errorf("text after the summary at byte %d", decoder.InputOffset())
			}
			return nil
		}
		levels[len(levels)-1].value = false
	}
}

// letter gives a one-letter code, or "" for none.
func letter(b byte) string {
	if b == 0 || b == None {
		return ""
	}
	return string(rune(b))
}

// scaled writes a number of units of 10^-places.
func scaled(v int64, places int) string {
	return string(money.AppendScaled(nil, v, places))
}

// dateOf reads a date; empty is 0.
func dateOf(s string) (reference.Date, error) {
	if s == "" {
		return 0, nil
	}
	return reference.ParseDate(s)
}
