package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// flagSet is a set of flags whose errors and help go through the command.
type flagSet struct {
	*flag.FlagSet
	call *call
}

func (c *call) flags() *flagSet {
	f := &flagSet{flag.NewFlagSet("verify "+c.command.name, flag.ContinueOnError), c}
	f.SetOutput(io.Discard)
	return f
}

// parse reads flags and arguments in any order: flags may follow arguments. It
// prints the help text if asked. Everything after "--" is an argument.
func (f *flagSet) parse(args []string) (rest []string, err error) {
	for {
		if err := f.FlagSet.Parse(args); errors.Is(err, flag.ErrHelp) {
			f.help()
			return nil, errHelp
		} else if err != nil {
			return nil, usageErrorf("%v; \"verify %s\" explains", err, strings.TrimSpace(f.call.command.name+" -h"))
		}
		left := f.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if parsed := len(args) - len(left); parsed > 0 && args[parsed-1] == "--" {
			return append(rest, left...), nil
		}
		rest = append(rest, left[0])
		args = left[1:]
	}
}

// noArguments is parse for commands without arguments.
func (f *flagSet) noArguments(args []string) error {
	rest, err := f.parse(args)
	if err == nil && len(rest) > 0 {
		err = usageErrorf("unexpected argument %q", rest[0])
	}
	return err
}

func (f *flagSet) help() {
	w := f.call.stdout
	name := strings.TrimSpace("verify " + f.call.command.name)
	fmt.Fprintf(w, "usage: %s\n\n%s\n\nFlags:\n", strings.TrimSpace(name+" "+f.call.command.usage), strings.TrimSpace(f.call.command.long))
	f.SetOutput(w)
	f.PrintDefaults()
	f.SetOutput(io.Discard)
	fmt.Fprint(w, "\n"+exitText)
}
