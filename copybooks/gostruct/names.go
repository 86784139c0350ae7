package gostruct

import (
	"fmt"
	"go/token"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
)

// camel is CD-AMOUNT as CdAmount; a name that starts with a digit gets an N.
func camel(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' }) {
		word = strings.ToLower(word)
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	out := b.String()
	if out == "" || out[0] >= '0' && out[0] <= '9' || !token.IsIdentifier(out) {
		out = "N" + strings.Map(ascii, out)
	}
	return out
}

// ascii keeps letters and digits: some compilers allow #, @ and $ in names.
func ascii(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return '_'
}

// typeName is the item's name, after its group's when it is taken.
func (g *generator) typeName(item, parent string) string {
	name := camel(item)
	if g.taken(name) {
		name = parent + name
	}
	return unique(name, g.taken, g.types)
}

// taken reports whether a type may not have the name: <name>Length is the
// constant of a record.
func (g *generator) taken(name string) bool {
	return g.types[name] || g.types[name+"Length"] || g.types[strings.TrimSuffix(name, "Length")]
}

func fieldName(item string, used map[string]bool) string {
	return unique(camel(item), func(n string) bool { return used[n] }, used)
}

func unique(base string, taken func(string) bool, used map[string]bool) string {
	name := base
	for i := 2; taken(name); i++ {
		name = base + strconv.Itoa(i)
	}
	used[name] = true
	return name
}

// packageName is the copybook's name as Go names packages.
func packageName(book string) string {
	book, _, _ = strings.Cut(book, ".")
	name := strings.ReplaceAll(strings.ToLower(strings.Map(ascii, book)), "_", "")
	if !token.IsIdentifier(name) {
		name = "record" + name
	}
	return name
}

// numberVar is the variable that reads and writes the item's number.
func (g *generator) numberVar(it *copybooks.Item) string {
	spec := specOf(it, g.o.Codec)
	if name := g.numbers[spec]; name != "" {
		return name
	}
	kind := [...]string{"zoned", "packed", "binary"}[spec.Kind]
	name := fmt.Sprintf("%s%d", kind, spec.Digits)
	if spec.Signed {
		name += "s"
	}
	if spec.Scale != 0 {
		name += strings.ReplaceAll(fmt.Sprintf("v%d", spec.Scale), "-", "p")
	}
	name = unique(name, g.taken, g.types)
	g.numbers[spec] = name
	g.specs = append(g.specs, spec)
	return name
}
