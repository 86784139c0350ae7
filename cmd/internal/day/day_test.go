package day

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"

	"tidewaiter/collections/reference"
	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

var update = flag.Bool("update", false, "record the workflow histories that workflows replays")

// runOnce runs a small generated day and hands its services to look before
// they are stopped.
func runOnce(t *testing.T, c Config, look func(s *services, in workflows.RunInput, r workflows.RunResult)) {
	t.Helper()
	tables, err := reference.Default()
	require.NoError(t, err)
	runWith(t, c, tables, look)
}

// runWith runs a day under tables of its own.
func runWith(t *testing.T, c Config, tables *reference.Tables, look func(s *services, in workflows.RunInput, r workflows.RunResult)) {
	t.Helper()
	ctx := t.Context()
	d := &runner{Config: c, watch: unwatched{}}
	require.NoError(t, d.prepare(ctx))
	s, err := openServices(ctx, d.Dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.close()) }()
	s.tables = tables
	w, err := s.startWorker(ctx, nil)
	require.NoError(t, err)
	defer w.Stop()
	in, err := d.input()
	require.NoError(t, err)
	result, err := d.execute(ctx, s.temporal, &follower{watch: unwatched{}})
	require.NoError(t, err)
	look(s, in, result)
}

// TestDayAgainstTheLaw runs the COBOL programs without their habits, so that
// both systems follow the law: every record of every dataset must agree.
func TestDayAgainstTheLaw(t *testing.T) {
	if !LegacyCanRun() {
		t.Skip("GnuCOBOL (cobc) is not installed: apt-get install gnucobol3")
	}
	runOnce(t, Config{Dir: dayFolder(t), Entries: 2000, Seed: 11, Date: generate.DefaultDate, Habits: ""}, func(_ *services, _ workflows.RunInput, r workflows.RunResult) {
		require.Empty(t, r.Day.Breaches)
		require.EqualValues(t, 2000, r.Day.Entries)
		require.Zero(t, r.Day.Rejected)
		require.Contains(t, []string{"EQUAL", "VALUE_EQUAL"}, r.Comparison.Verdict)
		require.Greater(t, r.Comparison.Pairs, int64(10_000))
	})
}

// TestHistories runs a day with the habits on, which must show as differences,
// and with -update records the histories of its workflows.
func TestHistories(t *testing.T) {
	if !LegacyCanRun() {
		t.Skip("GnuCOBOL (cobc) is not installed: apt-get install gnucobol3")
	}
	c := Config{Dir: dayFolder(t), Entries: 300, Seed: 12, Date: generate.DefaultDate, Habits: LegacyHabits}
	runOnce(t, c, func(s *services, in workflows.RunInput, r workflows.RunResult) {
		require.Equal(t, "DIFFERENT", r.Comparison.Verdict)
		require.NotEmpty(t, r.Comparison.Causes)
		for id, name := range map[string]string{
			"parallel-run/" + in.Day.Run:   "parallel-run.json",
			"collection-day/" + in.Day.Run: "collection-day.json",
		} {
			history := readHistory(t, s, id)
			require.Less(t, len(history.Events), 200, "a history must not grow with the entries")
			if *update {
				writeHistory(t, filepath.Join("..", "..", "..", "workflows", "testdata", name), history)
			}
		}
	})
}

func readHistory(t *testing.T, s *services, id string) *historypb.History {
	t.Helper()
	history := &historypb.History{}
	events := s.temporal.GetWorkflowHistory(t.Context(), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		history.Events = append(history.Events, event)
	}
	return history
}

// writeHistory writes a history as the replayer reads it, without the name of
// the machine that made it.
func writeHistory(t *testing.T, path string, history *historypb.History) {
	t.Helper()
	b, err := temporalproto.CustomJSONMarshalOptions{}.Marshal(history)
	require.NoError(t, err)
	var plain any
	require.NoError(t, json.Unmarshal(b, &plain))
	forgetIdentity(plain)
	b, err = json.MarshalIndent(plain, "", " ")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, append(b, '\n'), 0o644))
}

func forgetIdentity(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["identity"]; ok {
			v["identity"] = "worker"
		}
		if v["kind"] == "TASK_QUEUE_KIND_STICKY" {
			v["name"] = "sticky"
		}
		for _, inner := range v {
			forgetIdentity(inner)
		}
	case []any:
		for _, inner := range v {
			forgetIdentity(inner)
		}
	}
}
