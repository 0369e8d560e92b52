// Package instances is the commands about one instance: P*, selection schemes
// and rules of the user. What they compute is of theorems/multidraft; here flags and files
// are read, and results are told.
package instances

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/crew"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/classes"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/vocabulary"
	"pstar/witness"
)

// PStarCommand is the command that computes P* of one instance, or a table of it for several numbers of drafts.
// The value is told as soon as it is known, and rule and certificate after it.
func PStarCommand() run.Command {
	return run.Command{
		Name:    "pstar",
		Usage:   "[FILE]",
		Summary: "computes the best acceptance probability exactly",
		Long: `Computes P*(acc), the best acceptance probability of K drafts with target q, exactly:
the least q(S) + 1 - B(S) over all sets S of tokens. Prints the smallest set that attains
it, whether P* = 1, and the sets that bind. For iid drafts one exact sort does it, of so
many that p(S)^K would have more than some 40 000 digits up to an interval of the width of -within; and for
two independent ones tangents that prove a minimum, for any number of tokens; for three to eight
boxes that cover where a minimum can be, where a flow over sets is too large; otherwise a
largest flow does, which may have at most 2^20 sources. Drafts without replacement over
more tokens than that need one sort, too: for K = 2 exactly where the fraction is short, or
else as an interval of the width of -within; for K of 3 to 32 as an interval whose errors of rounding and
truncation are bounded, of width 1e-9 or less at 128 000 tokens. An interval that is wider
than asked leaves P* undecided.

-k 1..8 makes a table, and -figure FILE.svg draws it: one sort serves all numbers of iid drafts.

` + input.Text + `

-write-rule writes an optimal selection rule: for each set T of drafted tokens the weights β_T
with which a token is chosen, the probability with which the chosen token is then accepted,
and the law of the output if it is not; "verify scheme user" checks such a file. It takes
a table over all sets that may be drafted; for iid drafts of which there are too many, or
with -compact, it is a rule by classes of some hundred numbers, whose gap to P* is at most -gap.
-certificate writes a certificate for "verify check", with the flow and the cut; for iid drafts with many
such sets it has, in place of the flow, the law of the token that importance weights select.`,
		Run: runPStar,
	}
}

// A pstarJob is a run of the command: its flags, as they were given, and where it talks.
type pstarJob struct {
	call         *run.Call
	input        *input.Flags
	rule, output string
	figure       string
	// As they were given. [pstarJob.widths] and [pstarJob.gapWanted] parse them before any file
	// is read.
	width   string
	compact bool
	gap     string
	json    bool
	limits  *run.Limits
	talk    *run.Talk
}

// runPStar reads the flags, then the instance, and solves it for one number of drafts or for all
// of a range.
// The error is bad usage or input, or that of what is computed.
func runPStar(c *run.Call, args []string) error {
	job := &pstarJob{call: c}
	f := c.Flags()
	job.input = input.NewFlags(f)
	// -k may be a range here, and only here: one instance serves all its numbers.
	job.input.Several = true
	f.BoolVar(&job.compact, "compact", false, "with -write-rule: a rule by classes, also where a table is small")
	f.StringVar(&job.gap, "gap", "", "with -write-rule: the `gap` to P* that a rule by classes may have (default 1e-9)")
	f.StringVar(&job.width, "within", "", "`width` of an interval that is good enough: for P* (default 1e-12 for K = 2, else 1e-9)")
	f.StringVar(&job.figure, "figure", "", "draw P* against the numbers of drafts of -k into `file`, as SVG")
	f.StringVar(&job.rule, "write-rule", "", "write an optimal selection rule to `file`")
	f.CertificateFile(&job.output)
	f.JSON(&job.json)
	job.limits = f.Limits()
	job.talk = f.InstanceTalk()
	file, err := f.AtMostOne(args)
	if err != nil {
		return err
	}
	// Numbers of flags before any file is read, which may be a vocabulary.
	width, err := job.widths()
	if err != nil {
		return err
	}
	// Only whether it can be read; it is asked for again where a rule is written.
	if _, err := job.gapWanted(); err != nil {
		return err
	}
	// Both say how a rule is to be.
	if job.rule == "" {
		if err := f.RefuseUnused("without -write-rule", "compact", "gap"); err != nil {
			return err
		}
	}
	if job.figure != "" && job.figure != "-" && !strings.EqualFold(filepath.Ext(job.figure), ".svg") {
		return run.UsageErrorf("-figure %s: expected a name that ends in .svg", job.figure)
	}
	// Before the work: the rule of a vocabulary takes minutes.
	if err := job.call.CheckBeside(job.rule, job.output, job.figure); err != nil {
		return err
	}
	// The time counts from here, with the reading of the file in it.
	ctx := job.limits.Context()
	// Sums near 1 are normalised here if that was asked for, and are said later.
	t, err := job.input.Read(c, file)
	if err != nil {
		return err
	}
	tellReplaced(job.talk, t)
	job.talk.Say("read %d tokens in %v", t.Instance.N(), job.talk.Elapsed())
	// A figure has the number of drafts on its axis, if need be with a single point.
	if !job.input.Counts.Single() || job.figure != "" {
		return job.table(ctx, t, width)
	}
	// For one number of drafts one width: the default depends on K.
	return job.solve(ctx, t, width(t.Instance.K()))
}

// gapWanted is the gap that a rule by classes may have.
// It is exact, as typed.
func (job *pstarJob) gapWanted() (rational.Rat, error) {
	if job.gap == "" {
		return rational.NewRat(1, 1e9), nil
	}
	gap, err := run.Number("gap", job.gap)
	// 0 is allowed: a rule may attain P* exactly.
	if err == nil && gap.Sign() < 0 {
		err = run.UsageErrorf("-gap %s: expected a number that is not negative", job.gap)
	}
	return gap, err
}

// widths is the width wanted for each number of drafts.
func (job *pstarJob) widths() (func(k int) rational.Rat, error) {
	// The usual width depends on K, as the methods differ in what they can reach.
	if job.width == "" {
		return vocabulary.DefaultWidth, nil
	}
	width, err := parseWithin(job.width)
	return func(int) rational.Rat { return width }, err
}

// parseWithin reads the width of an interval.
func parseWithin(text string) (rational.Rat, error) {
	width, err := run.Number("within", text)
	// No interval has the width 0, and all are within a width of 1.
	if err == nil && (width.Sign() <= 0 || width.Cmp(rational.NewRat(1, 1)) > 0) {
		err = run.UsageErrorf("-within %s: expected a positive number up to 1", text)
	}
	return width, err
}

// solve prints the value as soon as it is known, as text: the witnesses may take longer, or
// be too large. The object comes last, with the verdict of all.
// The error joins what is known too roughly and what could not be written.
func (job *pstarJob) solve(ctx context.Context, t *input.Task, width rational.Rat) error {
	// Classes are by q/p of one law: other drafts have several, or none.
	if model := t.Instance.Model(); job.compact && model != multidraft.ModelIID {
		return run.UsageErrorf("-compact is for iid drafts, not for %s ones", model)
	}
	// Not all that takes long looks at the context; an interval that is too wide comes with an error.
	best, err := crew.Await(ctx, func() (*vocabulary.Enclosure, error) { return vocabulary.Enclose(ctx, t.Instance, width) })
	// Nothing is known: the error is all there is.
	if best == nil {
		return err
	}
	err = job.call.Concluded(errors.Join(err, job.wideOfLogits(t, best, width)))
	job.talk.Say("P* found after %v", job.talk.Elapsed())
	// An object has the verdict of the whole run, and comes when that is known.
	if !job.json {
		job.print(t, best, width)
	}
	files := job.writeFiles(ctx, t)
	if job.json {
		outcome := errors.Join(err, left(files))
		out := pstarJSON(t, best, width)
		out.Error = run.Describe(outcome)
		job.call.PrintReport(run.Answer(outcome), nil, out)
	}
	return errors.Join(append(files, err)...)
}

// writeFiles writes rule and certificate, as far as they are asked for. One that fails does not keep the other from being written.
func (job *pstarJob) writeFiles(ctx context.Context, t *input.Task) (failed []error) {
	if job.rule != "" {
		// Not all that takes long in it looks at the context.
		write, err := crew.Await(ctx, func() (func() error, error) { return job.makeRule(ctx, t) })
		if err == nil {
			err = write()
		}
		if err != nil {
			failed = append(failed, job.call.Concluded(fmt.Errorf("-write-rule: %w", err)))
		} else {
			job.talk.Say("rule written after %v", job.talk.Elapsed())
		}
	}
	// The optimum is computed again, with the flow that shows it: what is printed did not need
	// one.
	if job.output != "" {
		if err := job.certify(ctx, t.Instance); err != nil {
			failed = append(failed, job.call.Concluded(err))
		} else {
			job.talk.Say("certificate written after %v", job.talk.Elapsed())
		}
	}
	return failed
}

// left joins those errors of files that leave something open: a rule or a certificate was not finished. Of a file that cannot be
// written the answer stands, and the status tells.
func left(files []error) (open error) {
	for _, err := range files {
		if run.ExitStatus(err) != run.ExitUsage {
			open = errors.Join(open, err)
		}
	}
	return open
}

// wideOfLogits is the error that P* of the logits is in a wider interval than -within asks, whatever is known of their rounded softmax.
// The usual width is asked of that softmax alone: its errors are told.
func (job *pstarJob) wideOfLogits(t *input.Task, best *vocabulary.Enclosure, width rational.Rat) error {
	if job.width == "" || t.Off.IsZero() || best.Within(t.Off).Width().Cmp(width) <= 0 {
		return nil
	}
	return &theorems.Unsettled{Reason: fmt.Sprintf("K = %d: the interval of P* of the logits is wider than asked", t.Instance.K())}
}

// certify writes the certificate of P*.
// The verdict was told: that it cannot be written is an error of its own.
func (job *pstarJob) certify(ctx context.Context, s *multidraft.Instance) error {
	_, err := job.call.WriteCertificate(job.talk, job.output, func() (witness.Document, error) {
		// Known without making it: the document would be longer than the format allows.
		if err := optimum.CertificateLimit(s); err != nil {
			return nil, &witness.Unwritable{Reason: err.Error()}
		}
		// With a flow and a cut of one value, or for many sets of iid drafts with the law that
		// is selected.
		// Of a vocabulary it takes seconds and does not look at the context, and P* is to be told in time.
		d, err := crew.Await(ctx, func() (witness.Document, error) { return optimum.Certificate(ctx, s) })
		// Flow and closed form are computed apart: if they differ, one of them is wrong.
		var differ *optimum.Disagreement
		if errors.As(err, &differ) {
			err = run.FaultErrorf("cannot write %s: %v", job.output, err)
		}
		return d, err
	})
	return err
}

// print prints the result as text: the value, whether it is 1, and what is known of the sets that
// bind.
func (job *pstarJob) print(t *input.Task, best *vocabulary.Enclosure, width rational.Rat) {
	w := job.call.Stdout
	// The instance as it is solved, so that a law that was normalised is not taken for the
	// file's.
	printTask(w, t)
	// A number is equal to something, and an interval is not.
	is := "="
	if !best.Value.Exact() {
		is = "is"
	}
	fmt.Fprintf(w, "P*(acc) %s %s\n", is, enclosureText(best.Value, width))
	if !t.Off.IsZero() { // the value is that of the rounded softmax
		fmt.Fprintf(w, "P*(acc) of the logits: %s\n", enclosureText(best.Within(t.Off), width))
	}
	// The question of MD-T2, of the law that is meant: with logits the errors of the softmax
	// count.
	switch best.IsOne(t.Off) {
	case theorems.Proved:
		fmt.Fprintf(w, "P* = 1: yes, q(S) >= B(S) for all sets S\n")
	case theorems.Refuted:
		fmt.Fprintf(w, "P* = 1: no\n")
	default:
		fmt.Fprintf(w, "P* = 1: not decided\n")
	}
	switch {
	// The smallest set is known, or a set is, or only how many tokens it has at least.
	case best.Known:
		fmt.Fprintf(w, "smallest minimising set S: %s\n", t.Set(best.Smallest))
	// The value is exact and the sets are not counted: one that attains it.
	case best.Exact != nil:
		fmt.Fprintf(w, "a minimising set S: %s\n", t.Set(best.Smallest))
	default:
		fmt.Fprintf(w, "smallest minimising set S: not decided, %d tokens or more by ascending q/p\n", best.Smallest.Len())
	}
	// Of a single minimiser that was found it is not known what else binds.
	if best.Binding != nil {
		printBinding(w, t, *best.Binding)
	} else {
		fmt.Fprintf(w, "binding sets: not decided\n")
	}
	fmt.Fprintf(w, "method: %s\n", best.Method)
}

// printBinding prints the lattice of binding sets as far as it is known: all of them, their
// number, or its two ends.
func printBinding(w io.Writer, t *input.Task, b optimum.Binding) {
	switch {
	// Not counted, for drafts that are not iid over many tokens.
	case !b.Known:
		fmt.Fprintf(w, "binding sets: from the smallest to the largest, %s\n", t.Set(b.Largest))
	// There may be 2^n minimising sets: they are listed only if they are few, and counted only
	// if that is cheap.
	case b.Sets == nil:
		fmt.Fprintf(w, "binding sets: %s, the largest %s\n", countText(b.Count), t.Set(b.Largest))
	default:
		// Few enough to be listed.
		fmt.Fprintf(w, "binding sets: %v: %s\n", b.Count, strings.Join(each.Of(b.Sets, t.Set), " "))
	}
}

// countText writes how many sets there are. Each token without q and p, as -top-p leaves many, doubles them: powers of two are
// taken out of a number that fills more than a line.
func countText(count rational.Int) string {
	text := count.String()
	if len(text) <= 60 {
		return text
	}
	twos := count.Big().TrailingZeroBits()
	odd, _ := count.QuoRem(rational.NewInt(2).Pow(twos))
	if odd.Equal(rational.NewInt(1)) {
		return fmt.Sprintf("2^%d", twos)
	}
	return fmt.Sprintf("%v · 2^%d", odd, twos)
}

// printTask prints the size of the instance and what was normalised.
func printTask(w io.Writer, t *input.Task) {
	// Sizes and model first: K and the model may have been guessed from the input.
	s := t.Instance
	fmt.Fprintf(w, "K = %d %s, n = %s\n", s.K(), drafts(s.K(), s.Model()), show.Count(s.N(), "token", "tokens"))
	// Numbers that were divided by their sum are not those of the file, which is said.
	for _, sum := range t.Sums {
		fmt.Fprintf(w, "normalised: %s\n", sum)
	}
}

// drafts names k drafts by their model.
func drafts(k int, model string) string {
	if k == 1 {
		return model + " draft"
	}
	return model + " drafts"
}

// An enclosed value is between two decimals.
// Both are rounded outwards.
type enclosed struct {
	Lower string `json:"lower"`
	Upper string `json:"upper"`
}

// The JSON object of the command. Tokens are given by their names; an interval has two
// ends in place of the value.
type jsonPStar struct {
	Error      string        `json:"error,omitempty"` // why it is undecided
	K          int           `json:"k"`
	N          int           `json:"n"`
	Drafts     string        `json:"drafts"`
	Normalised []string      `json:"normalised,omitempty"`
	Value      *rational.Rat `json:"value,omitempty"`
	Lower      *rational.Rat `json:"lower,omitempty"`
	Upper      *rational.Rat `json:"upper,omitempty"`
	// To look at: no more digits than are certain.
	Decimal  string    `json:"decimal"`
	Logits   *enclosed `json:"of_the_logits,omitempty"` // what the value of exact ones is
	One      *bool     `json:"one,omitempty"`           // not there if undecided
	Smallest []string  `json:"smallest,omitzero"`       // the empty set is there as []
	// In place of the smallest, where one minimiser was found and no others were looked for.
	Minimiser []string `json:"a_minimiser,omitzero"`
	Largest   []string `json:"largest,omitzero"`
	// As text: it goes up to 2^n, which readers of JSON would round.
	Count   string     `json:"binding_sets,omitempty"`
	Binding [][]string `json:"binding,omitempty"`
	// The members among these that are not there as they are not decided.
	NotDecided []string `json:"not_decided,omitempty"`
	Method     string   `json:"method"`
}

// pstarJSON makes the object: the value as a fraction, or the ends of the interval, and what is known of the sets.
func pstarJSON(t *input.Task, best *vocabulary.Enclosure, width rational.Rat) jsonPStar {
	// The same object as in a comparison, so that both are read alike.
	value := enclosureJSON(best.Value)
	j := jsonPStar{
		K: t.Instance.K(), N: t.Instance.N(), Drafts: t.Instance.Model(), Normalised: t.Sums,
		Value: value.Value, Lower: value.Lower, Upper: value.Upper, Decimal: show.Certain(best.Value, show.Decimals),
		Method: best.Method,
	}
	if !t.Off.IsZero() {
		// The ends are fractions of the length of a softmax: decimals, rounded outwards, say as much.
		low, high := decimals(best.Within(t.Off), width)
		j.Logits = &enclosed{low, high}
	}
	if status := best.IsOne(t.Off); status != theorems.Undecided {
		// Not there if undecided: false would say that P* is less.
		yes := status == theorems.Proved
		j.One = &yes
	}
	j.sets(t, best)
	return j
}

// sets adds what is known of the sets that attain the minimum.
func (j *jsonPStar) sets(t *input.Task, best *vocabulary.Enclosure) {
	if j.One == nil {
		j.NotDecided = append(j.NotDecided, "one")
	}
	switch {
	case best.Known:
		j.Smallest = t.NamesOf(best.Smallest.Tokens())
	// The value is exact, and of a set that attains it; else the shortest prefix that may is no answer to that question.
	case best.Exact != nil:
		j.Minimiser = t.NamesOf(best.Smallest.Tokens())
		fallthrough
	default:
		j.NotDecided = append(j.NotDecided, "smallest")
	}
	// As it is known: all sets, their number, or the two ends.
	b := best.Binding
	if b == nil {
		j.NotDecided = append(j.NotDecided, "largest", "binding_sets")
		return
	}
	j.Largest = t.NamesOf(b.Largest.Tokens())
	if b.Known {
		j.Count = b.Count.String()
	} else {
		j.NotDecided = append(j.NotDecided, "binding_sets")
	}
	// Empty where there are too many to be listed.
	for _, set := range b.Sets {
		j.Binding = append(j.Binding, t.NamesOf(set.Tokens()))
	}
}

// The rule file: see ParseRule, which reads it.
type (
	jsonRule struct {
		K        int            `json:"k"`
		N        int            `json:"n"`
		Beta     []jsonRow      `json:"beta,omitempty"`
		Accept   []rational.Rat `json:"accept,omitempty"`
		Residual []rational.Rat `json:"residual,omitempty"`
	}
	jsonRow struct {
		Set    []int    `json:"set"`
		Choose [][2]any `json:"choose"`
	}
)

// makeRule makes an optimal rule, and returns what writes its file: by classes for iid drafts of which a table would have too many rows, or
// where that is asked for, and else the table. The error is a size that leaves it undecided, or the end of ctx.
func (job *pstarJob) makeRule(ctx context.Context, t *input.Task) (write func() error, err error) {
	// A rule by classes has some hundred numbers for any vocabulary; a table a row for each set.
	if s := t.Instance; s.Model() == multidraft.ModelIID && (job.compact || !s.HasSupports()) {
		gap, err := job.gapWanted()
		if err != nil {
			return nil, err
		}
		// Its acceptance is worked out exactly, with powers of all levels.
		if vocabulary.LongPowers(s) {
			return nil, &theorems.Unsettled{Reason: fmt.Sprintf("a rule by classes for K = %d drafts: its fractions would be too long", s.K())}
		}
		r, _, err := classes.Optimal(ctx, s, gap)
		return func() error { return job.writeClasses(r) }, err
	}
	// A row for every set that may be drafted, from a flow.
	rule, err := scheme.OptimalRule(ctx, t.Instance)
	// Sets that are too many to have a row each leave the rule undecided.
	if err != nil {
		return nil, err
	}
	// The sizes stand in the file, so that it is not applied to another instance.
	file := jsonRule{K: t.Instance.K(), N: t.Instance.N(), Accept: rule.Accept, Residual: rule.Residual}
	for _, row := range rule.Beta {
		// An empty list stays a list: null would be a row without its choice.
		out := jsonRow{Set: oneBased(row.Drafts), Choose: [][2]any{}}
		for j, i := range row.Tokens {
			// Tokens of weight 0 are part of the set, and of no use in a rule.
			if !row.Weights[j].IsZero() {
				out.Choose = append(out.Choose, [2]any{i + 1, row.Weights[j]})
			}
		}
		file.Beta = append(file.Beta, out)
	}
	return func() error {
		return job.call.WriteFile(job.rule, func(w io.Writer) error { return writeRuleText(w, file) })
	}, nil
}

// writeRuleText writes one row of β on a line.
func writeRuleText(w io.Writer, file jsonRule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "{\n\"k\": %d,\n\"n\": %d,\n\"beta\": [", file.K, file.N)
	// A row a line, so that tools that look at lines can look at it.
	for j, row := range file.Beta {
		if j > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(marshal(row))
	}
	fmt.Fprintf(&b, "\n],\n\"accept\": %s,\n\"residual\": %s\n}\n", marshal(file.Accept), marshal(file.Residual))
	_, err := io.WriteString(w, b.String())
	return err
}

// marshal is the JSON of an object that is made here, and so has one.
func marshal(v any) []byte {
	data, err := json.Marshal(v)
	// A fault of the program: all that is written is numbers, texts and lists.
	if err != nil {
		panic("verify: object without a JSON form: " + err.Error())
	}
	return data
}

// oneBased numbers tokens from 1.
func oneBased(tokens []int) []int {
	return each.Of(tokens, func(i int) int { return i + 1 })
}
