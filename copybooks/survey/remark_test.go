package survey_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/survey"
	"tidewaiter/ebcdic"
)

func TestRemarks(t *testing.T) {
	host := string(inPage(t, "cp037", "PAYMENT OF JOHN SMITH "))
	for _, c := range []struct{ name, data, want string }{
		{"UTF-16 in records of EBCDIC", strings.Repeat(host+"\x00J\x00o\x00h\x00n\x00 \x00S\x00m\x00i\x00t\x00h\x40", 20), "text in UTF-16, big-endian, as NATIONAL items have it"},
		{"UTF-16, little-endian", strings.Repeat("\x07\x40J\x00o\x00h\x00n\x00 \x00S\x00m\x00i\x00t\x00h\x00", 20), "text in UTF-16, little-endian"},
		{"byte order mark", "\xFE\xFF\x00A", "the file starts with the byte order mark of UTF-16, big-endian"},
		{"line ends between EBCDIC records", strings.Repeat(host+"\r\n", 20), "X'0D0A' stands 20 times in EBCDIC text"},
		{"converted to UTF-8", strings.Repeat("PAYMENT OF JOHN \xEF\xBF\xBD\xEF\xBF\xBD", 20), "X'EFBFBD' stands 40 times"},
		{"ASCII beside other bytes", strings.Repeat("PAYMENT OF JOHN \x80\x9C\x1C", 20), "60 bytes are neither ASCII text nor blanks nor line ends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, strings.Join(survey.Remarks([]byte(c.data)), "\n"), c.want)
		})
	}
	require.Empty(t, survey.Remarks(nil))
	require.Empty(t, survey.Remarks([]byte(strings.Repeat(host, 20))))
	require.Empty(t, survey.Remarks([]byte(strings.Repeat("just a line of text\r\n", 20))))
}

// Double-byte text between shifts is recognised, and that pages of one country
// share their characters is said.
func TestMixedPages(t *testing.T) {
	page, err := ebcdic.LookupCodePage("cp939")
	require.NoError(t, err)
	text := strings.Repeat("NAME 東京都港区 DATE 大阪府大阪市 ", 20)
	n, fault := page.TextLength([]byte(text))
	require.Equal(t, ebcdic.OK, fault)
	b := make([]byte, n)
	require.Equal(t, ebcdic.OK, page.PutText(b, text))
	found := survey.CodePages(b)
	var names []string
	for _, c := range found {
		names = append(names, c.Page)
	}
	require.Contains(t, names, "cp939")
	require.Contains(t, found[0].Evidence[0], "stretches of pairs stand between shift-out X'0E' and shift-in X'0F'")
	require.Contains(t, strings.Join(found[0].Evidence, "\n"), "the bytes do not tell it from")
}
