// Package blocks is the command about drafts of several steps: K paths of L tokens, verified
// together. The laws and the program are those of theorems/multidraft/blocks; here their files
// and flags are read and the result is told.
package blocks

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/jsontext"
	"pstar/internal/crew"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/blocks"
	"pstar/witness"
)

// Command is the command for block verification: several steps at once.
func Command() run.Command {
	return run.Command{
		Name:    "blocks",
		Usage:   "[FILE]",
		Summary: "computes how many tokens several steps accept together",
		Long: `Computes the expected number of drafted tokens that are accepted when K paths of L tokens
are drafted, exactly: the largest that a lossless rule can accept, which for K paths is the
optimum of a linear program (MD-paths) and for one path, in closed form, what block
verification accepts (MD-B1); for one path also what is accepted token by token.

-p and -q are the laws of the next token under draft and target, the same after every
prefix, and -length is L. Or FILE is a JSON object {"k": 2, "length": 3, "p": [...], "q": [...],
"after": [{"prefix": [1, 2], "p": [...], "q": [...]}, ...]}, where p and q are for the prefixes that
are not listed. L is at most 1024, and n tokens may have 2^16 prefixes. The program may have 20 000
variables, one for each prefix of the paths in a set, and of K > 1 paths draw from at most 62 different
ones; it is needed for K > 1, -rule and -certificate.
Each law must sum to exactly 1, or -normalize divides by its sum, which may be off by 1/1000.

-rule RULE tests a rule of one's own for losslessness: {"reach": [{"paths": [[1, 2], [2, 1]],
"prefix": [1], "value": "1/3"}, ...]} has for each set of paths drafted the probability that it is
drafted and at least this prefix accepted; what is left out is 0. With -normalize values that exceed
what they are part of, which is drafted or accepted of the prefix before, by up to a factor of 1001/1000
are divided by it, and the rule is tested that this gives. A rule draws one token after the tokens
accepted, by a law that may be chosen, and then the target goes on. Of one that is not lossless, however
that law is chosen, the least total variation of its output from the target is told; -tolerance says
which will do. -certificate writes a certificate of the linear program.`,
		Run: runBlocks,
	}
}

// A blocksJob is a run of the command, with its flags as they were given.
type blocksJob struct {
	*run.Call
	flags *run.FlagSet
	// 0 and empty are flags that were not given.
	k, length         int
	p, q              string
	rule, certificate string
	normalize, json   bool
	tolerance         input.Tolerance
	sums              []string // what was normalised, in words
	limits            *run.Limits
	talk              *run.Talk
}

// runBlocks reads flags, file and laws, and hands over to solve. Nothing is computed before all of
// them are right.
// The error is bad usage or input, or that of [blocksJob.solve].
// A flag takes the place of what the file says, so that one file serves several runs.
func runBlocks(c *run.Call, args []string) error {
	f := c.Flags()
	job := &blocksJob{Call: c, flags: f}
	f.IntVar(&job.k, "k", 0, "number of drafts `K`, each a path of -length tokens (default 1)")
	f.IntVar(&job.length, "length", 0, "number `L` of tokens of a path")
	f.StringVar(&job.p, "p", "", "draft law of the next token: `numbers` separated by commas, or an array")
	f.StringVar(&job.q, "q", "", "target law of the next token: `numbers` separated by commas, or an array")
	f.StringVar(&job.rule, "rule", "", "test the rule in this `file` for losslessness")
	job.tolerance.Add(f, input.TotalVariation)
	f.BoolVar(&job.normalize, "normalize", false, "divide p and q, which are rounded, by their sums, and report the sums; they are to be 1 up to 1/1000; of a -rule values, too, that exceed what they are part of")
	f.CertificateFile(&job.certificate)
	f.JSON(&job.json)
	job.limits = f.Limits()
	job.talk = f.InstanceTalk()
	file, err := f.AtMostOne(args)
	if err != nil {
		return err
	}
	if err := job.tolerance.Read(); err != nil {
		return err
	}
	// Nothing else is compared with the target.
	if job.rule == "" {
		if err := f.RefuseUnused("without -rule", "tolerance"); err != nil {
			return err
		}
	}
	// The program may take minutes: a place that cannot be written is told before.
	if err := c.CheckBeside(job.certificate); err != nil {
		return err
	}
	// The reading of the file counts too.
	ctx := job.limits.Context()
	in, err := job.read(file)
	if err != nil {
		return err
	}
	if job.normalize {
		if job.sums, err = in.normalize(); err != nil {
			return err
		}
	}
	// Laws are checked here, and all of them before any is computed with.
	tree, err := in.tree()
	var off *multidraft.SumError
	switch {
	// Only where it would help.
	case errors.As(err, &off) && input.CheckNear("", off.Sum, "") == nil:
		return run.UsageErrorf("%v; -normalize divides by the sum", err)
	case err != nil:
		return run.UsageErrorf("%v", err)
	}
	return job.solve(ctx, tree, in.k)
}

// blocksInput is a tree as files and flags give it.
type blocksInput struct {
	// 0 if nothing says it.
	k, length int
	// After every prefix that is not listed.
	p, q  []rational.Rat
	after map[string][2][]rational.Rat // by the list of the prefix
}

// read returns what the file has, if there is one, with what the flags say in place of it.
// What neither says has its default or is an error of usage.
func (job *blocksJob) read(file string) (*blocksInput, error) {
	in := &blocksInput{after: map[string][2][]rational.Rat{}}
	// All may come from flags, and then there is no file.
	if file != "" {
		err := input.Read(job.Call, file, func(r *bufio.Reader) error {
			return in.readFile(jsontext.New(file, 1, r))
		})
		if err != nil {
			return nil, err
		}
	}
	// Laws on the command line count for all prefixes that the file does not list.
	for _, law := range []struct {
		flag, text string
		to         *[]rational.Rat
	}{{"-p", job.p, &in.p}, {"-q", job.q, &in.q}} {
		// The file's law stays.
		if law.text == "" {
			continue
		}
		// Numbers, or an array in a file, as in all commands about instances.
		v, err := input.ReadVector(job.Call, law.flag, law.text)
		if err != nil {
			return nil, err
		}
		job.remark(file, law.flag, *law.to != nil, "its "+law.flag[1:])
		*law.to = v.Rats()
	}
	if job.flags.Given("k") {
		job.remark(file, fmt.Sprintf("-k %d", job.k), in.k != 0 && in.k != job.k, fmt.Sprintf("its \"k\": %d", in.k))
		in.k = job.k
	} else if in.k == 0 {
		in.k = 1 // one path is what block verification is about
	}
	// The flag counts also where the file says another.
	if job.flags.Given("length") {
		job.remark(file, fmt.Sprintf("-length %d", job.length), in.length != 0 && in.length != job.length, fmt.Sprintf("its \"length\": %d", in.length))
		in.length = job.length
	}
	switch {
	case job.flags.Given("length") && in.length < 1:
		return nil, run.UsageErrorf("-length %d: want at least 1 token", in.length)
	case in.k < 1 || in.k > multidraft.MaxDrafts: // of a file, too
		return nil, run.UsageErrorf("K = %d paths, want 1..%d", in.k, multidraft.MaxDrafts)
	// No length is more likely meant than another.
	case in.length < 1:
		return nil, run.UsageErrorf("no number of steps: give -length")
	// One law alone accepts nothing.
	case in.p == nil || in.q == nil:
		return nil, run.UsageErrorf("no laws of the next token: give -p and -q, or a file")
	}
	return in, nil
}

// remark says that a flag counts in place of a member of the file, if that has one that says something else.
func (job *blocksJob) remark(file, flag string, differs bool, member string) {
	if differs {
		job.talk.Note("%s: %s counts in place of %s", file, flag, member)
	}
}

// readFile reads the file; the error names line and place.
func (in *blocksInput) readFile(r *jsontext.Reader) error {
	return r.Whole(
		// An integer only: sizes like 2.0 or "2" are refused by the reader, with their line.
		jsontext.Keep("k", &in.k, r.Count("paths")),
		jsontext.Keep("length", &in.length, r.Count("tokens")),
		// Of the draft, then of the target.
		jsontext.Keep("p", &in.p, r.Rats),
		jsontext.Keep("q", &in.q, r.Rats),
		// In any order: laws are found by their prefixes when the tree asks for them.
		jsontext.By("after", func(place string) error {
			return r.List(place, func(i int) error { return in.readAfter(r, fmt.Sprintf("%s[%d]", place, i)) })
		}))
}

// readAfter reads the laws after a prefix.
// Half a pair could be completed by the other law of the tree, but nobody says that it is meant
// so. A prefix that is not there is not the empty one.
func (in *blocksInput) readAfter(r *jsontext.Reader, place string) error {
	var prefix []int
	var laws [2][]rational.Rat
	err := r.Complete(place,
		jsontext.Keep("prefix", &prefix, r.Tokens),
		jsontext.Keep("p", &laws[0], r.Rats),
		jsontext.Keep("q", &laws[1], r.Rats))
	// By its list, so that the same prefix is found twice however it is written.
	name := multidraft.TokenList(prefix)
	// The second would replace the first without a word.
	if err == nil && in.after[name][0] != nil {
		err = r.Fail(place, "there are laws after this prefix already")
	}
	in.after[name] = laws
	return err
}

// tree is the tree; laws after a prefix that is none are refused.
// The error is also that of a law that is none, or of too many prefixes.
func (in *blocksInput) tree() (*blocks.Tree, error) {
	// The listed laws that no prefix of the tree has asked for.
	unused := maps.Clone(in.after)
	t, err := blocks.NewTree(len(in.p), in.length, func(prefix []int) (p, q []rational.Rat) {
		// NewTree asks for every prefix once: laws that nobody asks for are after no prefix.
		if laws, ok := in.after[multidraft.TokenList(prefix)]; ok {
			delete(unused, multidraft.TokenList(prefix))
			return laws[0], laws[1]
		}
		return in.p, in.q
	})
	// A prefix that is too long, or has a token that there is not.
	if err == nil && len(unused) > 0 {
		err = fmt.Errorf("there are laws after (%s), which begins no path of %s of 1..%d", slices.Min(slices.Collect(maps.Keys(unused))), show.Count(in.length, "token", "tokens"), len(in.p))
	}
	return t, err
}

// blocksResult is the JSON object.
type blocksResult struct {
	Error  string `json:"error,omitempty"` // why it is undecided
	K      int    `json:"k"`
	N      int    `json:"n"`
	Length int    `json:"length"`
	// By which sums laws were divided, in words.
	Normalised []string `json:"normalised,omitempty"`
	// Exact, and beside it what one can look at.
	Best    rational.Rat `json:"best"`
	Decimal string       `json:"decimal"`
	// Of one path alone: several have no order of their own in which tokens are verified.
	TokenWise *rational.Rat `json:"token_by_token,omitempty"`
	Rule      *blocksRule   `json:"rule,omitempty"`
}

// solve computes, prints and certifies. A rule that is not lossless within the tolerance is a refutation; the error is that,
// a rule or an optimum that is left undecided, or that of an output.
func (job *blocksJob) solve(ctx context.Context, t *blocks.Tree, k int) error {
	// A limit may have passed while a long file was read.
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	// A rule is a point of the program, and a certificate is of it. Large ones are written down without a look at the context.
	found, open := crew.Await(ctx, func() (*blocks.Solution, error) { return t.Solve(ctx, k, job.rule != "" || job.certificate != "") })
	// Of one path there is a closed form, which is quick.
	if found == nil && ctx.Err() != nil && k == 1 {
		found, _ = t.Solve(ctx, k, false)
	}
	if found == nil {
		return open
	}
	// The sizes as the tree has them: n is read off the laws, and no flag says it.
	out := blocksResult{K: k, N: t.N, Length: t.Length, Normalised: job.sums, Best: found.Best, Decimal: show.Decimal(found.Best), TokenWise: found.TokenWise}
	// The closed form is told all the same, and what there is not.
	if open != nil {
		return job.printUntested(ctx, out, open)
	}
	verdict := run.Solved // a run that tests no rule claims nothing, and so has no verdict in the sense of theorems
	var outcome, err error
	if job.rule != "" {
		// Against the rows of the program: the rule is one of its points, or shows a row that it violates.
		out.Rule, err = job.check(ctx, found.Program, &out.Normalised)
		// What is accepted at most is known.
		if err != nil && ctx.Err() != nil {
			return job.printUntested(ctx, out, err)
		}
		if err != nil {
			return err
		}
		// An interrupt also where the bounds decide: the verdict is that of the status.
		outcome = job.Concluded(errors.Join(run.Outcome(out.Rule.verdict), out.Rule.stopped))
		verdict, out.Error = run.Tested(out.Rule.verdict, outcome), run.Describe(outcome)
	}
	// Before the certificate: a verdict is not lost because a file cannot be written. An object has the verdict of the whole run.
	if !job.json {
		job.print(out, verdict)
	}
	uncertified := job.certify(ctx, found)
	if job.json {
		// Of a file that cannot be written the answer stands, and the status tells.
		if status := run.ExitStatus(uncertified); status != run.ExitVerified && status != run.ExitUsage {
			out.Error = run.Describe(errors.Join(outcome, uncertified))
			// What is refuted stays so beyond a limit.
			if status == run.ExitInterrupted || verdict != theorems.Falsified.String() {
				verdict = theorems.Open.String()
			}
		}
		job.print(out, verdict)
	}
	// The certificate is of the program and was written all the same: both are told.
	return errors.Join(outcome, uncertified)
}

// certify writes the certificate, if one is wanted.
func (job *blocksJob) certify(ctx context.Context, found *blocks.Solution) error {
	if job.certificate == "" {
		return nil
	}
	_, err := job.WriteCertificate(job.talk, job.certificate, func() (witness.Document, error) {
		// Of a large program it takes seconds and does not look at the context.
		return crew.Await(ctx, func() (witness.Document, error) { return witness.LinearProgram(found.Program.Problem, found.Optimum) })
	})
	return job.Concluded(err)
}

// printUntested prints what is known where there is no program, or no time for it, and returns why and what there is not.
func (job *blocksJob) printUntested(ctx context.Context, out blocksResult, why error) error {
	why = fmt.Errorf("%w: %s", why, job.missing())
	if ctx.Err() != nil {
		why = errors.Join(context.Cause(ctx), &theorems.Unsettled{Reason: job.missing()})
	}
	out.Error = run.Describe(why)
	job.print(out, theorems.Open.String())
	return why
}

// missing says what there is not without the program.
func (job *blocksJob) missing() string {
	var list []string
	if job.rule != "" {
		list = append(list, "the rule is not tested")
	}
	if job.certificate != "" {
		list = append(list, "no certificate is written")
	}
	return strings.Join(list, ", ")
}

// print prints the result; it is a verdict of theorems only where a rule was tested.
// The certificate is not mentioned, as it comes later.
func (job *blocksJob) print(out blocksResult, verdict string) {
	// Everything but errors goes to standard output: it is the result.
	w := job.Stdout
	if job.json {
		job.PrintReport(verdict, nil, out)
		return
	}
	fmt.Fprintf(w, "%s of %s, n = %d\n", show.Count(out.K, "path", "paths"), show.Count(out.Length, "token", "tokens"), out.N)
	for _, sum := range out.Normalised {
		fmt.Fprintf(w, "normalised: %s\n", sum)
	}
	// One path: two ways to verify it, and the second is the largest.
	if out.TokenWise != nil {
		fmt.Fprintf(w, "accepted token by token: %s\n", show.Exact(*out.TokenWise))
		fmt.Fprintf(w, "accepted by block verification, the largest: %s\n", show.Exact(out.Best))
	} else {
		fmt.Fprintf(w, "accepted at most: %s\n", show.Exact(out.Best))
	}
	if out.Rule != nil {
		out.Rule.print(w, out.Best, job.tolerance.Value, out.Length)
	}
}
