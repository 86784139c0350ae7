package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
)

// sourceFlags say how copybook source is read.
type sourceFlags struct {
	members, currencies []string
	format, nsymbol     string
	comma, debug        bool
}

func (f *sourceFlags) register(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.members, "members", nil, "a folder to look for COPY members in (repeatable)")
	c.Flags().StringVar(&f.format, "source-format", "auto", "auto, fixed, variable or free")
	c.Flags().StringArrayVar(&f.currencies, "currency", nil, "CURRENCY SIGN as 'SYMBOL=SIGN', for instance 'U=EUR' (repeatable)")
	c.Flags().StringVar(&f.nsymbol, "nsymbol", "national", "what PIC N is without a USAGE: national, or dbcs for DISPLAY-1")
	c.Flags().BoolVar(&f.comma, "decimal-comma", false, "DECIMAL-POINT IS COMMA")
	c.Flags().BoolVar(&f.debug, "debug-lines", false, "take debugging lines, D in column 7, as text")
}

var sourceFormats = map[string]copybooks.SourceFormat{
	"auto": copybooks.AutoFormat, "fixed": copybooks.FixedFormat, "variable": copybooks.VariableFormat, "free": copybooks.FreeFormat,
}

func (f *sourceFlags) options() (copybooks.Options, error) {
	opts := copybooks.Options{DecimalComma: f.comma, Debug: f.debug}
	var ok bool
	if opts.Format, ok = sourceFormats[strings.ToLower(f.format)]; !ok {
		return opts, fmt.Errorf("--source-format %s is unknown: expected auto, fixed, variable or free", f.format)
	}
	switch strings.ToLower(f.nsymbol) {
	case "national":
	case "dbcs":
		opts.NSymbolDBCS = true
	default:
		return opts, fmt.Errorf("--nsymbol %s is unknown: expected national or dbcs", f.nsymbol)
	}
	for _, folder := range f.members {
		opts.Members = append(opts.Members, os.DirFS(folder))
	}
	for _, c := range f.currencies {
		symbol, sign, _ := strings.Cut(c, "=")
		if len(symbol) != 1 || sign == "" {
			return opts, fmt.Errorf("--currency %s: expected one symbol, = and what it prints, such as U=EUR", c)
		}
		opts.Currencies = append(opts.Currencies, copybooks.Currency{Symbol: symbol[0], Sign: sign})
	}
	return opts, nil
}

// parse reads the copybooks at the paths and merges them: a record of each is
// found by its name.
func (f *sourceFlags) parse(paths []string) (*copybooks.Copybook, error) {
	opts, err := f.options()
	if err != nil {
		return nil, err
	}
	books := make([]*copybooks.Copybook, len(paths))
	for i, path := range paths {
		if books[i], err = copybooks.ParseFile(path, opts); err != nil {
			return nil, err
		}
	}
	return copybooks.Merge(books...)
}
