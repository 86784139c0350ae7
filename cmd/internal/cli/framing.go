package cli

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// errBadRecords is the result of a command that used all it could: some records
// held bad fields, and they have been listed.
var errBadRecords = errors.New("some records could not be used")

// recordFlags say how a dataset is cut into records and how their bytes read.
// decode and encode share them.
type recordFlags struct {
	codecFlags
	source   sourceFlags
	copybook []string
	children childrenFlags
	record   string
	recfm    string
	lrecl    int
	rdw      string
	selfRDW  bool
	adjust   int
	bdw      bool
	blksize  int
	ends     string
	length   string
	prefix   int
	suffix   int
	header   int64
	trailer  int64
	names    string
	fillers  string
	root     string
}

func (f *recordFlags) register(c *cobra.Command) {
	f.registerRecords(c)
	f.children.register(c)
	s := c.Flags()
	s.Lookup("copybook").Usage += " (required)"
	s.StringVar(&f.names, "names", "cobol", "names in JSON: cobol, snake, upper_snake")
	s.StringVar(&f.fillers, "fillers", "drop", "FILLER in JSON: drop, keep")
	s.StringVar(&f.root, "root", "collapse", "the record's own name in JSON: keep, collapse")
	_ = c.MarkFlagRequired("copybook") // fails only for a flag that does not exist
}

// registerRecords registers the flags about the bytes of a dataset, not those
// about JSON.
func (f *recordFlags) registerRecords(c *cobra.Command) {
	f.source.register(c)
	f.codecFlags.register(c)
	s := c.Flags()
	s.StringArrayVar(&f.copybook, "copybook", nil, "copybook of the records; repeatable: the records of all")
	s.StringVar(&f.record, "record", "", "level-01 record to use, when the copybook has several")
	s.StringVar(&f.recfm, "recfm", "", "record format: F, FB, V, VB, VS, VBS, D (decimal lengths), U, TEXT (lines); FB when the copybook has one length")
	s.IntVar(&f.lrecl, "lrecl", 0, "record length of F and FB, by default the copybook's; block length of U; largest length of the others, of V and VB with the RDW")
	s.StringVar(&f.rdw, "rdw", "big", "byte order of the RDW: big, little; big-last, little-last when two zero bytes come before the length")
	s.BoolVar(&f.selfRDW, "rdw-includes-self", true, "the length in the RDW counts its own four bytes")
	s.IntVar(&f.adjust, "rdw-adjust", 0, "bytes to add to the length in the RDW")
	s.BoolVar(&f.bdw, "bdw", false, "blocks start with a block descriptor word, extended or not")
	s.StringVar(&f.ends, "delimiter", "lf", "end of the lines of TEXT: lf, crlf, nel (X'15'), or hexadecimal: x'0D25'")
	s.StringVar(&f.length, "length-field", "", "length of a record from its own fields, with prefix and suffix: 'LEN + 4', 'TYPE[A=80,B=120]'")
	s.IntVar(&f.prefix, "record-prefix", 0, "bytes at the start of each record that the copybook does not have")
	s.IntVar(&f.suffix, "record-suffix", 0, "bytes at the end of each record that the copybook does not have")
}

// registerEnds registers the flags about bytes of a file that are no records.
func (f *recordFlags) registerEnds(c *cobra.Command) {
	c.Flags().Int64Var(&f.header, "header-bytes", 0, "bytes to leave out at the start of the file")
	c.Flags().Int64Var(&f.trailer, "trailer-bytes", 0, "bytes to leave out at the end of the file")
}

// choose returns the value of a flag that has a few words.
func choose[T any](flag, word string, words []string, values []T) (T, error) {
	for i, w := range words {
		if w == word {
			return values[i], nil
		}
	}
	var none T
	return none, fmt.Errorf("reading --%s: %q is not one of %s", flag, word, strings.Join(words, ", "))
}

// format returns the framing of records, whose prefix and suffix bytes stand
// around what the copybook describes.
func (f *recordFlags) format(set *recordSet) (dataset.Format, error) {
	var out dataset.Format
	if f.prefix < 0 || f.suffix < 0 || f.header < 0 || f.trailer < 0 {
		return out, errors.New("a number of bytes to leave out is below 0")
	}
	fixed := set.fixed
	if fixed > 0 {
		fixed += f.prefix + f.suffix
	}
	if f.length != "" {
		return f.lengthFormat(set)
	}
	word := f.recfm
	if word == "" {
		if fixed == 0 {
			return out, errors.New("the records of this copybook differ in length: give --recfm, for instance --recfm VB")
		}
		word = "FB"
	}
	recfm, err := dataset.ParseRECFM(strings.ToUpper(word))
	if err != nil {
		return out, fmt.Errorf("reading --recfm: %w", err)
	}
	rdw, err := choose("rdw", f.rdw, []string{"big", "little", "big-last", "little-last"},
		[]dataset.RDW{{}, {LittleEndian: true}, {Last: true}, {LittleEndian: true, Last: true}})
	if err != nil {
		return out, err
	}
	delimiter, err := f.delimiter()
	if err != nil {
		return out, err
	}
	rdw.ExcludesSelf, rdw.Adjust = !f.selfRDW, f.adjust
	out = dataset.Format{RECFM: recfm, LRECL: f.lrecl, BDW: f.bdw, BLKSIZE: f.blksize, Delimiter: delimiter, LayoutLength: fixed, RDW: rdw}
	if (recfm == dataset.F || recfm == dataset.FB) && out.LRECL == 0 {
		if out.LRECL = fixed; fixed == 0 {
			return out, errors.New("the records of this copybook differ in length: give --lrecl")
		}
	}
	return out, nil
}

func (f *recordFlags) jsonOptions() (o copybooks.JSONOptions, err error) {
	names := []copybooks.Names{copybooks.CobolNames, copybooks.SnakeNames, copybooks.UpperSnakeNames}
	if o.Names, err = choose("names", f.names, []string{"cobol", "snake", "upper_snake"}, names); err != nil {
		return o, err
	}
	if o.Fillers, err = choose("fillers", f.fillers, []string{"drop", "keep"}, []bool{false, true}); err != nil {
		return o, err
	}
	o.Root, err = choose("root", f.root, []string{"collapse", "keep"}, []bool{false, true})
	return o, err
}

// lengthFormat returns the framing of --length-field.
func (f *recordFlags) lengthFormat(set *recordSet) (dataset.Format, error) {
	if f.recfm != "" && !strings.EqualFold(f.recfm, "U") {
		return dataset.Format{}, fmt.Errorf("--length-field does not go with --recfm %s: it is for records without descriptor words", f.recfm)
	}
	rule, err := stream.ParseLength(f.length, set.field, f.prefix)
	if err != nil {
		return dataset.Format{}, fmt.Errorf("reading --length-field: %w", err)
	}
	return dataset.Format{RECFM: dataset.U, LRECL: f.lrecl, Length: rule}, nil
}

// delimiter reads --delimiter.
func (f *recordFlags) delimiter() (string, error) {
	digits, ok := strings.CutPrefix(strings.ToLower(f.ends), "x'")
	if ok {
		b, err := hex.DecodeString(strings.TrimSuffix(digits, "'"))
		if err != nil || len(b) == 0 {
			return "", fmt.Errorf("reading --delimiter: %q is not hexadecimal bytes", f.ends)
		}
		return string(b), nil
	}
	return choose("delimiter", f.ends, []string{"lf", "crlf", "nel"}, []string{"\n", "\r\n", "\x15"})
}

// recordSet is what the flags make of the copybook: a codec for each record.
type recordSet struct {
	book   *copybooks.Copybook
	codecs []*copybooks.Codec
	fixed  int // length of all records, 0 when they differ
}

func (f *recordFlags) records() (*recordSet, error) {
	book, err := f.source.parse(f.copybook)
	if err != nil {
		return nil, err
	}
	if f.record != "" {
		l, err := book.Record(f.record)
		if err != nil {
			return nil, err
		}
		book.Records = []*copybooks.Layout{l}
	}
	options, err := f.options()
	if err != nil {
		return nil, err
	}
	pages, err := f.fieldPages(book)
	if err != nil {
		return nil, err
	}
	set := &recordSet{book: book, fixed: book.Records[0].MaxLength}
	for _, l := range book.Records {
		options.Pages = pages[l]
		c, err := l.Codec(options)
		if err != nil {
			return nil, err
		}
		set.codecs = append(set.codecs, c)
		if l.MinLength != l.MaxLength && options.ODO == copybooks.ODOShift || l.MaxLength != set.fixed {
			set.fixed = 0
		}
	}
	return set, nil
}

// codec returns the codec of the record with the name.
func (s *recordSet) codec(name string) *copybooks.Codec {
	for _, c := range s.codecs {
		if strings.EqualFold(c.Layout().Name, name) {
			return c
		}
	}
	return nil
}

// skips keeps the first stretches that --resync passed over and counts all.
type skips struct {
	first []dataset.Skip
	count int64
	bytes int64
}

func (s *skips) add(skip dataset.Skip) {
	s.count++
	s.bytes += skip.Bytes
	if len(s.first) < shownBad {
		s.first = append(s.first, skip)
	}
}

func (s *skips) print(w io.Writer, path string) {
	if s.count == 0 {
		return
	}
	for _, skip := range s.first {
		_, _ = fmt.Fprintf(w, "%s: passed over %s bytes at byte %d, before record %d: %s\n", path, thousands(skip.Bytes), skip.Offset, skip.Record, skip.Reason)
	}
	_, _ = fmt.Fprintf(w, "%s: %s bytes in %s stretches could not be cut into records\n", path, thousands(s.bytes), thousands(s.count))
}
