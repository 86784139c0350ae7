package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// stageConsole tells a person at standard error what a long command is doing:
// a bar that moves on a terminal, one line a finished stage elsewhere.
type stageConsole struct {
	w        io.Writer
	terminal bool
	bar      *progressbar.ProgressBar
	began    time.Time
	name     string
}

func newStageConsole(w io.Writer) *stageConsole {
	f, ok := w.(*os.File)
	return &stageConsole{w: w, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// begin starts a stage. On a terminal its bar follows update.
func (c *stageConsole) begin(name, doing string) {
	c.name, c.began = name, time.Now()
	if !c.terminal {
		_, _ = fmt.Fprintf(c.w, "%-11s %s ...\n", name, doing)
		return
	}
	c.bar = progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(c.w),
		progressbar.OptionSetDescription(fmt.Sprintf("%-11s %s", name, doing)),
		progressbar.OptionSetWidth(24),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}

// update moves the bar; total 0 leaves its length unknown.
func (c *stageConsole) update(done, total int64) {
	if c.bar == nil {
		return
	}
	if total > 0 && c.bar.GetMax64() != total {
		c.bar.ChangeMax64(total)
	}
	_ = c.bar.Set64(done)
}

// end closes the stage with what came of it.
func (c *stageConsole) end(result string) time.Duration {
	elapsed := time.Since(c.began)
	if c.bar != nil {
		_ = c.bar.Finish()
		c.bar = nil
	}
	_, _ = fmt.Fprintf(c.w, "%-11s %-72s %9s\n", c.name, result, seconds(elapsed))
	return elapsed
}

// close removes a bar that an error left standing.
func (c *stageConsole) close() {
	if c.bar != nil {
		_ = c.bar.Exit()
		_, _ = fmt.Fprintln(c.w)
		c.bar = nil
	}
}

// seconds prints a duration as people compare them: seconds with one decimal.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// thousands prints a count with separators: 1,020,000.
func thousands(n int64) string { return separate(fmt.Sprint(n)) }

// separate puts commas into the integer digits of a number in text form.
func separate(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + frac
	}
	return sign + whole
}
