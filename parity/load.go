package parity

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// largestPlan bounds a plan file, in bytes.
const largestPlan = 1 << 20

// PlanError is something wrong with a plan.
type PlanError struct {
	File   string
	Line   int // 1-based, 0 when it is about the whole file
	Reason string
}

// Error names file, line and reason.
func (e *PlanError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Load reads and checks a plan. All that is wrong with its form is reported at
// once; what it says about copybooks and data is checked by Run before anything
// is compared. Paths in the plan are relative to the plan's folder.
func Load(path string) (*Plan, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	return parse(path, source)
}

func parse(path string, source []byte) (*Plan, error) {
	if len(source) > largestPlan {
		return nil, &PlanError{File: path, Reason: fmt.Sprintf("a plan of %d bytes is larger than %d", len(source), largestPlan)}
	}
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, yamlError(path, err)
	}
	p := &Plan{path: path, lines: newLines(file)}
	if err := yaml.UnmarshalWithOptions(source, p, yaml.Strict()); err != nil {
		return nil, yamlError(path, err)
	}
	sum := sha256.Sum256(source)
	p.digest = hex.EncodeToString(sum[:])
	return p, p.check()
}

// yamlError keeps the position and the first line of the parser's message.
func yamlError(path string, err error) error {
	var positioned yaml.Error
	if !errors.As(err, &positioned) || positioned.GetToken() == nil {
		reason, _, _ := strings.Cut(err.Error(), "\n")
		return &PlanError{File: path, Reason: reason}
	}
	line := 0
	if at := positioned.GetToken().Position; at != nil {
		line = at.Line
	}
	return &PlanError{File: path, Line: line, Reason: positioned.GetMessage()}
}

// lines finds the line of a part of a plan: a path of keys and indexes.
type lines map[string]int

func newLines(file *ast.File) lines {
	l := lines{}
	for _, doc := range file.Docs {
		if doc != nil && doc.Body != nil {
			l.add("", doc.Body)
		}
	}
	return l
}

func (l lines) add(at string, node ast.Node) {
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return
	}
	if _, known := l[at]; !known {
		l[at] = node.GetToken().Position.Line
	}
	switch n := node.(type) {
	case *ast.MappingNode:
		for _, value := range n.Values {
			l.add(at, value)
		}
	case *ast.MappingValueNode:
		if n.Key == nil || n.Key.GetToken() == nil {
			return
		}
		under := at + "/" + n.Key.GetToken().Value
		l[under] = n.Key.GetToken().Position.Line
		l.add(under, n.Value)
	case *ast.SequenceNode:
		for i, value := range n.Values {
			l.add(fmt.Sprintf("%s/%d", at, i), value)
		}
	}
}

// fault is a PlanError at the deepest part of the path that the plan has.
func (p *Plan) fault(reason string, path ...any) *PlanError {
	at, line := "", p.lines[""]
	for _, part := range path {
		at += fmt.Sprintf("/%v", part)
		if found, ok := p.lines[at]; ok {
			line = found
		}
	}
	return &PlanError{File: p.path, Line: line, Reason: reason}
}

// shown is the path as an input is named in reports: never with the folders of
// this machine above the plan.
func (p *Plan) shown(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Base(path)
	}
	return filepath.ToSlash(filepath.Clean(path))
}
