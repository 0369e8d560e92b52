package instances

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/classes"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// user checks a selection rule of the user's own.
// The error is the refutation of the rule, bad input, or what leaves it undecided.
func (job *schemeJob) user(ctx context.Context, t *input.Task, path string) error {
	// A rule comes from its file, or for one draft from two vectors.
	s := t.Instance
	read := func() (*UserRule, error) { return job.readRule(s, path) }
	if job.vectors[0] != "" {
		read = job.vectorRule
	}
	// Read before the rule is judged: its faults as a file are of another kind than those of the
	// rule.
	rule, err := read()
	if err != nil {
		return err
	}
	// Asked for of the rule as of p and q: files of rounded numbers have rounded rows too.
	if job.input.Normalize {
		sums, err := rule.Normalise(path)
		if err != nil {
			return err
		}
		// Told with the sums of p and q.
		t.Sums = append(t.Sums, sums...)
	}
	// Rules by classes have closed forms over any vocabulary, and no table to go through.
	if rule.levels != nil {
		// Their law is in closed form, and drawing would show nothing that a formula does not.
		if job.simulate > 0 {
			return run.UsageErrorf("-simulate is for tables, not for rules by classes, whose law is in closed form")
		}
		return job.userClasses(ctx, t, rule.byClasses())
	}
	// What a table does with given drafts stands in its row.
	if job.tuple != "" {
		return run.UsageErrorf("-tuple is for rules by classes")
	}
	table, err := rule.whole(s)
	if err != nil {
		return ruleError(ctx, path, err)
	}
	// The table may be anything: that it is no selection rule is a verdict. An error is a table
	// that does not fit the instance.
	check := func() (*scheme.RuleReport, error) { return scheme.CheckRule(ctx, s, table) }
	// Without a row for each token, which a vocabulary would need.
	if rule.single {
		check = func() (*scheme.RuleReport, error) { return scheme.CheckSingle(s, table.Accept, table.Residual) }
	}
	report, err := check()
	if err != nil {
		return ruleError(ctx, path, err)
	}
	var sim *scheme.Simulation
	// What is no rule cannot be drawn from.
	if job.simulate > 0 && report.IsRule() {
		if sim, err = scheme.SimulateRule(ctx, s, table, job.simulate, job.seed); err != nil {
			return err
		}
	}
	return job.tellUser(t, report, sim)
}

// tellUser prints what was found, and gives the status.
func (job *schemeJob) tellUser(t *input.Task, report *scheme.RuleReport, sim *scheme.Simulation) error {
	// All of these refute: no law, another law than q beyond the tolerance, or frequencies that do not
	// fit, which would be a fault of the rule as it is drawn.
	verdict := theorems.Verified
	if !report.IsRule() || !job.lossless(report.Law, report.Wrong, t.Instance.Target()) || sim != nil && !sim.Fits {
		verdict = theorems.Falsified
	}
	outcome := job.Concluded(run.Outcome(verdict))
	if job.json {
		// Of a rule of one's own it was asked whether it is one and lossless: that is verified.
		job.PrintReport(run.Tested(verdict, outcome), nil, userJSON(t, report, sim, job.tolerance.Value))
	} else {
		job.printUser(t, report)
		job.printSimulation(t, report.Drafted, report.Law, sim)
	}
	return outcome
}

// whole is the table of the rule with what follows the choice.
func (rule *UserRule) whole(s *multidraft.Instance) (*scheme.Table, error) {
	// A table of weights alone leaves the second half to speculative sampling, which is the best
	// that can follow them.
	if rule.beta && rule.table.Accept == nil {
		return scheme.Speculative(s, &rule.table)
	}
	return &rule.table, nil
}

// byClasses is the rule by classes.
func (rule *UserRule) byClasses() *classes.Rule {
	return &classes.Rule{K: rule.k, N: rule.n, Classes: rule.classes, Levels: rule.levels}
}

// Normalise divides the lists of the rule by their sums, which it tells, as -normalize asks. It fails if rounding
// does not explain one of them.
func (rule *UserRule) Normalise(path string) (sums []string, err error) {
	var divided []rational.Rat
	if rule.levels != nil {
		var r *classes.Rule
		r, divided = rule.byClasses().Normalized()
		rule.levels = r.Levels
	} else {
		var table *scheme.Table
		table, divided = rule.table.Normalized()
		rule.table = *table
	}
	return describeDivided(divided, path)
}

// describeDivided says by which sums the lists of a rule were divided, if there are any.
func describeDivided(divided []rational.Rat, path string) ([]string, error) {
	if len(divided) == 0 {
		return nil, nil
	}
	// The sum that is farthest from 1 tells how much was normalised.
	far := divided[0]
	for _, sum := range divided {
		if sum.Sub(one).Abs().Cmp(far.Sub(one).Abs()) > 0 {
			far = sum
		}
	}
	// A sum far from 1 is a mistake in the file, and not rounding.
	if err := input.CheckNear("a list of the rule", far, ""); err != nil {
		return nil, run.UsageErrorf("%s: %v", path, err)
	}
	return []string{fmt.Sprintf("%s of the rule, the farthest from 1 summed to %s", show.Count(len(divided), "list", "lists"), input.DescribeSum(far))}, nil
}

// ruleError is the error of a rule that was not judged: one of usage if its file does not fit the
// instance.
func ruleError(ctx context.Context, path string, err error) error {
	// Neither the end of the time nor an instance that is too large is a fault of the file: both
	// leave undecided what the rule does.
	var open *theorems.Unsettled
	if ctx.Err() != nil || errors.As(err, &open) {
		return err
	}
	return run.UsageErrorf("%s: %v", path, err)
}

var one = rational.Whole(1)

// vectorRule is the rule of -accept and -residual.
// Its table has no rows, see [scheme.CheckSingle].
func (job *schemeJob) vectorRule() (*UserRule, error) {
	// The order is that of the vectors of the job: what is accepted, then what is drawn else.
	// No rows: each token that can be drafted is chosen, as there is no other draft.
	rule := &UserRule{single: true}
	for j, to := range []*[]rational.Rat{&rule.table.Accept, &rule.table.Residual} {
		flag := []string{"-accept", "-residual"}[j]
		// As p and q are read: numbers, or an array in a file.
		v, err := input.ReadVector(job.Call, flag, job.vectors[j])
		if err != nil {
			return nil, err
		}
		*to = v.Rats()
	}
	return rule, nil
}

// readRule reads a rule for the instance.
func (job *schemeJob) readRule(s *multidraft.Instance, path string) (rule *UserRule, err error) {
	err = input.Read(job.Call, path, func(r *bufio.Reader) (err error) {
		rule, err = ParseRule(path, r)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	// A file that says what it is for is believed, so that a rule for another instance is not
	// judged by this one.
	case rule.k != 0 && rule.k != s.K():
		return nil, run.UsageErrorf("%s: the rule is for K = %d, the instance has K = %d", path, rule.k, s.K())
	case rule.n != 0 && rule.n != s.N():
		return nil, run.UsageErrorf("%s: the rule is for n = %s, the instance has n = %d", path, show.Count(rule.n, "token", "tokens"), s.N())
	}
	return rule, nil
}

// printUser prints what the check of a rule found.
func (job *schemeJob) printUser(t *input.Task, r *scheme.RuleReport) {
	w := job.Stdout
	printTask(w, t)
	for j, fault := range r.Faults {
		// One slip in a rule spoils many of its rows; the first few tell as much.
		if j == input.ShownTokens {
			fmt.Fprintf(w, "selection rule: NO, and %d more faults\n", len(r.Faults)-j)
			break
		}
		fmt.Fprintf(w, "selection rule: NO, %s\n", fault)
	}
	// Sums of rows that are no laws are no law of an output.
	if !r.IsRule() {
		fmt.Fprintln(w, "lossless: NO, it is no selection rule and has no law of the output")
		return
	}
	fmt.Fprintln(w, "selection rule: yes, each row is a probability law")
	fmt.Fprintf(w, "acceptance: %s, the probability that the output is among the drafts\n", show.Exact(r.Drafted))
	// What a counter of accepted drafts would show, and what the acceptance of named schemes is.
	if r.Accepted != nil && !r.Accepted.Equal(r.Drafted) {
		fmt.Fprintf(w, "without draws after a rejection: %s\n", show.Exact(*r.Accepted))
	}
	fmt.Fprintf(w, "P*(acc): %s\n", show.Exact(r.Best))
	fmt.Fprintf(w, "gap to P*: %s\n", show.Exact(r.Gap))
	printLaw(w, t, r.Law, r.Wrong, job.tolerance.Value)
	// Said, as it looks like a contradiction.
	if above := r.AbovePStar(); above != "" {
		fmt.Fprintf(w, "acceptance above P*: %s\n", above)
	}
	if r.Optimal() {
		fmt.Fprintln(w, "optimal: yes")
	} else {
		fmt.Fprintln(w, "optimal: no")
	}
}

// jsonUser has the members of [jsonScheme], but no acceptance, P*, gap and law if the table is no
// selection rule.
type jsonUser struct {
	Scheme     string   `json:"scheme"`
	K          int      `json:"k"`
	N          int      `json:"n"`
	Drafts     string   `json:"drafts"`
	Normalised []string `json:"normalised,omitempty"`
	Rule       bool     `json:"rule"`
	Faults     []string `json:"faults,omitempty"`
	// Nil if the table is no rule: then it has no law of an output.
	Acceptance *jsonEnclosure  `json:"acceptance,omitempty"`
	Accepted   *rational.Rat   `json:"accepted,omitempty"` // without draws after a rejection
	Best       *rational.Rat   `json:"best,omitempty"`
	Gap        *jsonEnclosure  `json:"gap,omitempty"`
	Lossless   bool            `json:"lossless"`
	Optimal    bool            `json:"optimal"`
	Wrong      string          `json:"first_wrong_token,omitempty"`
	Deviation  *jsonDeviation  `json:"deviation,omitempty"`
	Law        []rational.Rat  `json:"law,omitempty"`
	Simulation *jsonSimulation `json:"simulation,omitempty"`
	Tuple      []jsonChosen    `json:"tuple,omitempty"` // of a rule by classes
}

// newUserJSON says what the rule was tested on.
func newUserJSON(t *input.Task) jsonUser {
	return jsonUser{Scheme: "user", K: t.Instance.K(), N: t.Instance.N(), Drafts: t.Instance.Model(), Normalised: t.Sums}
}

// figures sets what is exact of every rule in the shape that it has for schemes, some of which are enclosed.
func (j *jsonUser) figures(acceptance, best, gap rational.Rat) {
	// A rule of one's own is never enclosed: its rows are fractions.
	a, g := enclosureJSON(enclose.Point(acceptance)), enclosureJSON(enclose.Point(gap))
	j.Acceptance, j.Best, j.Gap = &a, &best, &g
}

// userJSON makes the object of a rule.
func userJSON(t *input.Task, r *scheme.RuleReport, sim *scheme.Simulation, tolerance rational.Rat) jsonUser {
	j := newUserJSON(t)
	j.Rule, j.Faults, j.Simulation = r.IsRule(), r.Faults, simulationJSON(sim)
	// Without a law there is nothing to compare with q.
	if !j.Rule {
		return j
	}
	j.figures(r.Drafted, r.Best, r.Gap)
	j.Accepted = r.Accepted
	j.Law = r.Law
	j.Lossless, j.Optimal = r.Lossless(), r.Optimal()
	// Here and not in front: only a law can differ from q.
	if !j.Lossless {
		j.Wrong = t.Name(r.Wrong)
		j.Deviation = deviationJSON(t, scheme.Deviate(r.Law, t.Instance.Target()), tolerance)
	}
	return j
}

// UserRule is a rule as its file gives it.
type UserRule struct {
	k, n int // 0: not given
	// Rows are weights, which speculative sampling follows, and not laws of the output.
	beta  bool
	words int // rows for words
	// single says that the table is no more than what is accepted of one draft, and what is
	// drawn else.
	single bool
	table  scheme.Table

	// How many classes a draft may be in.
	classes int
	levels  []classes.Level // of a rule by classes, in place of a table
}

// Own is the rule for steps, by a name. A file that says what it is for is believed, as by scheme user.
func (rule *UserRule) Own(name string) *study.OwnRule {
	r := &study.OwnRule{Name: name, K: rule.k, N: rule.n, Table: &rule.table, Weights: rule.beta && rule.table.Accept == nil}
	if rule.levels != nil {
		r.Classes = rule.byClasses()
	}
	return r
}

// Fault says why the rule is none, whatever it is applied to, or is "".
func (rule *UserRule) Fault() string {
	if rule.levels != nil {
		if err := rule.byClasses().Check(); err != nil {
			return err.Error()
		}
		return ""
	}
	if faults := rule.table.Faults(); len(faults) > 0 {
		return faults[0]
	}
	return ""
}

// maxClasses is far beyond what a rule needs that comes close to the optimum.
const maxClasses = 100_000

// ParseRule reads a rule from a JSON object.
// Whether its numbers make a selection rule is not asked here: that is a verdict.
func ParseRule(name string, from io.Reader) (*UserRule, error) {
	r := jsontext.New(name, 1, from)
	// Everything has its zero value until a member sets it, in whatever order they come.
	rule := &UserRule{}
	// The member that has the table, "beta" or "rule".
	given := ""
	// Weights before speculative sampling, or the law of the output itself: one of the two.
	table := func(key string) error {
		if given != "" {
			return r.Fail(key, "there is %q already", given)
		}
		given, rule.beta = key, key == "beta"
		return rule.rows(r, key)
	}
	// Not nil for an empty list, which has the wrong length; nil says that nothing was given.
	// Of any size: -normalize is for what rounding has left above 1, and else it is a verdict, as of -accept and -residual.
	probabilities := jsontext.ListOf(r, r.Rat)
	err := r.Whole(
		jsontext.Keep("k", &rule.k, r.Count("drafts")),
		jsontext.Keep("n", &rule.n, r.Count("tokens")),
		jsontext.By("beta", table),
		jsontext.By("rule", table),
		jsontext.Keep("classes", &rule.classes, r.Count("classes")),
		jsontext.Keep("levels", &rule.levels, levels(r)),
		jsontext.Keep("accept", &rule.table.Accept, probabilities),
		jsontext.Keep("residual", &rule.table.Residual, probabilities))
	// What belongs together: a rule by classes names its size, as its levels do not; a table of weights
	// may have both vectors or none; rows are all for sets or all for words.
	switch {
	case err != nil:
		return nil, err
	// From here on what stands in the file must go together.
	case rule.levels != nil && (given != "" || rule.k == 0 || rule.n == 0 || rule.classes == 0):
		return nil, r.Fail("", "\"levels\" go with \"k\", \"n\" and \"classes\", and with no table")
	// Room is made for all that a file says there are, and it need not name any.
	case rule.classes > maxClasses:
		return nil, r.Fail("classes", "expected at most %d classes, found %d", maxClasses, rule.classes)
	// Complete: the checks below are about tables.
	case rule.levels != nil:
		return rule, nil
	// Nothing in the file says how a token is chosen.
	case given == "":
		return nil, r.Fail("", "expected \"beta\", \"rule\" or \"levels\"")
	// What is drawn after a rejection without how often that is, or the other way round.
	case (rule.table.Accept == nil) != (rule.table.Residual == nil):
		return nil, r.Fail("", "\"accept\" and \"residual\" go together")
	// A law of the output is the whole rule: nothing is accepted or rejected after it.
	case !rule.beta && rule.table.Accept != nil:
		return nil, r.Fail("", "\"accept\" goes with \"beta\": \"rule\" is the law of the output itself")
	// Half a table by sets and half by words has no meaning.
	case rule.words > 0 && rule.words < len(rule.table.Rows):
		return nil, r.Fail(given, "some rows are for sets and some for words")
	}
	rule.table.ByWord = rule.words > 0
	return rule, nil
}

// rows reads the rows of a table: which drafts, and the weights with which a token is chosen. The error names line and place.
func (rule *UserRule) rows(r *jsontext.Reader, place string) error {
	return r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		var row scheme.Row
		drafts := func(place string) (err error) {
			// Both would say twice what is drafted, and perhaps not the same.
			if row.Drafts != nil {
				return r.Fail(here, "both \"set\" and \"word\"")
			}
			row.Drafts, err = r.Tokens(place)
			return err
		}
		given, err := r.Object(here,
			jsontext.By("set", drafts),
			jsontext.By("word", drafts),
			jsontext.By("choose", func(place string) error { return chooseRow(r, place, &row) }))
		// Counted, so that a mixture of both is found when all rows are read.
		if given["word"] {
			rule.words++
		}
		// Some token is always drafted: the empty set has no row. An empty choice is a choice, which
		// sums to 0 and is told as a fault: it is not a member that is missing.
		if err == nil && (len(row.Drafts) == 0 || !given["choose"]) {
			err = r.Fail(here, "expected \"set\" (or \"word\") and \"choose\"")
		}
		rule.table.Rows = append(rule.table.Rows, row)
		return err
	})
}

// chooseRow reads a list of pairs [token, weight].
func chooseRow(r *jsontext.Reader, place string, row *scheme.Row) error {
	return pairs(r, place, func(token int, weight rational.Rat) {
		// Tokens are numbered from 1 in files, and from 0 inside.
		row.Tokens, row.Weights = append(row.Tokens, token-1), append(row.Weights, weight)
	})
}

// pairs reads a list of pairs [number, probability]; whether that is one is judged later.
// Numbers are handed to add as the file has them, from 1.
func pairs(r *jsontext.Reader, place string, add func(number int, p rational.Rat)) error {
	return r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		length, number := 0, 0
		var weight rational.Rat
		err := r.List(here, func(j int) (err error) {
			// What is too long is told at its third entry, what is too short behind the list.
			length++
			switch j {
			case 0:
				number, err = r.Integer(here)
			case 1:
				weight, err = r.Rat(here)
			default:
				err = r.Fail(here, "expected a pair [token, weight]")
			}
			return err
		})
		// A list of one number is no pair; one of three was refused above.
		if err == nil && length != 2 {
			err = r.Fail(here, "expected a pair [token, weight]")
		}
		// Also after an error, which ends the reading: what was added is not used then.
		add(number, weight)
		return err
	})
}
