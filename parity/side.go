package parity

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
	"tidewaiter/parity/source"
)

// mostProblems bounds the records of a side that may be remembered as unusable.
// With more, the plan does not fit the data and a report would say nothing.
const mostProblems = 100_000

// side is one side of a comparison while it is read.
type side struct {
	c        *compiled
	spec     *Side
	name     string
	database string
	progress *meter

	sums     *classify.Sums
	records  int64
	digest   string
	unkeyed  []unkeyed
	problems map[int64]*record.FieldProblem // by record number
}

// unkeyed is a record that cannot be paired.
type unkeyed struct {
	item   match.Item
	reason string
	broken bool // it is not a record of the layout and in no total
}

func (c *compiled) newSide(spec *Side, fallback string, o Options, m *meter) *side {
	name := spec.Name
	if name == "" {
		name = fallback
	}
	return &side{
		c: c, spec: spec, name: name, database: o.Database, progress: m,
		sums: classify.NewSums(c.schema, c.measures), problems: map[int64]*record.FieldProblem{},
	}
}

// file is the path of the side's file in the plan, "" for a query.
func (s *side) file() string {
	return s.spec.Data + s.spec.CSV + s.spec.JSONL
}

func (s *side) kind() string {
	switch {
	case s.spec.Data != "":
		return "dataset"
	case s.spec.CSV != "":
		return "csv"
	case s.spec.JSONL != "":
		return "jsonl"
	}
	return "query"
}

// label names the source in reports.
func (s *side) label() string {
	if file := s.file(); file != "" {
		return path.Base(s.c.plan.shown(file))
	}
	return "query"
}

// order reads the side and puts it in order.
func (s *side) order(ctx context.Context, o match.Options) (*match.Ordered, error) {
	first, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.covered(first); err != nil {
		return nil, errors.Join(err, first.Close())
	}
	var again func() (match.Cursor, error)
	if s.spec.Query == "" {
		again = func() (match.Cursor, error) {
			second, err := s.open(ctx)
			if err != nil {
				return nil, err
			}
			return &cursor{side: s, reader: second, second: true}, nil
		}
	}
	return match.Order(ctx, &cursor{side: s, reader: first}, again, s.c.key.Length(), o)
}

func (s *side) open(ctx context.Context) (source.Reader, error) {
	mapping := source.Mapping{Columns: s.spec.Columns, Ignore: s.spec.Ignore, NullIsBlank: s.spec.Nulls == "blank"}
	file := s.c.plan.resolve(s.file())
	switch s.kind() {
	case "csv":
		return source.OpenCSV(file, s.c.schema, mapping)
	case "jsonl":
		return source.OpenJSONL(file, s.c.schema, mapping)
	case "query":
		return source.OpenQuery(ctx, s.database, s.spec.Query, s.c.schema, mapping)
	}
	return s.openDataset(file)
}

// openDataset opens a dataset. A right side that does not say how it is framed
// is framed as the left one; one with a copybook or code page of its own is
// written in the left copybook's bytes.
func (s *side) openDataset(file string) (source.Reader, error) {
	left := &s.c.Left
	spec := *s.spec
	if spec.RECFM == "" {
		spec.RECFM, spec.LRECL = left.RECFM, left.LRECL
	}
	own := s.c.schema
	foreign := spec.Copybook != "" && spec.Copybook != left.Copybook || spec.Record != "" && spec.Record != left.Record ||
		spec.CodePage != "" && spec.CodePage != left.CodePage
	if foreign {
		if spec.Copybook == "" {
			spec.Copybook, spec.Record = left.Copybook, left.Record
		}
		var err error
		if own, err = s.c.openSchema(&spec); err != nil {
			return nil, err
		}
	}
	recfm, err := dataset.ParseRECFM(spec.RECFM)
	if err != nil {
		return nil, err
	}
	format := dataset.Format{RECFM: recfm, LRECL: spec.LRECL, LayoutLength: own.Layout.MaxLength}
	if recfm == dataset.F || recfm == dataset.FB {
		if spec.LRECL == 0 {
			format.LRECL = own.Layout.MaxLength
		}
		if own.Fixed() && format.LRECL != own.Layout.MaxLength {
			return nil, fmt.Errorf("dataset %s: lrecl is %d, but the layout of record %s has %d bytes", file, format.LRECL, own.Layout.Name, own.Layout.MaxLength)
		}
	}
	d, err := source.OpenDataset(file, format)
	if err != nil || !foreign {
		return d, err
	}
	t, err := source.Transcode(d, own, s.c.schema)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return t, nil
}

// covered refuses a source without values for a compared field. FILLER has no
// name a column could have: it is compared with blanks.
func (s *side) covered(r source.Reader) error {
	covers := r.Covers()
	if covers == nil {
		return nil
	}
	for _, rule := range s.c.rules {
		e := s.c.schema.Elements[rule.Element]
		if !covers[rule.Element] && !e.Field.Item().IsFiller() && !e.Redefining {
			return s.c.fault(fmt.Sprintf("the %s side has no value for field %s; add a column for it or exclude it with a reason", s.name, e.Name), "right")
		}
	}
	return nil
}

// report is what the side gave.
func (s *side) report() report.Side {
	return report.Side{Name: s.name, Source: s.label(), Records: s.records, Unkeyed: int64(len(s.unkeyed)), Invalid: int64(len(s.problems))}
}

// place is where an item of the side stands.
func (s *side) place(it *match.Item) *report.Place {
	if it == nil {
		return nil
	}
	p := &report.Place{Source: s.label(), Record: it.Number}
	if it.Offset >= 0 {
		offset := it.Offset
		p.Offset = &offset
	}
	return p
}

// cursor gives the items of a side: rows with their keys. The first reading
// also keeps the side's accounts; the second only gives the same items again.
type cursor struct {
	side   *side
	reader source.Reader
	second bool
	row    source.Row
	key    []byte
	count  int64
}

// progressEvery is how many records pass between two reports of progress.
const progressEvery = 1 << 16

// Next gives the next row whose key can be read.
func (c *cursor) Next(it *match.Item) error {
	for {
		err := c.reader.Next(&c.row)
		if errors.Is(err, io.EOF) {
			return c.end()
		}
		if err != nil {
			return err
		}
		c.count++
		if !c.second && c.count%progressEvery == 0 {
			c.side.progress.add(progressEvery)
		}
		ok, err := c.take(it)
		if ok || err != nil {
			return err
		}
	}
}

// take makes an item of the row, or puts it among those that have no key.
func (c *cursor) take(it *match.Item) (ok bool, err error) {
	s, row := c.side, &c.row
	if row.Unframed {
		return false, s.reject(c.second, row, row.Problem.Reason, true)
	}
	if reason := compare.BadLength(s.c.schema, row.Bytes); reason != "" {
		return false, s.reject(c.second, row, reason, true)
	}
	problem := row.Problem
	if problem != nil && hits(problem, s.c.key.Parts) {
		return false, s.reject(c.second, row, s.c.problemText(problem), true)
	}
	c.key, err = s.c.key.Append(c.key[:0], row.Bytes)
	keyless := err != nil
	if !c.second && problem == nil {
		unreadable, sumErr := s.sums.Add(row.Bytes)
		if sumErr != nil {
			return false, fmt.Errorf("adding up record %d of %s: %w", row.Number, s.label(), sumErr)
		}
		if unreadable >= 0 {
			problem = s.c.undecodable(row.Bytes, unreadable)
		}
	}
	if keyless {
		return false, s.reject(c.second, row, s.c.keyText(err), false)
	}
	if !c.second && problem != nil {
		if err := s.remember(row.Number, problem); err != nil {
			return false, err
		}
	}
	*it = match.Item{Key: c.key, Record: row.Bytes, Number: row.Number, Offset: row.Offset}
	return true, nil
}

func (c *cursor) end() error {
	digest := c.reader.Digest()
	if c.second && digest != c.side.digest {
		return fmt.Errorf("%w: %s has another SHA-256 than at first", match.ErrChanged, c.side.label())
	}
	if !c.second {
		c.side.digest, c.side.records = digest, c.count
		c.side.progress.add(c.count % progressEvery)
	}
	return io.EOF
}

// Close closes the source.
func (c *cursor) Close() error { return c.reader.Close() }

// reject keeps a row that cannot be paired.
func (s *side) reject(again bool, row *source.Row, reason string, broken bool) error {
	if again {
		return nil
	}
	if len(s.unkeyed) >= mostProblems {
		return fmt.Errorf("more than %d records of %s have no readable key, the last at record %d: %s; is it the right copybook, record format and code page?",
			mostProblems, s.label(), row.Number, reason)
	}
	s.unkeyed = append(s.unkeyed, unkeyed{
		item:   match.Item{Record: append([]byte(nil), row.Bytes...), Number: row.Number, Offset: row.Offset},
		reason: reason, broken: broken,
	})
	return nil
}

func (s *side) remember(number int64, p *record.FieldProblem) error {
	if len(s.problems) >= mostProblems {
		return fmt.Errorf("more than %d records of %s do not fit the record, the last is %d: %s", mostProblems, s.label(), number, s.c.problemText(p))
	}
	s.problems[number] = p
	return nil
}

// problemText describes a value that does not fit, without the value when it is
// of a masked field.
func (c *compiled) problemText(p *record.FieldProblem) string {
	for _, element := range p.Refused {
		if c.masked[element] {
			return fmt.Sprintf("field %s cannot hold the value given", p.Field)
		}
	}
	return p.Error()
}

// keyText describes a key field that holds no value, without its bytes when it
// is masked.
func (c *compiled) keyText(err error) string {
	var fe *copybooks.FieldError
	if errors.As(err, &fe) {
		for element, masked := range c.masked {
			if masked && strings.HasPrefix(fe.Field, c.schema.Elements[element].Field.Name()) {
				return fmt.Sprintf("field %s at offset %d: %s", fe.Field, fe.Offset, fe.Reason)
			}
		}
	}
	return err.Error()
}

// undecodable says why an element of rec holds no value.
func (c *compiled) undecodable(rec []byte, element int) *record.FieldProblem {
	e := c.schema.Elements[element]
	p := &record.FieldProblem{Element: element, Field: e.Name, Reason: "holds no value"}
	for i := range e.Field.Occurs() {
		if _, err := e.Field.Int(rec, i); err != nil {
			p.Reason = fieldReason(err)
			break
		}
	}
	return p
}
