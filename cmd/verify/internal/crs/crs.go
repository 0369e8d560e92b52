package crs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

func Command() run.Command {
	return run.Command{
		Name:    "crs",
		Usage:   "-x X | -n N -rho R | FILE",
		Summary: "the best guarantee of forward-backward contention resolution",
		Long: `Elements are active independently with probabilities x and arrive forward or
backward, each with probability 1/2; one of them may be accepted. Computes LPOPT,
the best guarantee of any scheme, exactly, with a scheme that attains it and a dual
point that allows no more, and verifies on the instance

  CRS-L3.1  Algorithm 2 with the scheme selects every element with probability c(i)
  CRS-T1.2  LPOPT is at least α_0(ρ) = e^(ρ/2)/(1 + ρe^(ρ/2)), ρ the sum of x
  CRS-LB.1  splitting an element never raises LPOPT (with -split)
  CRS-U     for equal x: LPOPT in closed form
  CRS-T3.4  for equal x, N odd: LPOPT is at most α_0(ρ) + (ρ+2)/N, by a dual point
  CRS-T1.3  for equal x, N odd: an upper bound that tends to α_0(ρ)

and proves for all instances at once what holds of them: CRS-L3.1, CRS-LB.1, CRS-P3.2,
CRS-L3.3, CRS-T1.2, CRS-U, CRS-T1.3, CRS-T3.4, CRS-L3.5 and CRS-P3.6. -certificate FILE writes
these proofs, with that of LPOPT for the instance.

The probabilities are given by -x, as N equal ones with sum R by -n and -rho, or in
a file: {"x": ["1/3", 0.25]} or a list of numbers separated by commas or spaces.
Long fractions appear as decimals in the table; -json has every number exactly.
-upto N verifies CRS-U, CRS-T3.4 and CRS-T1.3 for every number of elements up to N that
they speak of, with -rho, and proves CRS-T1.5 besides. -split verifies CRS-LB.1 for each
element. -interval NAME proves, with -rho, the inequalities of a function on its whole
interval by subdivision; their certificate proves them for every ρ.
-figure NAME writes a figure to -o (.svg or .csv): ` + figureNames() + `.

` + standings,
		Run: runCRS,
	}
}

// crsJob is the command as the command line gives it.
type crsJob struct {
	*run.Call
	x           []rational.Rat
	rho         rational.Rat
	upto        int
	split, json bool
	certificate string
	output      string
	figure      string
	interval    string
	talk        *run.Talk
}

func runCRS(c *run.Call, args []string) error {
	job := &crsJob{Call: c}
	f := c.Flags()
	x := f.String("x", "", "`probabilities`, separated by commas")
	n := f.Int("n", 0, "`number` of elements of equal probability")
	rho := f.String("rho", "1", "`sum` of their probabilities")
	f.IntVar(&job.upto, "upto", 0, "verify the closed form for every `number` of elements up to this one")
	f.BoolVar(&job.split, "split", false, "verify that splitting any element does not raise LPOPT")
	f.StringVar(&job.certificate, "certificate", "", "write the certificate to `file`, compressed if it ends in .gz")
	f.StringVar(&job.output, "o", "", "write the figure to `file`")
	f.StringVar(&job.figure, "figure", "", "make the figure with this `name`")
	f.StringVar(&job.interval, "interval", "", "prove the inequalities of a `function` on its whole interval: unit (CRS-P3.2), gamma (CRS-P3.6) or knapsack (CRS-P4.3)")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	limits := f.Limits()
	job.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	if err := refuseUnusedCRS(f, job.interval, files); err != nil {
		return err
	}
	if job.rho, err = rational.ParseRat(*rho); err != nil {
		return run.UsageErrorf("-rho: %v", err)
	}
	for _, path := range []string{job.output, job.certificate} {
		if path == "" {
			continue
		}
		if err := job.CheckWritable(path); err != nil {
			return err
		}
	}
	ctx := limits.Context()
	defer job.talk.Clear()
	switch {
	case job.figure != "":
		return job.makeFigure(ctx)
	case job.interval != "":
		return job.proveInterval()
	case f.Given("upto"):
		return job.allN(ctx)
	}
	given := len(files)
	for _, name := range []string{"x", "n"} {
		if f.Given(name) {
			given++
		}
	}
	if given != 1 {
		return run.UsageErrorf("expected one of -x, -n and a file; \"verify crs -h\" explains")
	}
	if err := job.instance(*x, *n, files); err != nil {
		return err
	}
	return job.run(ctx)
}

// refuseUnusedCRS is an error if a flag or a file has no effect in the mode that the
// flags ask for.
func refuseUnusedCRS(f *run.FlagSet, interval string, files []string) error {
	if !f.Given("figure") {
		if err := f.RefuseUnused("without -figure", "o"); err != nil {
			return err
		}
	}
	for _, mode := range []struct {
		name   string
		unused []string
	}{
		{"figure", []string{"interval", "upto", "x", "n", "rho", "split", "json", "certificate"}},
		{"interval", []string{"upto", "x", "n", "split"}},
		{"upto", []string{"x", "n", "split"}},
	} {
		if !f.Given(mode.name) {
			continue
		}
		if len(files) > 0 {
			return run.UsageErrorf("%s has no effect with -%s", files[0], mode.name)
		}
		if interval == phiKnapsack {
			return f.RefuseUnused("with -interval knapsack", append(mode.unused, "rho")...)
		}
		return f.RefuseUnused("with -"+mode.name, mode.unused...)
	}
	if f.Given("n") {
		return nil
	}
	return f.RefuseUnused("without -n, -upto or -interval", "rho")
}

// instance reads the probabilities from where they are given: -x, a file, or -n.
func (job *crsJob) instance(x string, n int, files []string) (err error) {
	switch {
	case x != "":
		if job.x, err = rational.ParseRats(x); err != nil {
			return run.UsageErrorf("-x: %v", err)
		}
	case len(files) == 0:
		if err := single.ValidateUniform(n, job.rho); err != nil {
			return run.UsageErrorf("-n %d -rho %s: %v", n, job.rho, err)
		}
		job.x = single.Uniform(n, job.rho)
	default:
		if job.x, err = job.readX(files[0]); err != nil {
			return err
		}
	}
	if err := single.Validate(job.x); err != nil {
		where := "-x"
		if len(files) > 0 {
			where = files[0]
		}
		return run.UsageErrorf("%s: %v", where, err)
	}
	return nil
}

// readX reads a file: JSON if it begins with a brace, else a list of numbers.
func (job *crsJob) readX(path string) (x []rational.Rat, err error) {
	err = input.Read(job.Call, path, func(in *bufio.Reader) (err error) {
		if !input.LooksLikeJSON(in) {
			x, err = readNumbers(path, in)
			return err
		}
		r := input.NewJSON(path, 1, in)
		return r.Whole(func(key string) (known bool, err error) {
			if key != "x" {
				return false, nil
			}
			return true, r.List("x", func(i int) error {
				v, err := r.Rat(contention.Label("x, element", i, ""))
				x = append(x, v)
				if err == nil && i >= single.MaxElements {
					err = r.Fail("x", "%v", errTooManyElements)
				}
				return err
			})
		})
	})
	return x, err
}

// errTooManyElements ends the reading of a file that need not be read to its end.
var errTooManyElements = fmt.Errorf("expected at most %d elements", single.MaxElements)

// readNumbers reads numbers separated by commas and blanks, up to # on each line.
func readNumbers(name string, r *bufio.Reader) (x []rational.Rat, err error) {
	line, comment := 1, false
	var word []byte
	for {
		b, readErr := r.ReadByte()
		separates := readErr != nil || comment || strings.IndexByte(", \t\r\n#", b) >= 0
		if !separates {
			word = append(word, b)
		}
		if len(word) > 0 && (separates || len(word) > input.MaxToken) {
			v, err := rational.ParseRat(string(word))
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
			if x, word = append(x, v), word[:0]; len(x) > single.MaxElements {
				return nil, fmt.Errorf("%s:%d: %w", name, line, errTooManyElements)
			}
		}
		switch {
		case errors.Is(readErr, io.EOF):
			return x, nil
		case readErr != nil:
			return nil, readErr
		case b == '\n':
			line, comment = line+1, false
		case b == '#':
			comment = true
		}
	}
}

func (job *crsJob) run(ctx context.Context) error {
	u, err := single.Solve(ctx, job.x)
	if err != nil {
		return err
	}
	job.talk.Say("solved in %v", job.talk.Elapsed())
	r, err := single.Verify(ctx, u, single.Options{Split: job.split, Progress: job.talk.Update})
	if err != nil {
		return err
	}
	job.rho = rational.RatVector(job.x).Sum()
	if job.json {
		job.PrintReport(r.Findings.Verdict().String(), r.Findings, job.object(u))
	} else {
		job.print(r)
	}
	return job.end(r.Findings, r.Documents)
}

// allN verifies CRS-U, CRS-T3.4 and CRS-T1.3 for every N up to job.upto.
func (job *crsJob) allN(ctx context.Context) error {
	if job.upto < 1 || job.upto > single.MaxElements {
		return run.UsageErrorf("-upto %d: expected a number of elements from 1 to %d", job.upto, single.MaxElements)
	}
	found, err := single.VerifyUniform(ctx, job.upto, job.rho, single.Options{Progress: job.talk.Update})
	if err != nil {
		return err
	}
	if found == nil {
		return run.UsageErrorf("-upto %d -rho %s: no number of elements up to %d has probabilities between 0 and 1", job.upto, job.rho, job.upto)
	}
	job.report(found)
	return job.end(found, func() []witness.Maker {
		return []witness.Maker{single.Document(nil, append(single.Tags, "CRS-T1.5")...)}
	})
}

// end writes the certificate, if one is wanted, and returns what the command ends with.
func (job *crsJob) end(found theorems.Claims, documents func() []witness.Maker) error {
	return endFindings(job.Call, job.talk, job.certificate, found, documents)
}

// report prints findings that stand for themselves.
func (job *crsJob) report(found theorems.Claims) {
	if job.json {
		job.PrintReport(found.Verdict().String(), found, struct {
			Rho rational.Rat `json:"rho"`
		}{job.rho})
	} else {
		printFindings(job.Stdout, found)
	}
}

func (job *crsJob) print(r *single.Report) {
	w, u, law := job.Stdout, r.Unit, r.Law
	fmt.Fprintf(w, "%d elements, ρ = %s\n", len(job.x), show.Exact(job.rho))
	fmt.Fprintf(w, "LPOPT = %s\n", show.Exact(u.Value))
	alpha := single.Alpha(job.rho)
	fmt.Fprintf(w, "α_0(ρ) %s\n", contention.Enclosed(alpha))
	fmt.Fprintf(w, "LPOPT - α_0(ρ) %s\n", contention.Enclosed(enclose.RealOf(u.Value).Sub(alpha)))
	rows := [][]string{{"element", "x", "c forward", "c backward", "coin forward", "coin backward", "ξ", "y forward", "y backward"}}
	for i, v := range job.x {
		row := []string{fmt.Sprint(i + 1), show.Abridged(v)}
		for _, list := range [][]rational.Rat{u.Choice[0], u.Choice[1], law.Coin[0], law.Coin[1], u.Dual.Xi, u.Dual.Y[0], u.Dual.Y[1]} {
			if i < len(list) {
				row = append(row, show.Abridged(list[i]))
			}
		}
		rows = append(rows, row)
	}
	show.Table(w, rows)
	if job.rho.Equal(rational.NewRat(1, 1)) {
		landmarks(w, single.Landmarks())
	}
	printFindings(w, r.Findings)
}

// object is the result for -json.
func (job *crsJob) object(u *single.Unit) any {
	alpha, _ := single.Alpha(job.rho).Enclose(rational.NewRat(1, 1<<50))
	return struct {
		X      []rational.Rat    `json:"x"`
		Rho    rational.Rat      `json:"rho"`
		LPOPT  rational.Rat      `json:"lpopt"`
		Alpha  [2]rational.Rat   `json:"alpha"`
		Choice contention.Choice `json:"choice"`
		Dual   contention.Choice `json:"dual"`
		Xi     []rational.Rat    `json:"xi"`
	}{job.x, job.rho, u.Value, [2]rational.Rat{alpha.Lo, alpha.Hi}, u.Choice, u.Dual.Y, u.Dual.Xi}
}
