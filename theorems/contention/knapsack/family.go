package knapsack

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/interval"
)

// Family is contention resolution for elements with sizes, with its command.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "forward-backward contention resolution for the knapsack problem",
		Theorems: contention.KnapsackRows,
		Command:  "knapsack",
		Usage:    "FILE.json",
		Summary:  "a forward-backward scheme for the knapsack problem",
		Help: `Elements with independent random sizes arrive forward or backward, each with
probability 1/2; accepted sizes must not exceed 1 in sum. The file lists the
elements with the finite values of their sizes; the rest of the probability is that
of being inactive, which may also be listed, as the size "inf"; an empty list is an
element that never is active:

  {"elements": [{"name": "a", "sizes": [{"size": "1/2", "probability": "1/3"}]}],
   "choice": {"forward": ["4/9"], "backward": ["4/9"]}}

"name" and "choice" are optional; without a choice it is that of CRS-L4.4, means of
φ(z) = 4/9 - 2z/9. The mean sizes must not exceed 1 in sum. Verified are

  CRS-D5    the choice is feasible (Definition 5); inequalities with e are
            decided. A choice that is not may be attained all the same, and is
            then not refuted
  CRS-L4.4  it is the choice by φ, and guarantees at least 1/3
  CRS-T4.1  Algorithm 3 accepts every element, whatever its size, with exactly
            the probability of the choice, in both orders: by enumeration of
            all loads; if exact probabilities grow too long they are enclosed,
            and the claim is concluded from Lemma 4.2, whose premise the
            enclosures decide
  CRS-L4.2  and Lemmas C.1 to C.3, with (4.13): every inequality of the proof
            of CRS-T4.1 on the exact law of the load that each element meets,
            if it is not too large

Proved for all instances are CRS-P4.3, CRS-L4.4 and Lemmas C.1 and C.2, and concluded from
steps that are proved CRS-LC.3, CRS-T4.1 and CRS-T1.4: any choice of Definition 5 is
attained, and that of CRS-L4.4 is one. -certificate FILE writes
these proofs, and that the choice is feasible.

-hard M uses, in place of a file, the instance of CRS-T1.5 with 2M+1 elements, on
which no scheme does better than single-unit resolution, and reports how far its
exact best guarantee is above 1/(2 + 1/e); the certificate then has that guarantee, and
CRS-T1.5. -interval phi proves the inequalities of CRS-P4.3 on the whole of [0, 1] by subdivision.
Long fractions appear as decimals in the table; -json has the choice exactly.

` + contention.Standings,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &parameters{Flags: f}
			f.IntVar(&p.hard, "hard", 0, "use the instance of CRS-T1.5 with this `m`")
			f.StringVar(&p.interval, "interval", "", "prove the inequalities of a `function` on its whole interval: phi (CRS-P4.3)")
			return p.tasks
		},
	}
}

// parameters are those of the command, with what the file says.
// They are filled by the flags and then by the file, before any task runs.
type parameters struct {
	*theorems.Flags
	hard     int
	interval string // the name of a function, of -interval

	names    []string
	elements []Element
	total    rational.Rat       // the mean sizes of the elements read so far, in sum
	choice   *contention.Choice // nil for that of CRS-L4.4
}

// An error is bad input.
func (p *parameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	switch {
	// Three ways to be asked, which exclude each other.
	case p.interval != "" && (p.Given("hard") || len(run.Files) > 0):
		return nil, theorems.BadInput("-interval is about no instance: neither -hard nor a file has an effect with it")
	case p.interval != "" && p.interval != "phi":
		return nil, theorems.BadInput("-interval: unknown function %q, expected phi", p.interval)
	case p.interval != "":
		return theorems.Alone(func(context.Context) (*theorems.Report, error) {
			claims, err := ProvePhi()
			r := interval.Report("CRS-P4.3", claims, err, run.Say)
			r.Figures = struct{}{}
			return r, nil
		}), nil
	case p.Given("hard") && len(run.Files) == 0:
		// Beyond 200 the fractions of the guarantee are long, and the gap is far below what
		// is printed.
		if p.hard < 2 || p.hard > 200 {
			return nil, theorems.BadInput("-hard %d: expected a number from 2 to 200", p.hard)
		}
	case !p.Given("hard") && len(run.Files) == 1:
		if err := p.read(run); err != nil {
			return nil, err
		}
	default:
		return nil, theorems.BadInput("expected one file, or -hard; \"verify knapsack -h\" explains")
	}
	return theorems.Alone(func(ctx context.Context) (r *theorems.Report, err error) {
		var found *Report
		if p.hard > 0 {
			found, err = VerifyHard(ctx, p.hard)
		} else {
			found, err = Verify(ctx, p.elements, p.choice)
		}
		// Nothing was found, as with bad input; else what was found is told with the error.
		if found == nil {
			return nil, err
		}
		return found.report(p.names), err
	}), nil
}

// read reads the file.
// Errors of the file have its line.
func (p *parameters) read(run *theorems.Run) error {
	path := run.Files[0]
	err := run.Read(path, func(in *bufio.Reader) error {
		r := jsontext.New(path, 1, in)
		// Either may stand first, and is checked against the other once both are there.
		fit := func(err error) error {
			if err == nil && p.choice != nil && p.elements != nil {
				if wrong := contention.ValidateChoice(len(p.elements), *p.choice); wrong != nil {
					err = r.Fail("", "%v", wrong)
				}
			}
			return err
		}
		return r.Whole(
			jsontext.By("elements", func(place string) error {
				return fit(r.List(place, func(i int) error { return p.readElement(r, i) }))
			}),
			jsontext.By("choice", func(place string) error { return fit(p.readChoice(r, place)) }))
	})
	if err != nil {
		return err
	}
	// What is wrong with one element was said at its line; what is left is that there is none.
	// Of elements that are there the sum of means was checked, too, as they were read.
	if err := Validate(p.elements); err != nil {
		return theorems.BadInput("%s: %v", path, contention.Named(err, p.names))
	}
	return nil
}

// It adds the element and its name even after an error, which ends the reading.
func (p *parameters) readElement(r *jsontext.Reader, i int) error {
	var element Element
	name, inactive := "", zero
	sizes := func(string) error {
		who := contention.Label("element", i, name)
		return r.List(who+", sizes", func(k int) error {
			place := fmt.Sprintf("%s, size %d", who, k+1)
			size, infinite, err := readSize(r, place)
			// An infinite size is counted, and is none of the element's.
			if infinite {
				inactive = inactive.Add(size.Probability)
				return err
			}
			// Said here, where the line is that of the size, and not of the element.
			if text := size.invalid(); err == nil && text != "" {
				err = r.Fail("", "%s, %s", place, text)
			}
			element = append(element, size)
			return err
		})
	}
	given, err := r.Object(contention.Label("element", i, ""), jsontext.Keep("name", &name, r.Title), jsontext.By("sizes", sizes))
	who := contention.Label("element", i, name)
	// A missing list is a misspelt one more often than an element that is never active.
	if err == nil && !given["sizes"] {
		err = r.Fail(who, "expected \"sizes\", a list that may be empty, found nothing")
	}
	// An infinite size is one way to say that the element is not active, and what its sizes leave
	// to probability 1 is another: together they must not be more than there is.
	if all := inactive.Add(element.probability()); err == nil && all.Cmp(one) > 0 {
		err = r.Fail(who+", sizes", "expected probabilities with sum at most 1, found %s", all)
	}
	// Here and not at the end, where no line could be named.
	if p.total = p.total.Add(element.Mean()); err == nil && p.total.Cmp(one) > 0 {
		err = r.Fail(who, "expected mean sizes with sum at most 1, found %s up to this element", p.total)
	}
	p.elements, p.names = append(p.elements, element), append(p.names, name)
	return err
}

// infinities are the words for the size of an element that is not active.
// In small letters and as a sign; JSON has no number for it.
var infinities = []json.Token{"inf", "infinity", "∞"}

// readSize reads a size with its probability; the size "inf" says that the element is not active.
// The error has the line. That the size is between 0 and 1 is for the caller to say.
func readSize(r *jsontext.Reader, place string) (s Size, infinite bool, err error) {
	err = r.Complete(place,
		jsontext.By("size", func(place string) error {
			token, err := r.Token(place)
			if infinite = slices.Contains(infinities, token); err == nil && !infinite {
				s.Size, err = r.RatFrom(place, token)
			}
			return err
		}),
		jsontext.By("probability", func(place string) (err error) {
			s.Probability, err = r.Rat(place)
			if err == nil && s.Probability.Sign() < 0 {
				err = r.Fail(place, "expected a number between 0 and 1, found %s", s.Probability)
			}
			return err
		}))
	return s, infinite, err
}

// A list for each order; that both are there is checked when the elements are known.
func (p *parameters) readChoice(r *jsontext.Reader, place string) error {
	p.choice = &contention.Choice{}
	var orders []jsontext.Member
	for _, o := range contention.Orders {
		orders = append(orders, jsontext.By(o.String(), func(place string) error {
			return r.List(place, func(i int) error {
				here := contention.Label(place+", element", i, "")
				c, err := r.Rat(here)
				if text := contention.InvalidProbability(c); err == nil && text != "" {
					err = r.Fail(here, "%s", text)
				}
				p.choice[o] = append(p.choice[o], c)
				return err
			})
		}))
	}
	_, err := r.Object(place, orders...)
	return err
}

// report is what the command tells; names, if there are any, are those of the elements.
func (r *Report) report(names []string) *theorems.Report {
	c := r.Choice
	table := [][]string{{"element", "mean size", "c forward", "c backward", "mean", "empty forward", "empty backward"}}
	for i, m := range r.Means {
		// Numbers in full are in the JSON; the table is for a screen.
		row := []string{fmt.Sprint(i + 1), contention.Abridged(m), contention.Abridged(c[0][i]), contention.Abridged(c[1][i]), contention.Abridged(c.Average(i))}
		if names != nil && names[i] != "" {
			row[0] += " " + names[i]
		}
		// Of a law that is not known there are no columns.
		if r.Law != nil {
			for _, o := range contention.Orders {
				row = append(row, abridgedInterval(r.Law.Empty[o][i]))
			}
		}
		table = append(table, row)
	}
	return &theorems.Report{
		Title: fmt.Sprintf("%s, mean sizes %s in sum", contention.Count(len(r.Means), "element", "elements"), contention.Exact(rational.RatVector(r.Means).Sum())),
		Before: append([]theorems.Block{{Line: "guarantee " + contention.Exact(c.Guarantee())}, {Table: table}},
			contention.ShowLandmarks(Landmarks())...),
		Claims: r.Findings,
		Figures: struct {
			Guarantee rational.Rat      `json:"guarantee"`
			Choice    contention.Choice `json:"choice"`
			Exact     bool              `json:"exact"`
		}{c.Guarantee(), c, r.Law != nil && r.Law.Exact},
		Documents: r.Documents(),
	}
}

// abridgedInterval prints a point as a fraction, anything else as decimals.
// The decimals of an interval are those that are certain.
func abridgedInterval(x enclose.Interval) string {
	if x.Width().IsZero() {
		return contention.Abridged(x.Lo)
	}
	return x.Decimal(contention.Decimals)
}
