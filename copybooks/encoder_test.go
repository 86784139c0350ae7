package copybooks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

func TestEncode(t *testing.T) {
	for _, c := range []struct{ name, src, json, hex string }{
		{"number, text, filler", "01 R. 05 A PIC S9(3)V99 COMP-3. 05 B PIC X(3). 05 FILLER PIC 9(2).", `{"A":-1.5,"B":"AB"}`, "00150DC1C240F0F0"},
		{"members in any order, number as a string", "01 R. 05 A PIC 9(3). 05 B PIC X.", ` { "B" : "X" , "A":"7" } `, "F0F0F7E7"},
		{"counter and table", tableRecord, `{"T":[{"A":"A","P":1}],"N":1,"Z":42}`, "F1C14000100CF0F4F2"},
		{"escapes", "01 R. 05 A PIC X(4).", `{"A":"\"\\\u00e9\u0000"}`, "7FE05100"},
		{"one of two redefinitions", "01 R. 05 A PIC X(3). 05 B REDEFINES A PIC S9(5) COMP-3.", `{"B":12345}`, "12345C"},
		{"the other redefinition", "01 R. 05 A PIC X(3). 05 B REDEFINES A PIC S9(5) COMP-3.", `{"A":"ABC"}`, "C1C2C3"},
		{"bytes of _errors", "01 R. 05 A PIC 9(3). 05 B PIC X.", `{"A":null,"B":"X","_errors":[{"field":"A","offset":0,"hex":"f140f3","reason":""}]}`, "F140F3E7"},
		{"_raw keeps what no member changes", "01 R. 05 A PIC 9(2). 05 FILLER PIC X.", `{"A":13,"_raw":"f1f2e7"}`, "F1F3E7"},
		{"record of unknown type", "01 R. 05 A PIC 9(2).", `{"_errors":[{"field":"A","offset":0,"hex":"01020304","reason":""}]}`, "01020304"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := codec(t, c.src).NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(c.json))
			require.NoError(t, err)
			require.Equal(t, bytesOf(t, c.hex), got)
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	const src = "01 R. 05 A PIC 9(2). 05 B PIC X(2). 05 C REDEFINES B PIC 9(2)."
	for _, c := range []struct{ json, want string }{
		{`{"A":123,"B":"X"}`, `A at offset 0: "123" into 9(2): value has more digits`},
		{`{"A":1.5,"B":"X"}`, "more decimal places"},
		{`{"A":-1,"B":"X"}`, "minus sign"},
		{`{"A":1e1,"B":"X"}`, "not a number"},
		{`{"A":1,"B":"XYZ"}`, "text is longer"},
		{`{"A":1,"B":"€"}`, "not in the code page"},
		{`{"A":1,"B":7}`, "B is text, expected a string"},
		{`{"A":null,"B":"X"}`, "A has no value and _errors does not give its bytes"},
		{`{"A":1,"B":"12","C":13}`, "B does not agree with what is redefined at offset 2"},
		{`{"A":1,"B":"X","D":1}`, `no field for the member "D"`},
		{`{"A":1,"A":1,"B":"X"}`, "stands twice"},
		{`{"A":1,"B":"X"`, "column 15: the line ends, expected a comma or }"},
		{`{"A":1,"B":"X"} 7`, "expected the end of the line"},
		{`[]`, "expected a JSON object"},
		{`{"A":1,"_errors":{}}`, "_errors is not an array"},
		{`{"A":1,"_raw":"zz"}`, "_raw is not hexadecimal"},
	} {
		t.Run(c.json, func(t *testing.T) {
			_, err := codec(t, src).NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(c.json))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := codec(t, tableRecord).NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(`{"N":2,"T":[],"Z":1}`))
	require.ErrorContains(t, err, "T occurs 2 times, expected an array of so many")
	_, err = codec(t, tableRecord).NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(`{"N":9,"T":[],"Z":1}`))
	require.ErrorContains(t, err, "9 is outside OCCURS 0 TO 3 of T")
}

// Every record of TestJSON, bad ones too, goes back to its bytes.
func TestEncodeGoesBack(t *testing.T) {
	for _, c := range []struct{ src, hex string }{
		{tableRecord, "F1 C140 12345D F0F4F2"},
		{tableRecord, "F0 F0F4F2"},
		{tableRecord, "F4 C140 12345D F0F4F2"},
		{tableRecord, "40 F0F4F2"},
		{tableRecord, "F2 C140 12345D C240 1234A5 F0F4F2"},
		{tableRecord, "F1 C140 1234"},
		{tableRecord, ""},
		{"01 R. 05 A PIC X.", "C1C2C3"},
		{"01 R. 05 A PIC X. 05 FILLER PIC X(9).", "C1"},
		{"01 R. 05 A PIC 9(4). 05 B REDEFINES A. 10 C PIC 9(2). 10 D PIC X(2).", "F1F2C1C2"},
		{"01 R. 05 A PIC S9(5) COMP-3. 05 B REDEFINES A PIC X(3).", "12345F"},
		{"01 R. 05 A PIC X(4) JUST RIGHT.", "4040C140"},
		{"01 R. 05 A PIC S9(3) COMP-3.", "000D"},
	} {
		t.Run(c.hex, func(t *testing.T) {
			cc := codec(t, c.src)
			for _, o := range []copybooks.JSONOptions{{}, {Raw: true}, {OmitNull: true}, {Root: true}, {Fillers: true, Names: copybooks.SnakeNames}} {
				line, _ := cc.AppendJSON(nil, bytesOf(t, c.hex), o)
				got, err := cc.NewEncoder(o).Append([]byte("x"), line)
				require.NoError(t, err, string(line))
				require.Equal(t, append([]byte("x"), bytesOf(t, c.hex)...), got, string(line))
			}
		})
	}
}
