package cli

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readmeBlock is a command of a README with what it prints.
var readmeBlock = regexp.MustCompile("(?s)```\n\\$ bin/tidewaiter ([^\n]*)\n(.*?)\n```")

// TestCollectionsREADME runs the commands of collections/README.md as a reader
// does, in the project's folder: what the README shows is what one gets. A line of
// three dots stands for lines left out.
func TestCollectionsREADME(t *testing.T) {
	t.Chdir("../../..")
	readme, err := os.ReadFile("collections/README.md")
	require.NoError(t, err)
	blocks := readmeBlock.FindAllStringSubmatch(string(readme), -1)
	require.GreaterOrEqual(t, len(blocks), 3)
	for _, block := range blocks {
		t.Run(block[1], func(t *testing.T) {
			var out, errs bytes.Buffer
			require.Equal(t, 0, Main(strings.Fields(block[1]), &out, &errs), errs.String())
			require.Empty(t, errs.String())
			if !strings.Contains(block[2], "...\n") {
				require.Equal(t, block[2], strings.TrimRight(out.String(), "\n"))
				return
			}
			for part := range strings.SplitSeq("\n"+block[2]+"\n", "\n...\n") {
				require.Contains(t, out.String(), strings.Trim(part, "\n"))
			}
		})
	}
	var working, errs bytes.Buffer
	require.Equal(t, 0, Main([]string{"assess", "--working", "collections/catair/testdata/d11.ae"}, &working, &errs))
	_, first, _ := strings.Cut(working.String(), `"steps":[`)
	first, _, _ = strings.Cut(first, "}}")
	require.Contains(t, string(readme), first+"}}")
}

// TestCollectionsREADMERespond: the answer that collections/README.md shows is the
// beginning of the one that one gets, but for the blanks that fill its records.
func TestCollectionsREADMERespond(t *testing.T) {
	t.Chdir("../../..")
	readme, err := os.ReadFile("collections/README.md")
	require.NoError(t, err)
	_, block, _ := strings.Cut(string(readme), "catair respond fixtures/catair/faulty.ae | sed 's/ *$//'\n```\n\nbegins with\n\n```\n")
	block, _, _ = strings.Cut(block, "```")
	var out, errs bytes.Buffer
	require.Equal(t, 1, Main([]string{"catair", "respond", "fixtures/catair/faulty.ae"}, &out, &errs))
	var trimmed strings.Builder
	for line := range strings.Lines(out.String()) {
		trimmed.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	require.NotEmpty(t, block)
	require.Equal(t, block, trimmed.String()[:len(block)])
}
