package survey_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/survey"
	"tidewaiter/ebcdic"
)

func inPage(t *testing.T, name, text string) []byte {
	t.Helper()
	page, err := ebcdic.LookupCodePage(name)
	require.NoError(t, err)
	out := make([]byte, len([]rune(text)))
	require.Zero(t, page.PutText(out, text))
	return out
}

func TestCodePages(t *testing.T) {
	for _, c := range []struct{ page, text string }{
		{"cp037", "JOHN SMITH   12 HIGH STREET   SPRINGFIELD   0001234567  "},
		{"cp273", "Müller, Jörg   Schloßstraße 12   München   Grüße aus Köln  "},
		{"cp297", "Société générale   très élégant, déjà vu   Hélène à la plage  "},
		{"ascii", "JOHN SMITH   12 High Street   Springfield   0001234567  "},
		{"latin1", "Müller, Jörg   Schloßstraße 12   München   Grüße aus Köln  "},
	} {
		t.Run(c.page, func(t *testing.T) {
			found := survey.CodePages(inPage(t, c.page, strings.Repeat(c.text, 20)))
			require.NotEmpty(t, found)
			require.Equal(t, c.page, found[0].Page, "%+v", found)
			require.Greater(t, found[0].Score, 50)
			require.NotEmpty(t, found[0].Evidence)
		})
	}
}

// Two scripts that put letters at the same places are both proposed.
func TestCodePagesOfOtherScripts(t *testing.T) {
	found := survey.CodePages(inPage(t, "cp875", strings.Repeat("ΑΘΗΝΑ ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ 12 JOHN SMITH HIGH STREET ", 20)))
	require.GreaterOrEqual(t, len(found), 2)
	require.Contains(t, []string{found[0].Page, found[1].Page}, "cp875")
	require.Equal(t, found[0].Score, found[1].Score)
}

func TestCodePagesWithoutText(t *testing.T) {
	require.Empty(t, survey.CodePages(nil))
	require.Empty(t, survey.CodePages(make([]byte, 4096)))
}
