// Package copybooks turns COBOL copybooks into layouts and layouts into codecs
// that read and write the bytes of a record.
//
// It owns the copybook language (Parse), the place of each item (Layout, Item),
// and the compiled codec: single fields (Field), whole records as JSON and back
// (Codec.AppendJSON, Encoder). How a file is cut into records is the business of
// copybooks/dataset, whole files that of copybooks/stream. It knows nothing of
// customs.
//
// # Parsing
//
// A lexer and a recursive-descent parser read data description entries in fixed,
// variable or free format, from a copybook or from a whole program, of which they
// take the records of the data sections: levels 01-49, 66, 77 and 88, REDEFINES,
// OCCURS (DEPENDING ON, UNBOUNDED, KEY, INDEXED BY), PICTURE (plain and edited),
// USAGE, SIGN, SYNCHRONIZED with its slack bytes, JUSTIFIED, BLANK WHEN ZERO and
// VALUE. COPY finds its members in Options.Members; REPLACING and REPLACE change
// their text words. All errors of a copybook are reported with file, line, column,
// the token found and what was expected. A clause this version does not lay out is
// refused by name, never skipped.
//
// # Promises of the codec
//
//   - Nothing is guessed. Bytes that hold no value give a FieldError with offset,
//     bytes and reason; in JSON the field is null and "_errors" lists it, and the
//     record's other fields stay.
//   - Decoding and encoding are inverse: every record whose numbers have preferred
//     signs, whose floating-point numbers are normalized, whose text has no more
//     shifts than it needs and whose dropped FILLER is blank comes back byte for
//     byte, damaged fields included. With JSONOptions.Raw every record does.
//   - Numbers are exact, with the copybook's decimal places: 30.50.
//   - A Codec never changes and is safe for concurrent use. Reading a record
//     allocates nothing.
//
// # Words
//
// An elementary item has a PICTURE, a group has items below it. A field is an
// item as the codec sees it. A table is an item that OCCURS; its counter is the
// item it DEPENDs ON, and what follows a table moves with the counter (ODOShift).
// Items that redefine others share their bytes; a Choice says which is shown.
package copybooks
