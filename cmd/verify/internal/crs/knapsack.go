package crs

import (
	"context"
	"fmt"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
)

func KnapsackCommand() run.Command {
	return run.Command{
		Name:    "knapsack",
		Usage:   "FILE.json",
		Summary: "a forward-backward scheme for the knapsack problem",
		Long: `Elements with independent random sizes arrive forward or backward, each with
probability 1/2; accepted sizes must not exceed 1 in sum. The file lists the
elements with the finite values of their sizes; the rest of the probability is that
of being inactive:

  {"elements": [{"name": "a", "sizes": [{"size": "1/2", "probability": "1/3"}]}],
   "choice": {"forward": ["4/9"], "backward": ["4/9"]}}

"name" and "choice" are optional; without a choice it is that of CRS-L4.4, means of
φ(z) = 4/9 - 2z/9. The mean sizes must not exceed 1 in sum. Verified are

  CRS-D5    the choice is feasible (Definition 5); inequalities with e are decided. A
            choice that is not may be attained all the same, and is then not refuted
  CRS-L4.4  it is the choice by φ, and guarantees at least 1/3
  CRS-T4.1  Algorithm 3 accepts every element, whatever its size, with exactly the
            probability of the choice, in both orders: by enumeration of all loads;
            if exact probabilities grow too long they are enclosed, and the claim is
            concluded from Lemma 4.2, whose premise the enclosures decide

Proved for all instances are CRS-P4.3, CRS-L4.4 and Lemmas C.1 and C.2, and concluded from
steps that are proved CRS-LC.3, CRS-T4.1 and CRS-T1.4: any choice of Definition 5 is
attained, and that of CRS-L4.4 is one. -certificate FILE writes
these proofs, and that the choice is feasible.

-hard M uses, in place of a file, the instance of CRS-T1.5 with 2M+1 elements, on
which no scheme does better than single-unit resolution, and reports how far its
exact best guarantee is above 1/(2 + 1/e); the certificate then has that guarantee, and
CRS-T1.5. Long fractions appear as decimals in the table; -json has the choice exactly.

` + standings,
		Run: runKnapsack,
	}
}

// knapsackJob is one instance with its names.
type knapsackJob struct {
	*run.Call
	names       []string
	elements    []knapsack.Element
	choice      *contention.Choice // nil for that of CRS-L4.4
	hard        int
	json        bool
	certificate string
	talk        *run.Talk
}

func runKnapsack(c *run.Call, args []string) error {
	job := &knapsackJob{Call: c}
	f := c.Flags()
	f.IntVar(&job.hard, "hard", 0, "use the instance of CRS-T1.5 with this `m`")
	f.StringVar(&job.certificate, "certificate", "", "write the certificate to `file`, compressed if it ends in .gz")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	limits := f.Limits()
	job.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	if job.certificate != "" {
		if err := job.CheckWritable(job.certificate); err != nil {
			return err
		}
	}
	ctx := limits.Context()
	switch {
	case f.Given("hard") && len(files) == 0:
		if job.hard < 2 || job.hard > 200 {
			return run.UsageErrorf("-hard %d: expected a number from 2 to 200", job.hard)
		}
	case !f.Given("hard") && len(files) == 1:
		if err := job.read(files[0]); err != nil {
			return err
		}
	default:
		return run.UsageErrorf("expected one file, or -hard; \"verify knapsack -h\" explains")
	}
	return job.run(ctx)
}

// read fills the job from a file.
func (job *knapsackJob) read(path string) error {
	err := input.ReadObject(job.Call, path, func(r *input.JSON, key string) (known bool, err error) {
		switch key {
		case "elements":
			err = r.List("elements", func(i int) error { return job.readElement(r, i) })
		case "choice":
			err = job.readChoice(r)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return err
	}
	if err := knapsack.Validate(job.elements); err != nil {
		return run.UsageErrorf("%s: %v", path, contention.Named(err, job.names))
	}
	if job.choice == nil {
		return nil
	}
	if err := contention.ValidateChoice(len(job.elements), *job.choice); err != nil {
		return run.UsageErrorf("%s: %v", path, err)
	}
	return nil
}

func (job *knapsackJob) readElement(r *input.JSON, i int) error {
	var element knapsack.Element
	name := ""
	err := r.Object(contention.Label("element", i, ""), func(key string) (known bool, err error) {
		switch who := contention.Label("element", i, name); key {
		case "name":
			name, err = r.Title(who)
		case "sizes":
			err = r.List(who+", sizes", func(k int) error {
				size, probability, err := r.Pair(fmt.Sprintf("%s, size %d", who, k+1), "size", "probability")
				element = append(element, knapsack.Size{Size: size, Probability: probability})
				return err
			})
		default:
			return false, nil
		}
		return true, err
	})
	if err == nil && len(element) == 0 {
		err = r.Fail(contention.Label("element", i, name), "expected at least one entry in \"sizes\", found none")
	}
	job.elements, job.names = append(job.elements, element), append(job.names, name)
	return err
}

func (job *knapsackJob) readChoice(r *input.JSON) error {
	job.choice = &contention.Choice{}
	return r.Object("choice", func(key string) (known bool, err error) {
		for _, o := range contention.Orders {
			if key == o.String() {
				job.choice[o], err = r.PerElement("choice, " + key)
				return true, err
			}
		}
		return false, nil
	})
}

func (job *knapsackJob) run(ctx context.Context) error {
	var r *knapsack.Report
	var err error
	if job.hard > 0 {
		r, err = knapsack.VerifyHard(ctx, job.hard)
	} else {
		r, err = knapsack.Verify(ctx, job.elements, job.choice)
	}
	if err != nil {
		return err
	}
	if job.json {
		job.PrintReport(r.Findings.Verdict().String(), r.Findings, job.object(r))
	} else {
		job.print(r)
	}
	return endFindings(job.Call, job.talk, job.certificate, r.Findings, r.Documents)
}

func (job *knapsackJob) print(r *knapsack.Report) {
	w, mu, c := job.Stdout, r.Means, r.Choice
	fmt.Fprintf(w, "%d elements, mean sizes %s in sum\n", len(mu), show.Exact(rational.RatVector(mu).Sum()))
	fmt.Fprintf(w, "guarantee %s\n", show.Exact(c.Guarantee()))
	rows := [][]string{{"element", "mean size", "c forward", "c backward", "mean", "empty forward", "empty backward"}}
	for i, m := range mu {
		row := []string{fmt.Sprint(i + 1), show.Abridged(m), show.Abridged(c[0][i]), show.Abridged(c[1][i]), show.Abridged(c.Average(i))}
		if i < len(job.names) && job.names[i] != "" {
			row[0] += " " + show.InList(job.names[i])
		}
		if r.Law != nil {
			for _, o := range contention.Orders {
				row = append(row, abridgedInterval(r.Law.Empty[o][i]))
			}
		}
		rows = append(rows, row)
	}
	show.Table(w, rows)
	landmarks(w, knapsack.Landmarks())
	printFindings(w, r.Findings)
}

// abridgedInterval prints a point as a fraction, anything else as decimals.
func abridgedInterval(x enclose.Interval) string {
	if x.Width().IsZero() {
		return show.Abridged(x.Lo)
	}
	return x.Decimal(show.Decimals)
}

// object is the result for -json.
func (job *knapsackJob) object(r *knapsack.Report) any {
	return struct {
		Guarantee rational.Rat      `json:"guarantee"`
		Choice    contention.Choice `json:"choice"`
		Exact     bool              `json:"exact"`
	}{r.Choice.Guarantee(), r.Choice, r.Law != nil && r.Law.Exact}
}
