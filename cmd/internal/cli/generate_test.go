package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/fixtures/generate"
)

func runGenerate(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Main(append([]string{"generate"}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

func TestGenerateWritesADay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "day")
	code, out, errs := runGenerate("--entries", "300", "--seed", "5", "--out", dir)
	require.Equal(t, exitOK, code, errs)
	for _, name := range []string{"entries.vb", "hts.fb", "fees.fb", "spi.fb", "rules.fb", "day.json"} {
		assert.FileExists(t, filepath.Join(dir, name))
	}
	assert.Contains(t, out, "01 consumption")
	assert.Contains(t, out, "entries.vb")
	assert.Contains(t, out, "They are not the law")
	assert.Contains(t, errs, "300 entries")
}

func TestGenerateAnswersJSON(t *testing.T) {
	dir := t.TempDir()
	code, out, _ := runGenerate("--entries", "300", "--seed", "5", "--date", "2026-01-05", "--out", dir, "--json")
	require.Equal(t, exitOK, code)
	var m generate.Manifest
	require.NoError(t, json.Unmarshal([]byte(out), &m))
	assert.Equal(t, 300, m.Entries)
	assert.Equal(t, "2026-01-05", m.Date)
	assert.Len(t, m.Files, 5)
	kept, err := os.ReadFile(filepath.Join(dir, "day.json"))
	require.NoError(t, err)
	assert.JSONEq(t, string(kept), out)
}

func TestGenerateRefuses(t *testing.T) {
	foreign := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(foreign, "thesis.txt"), nil, 0o644))
	file := filepath.Join(foreign, "thesis.txt")
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"a folder that is not its own", []string{"--out", foreign}, "choose another folder"},
		{"a file in place of a folder", []string{"--out", file}, "thesis.txt"},
		{"no folder", nil, `"out"`},
		{"no entries", []string{"--out", "x", "--entries", "0"}, "--entries"},
		{"a date that is none", []string{"--out", "x", "--date", "2025-02-30"}, "--date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := runGenerate(c.args...)
			assert.Equal(t, exitCouldNotRun, code)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.want)
		})
	}
}

func TestGenerateHelp(t *testing.T) {
	_, out, _ := runGenerate("--help")
	for _, part := range []string{"EXIT STATUS", "Examples:", "not the law", "1020000"} {
		assert.Contains(t, out, part)
	}
}
