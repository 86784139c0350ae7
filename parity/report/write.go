package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// WriteJSON writes report.json.
func (r *Report) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("writing report.json: %w", err)
	}
	return nil
}

// Differences writes differences.jsonl.
type Differences struct {
	w       *bufio.Writer
	encoder *json.Encoder
	lines   int64
}

// NewDifferences returns a writer of lines to w. Flush it at the end.
func NewDifferences(w io.Writer) *Differences {
	d := &Differences{w: bufio.NewWriterSize(w, 1<<16)}
	d.encoder = json.NewEncoder(d.w)
	d.encoder.SetEscapeHTML(false)
	return d
}

// Write writes a line for each differing field of the item that does not have
// the verdict of a byte difference alone.
func (d *Differences) Write(it *Item) error {
	for i := range it.Fields {
		f := &it.Fields[i]
		if f.Verdict == 0 {
			continue
		}
		line := Difference{
			Comparison: it.Key.Comparison, Key: it.Key, Field: f.Field, Verdict: f.Verdict,
			Left: f.Left, Right: f.Right, LeftHex: f.LeftHex, RightHex: f.RightHex,
			Difference: f.Difference, Reason: f.Reason, Ordinal: it.Ordinal,
			Provenance: Provenance{Left: it.Left, Right: it.Right},
		}
		if err := d.encoder.Encode(&line); err != nil {
			return fmt.Errorf("writing differences.jsonl: %w", err)
		}
		d.lines++
	}
	return nil
}

// Lines is how many lines were written.
func (d *Differences) Lines() int64 { return d.lines }

// Flush writes what is buffered.
func (d *Differences) Flush() error {
	if err := d.w.Flush(); err != nil {
		return fmt.Errorf("writing differences.jsonl: %w", err)
	}
	return nil
}
