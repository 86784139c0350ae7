// Package catair reads and writes the records that filers and Customs exchange
// through the automated broker interface: CATAIR, 80 characters a record. It
// owns the layout of each record, the structure of each message, and the way
// from an entry summary message to an entry.Summary and back. It decides
// nothing about money.
package catair
