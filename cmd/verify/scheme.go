package main

import (
	"context"
	"fmt"
	"strings"

	"pstar/theorems"
	"pstar/theorems/multidraft/scheme"
)

func schemeCommand() command {
	return command{
		name:    "scheme",
		usage:   "NAME [FILE]",
		summary: "evaluates a selection scheme on an instance exactly",
		long:    schemeText(),
		run:     runScheme,
	}
}

func schemeText() string {
	var b strings.Builder
	b.WriteString(`Computes what a selection scheme does on an instance: the exact probability that it
accepts a draft, the exact law of its output, whether that is the target q (lossless) or
which token is the first where it is not, and the gap to the best acceptance P*. Schemes:

`)
	for _, s := range scheme.All() {
		fmt.Fprintf(&b, "  %-31s %s\n", s.Name, s.Title)
	}
	b.WriteString(`
"verify scheme user RULE [FILE]" checks a rule of your own: a JSON file
{"beta": [{"set": [1, 2], "choose": [[1, "1/3"], [2, "2/3"]]}, ...]} gives the weights with
which one of the drafted tokens is chosen before single-draft speculative sampling, or, with
"accept" and "residual", lists of one number for each token, before the acceptance given
there; "rule" in place of "beta" gives the law of the output itself, for each set or, with
"word" in place of "set", for each word of drafts. "verify pstar -rule" writes such a file.
-compare evaluates all schemes, and says which are not defined for the instance or
undecided because it is too large for them.

`)
	b.WriteString(inputText)
	return b.String()
}

type schemeJob struct {
	*call
	flags     *flagSet
	input     *inputFlags
	given     *optionFlags
	options   scheme.Options
	compare   bool
	csv, json bool
	simulate  int
	seed      uint64
	limits    *limits
	talk      *talk
}

func runScheme(c *call, args []string) error {
	f := c.flags()
	job := &schemeJob{call: c, flags: f, input: f.input(), given: f.schemeOptions()}
	f.BoolVar(&job.compare, "compare", false, "evaluate all schemes side by side")
	f.BoolVar(&job.csv, "csv", false, "with -compare: print CSV")
	f.BoolVar(&job.json, "json", false, "print JSON")
	f.IntVar(&job.simulate, "simulate", 0, "draw this `number` of outputs from the rule, and see that the frequencies fit")
	f.Uint64Var(&job.seed, "seed", 1, "`seed` of the draws")
	job.limits = f.limits()
	job.talk = f.instanceTalk()
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if err := job.validate(); err != nil {
		return err
	}
	return job.run(rest)
}

func (job *schemeJob) validate() error {
	if job.simulate == 0 {
		if err := job.flags.refuseUnused("without -simulate", "seed"); err != nil {
			return err
		}
	}
	switch {
	case job.csv && !job.compare:
		return usageErrorf("-csv goes with -compare")
	case job.csv && job.json:
		return usageErrorf("-csv and -json: choose one")
	case job.simulate < 1 && job.flags.given("simulate"):
		return usageErrorf("-simulate %d: expected a number of draws", job.simulate)
	case job.compare && job.simulate > 0:
		return usageErrorf("-simulate draws from one scheme, not with -compare")
	}
	return nil
}

// run sorts out the arguments: the name unless -compare, the rule of "user", and
// the file of the instance.
func (job *schemeJob) run(args []string) error {
	take := func() string {
		if len(args) == 0 {
			return ""
		}
		first := args[0]
		args = args[1:]
		return first
	}
	var rule string
	var schemes []scheme.Scheme
	switch name := ""; {
	case job.compare:
		schemes = scheme.All()
	default:
		if name = take(); name == "" {
			return usageErrorf("which scheme? \"verify scheme -h\" lists them")
		}
		if name == "user" {
			if rule = take(); rule == "" {
				return usageErrorf("verify scheme user needs the file of the rule")
			}
			break
		}
		chosen, err := scheme.Lookup(name)
		if err != nil {
			return usageErrorf("%v", err)
		}
		schemes = []scheme.Scheme{chosen}
	}
	var err error
	if job.options, err = job.given.resolve(schemes); err != nil {
		return err
	}
	file := take()
	if len(args) > 0 {
		return usageErrorf("unexpected argument %q", args[0])
	}
	if _, err := scheme.Lookup(file); job.compare && err == nil {
		return usageErrorf("-compare evaluates all schemes, and takes no name: %s", file)
	}
	ctx, stop := job.limits.context()
	defer stop()
	t, err := job.input.read(job.call, file)
	if err != nil {
		return err
	}
	switch {
	case job.compare:
		err = job.compareAll(ctx, t)
	case rule != "":
		err = job.user(ctx, t, rule)
	default:
		err = job.one(ctx, t, schemes[0])
	}
	return ended(ctx, err)
}

// one evaluates one scheme. That it is not defined for the instance is a mistake
// of the user; that the instance is too large leaves it undecided.
func (job *schemeJob) one(ctx context.Context, t *task, chosen scheme.Scheme) error {
	e, err := chosen.Evaluate(ctx, t.setting, job.options)
	if err != nil {
		return schemeError(err)
	}
	job.talk.say("evaluated after %v", job.talk.elapsed())
	var sim *scheme.Simulation
	if job.simulate > 0 {
		if sim, err = e.Simulate(ctx, job.simulate, job.seed); err != nil {
			return err
		}
	}
	failed := !e.Lossless() || sim != nil && !sim.Fits
	if job.json {
		verdict := solved
		if failed {
			verdict = theorems.Falsified.String()
		}
		job.printReport(verdict, nil, evaluationJSON(t, e, sim))
	} else {
		job.printScheme(t, e, chosen.Title)
		job.printSimulation(t, e.Acceptance.Lo, e.Law, sim)
	}
	if failed {
		return errRefuted
	}
	return nil
}
