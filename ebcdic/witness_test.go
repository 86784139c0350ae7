package ebcdic

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The pages that are promised: single-byte, mixed and plain ones.
func TestEveryPromisedPage(t *testing.T) {
	const promised = "037 273 274 275 277 278 280 284 285 297 420 424 500 803 838 870 871 875 880 905 918 924 " +
		"1025 1026 1047 1097 1112 1122 1123 1130 1140 1141 1142 1143 1144 1145 1146 1147 1148 1149 1160 " +
		"1364 1388 930 933 935 937 939 1390 1399 ascii latin1"
	for name := range strings.FieldsSeq(promised) {
		p := page(t, name)
		require.Equal(t, name, strings.TrimPrefix(p.Name(), "cp"))
	}
	for _, info := range CodePages() {
		require.Contains(t, strings.Fields(promised), strings.TrimPrefix(info.Name, "cp"))
		require.NotEmpty(t, info.Source, info.Name)
	}
}

// readings are what a page makes of byte sequences: "BC" or "4260" to "00AF".
type readings map[string]string

// witnesses reads lines of page, bytes and character.
func witnesses(text string) map[string]readings {
	all := map[string]readings{}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if all[f[0]] == nil {
			all[f[0]] = readings{}
		}
		all[f[0]][f[1]] = f[2]
	}
	return all
}

// ours are the same readings of a page of this package.
func ours(p *CodePage) readings {
	all := readings{}
	for b := range 256 {
		if r := p.Rune(byte(b)); r >= 0 {
			all[fmt.Sprintf("%02X", b)] = fmt.Sprintf("%04X", r)
		}
	}
	if p.IsMixed() {
		eachPair(p, func(pair []byte, r rune) { all[fmt.Sprintf("%02X%02X", pair[0], pair[1])] = fmt.Sprintf("%04X", r) })
	}
	return all
}

// differences lists where a witness reads something else, "BC 00AF 203E", with
// "none" for no character.
func differences(p *CodePage, other readings) (out []string) {
	own := ours(p)
	for bytes, r := range own {
		if o, ok := other[bytes]; !ok {
			out = append(out, bytes+" "+r+" none")
		} else if o != r {
			out = append(out, bytes+" "+r+" "+o)
		}
	}
	for bytes, o := range other {
		if _, ok := own[bytes]; !ok {
			out = append(out, bytes+" none "+o)
		}
	}
	slices.Sort(out)
	return out
}

// agree compares every page that the witness knows with its catalogue of known
// disagreements: bytes, the character here, the character there.
func agree(t *testing.T, text string, known map[string]string, least int) {
	all := witnesses(text)
	compared := 0
	for _, info := range CodePages() {
		other := all[info.Name]
		if other == nil || strings.TrimPrefix(info.Name, "cp") == info.Name {
			continue
		}
		p := page(t, info.Name)
		require.Equal(t, known[info.Name], strings.Join(differences(p, other), ", "), info.Name)
		compared++
	}
	require.GreaterOrEqual(t, compared, least)
	t.Logf("%d pages compared", compared)
}

const pythonWitness = `
import codecs, sys
for page in sys.argv[1:]:
    try: codecs.lookup(page)
    except LookupError: continue
    for b in range(256):
        try: r = ord(bytes([b]).decode(page))
        except UnicodeDecodeError: continue
        print(page, '%02X' % b, '%04X' % r)
`

// pythonDiffers: the macron is an overline in 273, the overline a macron in 424;
// bytes of 875 without a character read as SUBSTITUTE.
var pythonDiffers = map[string]string{
	"cp273": "BC 00AF 203E",
	"cp424": "B3 2022 00B7, BC 203E 00AF",
	"cp875": "DC none 001A, E1 none 001A, EC none 001A, ED none 001A, FC none 001A, FD none 001A",
}

// The codecs of Python come from the Unicode consortium's and IBM's mapping files.
func TestPagesAgreeWithPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	args := []string{"-c", pythonWitness}
	for _, info := range CodePages() {
		args = append(args, info.Name)
	}
	text, err := exec.Command(python, args...).Output()
	if err != nil {
		t.Skip("python3 does not run: ", err)
	}
	agree(t, string(text), pythonDiffers, 7)
}

const javaWitness = `
import java.nio.*;
import java.nio.charset.*;
class Witness {
  static void read(String page, CharsetDecoder d, byte... b) {
    try {
      String s = d.reset().decode(ByteBuffer.wrap(b)).toString();
      if (s.codePointCount(0, s.length()) != 1) return;
      String bytes = b.length == 1 ? String.format("%02X", b[0]) : String.format("%02X%02X", b[1], b[2]);
      System.out.printf("%s %s %04X%n", page, bytes, s.codePointAt(0));
    } catch (CharacterCodingException e) {}
  }
  public static void main(String[] pages) {
    for (String page : pages) {
      Charset c = null;
      for (String prefix : new String[]{"IBM", "x-IBM"})
        try { c = Charset.forName(prefix + page.substring(2)); break; } catch (IllegalArgumentException e) {}
      if (c == null) continue;
      CharsetDecoder d = c.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
      boolean mixed = page.matches("cp(93.|1364|1388|1390|1399)");
      for (int a = 0; a < 256; a++) {
        if (a != 0x15 && a != 0x25 && !(mixed && (a == 0x0E || a == 0x0F))) read(page, d, (byte) a);
        for (int b = 0x40; mixed && a >= 0x40 && a < 0xFF && b < 0xFF; b++)
          read(page, d, (byte) 0x0E, (byte) a, (byte) b, (byte) 0x0F);
      }
    }
  }
}
`

// javaDiffers: in the Japanese pages five characters have other forms, those that
// Microsoft's pages have.
var javaDiffers = map[string]string{
	"cp1122": "BC 00AF 203E",
	"cp930":  "426A 00A6 FFE4, 43A1 301C FF5E, 444A 2014 2015, 447C 2016 2225",
	"cp939":  "4260 2212 FF0D, 426A 00A6 FFE4, 43A1 301C FF5E, 444A 2014 2015, 447C 2016 2225",
}

// The charsets of Java, single bytes and pairs, without the two new lines, which
// Java reads both as U+000A in most pages.
func TestPagesAgreeWithJava(t *testing.T) {
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("no java on this machine")
	}
	source := filepath.Join(t.TempDir(), "Witness.java")
	require.NoError(t, os.WriteFile(source, []byte(javaWitness), 0o644))
	args := []string{source}
	for _, info := range CodePages() {
		args = append(args, info.Name)
	}
	text, err := exec.Command(java, args...).Output()
	if err != nil {
		t.Skip("java does not run: ", err)
	}
	var lines strings.Builder
	lines.Write(text)
	for _, info := range CodePages() {
		if !strings.Contains(string(text), info.Name+" ") {
			continue
		}
		for _, b := range []int{newLine, lineFeed} {
			fmt.Fprintf(&lines, "%s %02X %04X\n", info.Name, b, page(t, info.Name).Rune(byte(b)))
		}
	}
	agree(t, lines.String(), javaDiffers, 30)
}
