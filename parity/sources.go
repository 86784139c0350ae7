package parity

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// sources are the copybook members a layout was read from: their lines are
// shown beside differences, their digests stand among the inputs.
type sources struct {
	members []member
}

type member struct {
	name   string
	lines  []string
	digest string
}

// newSources reads the members named by the layout's items. A member that is
// not beside the copybook is named without its text.
func newSources(dir string, s *record.Schema) *sources {
	out := &sources{}
	visit := func(it *copybooks.Item) {
		for ; it != nil; it = it.Parent() {
			if it.File != "" && out.find(it.File) == nil {
				out.members = append(out.members, readMember(dir, it.File))
			}
		}
	}
	for _, e := range s.Elements {
		visit(e.Field.Item())
	}
	return out
}

func readMember(dir, name string) member {
	m := member{name: name}
	for _, path := range []string{filepath.Join(dir, filepath.Base(name)), filepath.Join(dir, filepath.Base(name)+".cpy"), name} {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		sum := sha256.Sum256(text)
		m.name, m.digest, m.lines = name, hex.EncodeToString(sum[:]), strings.Split(string(text), "\n")
		break
	}
	return m
}

func (s *sources) find(name string) *member {
	for i := range s.members {
		if s.members[i].name == name {
			return &s.members[i]
		}
	}
	return nil
}

// line is the copybook line that describes an item.
func (s *sources) line(it *copybooks.Item) *report.Source {
	out := &report.Source{File: filepath.Base(it.File), Line: it.Line}
	if m := s.find(it.File); m != nil && it.Line >= 1 && it.Line <= len(m.lines) {
		out.Text = strings.TrimSpace(strings.TrimRight(m.lines[it.Line-1], "\r"))
	}
	return out
}

func (s *sources) inputs() []report.Input {
	var out []report.Input
	for _, m := range s.members {
		out = append(out, report.Input{Name: filepath.Base(m.name), Kind: "copybook", SHA256: m.digest, Records: int64(len(m.lines))})
	}
	return out
}
