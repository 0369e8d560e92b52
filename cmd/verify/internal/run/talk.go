package run

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"pstar/cmd/verify/internal/show"
)

// Talk is what a command says on standard error: progress, and with -v, times. Nothing of it is
// part of the result, and none of it depends on what is not asked for. Engines may call it from
// goroutines of their own.
type Talk struct {
	quiet, verbose bool
	progress       progressMode
	stderr         io.Writer
	terminal       bool // that is what stderr is

	lock    sync.Mutex
	start   time.Time
	last    time.Time
	showing bool // a progress line is on the screen

	// Prefix, if it is set, begins lines of progress: how far a run of several tasks is.
	Prefix func() string
}

// NewTalk is the talk of a command that began long ago, with the progress that flags ask
// for: auto, on or off.
func NewTalk(stderr io.Writer, progress string) *Talk {
	// One that knows no commands would show them.
	terminal := isTerminal(stderr) && os.Getenv("TERM") != "dumb"
	return &Talk{stderr: stderr, terminal: terminal, progress: progressMode(progress)}
}

// Talk adds the flags -q, -v and -progress.
func (f *FlagSet) Talk() *Talk { return f.talkUnless("q") }

// InstanceTalk is talk for commands that take instances, where -q is the target
// distribution.
func (f *FlagSet) InstanceTalk() *Talk { return f.talkUnless("quiet") }

// talkUnless adds the flags, of which one with the name quiet silences all.
func (f *FlagSet) talkUnless(quiet string) *Talk {
	t := NewTalk(f.call.Stderr, "auto")
	// Times are from here, before any file is read.
	t.start = time.Now()
	f.quiet = quiet
	f.BoolVar(&t.quiet, quiet, false, "say nothing on standard error but errors")
	f.BoolVar(&t.verbose, "v", false, "say on standard error what is done and how long it takes")
	f.Var(&t.progress, "progress", "show progress on standard error: `auto` (on a terminal), on or off")
	return t
}

// progressMode is when progress is shown: "auto", "on" or "off".
type progressMode string

// String implements flag.Value.
func (m progressMode) String() string { return string(m) }

// Set implements flag.Value.
func (m *progressMode) Set(s string) error {
	if s != "auto" && s != "on" && s != "off" {
		return fmt.Errorf("expected auto, on or off")
	}
	*m = progressMode(s)
	return nil
}

// ShowProgress reports whether a progress line is wanted.
func (t *Talk) ShowProgress() bool {
	if t.quiet || t.progress == "off" {
		return false
	}
	return t.progress == "on" || t.terminal
}

// isTerminal reports whether somebody may be looking. Any device counts, /dev/null too, for
// which it makes no difference.
func isTerminal(w io.Writer) bool {
	// Results go through an outlet, of which what lies under it counts.
	if o, ok := w.(*outlet); ok {
		w = o.w
	}
	// A buffer, as in tests, is no terminal.
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Progress appears only once the work has taken a while, and then changes a few
// times a second; in a log, where lines stay, from time to time.
const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
	logEvery      = 10 * time.Second
)

// clearLine goes to the beginning of a line of a terminal, and empties it.
const clearLine = "\r\033[K"

// A terminal that is narrower than a line of progress is told to cut the line off, not to
// wrap it: clearLine would empty the last part alone, and the others would stay.
const cutOff, wrapAgain = "\033[?7l", "\033[?7h"

// lineWidth is that of a line of progress: a terminal of 80 columns shows all of it.
const lineWidth = 78

// Update shows a progress line in place of the one before. What is no terminal gets a line
// of its own each time, and fewer of them.
func (t *Talk) Update(format string, args ...any) {
	if !t.ShowProgress() {
		return
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	// Whoever calls it does so as often as there is news; most of that nobody could read.
	every := progressEvery
	if !t.terminal {
		every = logEvery
	}
	// The time of the last line is of all callers together.
	now := time.Now()
	if now.Sub(t.start) < progressAfter || now.Sub(t.last) < every {
		return
	}
	t.last = now
	// One line, whatever a name has in it.
	text := strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ")
	// The prefix may be all that there is to say, or the text may.
	if t.Prefix != nil {
		text = strings.TrimSuffix(t.Prefix()+": "+text, ": ")
		text = strings.TrimPrefix(text, ": ")
	}
	// Cut by letters, and not in the middle of one.
	line := cut(text, lineWidth)
	if !t.terminal {
		fmt.Fprintln(t.stderr, line)
		return
	}
	t.showing = true
	fmt.Fprint(t.stderr, clearLine+cutOff+line+wrapAgain) // in one piece, so that no kill comes between
}

// Clear removes the progress line, if one is shown: results that go to the same terminal begin
// at its left edge.
func (t *Talk) Clear() {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.showing {
		fmt.Fprint(t.stderr, clearLine)
		t.showing = false
	}
}

// Say prints a line if -v was given.
func (t *Talk) Say(format string, args ...any) {
	if !t.verbose || t.quiet {
		return
	}
	// A progress line would stand in the middle of it.
	t.Clear()
	t.lock.Lock()
	defer t.lock.Unlock()
	fmt.Fprintf(t.stderr, format+"\n", args...)
}

// Note prints a line unless -q was given. Names of files are in such lines, so it is made
// visible what a terminal would take for commands.
func (t *Talk) Note(format string, args ...any) {
	if t.quiet {
		return
	}
	// Results and notes begin at the left edge.
	t.Clear()
	t.lock.Lock()
	defer t.lock.Unlock()
	fmt.Fprintf(t.stderr, "verify: %s\n", show.Visible(fmt.Sprintf(format, args...)))
}

// Elapsed returns the time since the command began, rounded for reading.
func (t *Talk) Elapsed() time.Duration { return time.Since(t.start).Round(time.Millisecond) }
