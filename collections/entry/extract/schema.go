package extract

import (
	"fmt"
	"sync"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/fixtures"
)

// number are the fields of the entry number, which begins every record behind
// its type.
type number struct {
	filer, serial, check copybooks.Field
	offset, length       int
}

type headerFields struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	entryType, mode, port, processingPort, unladingPort, importer copybooks.Field
	entryDate, importDate, inBondDate, printDate                  copybooks.Field
	payment, branch, reference, surety                            copybooks.Field
	lineCount, totalValue                                         copybooks.Field
}

type lineFields struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	line, origin, spi, set, zoneStatus, privilegedDate copybooks.Field
	weight, charges, caseCount                         copybooks.Field
	caseNumber, claim, rateType                        copybooks.Field
	caseRate, caseValue, caseQuantity                  copybooks.Field
}

type tariffFields struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	line, sequence, hts, value, quantityCount, quantity, unit copybooks.Field
}

type trailerFields struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	lineCount, tariffCount, totalValue copybooks.Field
}

// schema holds the compiled layouts of the record types.
type schema struct {
	header  headerFields
	line    lineFields
	tariff  tariffFields
	trailer trailerFields

	headerExtension headerExtension
	lineExtension   lineExtension

	longest int // bytes of the longest record
}

// Format is how the extract's file is cut into records: variable records, each
// behind its four-byte RDW, as long as the longest record of ESREC.
func Format() (dataset.Format, error) {
	s, err := compiled()
	if err != nil {
		return dataset.Format{}, err
	}
	return dataset.Format{RECFM: dataset.VB, LRECL: s.longest + rdwLength, LayoutLength: s.longest}, nil
}

// rdwLength is the size of the record descriptor word before each record.
const rdwLength = 4

var compiled = sync.OnceValues(compile)

func compile() (*schema, error) {
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/ESREC.cpy", copybooks.Options{})
	if err != nil {
		return nil, fmt.Errorf("reading copybook ESREC: %w", err)
	}
	var s schema
	c := compiler{book: book, schema: &s}
	s.header.Codec = c.record("ENTRY-HEADER-RECORD", &s.header.recordType, &s.header.number, "EH-", map[string]*copybooks.Field{
		"EH-ENTRY-TYPE": &s.header.entryType, "EH-TRANSPORT-MODE": &s.header.mode, "EH-PORT-OF-ENTRY": &s.header.port,
		"EH-PROCESSING-PORT": &s.header.processingPort, "EH-UNLADING-PORT": &s.header.unladingPort, "EH-IMPORTER-NUMBER": &s.header.importer,
		"EH-ENTRY-DATE": &s.header.entryDate, "EH-IMPORT-DATE": &s.header.importDate, "EH-INBOND-DATE": &s.header.inBondDate,
		"EH-PRINT-DATE": &s.header.printDate, "EH-PAYMENT-TYPE": &s.header.payment, "EH-CLIENT-BRANCH": &s.header.branch,
		"EH-BROKER-REFERENCE": &s.header.reference, "EH-SURETY-CODE": &s.header.surety,
		"EH-LINE-COUNT": &s.header.lineCount, "EH-TOTAL-VALUE": &s.header.totalValue,
	})
	s.line.Codec = c.record("ENTRY-LINE-RECORD", &s.line.recordType, &s.line.number, "EL-", map[string]*copybooks.Field{
		"EL-LINE-NUMBER": &s.line.line, "EL-COUNTRY-OF-ORIGIN": &s.line.origin, "EL-SPI-CODE": &s.line.spi,
		"EL-SET-INDICATOR": &s.line.set, "EL-FTZ-STATUS": &s.line.zoneStatus, "EL-PRIVILEGED-DATE": &s.line.privilegedDate,
		"EL-GROSS-WEIGHT": &s.line.weight, "EL-CHARGES": &s.line.charges, "EL-CASE-COUNT": &s.line.caseCount,
		"EL-CASE-NUMBER": &s.line.caseNumber, "EL-CLAIM-CODE": &s.line.claim, "EL-RATE-TYPE": &s.line.rateType,
		"EL-CASE-RATE": &s.line.caseRate, "EL-CASE-VALUE": &s.line.caseValue, "EL-CASE-QUANTITY": &s.line.caseQuantity,
	})
	s.tariff.Codec = c.record("ENTRY-TARIFF-RECORD", &s.tariff.recordType, &s.tariff.number, "ET-", map[string]*copybooks.Field{
		"ET-LINE-NUMBER": &s.tariff.line, "ET-TARIFF-SEQUENCE": &s.tariff.sequence, "ET-HTS-NUMBER": &s.tariff.hts,
		"ET-ENTERED-VALUE": &s.tariff.value, "ET-QUANTITY-COUNT": &s.tariff.quantityCount,
		"ET-QUANTITY-AMOUNT": &s.tariff.quantity, "ET-QUANTITY-UNIT": &s.tariff.unit,
	})
	s.trailer.Codec = c.record("ENTRY-TRAILER-RECORD", &s.trailer.recordType, &s.trailer.number, "EZ-", map[string]*copybooks.Field{
		"EZ-LINE-COUNT": &s.trailer.lineCount, "EZ-TARIFF-COUNT": &s.trailer.tariffCount, "EZ-TOTAL-VALUE": &s.trailer.totalValue,
	})
	c.extensions(&s)
	if c.err != nil {
		return nil, fmt.Errorf("compiling copybook ESREC: %w", c.err)
	}
	return &s, nil
}

// compiler finds records and fields and keeps the first failure.
type compiler struct {
	book   *copybooks.Copybook
	schema *schema
	err    error
}

func (c *compiler) record(name string, kind *copybooks.Field, n *number, prefix string, fields map[string]*copybooks.Field) *copybooks.Codec {
	if c.err != nil {
		return nil
	}
	layout, err := c.book.Record(name)
	if err != nil {
		c.err = err
		return nil
	}
	codec, err := layout.Codec(copybooks.CodecOptions{})
	if err != nil {
		c.err = err
		return nil
	}
	c.schema.longest = max(c.schema.longest, layout.MaxLength)
	fields[prefix+"RECORD-TYPE"] = kind
	fields[prefix+"FILER-CODE"] = &n.filer
	fields[prefix+"ENTRY-SERIAL"] = &n.serial
	fields[prefix+"CHECK-DIGIT"] = &n.check
	for name, field := range fields {
		if *field, err = codec.Field(name); err != nil {
			c.err = err
			return nil
		}
	}
	n.offset = n.filer.Offset()
	n.length = n.check.Offset() + n.check.Length() - n.offset
	return codec
}
