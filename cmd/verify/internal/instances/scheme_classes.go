package instances

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft/classes"
)

// jsonLevel is a level of the file of a rule by classes: a ratio, and the numbers of its classes, from 1, with
// their probabilities.
type jsonLevel struct {
	Ratio rational.Rat `json:"ratio"`
	Class [][2]any     `json:"class"`
}

// jsonChosen says of one draft of -tuple with which probability a rule by classes chooses it, and
// then accepts it.
type jsonChosen struct {
	Token  string       `json:"token"`
	Chosen rational.Rat `json:"chosen"`
	Accept rational.Rat `json:"accepted"`
}

// writeClasses writes the file of a rule by classes, see [classes.Rule]: one level on a line.
func (job *pstarJob) writeClasses(r *classes.Rule) error {
	// The file is written whole or not at all.
	return job.call.WriteFile(job.rule, func(w io.Writer) error {
		var b strings.Builder
		// The sizes stand in front, as levels alone do not say them.
		fmt.Fprintf(&b, "{\n\"k\": %d,\n\"n\": %d,\n\"classes\": %d,\n\"levels\": [", r.K, r.N, r.Classes)
		for j, l := range r.Levels {
			if j > 0 {
				b.WriteByte(',')
			}
			out := jsonLevel{Ratio: l.Ratio}
			for _, c := range l.Class {
				// Classes are numbered from 1 in files.
				out.Class = append(out.Class, [2]any{c.Class + 1, c.Probability})
			}
			b.WriteByte('\n')
			b.Write(marshal(out))
		}
		b.WriteString("\n]\n}\n")
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// levels reads the levels of a rule by classes.
func levels(r *jsontext.Reader) func(place string) ([]classes.Level, error) {
	return jsontext.ListOf(r, func(place string) (l classes.Level, err error) {
		// A level without one of its members would be read as 0, which is a rule of another kind.
		err = r.Complete(place,
			jsontext.Keep("ratio", &l.Ratio, r.Rat),
			jsontext.By("class", func(place string) error {
				return pairs(r, place, func(class int, p rational.Rat) {
					// Numbers in files begin with 1.
					l.Class = append(l.Class, classes.Weight{Class: class - 1, Probability: p})
				})
			}))
		return l, err
	})
}

// userClasses evaluates a rule by classes. What is no rule refutes; the output of one has
// law q whatever it is, by speculative sampling.
// There is no table of the output to go through: it would have a row for each set of the
// vocabulary.
func (job *schemeJob) userClasses(_ context.Context, t *input.Task, r *classes.Rule) error {
	w := job.Stdout
	// No rule: probabilities of a level that do not sum to 1, or ratios that do not ascend.
	if err := r.Check(); err != nil {
		outcome := job.Concluded(run.ErrRefuted)
		if job.json {
			out := newUserJSON(t)
			out.Faults = []string{err.Error()}
			job.PrintReport(run.Tested(theorems.Falsified, outcome), nil, out)
			return outcome
		}
		printTask(w, t)
		fmt.Fprintf(w, "selection rule: NO, %v\n", err)
		return outcome
	}
	// The error is a rule for other numbers of drafts or tokens: a wrong file, and no verdict on
	// it.
	e, err := r.Evaluate(t.Instance)
	if err != nil {
		return run.UsageErrorf("%v", err)
	}
	// A tuple that cannot be drafted is a mistake, whatever the rule is.
	word, err := job.word(t)
	if err != nil {
		return err
	}
	if job.json {
		// Lossless whatever the numbers are, as speculative sampling follows the choice; the gap
		// is what they decide.
		out := newUserJSON(t)
		out.Rule, out.Lossless, out.Optimal = true, true, e.Gap.IsZero()
		out.figures(e.Acceptance, e.Best, e.Gap)
		out.Accepted = &e.Acceptance
		if word != nil {
			for j, p := range e.Chosen(word) {
				// What the rule draws for these drafts, and what speculative sampling then
				// accepts.
				out.Tuple = append(out.Tuple, jsonChosen{t.Name(word[j]), p, e.Accept(word[j])})
			}
		}
		job.PrintReport(theorems.Verified.String(), nil, out)
		return nil
	}
	printTask(w, t)
	fmt.Fprintf(w, "selection rule: yes, by %s at %s of q/p, %d numbers\n", show.Count(r.Classes, "class", "classes"), show.Count(len(r.Levels), "level", "levels"), r.Size())
	fmt.Fprintf(w, "acceptance: %s, the probability that the draft chosen is accepted\n", show.Exact(e.Acceptance))
	fmt.Fprintf(w, "P*(acc): %s\n", show.Exact(e.Best))
	fmt.Fprintf(w, "gap to P*: %s\n", gapText(e.Gap))
	fmt.Fprintln(w, "lossless: yes, the output has law q exactly, by speculative sampling of the draft chosen")
	if word != nil {
		for j, p := range e.Chosen(word) {
			fmt.Fprintf(w, "draft %d, token %s: chosen with probability %s, then accepted with %s\n", j+1, t.Shown(word[j]), show.Small(p), show.Small(e.Accept(word[j])))
		}
	}
	return nil
}

// gapText prints a gap: decimals of a small one would be zeros.
func gapText(gap rational.Rat) string {
	// A power of ten above the gap, from 1 down.
	bound := rational.NewRat(1, 1)
	tenth := rational.NewRat(1, 10)
	// Ten decimals show at least four digits of such a gap.
	if gap.IsZero() || gap.Cmp(rational.NewRat(1, 1_000_000)) > 0 {
		return show.Exact(gap)
	}
	digits := 0
	// The least power of ten above it: "less than" is said of a power of ten too.
	for gap.Cmp(bound.Mul(tenth)) < 0 {
		bound, digits = bound.Mul(tenth), digits+1
	}
	return fmt.Sprintf("less than 1e-%d", digits)
}

// word reads the tuple of -tuple, or returns nil if there is none.
func (job *schemeJob) word(t *input.Task) ([]int, error) {
	if job.tuple == "" {
		return nil, nil
	}
	var word []int
	for _, text := range strings.Split(job.tuple, ",") {
		// Only tokens that may be drafted: the rule says nothing of others.
		i, err := strconv.Atoi(text)
		if err != nil || i < 1 || i > t.Instance.N() || !t.Instance.Drafted()[i-1] {
			return nil, run.UsageErrorf("-tuple %s: %q is no token that can be drafted, of 1..%d", job.tuple, text, t.Instance.N())
		}
		word = append(word, i-1)
	}
	// All drafts at once, as the rule sees them.
	if len(word) != t.Instance.K() {
		return nil, run.UsageErrorf("-tuple %s: %d tokens, want K = %d", job.tuple, len(word), t.Instance.K())
	}
	return word, nil
}
