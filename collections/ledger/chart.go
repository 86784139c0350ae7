package ledger

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/reference"
)

//go:embed tables/accounts.csv
var accountsCSV string

// Undeposited is the account that due collections are debited to until their
// deposit is confirmed (USSGL 1110).
const Undeposited = "1110"

// dispositions are those that a charge can have. The debits that balance a
// journal stand in this order.
var dispositions = [...]assess.Disposition{assess.Due, assess.Bonded, assess.NotDue, assess.Deferred}

// Account is a row of tables/accounts.csv.
type Account struct {
	Code string
	Name string
	// Class is the class code whose charges the account takes; blank for an
	// account that balances them.
	Class reference.Class
	// Disposition is that of the charges; 0 for undeposited collections.
	Disposition assess.Disposition
	Side        string // "debit" or "credit": where the account normally grows
	Citation    string
	Verified    bool // read in the cited source
}

// Memorandum says that the account holds charges that are reported and not owed:
// bonded ones and those not due. Deferred tax is owed, so it is a receivable and
// no memorandum.
func (a Account) Memorandum() bool {
	return a.Disposition == assess.Bonded || a.Disposition == assess.NotDue
}

func (a Account) disposition() string {
	if a.Disposition == 0 {
		return ""
	}
	return string(rune(a.Disposition))
}

// Chart is a chart of accounts.
type Chart struct {
	accounts []Account
	charge   map[chargeKind]string
	contra   map[assess.Disposition]string
}

type chargeKind struct {
	class       reference.Class
	disposition assess.Disposition
}

// DefaultChart is the embedded chart, read once.
func DefaultChart() (*Chart, error) { return loadDefaultChart() }

var loadDefaultChart = sync.OnceValues(func() (*Chart, error) { return readChart(accountsCSV) })

// Accounts are all accounts, in the order of the file.
func (c *Chart) Accounts() []Account { return slices.Clone(c.accounts) }

// ForCharge is the account of a class's charges with a disposition.
func (c *Chart) ForCharge(class reference.Class, d assess.Disposition) (string, error) {
	code, ok := c.charge[chargeKind{class, d}]
	if !ok {
		return "", fmt.Errorf("no account for class %s with disposition %s in tables/accounts.csv", class, d)
	}
	return code, nil
}

var chartColumns = []string{"code", "name", "class", "disposition", "side", "citation", "verified"}

func readChart(text string) (*Chart, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading accounts.csv: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], chartColumns) {
		return nil, fmt.Errorf("reading accounts.csv: the first line must be %s", strings.Join(chartColumns, ","))
	}
	c := &Chart{charge: make(map[chargeKind]string), contra: make(map[assess.Disposition]string)}
	for i, row := range rows[1:] {
		if err := c.add(row); err != nil {
			return nil, fmt.Errorf("reading accounts.csv, line %d: %w", i+2, err)
		}
	}
	for _, d := range dispositions {
		if c.contra[d] == "" {
			return nil, fmt.Errorf("reading accounts.csv: no account balances charges with disposition %s", d)
		}
	}
	return c, nil
}

func (c *Chart) add(row []string) error {
	a := Account{Code: row[0], Name: row[1], Class: reference.Class(row[2]), Side: row[4], Citation: row[5], Verified: row[6] == "yes"}
	switch row[3] {
	case "":
	case "D", "B", "N", "F":
		a.Disposition = assess.Disposition(row[3][0])
	default:
		return fmt.Errorf("disposition %q is not D, B, N, F or blank", row[3])
	}
	switch {
	case a.Code == "" || a.Name == "" || a.Citation == "":
		return fmt.Errorf("code, name and citation must be given")
	case a.Class != "" && len(a.Class) != 3:
		return fmt.Errorf("class %q is not three characters", a.Class)
	case a.Side != "debit" && a.Side != "credit":
		return fmt.Errorf("side %q is not debit or credit", a.Side)
	case row[6] != "yes" && row[6] != "no":
		return fmt.Errorf("verified %q is not yes or no", row[6])
	case slices.ContainsFunc(c.accounts, func(b Account) bool { return b.Code == a.Code }):
		return fmt.Errorf("account %s is given twice", a.Code)
	}
	if a.Class == "" {
		d := a.Disposition
		if d == 0 {
			d = assess.Due
		}
		if c.contra[d] != "" {
			return fmt.Errorf("accounts %s and %s both balance charges with disposition %s", c.contra[d], a.Code, d)
		}
		c.contra[d] = a.Code
	} else {
		kind := chargeKind{a.Class, a.Disposition}
		if c.charge[kind] != "" {
			return fmt.Errorf("accounts %s and %s both take class %s with disposition %s", c.charge[kind], a.Code, a.Class, a.Disposition)
		}
		c.charge[kind] = a.Code
	}
	c.accounts = append(c.accounts, a)
	return nil
}
