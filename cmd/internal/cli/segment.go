package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
	"tidewaiter/copybooks/stream"
)

// segmentFlags tell the records of a dataset apart, and which are asked for.
type segmentFlags struct {
	field    string
	segments []string
	where    []string
}

func (f *segmentFlags) register(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.field, "segment-field", "", "field whose value tells the record's type")
	s.StringArrayVar(&f.segments, "segment", nil, "'ID[,ID]=GROUP': records with these values are the record or redefinition GROUP; or 'CONDITION=>GROUP', with FIRST, LAST or OTHER for the condition too; repeatable")
	s.StringArrayVar(&f.where, "where", nil, "'FIELD=VALUE', or any condition: only records of which it is true; repeatable")
}

func (f *childrenFlags) register(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.children, "segment-children", nil, "'PARENT=CHILD[,CHILD]': records that stand in the JSON of the PARENT before them, as arrays; repeatable")
}

// childrenFlags say which records stand in the JSON of others.
type childrenFlags struct{ children []string }

// nesting reads --segment-children, nil when there is none.
func (f *childrenFlags) nesting(names copybooks.Names) (*stream.Nesting, error) {
	if len(f.children) == 0 {
		return nil, nil
	}
	pairs := map[string][]string{}
	for _, text := range f.children {
		parent, children, _ := strings.Cut(text, "=")
		parent = strings.TrimSpace(parent)
		for _, child := range strings.Split(children, ",") {
			if child = strings.TrimSpace(child); child == "" || parent == "" {
				return nil, fmt.Errorf("reading --segment-children: %q is not PARENT=CHILD[,CHILD]", text)
			}
			pairs[parent] = append(pairs[parent], child)
		}
	}
	n, err := stream.NewNesting(pairs, names)
	if err != nil {
		return nil, fmt.Errorf("reading --segment-children: %w", err)
	}
	return n, nil
}

// segment is one --segment flag: ids, or a rule.
type segment struct {
	text  string
	ids   []string
	rule  string // the condition
	at    stream.Position
	other bool // of all that is left
	group string
	codec *copybooks.Codec // the first that has the group
}

func (s *segment) isRule() bool { return s.ids == nil }

// isRecord reports whether the segment is a whole record.
func (s *segment) isRecord() bool {
	return strings.EqualFold(s.codec.Layout().Name, s.group)
}

// router decides how records are told apart.
func (f *segmentFlags) router(set *recordSet, form copybooks.JSONOptions) (*stream.Router, error) {
	if f.byID() != (f.field != "") {
		return nil, errors.New("--segment-field and --segment 'ID=GROUP' belong together; without a field, write --segment 'CONDITION=>GROUP'")
	}
	segments, err := f.parse(set)
	if err != nil {
		return nil, err
	}
	forms, err := redefinitionForms(set, segments, form)
	if err != nil {
		return nil, err
	}
	router, err := f.route(set, segments, forms)
	if err != nil {
		return nil, err
	}
	for _, text := range f.where {
		test, err := condition.Parse(text, condition.Scope{Codecs: set.codecs})
		if err != nil {
			return nil, fmt.Errorf("reading --where: %w", err)
		}
		router = router.Where(test)
	}
	return router, nil
}

// byID reports whether segments are told apart by the value of a field.
func (f *segmentFlags) byID() bool {
	return slices.ContainsFunc(f.segments, func(s string) bool { return !strings.Contains(s, "=>") })
}

func (f *segmentFlags) route(set *recordSet, segments []segment, forms map[*copybooks.Codec]copybooks.JSONOptions) (*stream.Router, error) {
	byID := f.byID()
	byRule := slices.ContainsFunc(segments, func(s segment) bool { return s.isRule() && s.isRecord() })
	switch {
	case byID && byRule:
		return nil, errors.New("--segment tells records apart by --segment-field or by conditions, not by both")
	case byID:
		return f.byField(set, segments, forms)
	case byRule:
		return ruleRouter(set, segments, forms)
	case len(set.codecs) == 1:
		return stream.Single(set.codecs[0], forms[set.codecs[0]]), nil
	}
	return conditionRouter(set, forms)
}

// parse reads the --segment flags.
func (f *segmentFlags) parse(set *recordSet) (segments []segment, err error) {
	for _, text := range f.segments {
		s := segment{text: text}
		if at := strings.LastIndex(text, "=>"); at >= 0 {
			s.rule, s.group = strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+2:])
			s.position()
		} else {
			ids, group, _ := strings.Cut(text, "=")
			s.ids, s.group = strings.Split(ids, ","), strings.TrimSpace(group)
		}
		if s.group == "" || strings.HasPrefix(text, "=") {
			return nil, fmt.Errorf("reading --segment: %q is neither ID[,ID]=GROUP nor CONDITION=>GROUP", text)
		}
		if s.codec = set.having(s.group); s.codec == nil {
			return nil, fmt.Errorf("reading --segment: the copybook has no record or group %s", s.group)
		}
		if s.at != stream.Anywhere && !s.isRecord() {
			return nil, fmt.Errorf("reading --segment: %s is for whole records, and %s is a part of %s", s.rule, s.group, s.codec.Layout().Name)
		}
		segments = append(segments, s)
	}
	return segments, nil
}

// position takes the words that stand for a condition.
func (s *segment) position() {
	switch strings.ToUpper(s.rule) {
	case "FIRST":
		s.at = stream.First
	case "LAST":
		s.at = stream.Last
	case "OTHER":
		s.other = true
	}
}

// test is the condition of a rule, nil for one that always holds. Its fields are
// those of the codec, or else of another.
func (s *segment) test(set *recordSet, c *copybooks.Codec, inside *copybooks.Item) (copybooks.Test, error) {
	if s.other || s.at != stream.Anywhere {
		return nil, nil
	}
	scope := condition.Scope{Codecs: []*copybooks.Codec{c}, Inside: inside}
	if inside == nil {
		for _, other := range set.codecs {
			if other != c {
				scope.Codecs = append(scope.Codecs, other)
			}
		}
	}
	test, err := condition.Parse(s.rule, scope)
	if err != nil {
		return nil, fmt.Errorf("reading --segment: %w", err)
	}
	return test, nil
}

// having returns the record of the name, or the first that has the group.
func (s *recordSet) having(group string) *copybooks.Codec {
	if c := s.codec(group); c != nil {
		return c
	}
	for _, c := range s.codecs {
		if c.Layout().Has(group) {
			return c
		}
	}
	return nil
}

// redefinitionForms are the forms of the records with the rules that choose
// among their redefinitions.
func redefinitionForms(set *recordSet, segments []segment, form copybooks.JSONOptions) (map[*copybooks.Codec]copybooks.JSONOptions, error) {
	forms := map[*copybooks.Codec]copybooks.JSONOptions{}
	form.Record = len(set.codecs) > 1
	for _, c := range set.codecs {
		var rules []copybooks.ChoiceRule
		for i := range segments {
			s := &segments[i]
			if !s.isRule() || s.isRecord() || !c.Layout().Has(s.group) {
				continue
			}
			f, err := c.Field(s.group)
			if err != nil {
				return nil, fmt.Errorf("reading --segment %q: %w", s.text, err)
			}
			test, err := s.test(set, c, f.Item().Parent())
			if err != nil {
				return nil, err
			}
			rules = append(rules, copybooks.ChoiceRule{Item: s.group, When: test})
		}
		own := form
		if len(rules) > 0 {
			var err error
			if own.Choice, err = form.Choice.ChooseBy(c, rules); err != nil {
				return nil, fmt.Errorf("reading --segment: %w", err)
			}
		}
		forms[c] = own
	}
	return forms, nil
}

// ruleRouter tells records apart by the rules about whole records.
func ruleRouter(set *recordSet, segments []segment, forms map[*copybooks.Codec]copybooks.JSONOptions) (*stream.Router, error) {
	targets := map[*copybooks.Codec]*stream.Target{}
	var rules []stream.Rule
	for i := range segments {
		s := &segments[i]
		if !s.isRecord() {
			continue
		}
		test, err := s.test(set, s.codec, nil)
		if err != nil {
			return nil, err
		}
		if targets[s.codec] == nil {
			targets[s.codec] = &stream.Target{Name: s.codec.Layout().Name, Codec: s.codec, JSON: forms[s.codec]}
		}
		rules = append(rules, stream.Rule{At: s.at, When: test, To: targets[s.codec]})
	}
	return stream.ByRule(rules), nil
}

// byField tells records apart by the value of --segment-field.
func (f *segmentFlags) byField(set *recordSet, segments []segment, forms map[*copybooks.Codec]copybooks.JSONOptions) (*stream.Router, error) {
	field, err := set.field(f.field)
	if err != nil {
		return nil, fmt.Errorf("reading --segment-field: %w", err)
	}
	groups := map[*copybooks.Codec][]string{}
	for _, s := range segments {
		if !s.isRule() {
			groups[s.codec] = append(groups[s.codec], s.group)
		}
	}
	targets := map[string]*stream.Target{}
	for _, s := range segments {
		if s.isRule() {
			continue
		}
		target := &stream.Target{Name: s.group, Codec: s.codec, JSON: forms[s.codec]}
		if target.JSON.Choice, err = target.JSON.Choice.Choose(s.codec, groups[s.codec], s.group); err != nil {
			return nil, err
		}
		for _, id := range s.ids {
			if targets[id] != nil {
				return nil, fmt.Errorf("reading --segment: %q is given twice", id)
			}
			targets[id] = target
		}
	}
	return stream.ByField(field, targets), nil
}

// conditionRouter tells the records of a copybook apart by their 88-levels.
func conditionRouter(set *recordSet, forms map[*copybooks.Codec]copybooks.JSONOptions) (*stream.Router, error) {
	name, records, ok := set.book.Discriminator()
	if !ok {
		names := make([]string, len(set.codecs))
		for i, c := range set.codecs {
			names[i] = c.Layout().Name
		}
		return nil, fmt.Errorf("no condition names tell the records %s apart: choose one with --record, or say which is which with --segment 'CONDITION=>RECORD'", strings.Join(names, ", "))
	}
	f, err := set.field(name)
	if err != nil {
		return nil, err
	}
	targets := map[string]*stream.Target{}
	for value, layout := range records {
		c := set.codec(layout.Name)
		targets[value] = &stream.Target{Name: layout.Name, Codec: c, JSON: forms[c]}
	}
	return stream.ByField(f, targets), nil
}

// field finds a field in the first record that has it.
func (s *recordSet) field(name string) (f copybooks.Field, err error) {
	for _, c := range s.codecs {
		if f, err = c.Field(strings.TrimSpace(name)); err == nil {
			return f, nil
		}
	}
	return f, err
}
