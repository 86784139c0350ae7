// Package ebcdic turns mainframe bytes into text and exact numbers, and back.
package ebcdic
