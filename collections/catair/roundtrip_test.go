package catair_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// copyFile reads all records of a file and writes them in its own form.
func copyFile(t require.TestingT, file []byte) ([]byte, error) {
	r := catair.NewReader(bytes.NewReader(file))
	var out bytes.Buffer
	var w *catair.Writer
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if w == nil {
			w = catair.NewWriter(&out, r.Form())
		}
		require.NoError(t, w.WriteRecord(rec))
	}
	if w != nil {
		require.NoError(t, w.Flush())
	}
	return out.Bytes(), nil
}

// inForm writes a message in another form.
func inForm(t require.TestingT, file []byte, form catair.Form) []byte {
	r := catair.NewReader(bytes.NewReader(file))
	var out bytes.Buffer
	w := catair.NewWriter(&out, form)
	for {
		rec, err := r.Next()
		if err == io.EOF {
			require.NoError(t, w.Flush())
			return out.Bytes()
		}
		require.NoError(t, err)
		require.NoError(t, w.WriteRecord(rec))
	}
}

func fixtureFiles(t require.TestingT) [][]byte {
	names, err := filepath.Glob(folder + "*.*")
	require.NoError(t, err)
	var all [][]byte
	for _, name := range names {
		if filepath.Ext(name) == ".md" {
			continue
		}
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		all = append(all, b)
	}
	require.Len(t, all, 8)
	return all
}

// TestForms: each fixture in each form is recognized, has the same faults, and
// reading and writing gives the same bytes.
func TestForms(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		want := faultsOf(t, file)
		for _, form := range forms {
			other := inForm(t, file, form)
			require.Equal(t, want, faultsOf(t, other), "%+v", form)
			require.True(t, catair.Recognize(other))
			again, err := copyFile(t, other)
			require.NoError(t, err)
			require.Equal(t, other, again)
			require.Equal(t, file, inForm(t, other, catair.Lines))
		}
	}
}

// TestSameBytes: reading and writing gives the same bytes, whatever was done to
// the lines of a message.
func TestSameBytes(t *testing.T) {
	files := fixtureFiles(t)
	rapid.Check(t, func(t *rapid.T) {
		file := rapid.SampledFrom(files).Draw(t, "file")
		lines := strings.SplitAfter(string(file), "\n")
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			at := rapid.IntRange(0, len(lines)-2).Draw(t, "line")
			switch rapid.IntRange(0, 7).Draw(t, "change") {
			case 0: // trailing blanks cut off
				lines[at] = strings.TrimRight(lines[at], " \r\n") + "\n"
			case 1:
				lines[at] = strings.ToLower(lines[at])
			case 2: // an unknown record
				lines[at] = "?? what is this\n"
			case 3: // a line of 10,000 characters, or of more than a buffer
				lines[at] = strings.Repeat("X", rapid.SampledFrom([]int{81, 10_000, 100_000}).Draw(t, "length")) + "\n"
			case 4:
				lines[at] = "\n" + lines[at]
			case 5: // carriage returns on some lines only
				lines[at] = strings.TrimSuffix(lines[at], "\n") + "\r\n"
			case 6: // trailing bytes
				lines[len(lines)-1] = rapid.SampledFrom([]string{"\x1a", "\x00\x00", "   ", "10AB"}).Draw(t, "end")
			case 7: // what is no ASCII
				lines[at] = string(rapid.SliceOfN(rapid.Byte(), 1, 90).Draw(t, "bytes")) + "\n"
			}
		}
		want := []byte(strings.Join(lines, ""))
		got, err := copyFile(t, want)
		if err != nil {
			require.ErrorIs(t, err, catair.ErrNotText)
			return
		}
		require.Equal(t, want, got)
	})
}

// TestBadFiles: what is wrong with a file as a whole is said, and the records that
// can be read are.
func TestBadFiles(t *testing.T) {
	good := strings.Join(d11(t), "\n") + "\n"
	long := strings.Replace(good, "\n8", strings.Repeat("Z", 10_000)+"\n8", 1)
	for name, c := range map[string]struct{ file, want string }{
		"cut inside a record":             {good[:10*81+40], "record 11 (62): the file ends inside a record, after 40 of 80 characters (condition X42)"},
		"cut inside a record of 80 bytes": {strings.ReplaceAll(good, "\n", "")[:10*80+40], "record 11 (62): the file ends inside a record, after 40 of 80 characters (condition X42)"},
		"10,000 characters":               {long, "record 18 (62): the record is longer than 80 characters: 10080"},
		"100,000 characters":              {strings.Replace(long, "ZZ", strings.Repeat("Z", 90_000), 1), "record 18 (62): the record is longer than 80 characters"},
		"lower case":                      {strings.ToLower(good), "record 1 (a2): the envelope does not fit together: the file does not begin with an A record (condition X01)"},
		"lower case but for the envelope": {good[:162] + strings.ToLower(good[162:]), "District/Port of Entry"},
		"garbage after the first byte":    {"A\x00\x01\x02\xff\xfe" + good[6:], "(condition X40)"},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(faultsOf(t, []byte(c.file)), "\n")
			if name == "lower case but for the envelope" {
				require.Contains(t, got, "Summary Filing Action Request Code \"a\": has a character that the field's class does not allow (condition X40)")
				return
			}
			require.Contains(t, got, c.want)
		})
	}
	_, err := catair.NewReader(strings.NewReader("\x00\x01\x02")).Next()
	require.ErrorIs(t, err, catair.ErrNotText)
	_, err = catair.NewReader(strings.NewReader("\xEF\xBB\xBFA2704B76")).Next()
	require.EqualError(t, err, "the file is neither ASCII nor EBCDIC text: it begins with a byte order mark, X'EFBBBF'; save it without")
	_, err = catair.NewReader(strings.NewReader("")).Next()
	require.Equal(t, io.EOF, err)
}

// TestBatchGoesOn: an entry with a fault is said to be faulty, and the entries
// before and after it are read.
func TestBatchGoesOn(t *testing.T) {
	lines := d11(t)
	entryLines := lines[2:20]
	bad := append([]string(nil), entryLines...)
	bad[5] = bad[5][:13] + "00000700O0" + bad[5][23:]
	bad = bad[:len(bad)-1] // and without its 90 record
	all := append(append(append(append([]string(nil), lines[:20]...), bad...), entryLines...), lines[20:]...)
	summaries := catair.NewSummaries(strings.NewReader(strings.Join(all, "\n")+"\n"), "batch")
	var faulty []int
	for i := range 3 {
		var s entry.Summary
		require.NoError(t, summaries.Next(&s))
		require.Len(t, s.Lines, 3)
		if faults, _ := summaries.Faults(); len(faults) > 0 {
			faulty = append(faulty, i)
			require.Len(t, faults, 2)
			require.Equal(t, "438", faults[0].Code)
			require.Equal(t, "701", faults[1].Code)
		}
	}
	require.Equal(t, []int{1}, faulty)
	var s entry.Summary
	require.Equal(t, io.EOF, summaries.Next(&s))
	envelope, _ := summaries.EnvelopeFaults()
	require.Empty(t, envelope)
}
