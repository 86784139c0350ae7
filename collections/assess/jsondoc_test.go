package assess_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/fixtures/everyrule"
	"tidewaiter/fixtures/generate"
)

// TestEveryMemberOfTheJSONIsDocumented: doc.go names every member that the
// assessments of a day of every rule have, with working and conditions.
func TestEveryMemberOfTheJSONIsDocumented(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	words := map[string]bool{}
	for _, word := range regexp.MustCompile("[a-z_]+").FindAllString(string(page), -1) {
		words[word] = true
	}
	members := map[string]bool{}
	collect := func(object []byte) {
		var form any
		require.NoError(t, json.Unmarshal(object, &form))
		collectMembers(form, members)
	}
	tables, err := everyrule.Tables()
	require.NoError(t, err)
	dir := t.TempDir()
	_, err = generate.Day{Seed: 51, Entries: 400, EveryRule: true, Tables: tables}.Write(t.Context(), dir)
	require.NoError(t, err)
	file, err := os.Open(filepath.Join(dir, generate.EntriesFile))
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	r, err := extract.NewReader(file, generate.EntriesFile)
	require.NoError(t, err)
	assessor := assess.New(tables, assess.Regulation)
	var s entry.Summary
	var a assess.Assessment
	for {
		err := r.Next(&s)
		if errors.Is(err, io.EOF) {
			break
		}
		s.Filed.Given = err == nil // no figure is filed, so conditions are raised
		if err == nil && assessor.Explain(&a, &s) == nil {
			collect(a.AppendJSON(nil))
		}
	}
	invoiced, err := os.ReadFile("testdata/d7.jsonl")
	require.NoError(t, err)
	require.NoError(t, entry.Decode(invoiced, &s))
	require.NoError(t, assessor.Explain(&a, &s))
	collect(a.AppendJSON(nil))
	for _, some := range []string{"deferred", "reported", "disposition", "severity", "computed", "allocated", "verified"} {
		require.True(t, members[some], "the day has no %q", some)
	}
	for member := range members {
		require.True(t, words[member], "doc.go does not name %q", member)
	}
}

// collectMembers notes the names of all members but class codes.
func collectMembers(form any, members map[string]bool) {
	switch form := form.(type) {
	case map[string]any:
		for name, value := range form {
			if name[0] > '9' {
				members[name] = true
			}
			collectMembers(value, members)
		}
	case []any:
		for _, value := range form {
			collectMembers(value, members)
		}
	}
}
