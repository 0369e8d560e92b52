package run

import (
	"io"
	"os"
	"strings"
)

// colours are those of the words of verdicts and statuses: green for what holds, red for
// what does not, yellow for what is not settled.
var colours = map[string]string{
	"verified": "32", "proved": "32", "concluded": "32", "checked": "32", "found": "32", "valid": "32",
	"refuted": "31", "INVALID": "31",
	"undecided": "33", "vacuous": "33", "missing": "33",
}

// Unpainted is a call in whose results no word has a colour, for texts that are kept.
func Unpainted() *Call { return New(nil, nil, io.Discard, io.Discard) }

// Painted returns the word of a verdict or a status, which may be padded with spaces, in its
// colour if the result goes to a terminal: not if NO_COLOR is set.
func (c *Call) Painted(word string) string {
	// Padding is no part of the word.
	colour := colours[strings.TrimRight(word, " ")]
	// Only a terminal shows colours, and some of them do not.
	if colour == "" || !isTerminal(c.Stdout) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return word
	}
	return "\x1b[" + colour + "m" + word + "\x1b[0m"
}
