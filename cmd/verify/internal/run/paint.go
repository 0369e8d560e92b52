package run

import (
	"io"
	"os"
	"strings"
)

// colourOf is that of the word of a verdict or a status: green for what holds, red for what does not,
// yellow for what is not settled; "" of other words.
func colourOf(word string) string {
	switch word {
	case "verified", "proved", "concluded", "checked", "found", "valid":
		return "32"
	case "refuted", "INVALID":
		return "31"
	case "undecided", "vacuous", "missing":
		return "33"
	}
	return ""
}

// Unpainted is a call in whose results no word has a colour, for texts that are kept.
func Unpainted() *Call { return New(nil, nil, io.Discard, io.Discard) }

// Painted returns the word of a verdict or a status, which may be padded with spaces, in its
// colour if the result goes to a terminal: not if NO_COLOR is set.
func (c *Call) Painted(word string) string {
	// Padding is no part of the word.
	colour := colourOf(strings.TrimRight(word, " "))
	// Only a terminal shows colours, and some of them do not.
	if colour == "" || !isTerminal(c.Stdout) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return word
	}
	return "\x1b[" + colour + "m" + word + "\x1b[0m"
}
