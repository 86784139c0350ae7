// Package reference holds the effective-dated tables that say which rate, fee
// or rule applied on a date: tariff rates, remedies, what articles owe besides
// duty, fees, exemptions, interest, special programs, entry types, class codes,
// countries, ports, conditions and the federal calendar. It computes nothing.
//
// # Tables
//
// One CSV file a table under tables/. Every row ends with effective_from,
// effective_to (both inclusive; 9999-12-31 means open) and citation, verified:
// a row marked "no" comes from general knowledge or is sample data, and every
// answer built on it says so. The tariff numbers of hts.csv are a sample for
// generated business days. They are not the Harmonized Tariff Schedule.
//
// Definitions names all tables and their columns, Listed gives rows as they are
// written. LoadDir puts tables of a folder in place of the embedded ones. The
// README of this folder explains each table.
//
// # Promises
//
//   - Load checks everything once: exact decimals, dates, known codes, no
//     overlap and no hole inside a series of rows. An error names table and
//     row.
//   - A lookup that finds no row is a *MissingError naming table, key and date.
//     A row whose value no source prints (a fee of 1990 to 1994) is a
//     *MissingError too. Nothing is ever taken as zero.
//   - Tables are immutable, safe for concurrent use; lookups allocate nothing
//     and take less than 100 ns.
//
// # Words
//
// A series is all rows of one key (a class, a tariff number and column) in date
// order. A column of the tariff is General, ColumnTwo or an SPI code.
//
// # Example
//
//	tables, err := reference.Default()
//	fee, err := tables.Fee("499", reference.NewDate(2025, 10, 1)) // 0.003464, 33.58, 651.50
//	row, err := tables.Tariff("8471300100", reference.General, date)
package reference
