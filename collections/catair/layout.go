package catair

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// Length is the length of every record in characters.
const Length = 80

// Chapter names a chapter of CATAIR, whose records share one set of layouts.
type Chapter string

// Chapters with layouts.
const (
	Envelope     Chapter = "BB"  // batch and block control
	EntrySummary Chapter = "AE"  // entry summary create and update, and its responses
	Daily        Chapter = "PF"  // daily statement
	Monthly      Chapter = "MS"  // periodic monthly statement
	Query        Chapter = "ESQ" // entry summary query
	Drawback     Chapter = "DBK"
)

// Direction says who sends a record.
type Direction string

// Directions.
const (
	Input  Direction = "input"  // to Customs
	Output Direction = "output" // from Customs
)

// Class is what the characters of a field may be.
type Class string

// Classes, by the letters of the guide.
const (
	Spaces       Class = "S"
	Alphabetic   Class = "A"
	Numeric      Class = "N"
	SpacedNumber Class = "(S)N" // right-justified digits, spaces or zeros before them
	AlphaNumeric Class = "AN"
	Date         Class = "D" // MMDDYY
	Any          Class = "X"
)

// Presence says whether a field has to be filled.
type Presence byte

// Presences; a field without one is as the field before it.
const (
	Mandatory   Presence = 'M'
	Conditional Presence = 'C'
	Optional    Presence = 'O'
)

// Unscaled is the Decimals of a field that is no amount, value or quantity.
const Unscaled = -1

// Field is a field of a record.
type Field struct {
	Name     string // the guide's, numbered where a record repeats it
	Class    Class
	From, To int // 1-based positions, both inclusive
	Presence Presence
	Decimals int // implied decimals, or Unscaled
}

// Layout is the layout of a record.
type Layout struct {
	Chapter   Chapter
	Direction Direction
	Record    string // control identifier: "10", "CW02", "Q1"
	Title     string
	Fields    []Field // without gaps, from position 1 to 80

	program  program
	forbid   [Length]kind // what may not stand at each position
	required []*Field
	numbers  []*Field // of digits only
	dates    []*Field
	role     role
	grammar  *grammar // the structure map of its chapter
	ordinal  int      // in it
}

// Field gives the field of that name, or nil.
func (l *Layout) Field(name string) *Field {
	for i := range l.Fields {
		if l.Fields[i].Name == name {
			return &l.Fields[i]
		}
	}
	return nil
}

type layoutKey struct {
	chapter   Chapter
	direction Direction
	record    string
}

//go:embed tables/layouts.csv
var layoutTable []byte

var layouts, layoutList = mustReadLayouts(layoutTable)

// Find gives the layout of a record, or nil. The envelope's records are found
// in every chapter.
func Find(chapter Chapter, direction Direction, record string) *Layout {
	if l := layouts[layoutKey{chapter, direction, record}]; l != nil {
		return l
	}
	return layouts[layoutKey{Envelope, direction, record}]
}

// Layouts gives every layout, in the order of the guide.
func Layouts() []*Layout { return layoutList }

// field gives a field that the package itself needs; the tests prove that each
// of them exists.
func field(chapter Chapter, direction Direction, record, name string) *Field {
	l := layouts[layoutKey{chapter, direction, record}]
	if l == nil {
		panic(fmt.Sprintf("catair: no layout of record %s of chapter %s", record, chapter))
	}
	f := l.Field(name)
	if f == nil {
		panic(fmt.Sprintf("catair: record %s of chapter %s has no field %q", record, chapter, name))
	}
	return f
}

// mustReadLayouts reads the embedded table.
func mustReadLayouts(table []byte) (map[layoutKey]*Layout, []*Layout) {
	byKey, list, err := readLayouts(table)
	if err != nil {
		panic(err)
	}
	return byKey, list
}

// readLayouts reads a table of fields in record order and checks that each
// record's fields cover its 80 positions once.
func readLayouts(table []byte) (map[layoutKey]*Layout, []*Layout, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("reading layouts.csv: %w", err)
	}
	byKey := map[layoutKey]*Layout{}
	var list []*Layout
	for i, row := range rows[1:] {
		key := layoutKey{Chapter(row[0]), Direction(row[1]), row[2]}
		l := byKey[key]
		if l == nil {
			l = &Layout{Chapter: key.chapter, Direction: key.direction, Record: key.record, Title: row[3]}
			byKey[key] = l
			list = append(list, l)
		}
		f, err := readField(row)
		if err == nil {
			err = l.add(f)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("layouts.csv row %d, record %s of chapter %s: %w", i+2, key.record, key.chapter, err)
		}
	}
	for _, l := range list {
		if end := l.end(); end != Length {
			return nil, nil, fmt.Errorf("layouts.csv: record %s of chapter %s ends at position %d", l.Record, l.Chapter, end)
		}
		l.index()
	}
	return byKey, list, nil
}

// readField reads field, class, from, to, presence and decimals of a row.
func readField(row []string) (Field, error) {
	f := Field{Name: row[4], Decimals: Unscaled}
	length := strings.TrimRight(row[5], "ADNSX()")
	f.Class = Class(strings.TrimPrefix(row[5], length))
	var err error
	if f.From, err = strconv.Atoi(row[6]); err == nil {
		f.To, err = strconv.Atoi(row[7])
	}
	if err != nil {
		return f, fmt.Errorf("field %s: %w", f.Name, err)
	}
	switch f.Class {
	case Spaces, Alphabetic, Numeric, SpacedNumber, AlphaNumeric, Date, Any:
	default:
		return f, fmt.Errorf("field %s: class %q is not one of S A N (S)N AN D X", f.Name, f.Class)
	}
	if length != strconv.Itoa(f.To-f.From+1) {
		return f, fmt.Errorf("field %s: class %s does not fill positions %d to %d", f.Name, row[5], f.From, f.To)
	}
	if row[8] != "" {
		f.Presence = Presence(row[8][0])
	}
	if row[9] != "" {
		if f.Decimals, err = strconv.Atoi(row[9]); err != nil {
			return f, fmt.Errorf("field %s: %w", f.Name, err)
		}
	}
	return f, nil
}

// index prepares what is checked in every record.
func (l *Layout) index() {
	l.ordinal, l.role = noOrdinal, roleOf(l)
	l.compile()
	for i := range l.Fields {
		f := &l.Fields[i]
		for at := f.From; at <= f.To; at++ {
			l.forbid[at-1] = f.forbidden(l.Direction)
		}
		if f.required() {
			l.required = append(l.required, f)
		}
		if f.number() {
			l.numbers = append(l.numbers, f)
		}
		if f.Class == Date {
			l.dates = append(l.dates, f)
		}
	}
}

// end gives the last position that has a field.
func (l *Layout) end() int {
	if len(l.Fields) == 0 {
		return 0
	}
	return l.Fields[len(l.Fields)-1].To
}

// add appends a field; it begins where the one before it ends.
func (l *Layout) add(f Field) error {
	if f.From != l.end()+1 || f.To < f.From {
		return fmt.Errorf("field %s has positions %d to %d after position %d", f.Name, f.From, f.To, l.end())
	}
	if f.Presence == 0 && len(l.Fields) > 0 {
		f.Presence = l.Fields[len(l.Fields)-1].Presence
	}
	l.Fields = append(l.Fields, f)
	return nil
}
