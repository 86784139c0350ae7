package gostruct

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// conditions writes a method for each condition name (88) of the fields of a
// struct.
func (g *generator) conditions(typ string, members []member, taken map[string]bool) error {
	for _, m := range members {
		if m.name == "" || m.class == classGroup {
			continue
		}
		for _, c := range m.item.Conditions {
			test, words, err := g.condition(m, c)
			if err != nil {
				return fmt.Errorf("condition %s of %s: %w", c.Name, m.item.Name, err)
			}
			parameter := ""
			if m.item.Occurs != nil {
				parameter = "i int"
			}
			name := fieldName(c.Name, taken)
			g.printf("\n// %s reports the condition %s: %s is %s.\nfunc (g *%s) %s(%s) bool { return %s }\n",
				name, c.Name, m.item.Name, words, typ, name, parameter, test)
		}
	}
	return nil
}

// condition returns the Go expression of a condition and its values in words.
func (g *generator) condition(m member, c copybooks.Condition) (test, words string, err error) {
	target := "g." + m.name
	if m.item.Occurs != nil {
		target += "[i]"
	}
	var tests, values []string
	for _, v := range c.Values {
		one, err := g.oneValue(m, target, v)
		if err != nil {
			return "", "", err
		}
		word := v.From
		if v.Through != "" {
			word += " THRU " + v.Through
		}
		tests, values = append(tests, one), append(values, oneLine(word))
	}
	return strings.Join(tests, " || "), strings.Join(values, ", "), nil
}

// oneLine keeps what stands in a comment printable.
func oneLine(s string) string {
	return strings.Trim(strconv.QuoteToASCII(s), `"`)
}

func (g *generator) oneValue(m member, target string, v copybooks.ConditionValue) (string, error) {
	from, ok, err := g.constant(m, v, v.From)
	if err != nil || !ok {
		return "false", err // a value the field cannot have
	}
	if v.Through == "" {
		return target + " == " + from, nil
	}
	to, ok, err := g.constant(m, v, v.Through)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", fmt.Errorf("THRU %s is no value of the field: not supported in Go source", v.Through)
	case m.class == classDigits:
		return fmt.Sprintf("compareDigits(%s, %s) >= 0 && compareDigits(%s, %s) <= 0", target, from, target, to), nil
	case m.class != classText:
		return fmt.Sprintf("%s >= %s && %s <= %s", target, from, target, to), nil
	case m.item.Justified || m.item.Usage != copybooks.Display || g.fields[m.item].CodePage() != g.page || g.page.IsMixed():
		return "", fmt.Errorf("THRU on text that is JUSTIFIED or has a code page of its own is not supported in Go source")
	}
	return fmt.Sprintf("collate(%s, %s) >= 0 && collate(%s, %s) <= 0", target, from, target, to), nil
}

// constant is a literal as the Go field holds it; ok is false when the field
// cannot hold it.
func (g *generator) constant(m member, v copybooks.ConditionValue, literal string) (text string, ok bool, err error) {
	if m.class == classText {
		s, err := g.textConstant(m.item, v, literal)
		if errors.Is(err, ebcdic.NotEncodable) {
			return "", false, nil // bytes that are no text in this code page
		}
		return strconv.Quote(s), err == nil, err
	}
	if literal == "ZEROS" {
		literal = "0"
	}
	n, ok := new(big.Rat).SetString(strings.TrimPrefix(strings.ReplaceAll(literal, ",", "."), "+"))
	if !ok {
		return "", false, nil
	}
	scale := max(m.item.Scale, 0)
	switch m.class {
	case classReal:
		f, _ := n.Float64()
		return strconv.FormatFloat(f, 'g', -1, 64), true, nil
	case classDigits:
		if m.item.Usage == copybooks.FloatLong {
			return "", false, fmt.Errorf("values of a hexadecimal COMP-2 are not supported in Go source")
		}
		return strconv.Quote(n.FloatString(scale)), new(big.Rat).Mul(n, power(scale)).IsInt(), nil
	}
	n.Mul(n, power(m.item.Scale))
	return n.Num().String(), n.IsInt() && n.Num().IsInt64(), nil
}

// power is ten to the n.
func power(n int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		p.Inv(p)
	}
	return p
}

// textConstant is the text of a literal without the blanks that pad it: a
// comparison fills the shorter side with blanks (Enterprise COBOL Language
// Reference, "Comparison of alphanumeric operands").
func (g *generator) textConstant(it *copybooks.Item, v copybooks.ConditionValue, literal string) (string, error) {
	s, err := g.literal(literal, it.Length, v.Figurative)
	if err != nil {
		return "", err
	}
	if v.All && s != "" {
		s = strings.Repeat(s, it.Length/len([]rune(s))+1)
		s = string([]rune(s)[:it.Length])
	}
	if it.Justified {
		return strings.TrimLeft(s+strings.Repeat(" ", max(0, it.Length-len([]rune(s)))), " "), nil
	}
	return strings.TrimRight(s, " "), nil
}

// literal reads the forms that the layout keeps: text as it stands, X'C1', N'A',
// and the names of figurative constants.
func (g *generator) literal(literal string, length int, figurative bool) (string, error) {
	if figurative {
		switch literal {
		case "SPACES":
			return "", nil
		case "ZEROS":
			return strings.Repeat("0", length), nil
		case "QUOTES":
			return strings.Repeat(`"`, length), nil
		case "LOW-VALUES", "NULLS":
			return strings.Repeat(string(g.page.Rune(0)), length), nil
		case "HIGH-VALUES":
			return strings.Repeat(string(g.page.Rune(0xFF)), length), nil
		}
	}
	prefix, inside, ok := strings.Cut(literal, "'")
	if !ok || !strings.HasSuffix(inside, "'") {
		return literal, nil
	}
	inside = strings.TrimSuffix(inside, "'")
	switch prefix {
	case "N", "G":
		return inside, nil
	case "Z":
		return inside + string(g.page.Rune(0)), nil
	case "X", "NX", "BX":
		b, err := hex.DecodeString(inside)
		if err != nil {
			return "", fmt.Errorf("%s is not hexadecimal", literal)
		}
		decode := g.page.AppendText
		if prefix == "NX" {
			decode = ebcdic.AppendNational
		}
		out, fault := decode(nil, b)
		if fault != ebcdic.OK {
			return "", fmt.Errorf("%s: %w", literal, fault)
		}
		return string(out), nil
	}
	return literal, nil
}
