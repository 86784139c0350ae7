package statement

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// ClassAmount is an amount of one class code.
type ClassAmount = reference.ClassAmount

// EntryDue is what one entry brings to its statement.
type EntryDue struct {
	// Key is the statement key of the entry, as Key gives it.
	Key   []byte
	Entry entry.Number
	// Amounts are the entry's due charges by class code, ascending, each class
	// once: assess.Totals.Classes.
	Amounts []ClassAmount
}

// Statement is one part of a daily statement: at most MaxEntries entries of one
// key.
type Statement struct {
	Number         string // DDFYJJJXXX, see Number
	ProcessingPort string
	PaymentType    byte
	Filer          string
	Importer       string // 12 characters, blank where the key has none
	Branch         string // client branch, 2 characters
	Part           int    // 1 for the first
	PrintDate      reference.Date
	Duty, Tax      money.Cents
	AD, CVD        money.Cents
	Fees, Total    money.Cents
	// Revenue and NonRevenue count entries with something due and with nothing.
	Revenue, NonRevenue int
	FeeList             []ClassAmount // due fees by class code, ascending
	Entries             []entry.Number
}
