package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

var schemeCommand = command{
	name:    "scheme",
	usage:   "NAME [FILE]",
	summary: "evaluates a selection scheme on an instance exactly",
}

func init() {
	schemeCommand.long = schemeText()
	schemeCommand.run = runScheme
}

func schemeText() string {
	var b strings.Builder
	b.WriteString(`Computes what a selection scheme does on an instance: the exact probability that it
accepts a draft, the exact law of its output, whether that is the target q (lossless) or
which token is the first where it is not, and the gap to the best acceptance P*. Schemes:

`)
	for _, s := range multidraft.Schemes() {
		fmt.Fprintf(&b, "  %-31s %s\n", s.Name, s.Title)
	}
	b.WriteString(`
"verify scheme user RULE [FILE]" checks a rule of your own: a JSON file
{"beta": [{"set": [1, 2], "choose": [[1, "1/3"], [2, "2/3"]]}, ...]} gives the weights with
which one of the drafted tokens is chosen before single-draft speculative sampling, or, with
"accept" and "residual", lists of one number for each token, before the acceptance given
there; "rule" in place of "beta" gives the law of the output itself, for each set or, with
"word" in place of "set", for each word of drafts. "verify pstar -rule" writes such a file.
-compare evaluates all schemes that are defined for the instance.

`)
	b.WriteString(inputText)
	return b.String()
}

type schemeJob struct {
	*call
	input     *inputFlags
	options   multidraft.SchemeOptions
	alphabet  string
	gamma     string
	compare   bool
	csv, json bool
	simulate  int
	seed      uint64
	limits    *limits
	talk      *talk
}

func runScheme(c *call, args []string) error {
	job := &schemeJob{call: c}
	f := c.flags()
	job.input = f.input()
	o := &job.options
	f.IntVar(&o.Size, "size", 0, "`size` of Ω_1 in the truncated programs (0: 5, or n if that is less)")
	f.StringVar(&job.alphabet, "alphabet", "", "Ω_0 of the truncated alphabets: `tokens` separated by commas")
	f.IntVar(&o.Top, "top", 0, "without -alphabet: Ω_0 has this `number` of likeliest tokens (0: 5)")
	f.IntVar(&o.Few, "few", 0, "ℓ of the hybrid scheme: the `number` of tokens that are few (0: 2)")
	f.StringVar(&o.Baseline, "baseline", "", "`scheme` the hybrid falls back to: specinfer or spectr (default specinfer)")
	f.StringVar(&job.gamma, "gamma", "", "`γ` of K-SEQ, any rational (default γ*, which is enclosed)")
	f.IntVar(&o.Bits, "bits", 0, "enclose γ* to this `number` of binary digits (0: 64)")
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
	if job.gamma != "" {
		gamma, err := rational.ParseRat(job.gamma)
		if err != nil {
			return usageErrorf("-gamma: %v", err)
		}
		job.options.Gamma = &gamma
	}
	if job.alphabet != "" {
		for _, text := range strings.Split(job.alphabet, ",") {
			i, err := strconv.Atoi(text)
			if err != nil {
				return usageErrorf("-alphabet: expected token numbers separated by commas, found %q", text)
			}
			job.options.Alphabet = append(job.options.Alphabet, i-1)
		}
	}
	switch {
	case job.csv && !job.compare:
		return usageErrorf("-csv goes with -compare")
	case job.csv && job.json:
		return usageErrorf("-csv and -json: choose one")
	case job.simulate < 0:
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
	var name, rule string
	if !job.compare {
		if name = take(); name == "" {
			return usageErrorf("which scheme? \"verify scheme -h\" lists them")
		}
		if name == "user" {
			if rule = take(); rule == "" {
				return usageErrorf("verify scheme user needs the file of the rule")
			}
		} else if _, err := multidraft.LookupScheme(name); err != nil {
			return usageErrorf("%v", err)
		}
	}
	file := take()
	if len(args) > 0 {
		return usageErrorf("unexpected argument %q", args[0])
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
		err = job.one(ctx, t, name)
	}
	return ended(ctx, err)
}

// one evaluates one scheme. That it is not defined for the instance is a mistake
// of the user; that the instance is too large leaves it undecided.
func (job *schemeJob) one(ctx context.Context, t *task, name string) error {
	scheme, err := multidraft.LookupScheme(name)
	if err != nil {
		return err
	}
	if err := scheme.Applies(t.setting); err != nil {
		return usageErrorf("%v", err)
	}
	e, err := scheme.Evaluate(ctx, t.setting, job.options)
	if err != nil {
		return err
	}
	var sim *multidraft.Simulation
	if job.simulate > 0 {
		if sim, err = e.Simulate(ctx, job.simulate, job.seed); err != nil {
			return err
		}
	}
	if job.json {
		job.printJSON(evaluationJSON(t, e, sim))
	} else {
		job.printScheme(t, e, scheme.Title)
		job.printSimulation(t, e, sim)
	}
	if !e.Lossless() || sim != nil && !sim.Fits {
		return errRefuted
	}
	return nil
}

func (job *schemeJob) printScheme(t *task, e *multidraft.Evaluation, title string) {
	w := job.stdout
	printTask(w, t)
	fmt.Fprintf(w, "scheme %s: %s\n", e.Scheme, title)
	if model := e.Setting.Model(); model != t.setting.Model() {
		fmt.Fprintf(w, "law of the drafts: %s, fixed by the scheme\n", model)
	}
	for _, p := range e.Parameters {
		fmt.Fprintf(w, "%s = %s\n", p.Name, p.Value)
	}
	fmt.Fprintf(w, "acceptance: %s\n", enclosureText(e.Acceptance))
	if drafted, ok := e.Drafted(); ok && drafted.Cmp(e.Acceptance.Upper) > 0 {
		fmt.Fprintf(w, "output among the drafts: %s, counting draws after a rejection\n", exact(drafted))
	}
	fmt.Fprintf(w, "P*(acc) for these drafts: %s\n", exact(e.Best))
	fmt.Fprintf(w, "gap to P*: %s\n", enclosureText(e.Gap))
	printLaw(w, t, e.Law, e.Wrong)
}

// printLaw prints the law of the output, and whether it is q.
func printLaw(w io.Writer, t *task, law []rational.Rat, wrong int) {
	for i, x := range law[:min(len(law), shownTokens)] {
		fmt.Fprintf(w, "output law, token %s: %s\n", t.name(i), exact(x))
	}
	if left := len(law) - shownTokens; left > 0 {
		fmt.Fprintf(w, "output law: %d more tokens\n", left)
	}
	if wrong < 0 {
		fmt.Fprintf(w, "lossless: yes, the output has law q exactly\n")
		return
	}
	fmt.Fprintf(w, "lossless: NO, token %s has probability %v, want %v\n", t.name(wrong), law[wrong], t.setting.Target().At(wrong))
}

// enclosureText prints a number that is known exactly, or two decimals that it lies
// between.
func enclosureText(e multidraft.Enclosure) string {
	if e.Exact() {
		return exact(e.Lower)
	}
	return fmt.Sprintf("between %s and %s", decimalBelow(e.Lower, enclosureDigits), decimalAbove(e.Upper, enclosureDigits))
}

// enclosureDigits are the digits to which enclosures are printed, rounded
// outwards; JSON and CSV have the ends themselves.
const enclosureDigits = 15

// decimalBelow is the largest decimal of so many digits that is at most x.
func decimalBelow(x rational.Rat, digits int) string {
	scale := rational.NewInt(10).Pow(uint(digits))
	q, r := x.Num().Mul(scale).QuoRem(x.Den())
	if r.Sign() < 0 {
		q = q.Sub(rational.NewInt(1))
	}
	return rational.RatFromInts(q, scale).Decimal(digits)
}

// decimalAbove is the least decimal of so many digits that is at least x.
func decimalAbove(x rational.Rat, digits int) string {
	scale := rational.NewInt(10).Pow(uint(digits))
	q, r := x.Num().Mul(scale).QuoRem(x.Den())
	if r.Sign() > 0 {
		q = q.Add(rational.NewInt(1))
	}
	return rational.RatFromInts(q, scale).Decimal(digits)
}

func (job *schemeJob) printSimulation(t *task, e *multidraft.Evaluation, sim *multidraft.Simulation) {
	if sim == nil {
		return
	}
	w := job.stdout
	fmt.Fprintf(w, "simulation: %d draws, seed %d\n", sim.Draws, job.seed)
	frequency := func(count int) string {
		return rational.NewRat(int64(count), int64(sim.Draws)).Decimal(6)
	}
	fmt.Fprintf(w, "accepted: %d, frequency %s, probability %s\n", sim.Accepted, frequency(sim.Accepted), e.Acceptance.Lower.Decimal(6))
	for i, count := range sim.Counts[:min(len(sim.Counts), shownTokens)] {
		fmt.Fprintf(w, "token %s: %d, frequency %s, probability %s\n", t.name(i), count, frequency(count), e.Law[i].Decimal(6))
	}
	fmt.Fprintf(w, "farthest from its expectation: token %s with %d\n", t.name(sim.Worst), sim.Counts[sim.Worst])
	verdict := "yes, each count is within sqrt(10 draws) of its expectation"
	if !sim.Fits {
		verdict = "NO, a count is farther than sqrt(10 draws) from its expectation (chance 4e-9 for a token)"
	}
	fmt.Fprintf(w, "frequencies fit: %s\n", verdict)
}

// The JSON object of one scheme.
type (
	jsonScheme struct {
		Scheme     string          `json:"scheme"`
		K          int             `json:"k"`
		N          int             `json:"n"`
		Drafts     string          `json:"drafts"`
		Normalised []string        `json:"normalised,omitempty"`
		Parameters [][2]string     `json:"parameters,omitempty"`
		Acceptance jsonEnclosure   `json:"acceptance"`
		Drafted    *rational.Rat   `json:"output_among_drafts,omitempty"`
		Best       rational.Rat    `json:"best"`
		Gap        jsonEnclosure   `json:"gap"`
		Lossless   bool            `json:"lossless"`
		Wrong      string          `json:"first_wrong_token,omitempty"`
		Law        []rational.Rat  `json:"law"`
		Simulation *jsonSimulation `json:"simulation,omitempty"`
	}
	// jsonEnclosure has a value if it is exact, and two ends if not.
	jsonEnclosure struct {
		Value   *rational.Rat `json:"value,omitempty"`
		Lower   *rational.Rat `json:"lower,omitempty"`
		Upper   *rational.Rat `json:"upper,omitempty"`
		Decimal string        `json:"decimal"`
	}
	jsonSimulation struct {
		Draws    int   `json:"draws"`
		Accepted int   `json:"accepted"`
		Counts   []int `json:"counts"`
		Fits     bool  `json:"fits"`
	}
)

func enclosureJSON(e multidraft.Enclosure) jsonEnclosure {
	j := jsonEnclosure{Decimal: e.Lower.Decimal(enclosureDigits)}
	if e.Exact() {
		j.Value = &e.Lower
	} else {
		j.Lower, j.Upper = &e.Lower, &e.Upper
	}
	return j
}

func evaluationJSON(t *task, e *multidraft.Evaluation, sim *multidraft.Simulation) jsonScheme {
	j := jsonScheme{
		Scheme: e.Scheme, K: e.Setting.K(), N: e.Setting.N(), Drafts: e.Setting.Model(), Normalised: t.sums,
		Acceptance: enclosureJSON(e.Acceptance), Best: e.Best, Gap: enclosureJSON(e.Gap),
		Lossless: e.Lossless(), Law: e.Law,
	}
	if drafted, ok := e.Drafted(); ok {
		j.Drafted = &drafted
	}
	for _, p := range e.Parameters {
		j.Parameters = append(j.Parameters, [2]string{p.Name, p.Value})
	}
	if !e.Lossless() {
		j.Wrong = t.name(e.Wrong)
	}
	if sim != nil {
		j.Simulation = &jsonSimulation{sim.Draws, sim.Accepted, sim.Counts, sim.Fits}
	}
	return j
}
