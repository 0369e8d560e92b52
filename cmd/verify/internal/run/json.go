package run

import (
	"io"

	"pstar/internal/build"
	"pstar/theorems"
)

// Head is the head of the object of the run: what it found, and what was run. It is the same
// for all commands, so that a reader that knows one knows the head of all.
func (c *Call) Head(verdict string, claims theorems.Claims) theorems.Head {
	r := theorems.Head{Verdict: verdict, Claims: claims, Command: c.command.Name, Seed: c.seed}
	r.Version, _ = build.Version()
	return r
}

// PrintReport prints the JSON object of a run: verdict, claims, what was run, and the
// figures of the command.
func (c *Call) PrintReport(verdict string, claims theorems.Claims, figures any) {
	data, err := c.Head(verdict, claims).JSON(figures)
	if err != nil {
		// A fault of ours: figures are numbers, texts and lists.
		panic("verify: figures without a JSON form: " + err.Error())
	}
	c.Stdout.Write(data)
}

// Solved is the verdict of a command that answers a question and verifies no statement.
const Solved = "solved"

// Answer is the verdict of a command that has answered a question: not "verified", as nothing was claimed.
func Answer(outcome error) string {
	switch ExitStatus(outcome) {
	case ExitVerified:
		return Solved
	case ExitRefuted:
		return theorems.Falsified.String()
	}
	// Known too roughly, or in part.
	return theorems.Open.String()
}

// Tested is the verdict of a command that has tested something, and ends by this outcome: undecided if it was interrupted, whatever was found
// by then, as the exit status has it.
func Tested(found theorems.Verdict, outcome error) string {
	if ExitStatus(outcome) == ExitInterrupted {
		return theorems.Open.String()
	}
	return found.String()
}

// WriteLine writes the object of a run on one line.
func WriteLine(w io.Writer, head theorems.Head, figures any) error {
	data, err := head.Line(figures)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}
