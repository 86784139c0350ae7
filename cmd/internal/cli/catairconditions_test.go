package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/reference"
)

// TestRespondCarriesEveryCondition: the conditions that an assessment raises of
// each case of the condition tables stand in E1 records, behind the E0 record of
// their line, and the entry is rejected when one of them is fatal.
func TestRespondCarriesEveryCondition(t *testing.T) {
	const dir = "../../../collections/assess/testdata/conditions"
	tables, err := reference.LoadDir(dir + "/tables")
	require.NoError(t, err)
	message, err := os.Open(dir + "/conditions.ae")
	require.NoError(t, err)
	defer message.Close()
	var out bytes.Buffer
	require.ErrorIs(t, respond(tables, message, "conditions.ae", &out, io.Discard), errBadRecords)
	got := answersOf(out.String())

	list, err := os.Open(dir + "/answers.csv")
	require.NoError(t, err)
	defer list.Close()
	rows, err := csv.NewReader(list).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 200)
	for _, row := range rows[1:] {
		number, want, name := row[0], row[1], row[2]
		t.Run(name, func(t *testing.T) {
			require.Equal(t, want, got[number])
		})
	}
}

// answersOf gives for each entry of an AX message its conditions, "line code", 0 for
// the summary as a whole.
func answersOf(message string) map[string]string {
	answers := map[string][]string{}
	line := 0
	for _, record := range strings.Split(message, "\n") {
		switch {
		case strings.HasPrefix(record, "E0 LINE"):
			_, _ = fmt.Sscan(record[10:16], &line)
		case strings.HasPrefix(record, "E0"):
			line = 0
		case strings.HasPrefix(record, "E1"):
			number := strings.ReplaceAll(record[50:65], " ", "")
			if code := strings.TrimSpace(record[4:7]); code != "" {
				answers[number] = append(answers[number], fmt.Sprintf("%d %s", line, code))
			} else {
				answers[number] = append(answers[number], "")
			}
		}
	}
	joined := map[string]string{}
	for number, list := range answers {
		joined[number] = strings.Join(list[:len(list)-1], ", ") // the last says what became of the entry
	}
	return joined
}
