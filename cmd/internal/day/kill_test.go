package day

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

// childFolder names the folder of a day that this test binary is to run as a
// process of its own, so that the test can kill it.
const childFolder = "TIDEWAITER_TEST_DAY"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := collectInChild(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// books is what a ledger came to, in a form that can be compared.
type books struct {
	Charges  string // digest over every charge of every entry, in key order
	Journals int64
	Postings int64
	Balance  int64 // of all accounts, in cents
	Due      string
}

// collectInChild posts the day in dir and prints "posted" for each chunk and
// the books at the end.
func collectInChild(dir string) error {
	ctx := context.Background()
	s, err := openServices(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = s.close() }()
	w, err := s.startWorker(ctx, func(p workflows.Progress) {
		if p.Step == "post" {
			fmt.Println("posted")
		}
	})
	if err != nil {
		return err
	}
	defer w.Stop()
	run, err := s.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "collection-day/killed", TaskQueue: workflows.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, workflows.CollectionDay, workflows.DayInput{
		Run: "killed", Extract: filepath.Join(dir, dataFolder, generate.EntriesFile),
		Date: generate.DefaultDate, ChunkEntries: 20,
	})
	if err != nil {
		return err
	}
	var result workflows.DayResult
	if err := run.Get(ctx, &result); err != nil {
		return err
	}
	if len(result.Breaches) > 0 {
		return fmt.Errorf("the ledger is not sound: %v", result.Breaches)
	}
	b, err := readBooks(ctx, s.stack.Postgres.AppURL())
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(b)
}

func readBooks(ctx context.Context, url string) (b books, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return b, err
	}
	defer func() { _ = conn.Close(ctx) }()
	err = conn.QueryRow(ctx, `
		SELECT (SELECT md5(string_agg(d::text, E'\n' ORDER BY entry_number, line_number, class_code)) FROM tidewaiter.collection_detail d),
		       (SELECT count(*) FROM tidewaiter.journal),
		       (SELECT count(*) FROM tidewaiter.posting),
		       (SELECT sum(amount)::bigint FROM tidewaiter.posting),
		       (SELECT sum(amount)::text FROM tidewaiter.control_total)`).
		Scan(&b.Charges, &b.Journals, &b.Postings, &b.Balance, &b.Due)
	return b, err
}

// TestKilledWhilePosting kills the process with SIGKILL in the middle of
// posting, twice, and starts it again: the ledger is that of a day that ran
// through, to the cent, with nothing doubled and nothing lost.
func TestKilledWhilePosting(t *testing.T) {
	if testing.Short() {
		t.Skip("starts services of its own, three times")
	}
	through, killed := dayFolder(t), dayFolder(t)
	for _, dir := range []string{through, killed} {
		_, err := generate.Day{Seed: 7, Entries: 800}.Write(t.Context(), filepath.Join(dir, dataFolder))
		require.NoError(t, err)
	}
	want := runChild(t, through, 0)
	require.EqualValues(t, 800, want.Journals)
	require.Zero(t, want.Balance)

	require.Nil(t, runChild(t, killed, 4), "the child should have been killed")
	require.Nil(t, runChild(t, killed, 6), "the child should have been killed again")
	require.Equal(t, want, runChild(t, killed, 0))
}

// dayFolder makes a folder that the database server's account may enter, which
// t.TempDir's parent does not allow.
func dayFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tidewaiter-day-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}

// runChild runs the day in dir as a process. It kills it after so many posted
// chunks, or lets it run to its end when kill is 0 and returns its books.
func runChild(t *testing.T, dir string, kill int) *books {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	posted := 0
	var b *books
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if line == "posted" {
			if posted++; posted == kill {
				require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
			}
		} else if strings.HasPrefix(line, "{") {
			b = &books{}
			require.NoError(t, json.Unmarshal([]byte(line), b))
		}
	}
	err = cmd.Wait()
	if kill > 0 {
		require.Error(t, err)
		return nil
	}
	require.NoError(t, err)
	return b
}
