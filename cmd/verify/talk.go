package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// talk is what a command says on standard error: progress, and with -v, times.
type talk struct {
	quiet, verbose bool
	progress       progressMode
	stderr         io.Writer

	lock    sync.Mutex
	start   time.Time
	last    time.Time
	showing bool // a progress line is on the screen
}

func (f *flagSet) talk() *talk { return f.talkUnless("q") }

// instanceTalk is talk for commands that take instances, where -q is the target
// distribution.
func (f *flagSet) instanceTalk() *talk { return f.talkUnless("quiet") }

func (f *flagSet) talkUnless(quiet string) *talk {
	t := &talk{stderr: f.call.stderr, start: time.Now(), progress: "auto"}
	f.quiet = quiet
	f.BoolVar(&t.quiet, quiet, false, "say nothing on standard error but errors")
	f.BoolVar(&t.verbose, "v", false, "say on standard error what is done and how long it takes")
	f.Var(&t.progress, "progress", "show progress on standard error: `auto` (on a terminal), on or off")
	return t
}

type progressMode string

func (m progressMode) String() string { return string(m) }

// Set implements flag.Value.
func (m *progressMode) Set(s string) error {
	if s != "auto" && s != "on" && s != "off" {
		return fmt.Errorf("expected auto, on or off")
	}
	*m = progressMode(s)
	return nil
}

// showProgress reports whether a progress line is wanted.
func (t *talk) showProgress() bool {
	if t.quiet || t.progress == "off" {
		return false
	}
	return t.progress == "on" || isTerminal(t.stderr)
}

func isTerminal(w io.Writer) bool {
	if o, ok := w.(*outlet); ok {
		w = o.w
	}
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Progress appears only once the work has taken a while, and then changes a few
// times a second.
const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// clearLine goes to the beginning of a line of a terminal, and empties it.
const clearLine = "\r\033[K"

// update shows a progress line in place of the one before.
func (t *talk) update(format string, args ...any) {
	if !t.showProgress() {
		return
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	now := time.Now()
	if now.Sub(t.start) < progressAfter || now.Sub(t.last) < progressEvery {
		return
	}
	t.last = now
	t.showing = true
	line := []rune(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " "))
	if len(line) > 78 {
		line = line[:78]
	}
	fmt.Fprintf(t.stderr, clearLine+"%s", string(line))
}

// clear removes the progress line.
func (t *talk) clear() {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.showing {
		fmt.Fprint(t.stderr, clearLine)
		t.showing = false
	}
}

// say prints a line if -v was given.
func (t *talk) say(format string, args ...any) {
	if !t.verbose || t.quiet {
		return
	}
	t.clear()
	t.lock.Lock()
	defer t.lock.Unlock()
	fmt.Fprintf(t.stderr, format+"\n", args...)
}

// note prints a line unless -q was given.
func (t *talk) note(format string, args ...any) {
	if t.quiet {
		return
	}
	t.clear()
	t.lock.Lock()
	defer t.lock.Unlock()
	fmt.Fprintf(t.stderr, "verify: %s\n", visible(fmt.Sprintf(format, args...)))
}

// elapsed returns the time since the command began, rounded for reading.
func (t *talk) elapsed() time.Duration { return time.Since(t.start).Round(time.Millisecond) }

// Names come from files, and files from anywhere: a name must not move the cursor, begin
// a line that looks like a verdict, or end a set early.

// printable quotes a name with characters that a terminal would obey.
func printable(name string) string {
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return strconv.Quote(name)
	}
	return name
}

// inList is printable for a name among others in a line: it quotes also what could be
// taken for more than one name, or for none.
func inList(name string) string {
	if name == "" || strings.ContainsAny(name, ",{}\"") || strings.Contains(name, ": ") || strings.TrimSpace(name) != name {
		return strconv.Quote(name)
	}
	return printable(name)
}

// visible writes out the characters of a message that a terminal would obey, other than
// the end of a line.
func visible(message string) string {
	if strings.ContainsFunc(message, obeyed) {
		var b strings.Builder
		for _, c := range message {
			if obeyed(c) {
				quoted := strconv.QuoteRune(c)
				b.WriteString(quoted[1 : len(quoted)-1])
			} else {
				b.WriteRune(c)
			}
		}
		message = b.String()
	}
	return message
}

func obeyed(c rune) bool { return c != '\n' && c != ' ' && !unicode.IsPrint(c) }
