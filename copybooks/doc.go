// Package copybooks turns COBOL copybooks into layouts and layouts into codecs
// that read and write the bytes of a record.
package copybooks
