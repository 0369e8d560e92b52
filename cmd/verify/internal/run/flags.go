package run

import (
	"errors"
	"flag"
	"io"
	"strings"

	"pstar/cmd/verify/internal/suggest"
	"pstar/rational"
	"pstar/theorems"
)

// Number reads the number of a flag exactly. The error says what is wrong with it as a number, as that its exponent is too long: only of one
// that is read can be said that it is out of the range of the flag.
func Number(flag, text string) (rational.Rat, error) {
	x, err := rational.ParseRat(text)
	if err != nil {
		return x, UsageErrorf("-%s: %v", flag, err)
	}
	return x, nil
}

// FlagSet is a set of flags whose errors and help go through the command: package flag prints
// both on its own, and would end the process.
type FlagSet struct {
	theorems.Flags
	call  *Call
	quiet string   // the name of the flag that silences talk, if there is one
	rest  []string // arguments that are no flags, once they are read
}

// Arguments are those of the command line that are no flags; none before Parse.
func (f *FlagSet) Arguments() []string { return f.rest }

// MaxWorkers bounds -j: more help nobody, and a number with a digit too many takes memory.
const MaxWorkers = 1024

// Flags returns the flags of the command, none so far. A command makes its flags of it, those of
// many commands by the methods that add them, and then calls Parse, once.
func (c *Call) Flags() *FlagSet {
	f := &FlagSet{Flags: theorems.Flags{FlagSet: flag.NewFlagSet("verify "+c.command.Name, flag.ContinueOnError)}, call: c}
	// What package flag prints on its own would stand beside what the command says.
	f.SetOutput(io.Discard)
	return f
}

// JSON adds the flag -json of commands that print something else without it.
func (f *FlagSet) JSON(asked *bool) { f.BoolVar(asked, "json", false, "print one JSON object") }

// CertificateFile adds the flag -certificate of commands that write one at the most.
func (f *FlagSet) CertificateFile(path *string) {
	f.StringVar(path, "certificate", "", "write a certificate to `file`, compressed if it ends in .gz")
}

// refuseMistaken is an error if a flag is on the command line with an empty value, which is how
// flags look that are not, or has taken the next flag for its value.
func (f *FlagSet) refuseMistaken() (err error) {
	f.Visit(func(g *flag.Flag) {
		kind, text := flag.UnquoteUsage(g)
		name, dashed := strings.CutPrefix(g.Value.String(), "-")
		switch {
		case err != nil:
		// An empty value is what a script passes on whose variable is not set.
		case g.Value.String() == "":
			err = UsageErrorf("-%s: the value is empty, want %s (%s)", g.Name, kind, text)
		// Who means "quiet" by -q, where it is the target law, would be told of a file that is none.
		case dashed && f.Lookup(name) != nil:
			err = UsageErrorf("-%s: the value is missing before -%s, want %s (%s)", g.Name, name, kind, text)
		}
	})
	return err
}

// Parse reads flags and arguments in any order: flags may follow arguments. It
// prints the help text if asked. Everything after "--" is an argument. Errors are ready to be
// returned by the command; also the one that says that help was asked for, which ends it well.
func (f *FlagSet) Parse(args []string) (rest []string, err error) {
	// All flags are made by now, and nothing has been done: this is where a description ends.
	if f.call.describing {
		f.call.described = f
		return nil, errHelp
	}
	rest, err = f.split(args)
	// Kept also after an error, for what describes the call.
	f.rest, f.call.flags = rest, f
	// The seed is in the object of -json, whichever command has it.
	if g := f.Lookup("seed"); err == nil && g != nil {
		if seed, isSeed := g.Value.(flag.Getter).Get().(uint64); isSeed {
			f.call.seed = &seed
		}
	}
	if err == nil {
		err = f.refuseMistaken()
	}
	// Who asks for silence and for talk has mistyped one of them.
	if g := f.Lookup(f.quiet); err == nil && g != nil && g.Value.String() == "true" {
		err = f.RefuseUnused("with -"+f.quiet, "v", "progress")
	}
	return rest, err
}

// split reads flags and arguments in any order, where package flag stops at the first argument.
// Errors say what may have been meant.
func (f *FlagSet) split(args []string) (rest []string, err error) {
	for {
		if err := f.FlagSet.Parse(args); errors.Is(err, flag.ErrHelp) {
			f.help()
			return nil, errHelp
		} else if err != nil {
			return nil, UsageErrorf("%s; \"verify %s\" explains%s", expected(err), strings.TrimSpace(f.call.command.Name+" -h"), f.meant(err))
		}
		// What stands behind the first argument, flags too.
		left := f.Args()
		if len(left) == 0 {
			return rest, nil
		}
		// Package flag takes "--" away and does not say so: it stood before what is left.
		if parsed := len(args) - len(left); parsed > 0 && args[parsed-1] == "--" {
			return append(rest, left...), nil
		}
		rest = append(rest, left[0])
		args = left[1:]
	}
}

// expected is an error of package flag, which says of numbers and of flags without one that they are none, and not what would be.
func expected(err error) string {
	text, unread := strings.CutSuffix(err.Error(), ": parse error")
	switch {
	case !unread:
		return text
	case strings.HasPrefix(text, "invalid boolean"):
		return text + ": expected true or false"
	}
	// All flags of package flag's own types that take something are of whole numbers; others have errors of their own.
	return text + ": expected a whole number such as 3"
}

// meant names the flag that somebody may have meant who gave one that does not exist.
func (f *FlagSet) meant(err error) string {
	_, word, unknown := strings.Cut(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return ""
	}
	var names []string
	// All that the command has, given or not.
	f.VisitAll(func(g *flag.Flag) { names = append(names, g.Name) })
	return suggest.DidYouMean(word, names, func(s string) string { return "-" + s })
}

// AtMostOne is parse for commands with one argument or none: it is "" then.
func (f *FlagSet) AtMostOne(args []string) (string, error) {
	rest, err := f.Parse(args)
	switch {
	case err != nil:
		return "", err
	case len(rest) > 1:
		return "", UsageErrorf("unexpected argument %q", rest[1])
	}
	return strings.Join(rest, ""), nil
}

// NoArguments is parse for commands without arguments.
func (f *FlagSet) NoArguments(args []string) error {
	rest, err := f.Parse(args)
	if err == nil && len(rest) > 0 {
		err = UsageErrorf("unexpected argument %q", rest[0])
	}
	return err
}
