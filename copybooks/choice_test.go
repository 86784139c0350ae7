package copybooks_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
)

// Two independent stacks of redefinitions, the second inside a table, with
// another table among its items.
const choiceSource = `
01 R.
   05 KIND PIC X.
   05 BODY PIC X(6).
   05 PERSON REDEFINES BODY.
      10 AGE PIC 9(3).
      10 SEX PIC X.
   05 FIRM REDEFINES BODY.
      10 STAFF PIC S9(9) COMP.
   05 N PIC 9.
   05 LINES OCCURS 3.
      10 CODE PIC X.
      10 RAW PIC XX.
      10 AMOUNT REDEFINES RAW PIC S9(3) COMP-3.
      10 DIGITS REDEFINES RAW PIC 9 OCCURS 2.
   05 TAIL PIC X.
`

func ruled(t testing.TB, c *copybooks.Codec, rules ...[2]string) copybooks.JSONOptions {
	t.Helper()
	var list []copybooks.ChoiceRule
	for _, r := range rules {
		f, err := c.Field(r[1])
		require.NoError(t, err)
		rule := copybooks.ChoiceRule{Item: r[1]}
		if r[0] != "" {
			rule.When, err = condition.Parse(r[0], condition.Scope{Codecs: []*copybooks.Codec{c}, Inside: f.Item().Parent()})
			require.NoError(t, err)
		}
		list = append(list, rule)
	}
	choice, err := copybooks.Choice{}.ChooseBy(c, list)
	require.NoError(t, err)
	return copybooks.JSONOptions{Choice: choice}
}

var choiceRules = [][2]string{
	{"KIND = P", "PERSON"}, {"KIND = F", "FIRM"},
	{"CODE = A", "AMOUNT"}, {"CODE = D", "DIGITS"},
}

func TestRulesChooseRedefinitions(t *testing.T) {
	c := codec(t, choiceSource)
	o := ruled(t, c, choiceRules...)
	person := "\xD7" + "\xF0\xF4\xF2\xC6\x40\x40" + "\xF1" + "\xC1\x12\x3D" + "\xC4\xF7\xF8" + "\xC1\x00\x0C" + "\xE9"
	firm := "\xC6" + "\x00\x00\x00\x05\x40\x40" + "\xF1" + "\xC4\xF1\xF2" + "\xC1\x00\x1C" + "\xC4\xF3\xF4" + "\xE9"
	neither := "\xE7" + "\x01\x02\x03\x04\x05\x06" + "\xF1" + "\xC4\xF1\xF2" + "\xE7\x00\x1C" + "\xC4\xF3\xF4" + "\xE9"
	for _, tt := range []struct{ rec, want string }{
		{person, `{"KIND":"P","PERSON":{"AGE":42,"SEX":"F"},"N":1,"LINES":[{"CODE":"A","AMOUNT":-123},{"CODE":"D","DIGITS":[7,8]},{"CODE":"A","AMOUNT":0}],"TAIL":"Z"}`},
		{firm, `{"KIND":"F","FIRM":{"STAFF":5},"N":1,"LINES":[{"CODE":"D","DIGITS":[1,2]},{"CODE":"A","AMOUNT":1},{"CODE":"D","DIGITS":[3,4]}],"TAIL":"Z"}`},
		{neither, `{"KIND":"X","BODY":null,"N":1,"LINES":[{"CODE":"D","DIGITS":[1,2]},{"CODE":"X","RAW":null},{"CODE":"D","DIGITS":[3,4]}],"TAIL":"Z","_errors":[` +
			`{"field":"BODY","offset":1,"hex":"010203040506","reason":"no rule chooses among PERSON, FIRM"},` +
			`{"field":"RAW(2)","offset":12,"hex":"001c","reason":"no rule chooses among AMOUNT, DIGITS"}]}`},
	} {
		got, errs := c.AppendJSON(nil, []byte(tt.rec), o)
		require.Equal(t, tt.want, string(got))
		back, err := c.NewEncoder(o).Append(nil, got)
		require.NoError(t, err)
		require.Equal(t, []byte(tt.rec), back)
		if len(errs) == 0 {
			buf, rec := make([]byte, 0, 1024), []byte(tt.rec)
			require.Zero(t, testing.AllocsPerRun(10, func() { c.AppendJSON(buf, rec, o) }))
		}
	}
}

func TestRulesInOrder(t *testing.T) {
	c := codec(t, choiceSource)
	rec := c.Blank(nil)
	for _, tt := range []struct {
		rules [][2]string
		want  string
	}{
		{[][2]string{{"N = 0", "FIRM"}, {"", "BODY"}}, `"FIRM":`},
		{[][2]string{{"N = 1", "FIRM"}, {"", "BODY"}}, `"BODY":""`},
		{[][2]string{{"N = 1", "FIRM"}, {"N = 2", "PERSON"}, {"N = 0", "FIRM"}}, `"FIRM":`},
		{[][2]string{{"AGE > 5", "PERSON"}}, `no rule chooses among PERSON: field AGE at offset 1`},
	} {
		got, _ := c.AppendJSON(nil, rec, ruled(t, c, tt.rules...))
		require.Contains(t, string(got), tt.want)
	}
	_, err := copybooks.Choice{}.ChooseBy(c, []copybooks.ChoiceRule{{Item: "TAIL"}})
	require.ErrorContains(t, err, "TAIL neither redefines an item nor is redefined")
	_, err = copybooks.Choice{}.ChooseBy(c, []copybooks.ChoiceRule{{Item: "NOBODY"}})
	require.ErrorContains(t, err, "no field NOBODY")
}

// Law: whatever the bytes are, the redefinition that is shown, or the error,
// brings them back.
func TestRulesRoundTrip(t *testing.T) {
	c := codec(t, choiceSource)
	o := ruled(t, c, choiceRules...)
	o.Fillers = true
	rapid.Check(t, func(t *rapid.T) {
		rec := c.Blank(nil)
		kinds := []byte{0xD7, 0xC6, 0xC1, 0xC4, 0xE7}
		rec[0] = rapid.SampledFrom(kinds).Draw(t, "kind")
		for i := range 3 {
			rec[8+3*i] = rapid.SampledFrom(kinds).Draw(t, "code")
			copy(rec[9+3*i:], rapid.SliceOfN(rapid.Byte(), 2, 2).Draw(t, "amount"))
		}
		got, errs := c.AppendJSON(nil, rec, o)
		back, err := c.NewEncoder(o).Append(nil, got)
		if err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		again, errsAgain := c.AppendJSON(nil, back, o)
		if string(again) != string(got) || len(errs) != len(errsAgain) {
			t.Fatalf("%s\nbecame\n%s", got, again)
		}
	})
}
