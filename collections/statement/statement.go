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
	// Deferred are the internal revenue taxes whose payment is deferred, by class
	// code, ascending, each class once; zero amounts too. An entry that has any
	// carries the deferred tax indicator (PF, Q1 record, position 62).
	Deferred []ClassAmount
}

// Deferral is a deferred tax of an entry on a statement.
type Deferral struct {
	Entry  entry.Number
	Class  reference.Class
	Amount money.Cents
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
	// Deferred is the internal revenue tax whose payment is deferred: reported
	// beside Tax (PF, Q3 record, positions 60 to 70), in neither Tax nor Total. It
	// is billed after the semi-monthly period (19 CFR 24.4).
	Deferred money.Cents
	// Revenue and NonRevenue count entries with something due and with nothing.
	Revenue, NonRevenue int
	FeeList             []ClassAmount // due fees by class code, ascending
	Entries             []entry.Number
	Deferrals           []Deferral // in the order of the entries
}
