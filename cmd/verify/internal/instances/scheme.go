package instances

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/internal/crew"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
)

// SchemeCommand is the command that evaluates a scheme, or a rule of the user's, on an instance.
func SchemeCommand() run.Command {
	return run.Command{
		Name:    "scheme",
		Usage:   "NAME [FILE]",
		Summary: "evaluates a selection scheme on an instance exactly",
		Long:    schemeText(),
		Run:     runScheme,
		Words:   append(each.Of(scheme.All(), func(s scheme.Scheme) string { return s.Name }), "user"),
	}
}

// schemeText is the help: the list of schemes comes from their table.
func schemeText() string {
	var b strings.Builder
	b.WriteString(`Computes what a selection scheme does on an instance: the exact probability that it
accepts a draft, the exact law of its output, whether that is the target q (lossless) or
which token is the first where it is not, and the gap to the best acceptance P*. Schemes:

`)
	// In the order in which -compare evaluates them.
	for _, s := range scheme.All() {
		fmt.Fprintf(&b, "  %-31s %s\n", s.Name, s.Title)
	}
	b.WriteString(`
"verify scheme user RULE [FILE]" checks a rule of your own: a JSON file
{"beta": [{"set": [1, 2], "choose": [[1, "1/3"], [2, "2/3"]]}, ...]} gives the weights with
which one of the drafted tokens is chosen before single-draft speculative sampling, or, with
"accept" and "residual", lists of one number for each token, before the acceptance given
there; "rule" in place of "beta" gives the law of the output itself, for each set or, with
"word" in place of "set", for each word of drafts. "verify pstar -write-rule" writes such a file.
For iid drafts over a vocabulary it writes a rule by classes, some hundred numbers with which
each draft draws a class by its ratio q/p, and the highest class is chosen; -tuple says what
such a rule does with given drafts.
The acceptance of a table is the probability that its output is among the drafts, which P* is the
largest of; that of a rule by classes, as of the schemes above, that the draft chosen is accepted,
without what is drawn after a rejection and is a draft by chance.
-normalize divides its rows, residual and levels by their sums, too, if they are 1 up to 1/1000.
For one draft -accept and -residual give the rule as arrays. Of an output that does not have law q the total variation, the
largest ratio to q and the worst tokens are told; -tolerance says which variation will do.
-compare evaluates all schemes, and says which are not defined for the instance or
undecided because it is too large for them.
Without replacement over many tokens acceptances are enclosed, and that the output has law q
is a theorem and not added up, which is said. An interval that is wider than -within asks, or
its default, leaves them undecided.

`)
	b.WriteString(input.Text)
	return b.String()
}

// A schemeJob is a run of the command, with its flags as they were given.
type schemeJob struct {
	*run.Call
	flags *run.FlagSet
	input *input.Flags
	// The options of the schemes, as flags and then as they were resolved.
	given     *OptionFlags
	options   scheme.Options
	compare   bool
	csv, json bool
	simulate  int
	seed      uint64
	// Of -tuple: tokens from 1, as they were typed.
	tuple     string
	tolerance input.Tolerance
	// The texts of -accept and -residual, which are the whole rule of one draft.
	vectors [2]string
	limits  *run.Limits
	talk    *run.Talk
}

// runScheme parses flags, and hands over to run what depends on the arguments.
func runScheme(c *run.Call, args []string) error {
	f := c.Flags()
	// Options are flags of their own kind: which of them have an effect depends on the scheme.
	job := &schemeJob{Call: c, flags: f, input: input.NewFlags(f), given: NewSchemeOptions(f)}
	f.BoolVar(&job.compare, "compare", false, "evaluate all schemes side by side")
	f.BoolVar(&job.csv, "csv", false, "with -compare: print CSV")
	f.JSON(&job.json)
	f.IntVar(&job.simulate, "simulate", 0, "draw this `number` of outputs from the rule, and see that the frequencies fit")
	f.Uint64Var(&job.seed, "seed", 1, "`seed` of the draws")
	job.tolerance.Add(f, input.TotalVariation)
	f.StringVar(&job.vectors[0], "accept", "", "with user and K = 1, in place of the rule: `numbers` or an array, the probability to accept each token")
	f.StringVar(&job.vectors[1], "residual", "", "with -accept: `numbers` or an array, the law of the output after a rejection")
	f.StringVar(&job.tuple, "tuple", "", "with a rule by classes: say what it does with these `tokens`, separated by commas")
	job.limits = f.Limits()
	job.talk = f.InstanceTalk()
	rest, err := f.Parse(args)
	if err != nil {
		return err
	}
	// Before the arguments are looked at: what is wrong with flags alone needs no file.
	if err := job.validate(); err != nil {
		return err
	}
	return job.run(rest)
}

// validate refuses flags that are malformed or do not go together.
func (job *schemeJob) validate() error {
	if err := job.tolerance.Read(); err != nil {
		return err
	}
	// One half of a rule is none.
	if (job.vectors[0] == "") != (job.vectors[1] == "") {
		return run.UsageErrorf("-accept and -residual go together")
	}
	// A seed without draws has no effect.
	if job.simulate == 0 {
		if err := job.flags.RefuseUnused("without -simulate", "seed"); err != nil {
			return err
		}
	}
	switch {
	// One scheme is no table.
	case job.csv && !job.compare:
		return run.UsageErrorf("-csv goes with -compare")
	// Both write to standard output.
	case job.csv && job.json:
		return run.UsageErrorf("-csv and -json: choose one")
	// 0 is the value of a flag that is not there: whoever writes it means something.
	case job.simulate < 1 && job.flags.Given("simulate"):
		return run.UsageErrorf("-simulate %d: expected a number of draws", job.simulate)
	// Two vectors have no table to draw from.
	case job.vectors[0] != "" && job.simulate > 0:
		return run.UsageErrorf("-simulate is for tables, not for -accept and -residual")
	case job.compare && job.simulate > 0:
		return run.UsageErrorf("-simulate draws from one scheme, not with -compare")
	}
	return nil
}

// run sorts out the arguments: the name unless -compare, the rule of "user", and
// the file of the instance.
func (job *schemeJob) run(args []string) error {
	// The arguments from the first one on; "" when there are none left.
	take := func() string {
		if len(args) == 0 {
			return ""
		}
		first := args[0]
		args = args[1:]
		return first
	}
	// The name decides what the next argument is.
	schemes, rule, err := job.named(take)
	if err != nil {
		return err
	}
	// After the name: which options have an effect depends on the scheme.
	if job.options, err = job.given.Resolve(schemes); err != nil {
		return err
	}
	// What is left is the file of the instance, which flags may stand in for.
	file := take()
	// Such as a second file: one of the two would be passed over.
	if len(args) > 0 {
		return run.UsageErrorf("unexpected argument %q", args[0])
	}
	// With -compare the first argument is a file: a name there was meant for one scheme.
	if _, err := scheme.Lookup(file); job.compare && err == nil {
		return run.UsageErrorf("-compare evaluates all schemes, and takes no name: %s", file)
	}
	ctx := job.limits.Context()
	t, err := job.input.Read(job.Call, file)
	if err != nil {
		return err
	}
	tellReplaced(job.talk, t)
	// The instance is read first, so that what is wrong with it is told in the same words everywhere.
	switch {
	// What was read decides what is done; flags that are for something else are refused.
	case job.vectors[0] != "" && rule == "":
		err = run.UsageErrorf("-accept and -residual are for verify scheme user")
	case rule != "":
		err = job.user(ctx, t, rule)
	case job.tuple != "":
		err = run.UsageErrorf("-tuple is for a rule of your own")
	case job.compare:
		err = job.compareAll(ctx, t)
	default:
		err = job.one(ctx, t, schemes[0])
	}
	return err
}

// named takes the name of a scheme, or "user" and its rule, unless all are compared.
func (job *schemeJob) named(take func() string) (schemes []scheme.Scheme, rule string, err error) {
	if job.compare {
		// Every scheme has a row; an argument is the file of the instance then.
		return scheme.All(), "", nil
	}
	switch name := take(); {
	case name == "":
		return nil, "", run.UsageErrorf("which scheme? \"verify scheme -h\" lists them")
	// The flags are the rule: no file of it stands on the command line.
	case name == "user" && job.vectors[0] != "":
		return nil, "-accept", nil
	case name == "user":
		// Without the file there is nothing to check, and the instance would be taken for it.
		if rule = take(); rule == "" {
			err = run.UsageErrorf("verify scheme user needs the file of the rule")
		}
		return nil, rule, err
	default:
		chosen, err := scheme.Lookup(name)
		if err != nil {
			return nil, "", run.UsageErrorf("%v", err)
		}
		return []scheme.Scheme{chosen}, "", nil
	}
}

// one evaluates one scheme. That it is not defined for the instance is a mistake
// of the user; that the instance is too large leaves it undecided.
func (job *schemeJob) one(ctx context.Context, t *input.Task, chosen scheme.Scheme) error {
	// With the law of the output, without which nothing is known of losslessness.
	e, err := job.evaluate(ctx, t, chosen)
	if err != nil {
		return SchemeError(err)
	}
	job.talk.Say("evaluated after %v", job.talk.Elapsed())
	// Draws from the rule, beside the law that was computed.
	var sim *scheme.Simulation
	if job.simulate > 0 {
		// A scheme without a table of the rule cannot be drawn from, and says so.
		if sim, err = e.Simulate(ctx, job.simulate, job.seed); err != nil {
			return err
		}
	}
	// A scheme of the papers that is not lossless refutes what they say of it, and draws that do
	// not fit refute our own law of it.
	failed := !job.lossless(e.Law, e.Wrong, e.Instance.Target()) || sim != nil && !sim.Fits
	var outcome error
	if failed {
		outcome = run.ErrRefuted
	}
	outcome = job.Concluded(errors.Join(outcome, job.wide(compared{scheme: chosen, e: e})))
	if job.json {
		// The acceptance is an answer, and only a law that is not q refutes something.
		job.PrintReport(run.Answer(outcome), nil, evaluationJSON(t, e, sim, job.tolerance.Value))
	} else {
		job.printScheme(t, e, chosen.Title)
		job.printSimulation(t, e.Acceptance.Lo, e.Law, sim)
	}
	return outcome
}

// wide is the error that acceptances or P* are not known as narrowly as -within asks, or its default, which leaves them undecided as it does
// P* of pstar; nil if all are.
func (job *schemeJob) wide(rows ...compared) error {
	var names []string
	for _, row := range rows {
		if e := row.e; e != nil && (e.Acceptance.Width().Cmp(row.scheme.Asked(job.options)) > 0 || e.Best.Width().Cmp(job.options.AskedOfOptimum(e.Instance)) > 0) {
			names = append(names, row.scheme.Name)
		}
	}
	if names == nil {
		return nil
	}
	reason := fmt.Sprintf("scheme %s: the interval of the acceptance or of P* is wider than asked", strings.Join(names, ", "))
	// Who asked for nothing learns what was.
	if job.options.Within == nil {
		reason += "; -within says which width is good enough"
	}
	return &theorems.Unsettled{Reason: reason}
}

// tellReplaced says what of the file gave way to flags: who forgot one asks about another instance.
func tellReplaced(talk *run.Talk, t *input.Task) {
	for _, text := range t.Replaced {
		talk.Note("%s", text)
	}
}

// lossless reports whether an output has law q, up to the tolerance.
func (job *schemeJob) lossless(law []rational.Rat, wrong int, q multidraft.Distribution) bool {
	// No token is wrong at all, or the output is as near to q as was asked for.
	return wrong < 0 || !job.tolerance.Value.IsZero() && scheme.Deviate(law, q).Within(job.tolerance.Value)
}

// evaluate evaluates a scheme. Not all that takes long in it looks at the context: it is
// left when that ends.
func (job *schemeJob) evaluate(ctx context.Context, t *input.Task, chosen scheme.Scheme) (*scheme.Evaluation, error) {
	return crew.Await(ctx, func() (*scheme.Evaluation, error) { return chosen.Evaluate(ctx, t.Instance, job.options) })
}
