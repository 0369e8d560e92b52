package instances

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems/multidraft/scheme"
)

// OptionFlags are the flags for the free parameters of the schemes. They have the
// names of the options.
type OptionFlags struct {
	flags   *run.FlagSet
	options scheme.Options
	// Texts, parsed when it is known which schemes take them.
	alphabet, gamma, within string
}

// NewSchemeOptions adds the flags; their values are read by [OptionFlags.Resolve].
func NewSchemeOptions(f *run.FlagSet) *OptionFlags {
	// The values are set when the line is parsed, after this returns.
	g := &OptionFlags{flags: f}
	o := &g.options
	f.IntVar(&o.Size, "size", 0, "`size` of Ω_1 in the truncated programs (default 5, or n if that is less)")
	f.StringVar(&g.alphabet, "alphabet", "", "Ω_0 of the truncated alphabets: `tokens` separated by commas")
	f.IntVar(&o.Top, "top", 0, "without -alphabet: Ω_0 has this `number` of likeliest tokens (default 5)")
	f.IntVar(&o.Few, "few", 0, "ℓ of the hybrid scheme: the `number` of tokens that are few (default 2)")
	f.StringVar(&o.Baseline, "baseline", "", "`scheme` the hybrid falls back to: specinfer or spectr (default specinfer)")
	f.StringVar(&g.gamma, "gamma", "", "`γ` of K-SEQ, any positive number (default γ*, which is enclosed)")
	f.IntVar(&o.Bits, "bits", 0, "enclose γ* to this `number` of binary digits (default 64)")
	f.StringVar(&g.within, "within", "", "`width` of an interval that is good enough: for the acceptance (default 1e-9) and for P* (default 1e-12 for K = 2, else 1e-9), where they are enclosed")
	return g
}

// resolve parses the options, and refuses those that none of the schemes takes.
func (g *OptionFlags) Resolve(schemes []scheme.Scheme) (scheme.Options, error) {
	o := g.options
	// An option that nobody takes is a mistake, whatever its value.
	if err := g.refuse(schemes); err != nil {
		return o, err
	}
	// 0 is the default only where the flag is not there: whoever writes it means a number.
	for _, n := range []struct {
		name  string
		value int
	}{{"size", o.Size}, {"top", o.Top}, {"few", o.Few}, {"bits", o.Bits}} {
		// 0 is "not given" in the options, so that it must not be given.
		if g.flags.Given(n.name) && n.value < 1 {
			return o, run.UsageErrorf("-%s %d: want at least 1", n.name, n.value)
		}
	}
	if g.gamma != "" {
		gamma, err := run.Number("gamma", g.gamma)
		if err != nil {
			return o, err
		}
		o.Gamma = &gamma
	}
	if g.within != "" {
		within, err := parseWithin(g.within)
		if err != nil {
			return o, err
		}
		o.Within = &within
	}
	if g.alphabet != "" {
		for _, text := range strings.Split(g.alphabet, ",") {
			i, err := strconv.Atoi(text)
			// Whether there is such a token is not known before the instance.
			if err != nil {
				return o, run.UsageErrorf("-alphabet: expected token numbers separated by commas, found %q", text)
			}
			// Tokens are numbered from 1 on the command line.
			o.Alphabet = append(o.Alphabet, i-1)
		}
	}
	return o, nil
}

// refuse reports an option that has no effect on the schemes.
func (g *OptionFlags) refuse(schemes []scheme.Scheme) error {
	// Options that at least one of the schemes takes.
	taken := map[string]bool{}
	for _, s := range schemes {
		for _, name := range s.Options {
			// The hybrid scheme has γ only through the scheme that it falls back to.
			onlyHybrid := s.Name == scheme.Hybrid && g.options.Baseline != scheme.KSEQ
			taken[name] = taken[name] || !onlyHybrid || name != "gamma" && name != "bits"
		}
	}
	// In the order of the help, so that the first that is told is the same each time.
	for _, name := range []string{"size", "alphabet", "top", "few", "baseline", "gamma", "bits", "within"} {
		if !taken[name] {
			if err := g.flags.RefuseUnused("here: it is for "+takers(name), name); err != nil {
				return err
			}
		}
	}
	// Both choose Ω_0.
	if g.alphabet != "" {
		if err := g.flags.RefuseUnused("with -alphabet", "top"); err != nil {
			return err
		}
	}
	// A γ that is given is exact: there is nothing to enclose.
	if g.gamma != "" {
		return g.flags.RefuseUnused("with -gamma", "bits")
	}
	return nil
}

// takers names the schemes that take an option.
// Messages say with them what an option would be for.
func takers(option string) string {
	var names []string
	for _, s := range scheme.All() {
		// In the order of the table, as everywhere.
		if !slices.Contains(s.Options, option) {
			continue
		}
		name := s.Name
		// Only with that baseline has γ an effect on it.
		if name == scheme.Hybrid && (option == "gamma" || option == "bits") {
			name += fmt.Sprintf(" -baseline %s", scheme.KSEQ)
		}
		names = append(names, name)
	}
	// Not for rules of one's own, which are no schemes of the list.
	if len(names) == len(scheme.All()) {
		return "the schemes that have a name"
	}
	return strings.Join(names, ", ")
}

// SchemeError makes a wrong option, and a scheme that is not defined for the
// instance, an error of the user; others, such as a size that is too large, leave
// something undecided.
func SchemeError(err error) error {
	// Looked for in the whole chain: what evaluates may have wrapped them.
	var option *scheme.OptionError
	var undefined *scheme.UndefinedError
	switch {
	// Under the name of the flag, which the option has too.
	case errors.As(err, &option):
		return run.UsageErrorf("-%s: %s", option.Option, option.Reason)
	// The scheme was asked for by name, for an instance that it does not cover.
	case errors.As(err, &undefined):
		return run.UsageErrorf("%v", err)
	}
	return err
}
