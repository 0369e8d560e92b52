package single

import (
	"bufio"
	"context"
	"fmt"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// prophet is the task of a file of valuations.
// An error is bad input, with file and line where there is one.
func (p *parameters) prophet(run *theorems.Run) ([]theorems.Task, error) {
	if len(run.Files) != 1 {
		return nil, theorems.BadInput("-prophet: expected one file of valuations")
	}
	// The only file, as nothing else says what the valuations are.
	path := run.Files[0]
	var list []Valuation
	var names []string
	err := run.Read(path, func(in *bufio.Reader) error {
		r := jsontext.New(path, 1, in)
		return r.Whole(jsontext.By("agents", func(place string) error {
			return r.List(place, func(i int) error {
				law, name, err := readValuation(r, i)
				list, names = append(list, law), append(names, name)
				return err
			})
		}))
	})
	if err != nil {
		return nil, err
	}
	// What is asked of all agents together has no line.
	if err := ValidateValuations(list); err != nil {
		return nil, theorems.BadInput("%s: %v", path, contention.Named(err, names))
	}
	return theorems.Alone(func(ctx context.Context) (*theorems.Report, error) {
		// Everything at once: a part of the values would compare with nothing.
		solved, err := SolveProphet(ctx, list)
		switch {
		case err == nil:
			return solved.report(names), nil
		// A fault of the solver leaves nothing to report.
		case ctx.Err() == nil:
			return nil, err
		}
		// What was to be found, as undecided.
		r := &theorems.Report{Title: contention.Count(len(list), "agent", "agents"), Figures: struct{}{}}
		contention.Unsettled(&r.Claims, contention.SingleRows, "CRS-LP", "CRS-PROPHET")
		contention.Prove(&r.Claims, "CRS-L3.1", "CRS-T1.2")
		return r, err
	}), nil
}

// The name stands in errors only if the file has it before the values.
func readValuation(r *jsontext.Reader, i int) (law Valuation, name string, err error) {
	values := func(string) error {
		who := contention.Label("agent", i, name)
		return r.List(who+", values", func(k int) error {
			place := fmt.Sprintf("%s, value %d", who, k+1)
			var v Valued
			err := r.Complete(place, jsontext.Keep("value", &v.Value, r.Rat), jsontext.Keep("probability", &v.Probability, r.Rat))
			if text := v.invalid(); err == nil && text != "" {
				err = r.Fail(place, "%s", text)
			}
			law = append(law, v)
			return err
		})
	}
	_, err = r.Object(contention.Label("agent", i, ""), jsontext.Keep("name", &name, r.Title), jsontext.By("values", values))
	// After the values were read, as their sum has no line of its own.
	if text := law.invalid(); err == nil && text != "" {
		err = r.Fail("", "%s, %s", contention.Label("agent", i, name), text)
	}
	return law, name, err
}

// report is what the command tells.
// E[max] is positive, as the valuations have been validated: ratios exist.
func (p *Prophet) report(names []string) *theorems.Report {
	table := [][]string{{"agent", "x", "E[value; active]", "c forward", "c backward"}}
	// By agent, in the order of the file.
	for i, x := range p.X {
		name := fmt.Sprint(i + 1)
		if names[i] != "" {
			name += " " + names[i]
		}
		table = append(table, []string{name, contention.Abridged(x), contention.Abridged(p.Active[i]), contention.Abridged(p.Unit.Choice[0][i]), contention.Abridged(p.Unit.Choice[1][i])})
	}
	r := &theorems.Report{Title: contention.Count(len(p.X), "agent", "agents") + ", E[max] = " + contention.Exact(p.Max)}
	for _, l := range []struct {
		name  string
		value rational.Rat
	}{{"policy of Algorithm 2", p.Policy}, {"best fixed price", p.Threshold}, {"best policy", p.Online}} {
		// Of E[max], which is what the theorem compares with.
		ratio := l.value.Quo(p.Max)
		r.Before = append(r.Before, theorems.Block{Line: fmt.Sprintf("%s: %s, that is %s of E[max]", l.name, contention.Exact(l.value), contention.Exact(ratio))})
	}
	r.Before = append(r.Before, theorems.Block{Table: table})
	// The same number as in the first line above.
	ratio := p.Policy.Quo(p.Max)
	r.Claims.Add(p.Unit.Verify(context.Background()), "CRS-LP", theorems.Checked, "LPOPT = %s for these x", contention.Decimal(p.Unit.Value))
	r.Claims.Add(p.Check(), "CRS-PROPHET", theorems.Checked, "the policy sells for %s of E[max], at least LPOPT; the best policy in the two orders for %s, and the best fixed price for %s",
		contention.Decimal(ratio), contention.Decimal(p.Online.Quo(p.Max)), contention.Decimal(p.Threshold.Quo(p.Max)))
	err := p.compareAlpha(ratio)
	r.Claims.Add(err, "CRS-T1.2", theorems.Checked, "that is at least %s, %s", contention.WorstCase, contention.Enclosed(Alpha(one)))
	contention.Prove(&r.Claims, "CRS-L3.1", "CRS-T1.2")
	r.Figures = struct {
		X         []rational.Rat    `json:"x"`
		Max       rational.Rat      `json:"max"`
		Policy    rational.Rat      `json:"policy"`
		Threshold rational.Rat      `json:"threshold"`
		Online    rational.Rat      `json:"online"`
		Choice    contention.Choice `json:"choice"`
	}{p.X, p.Max, p.Policy, p.Threshold, p.Online, p.Unit.Choice}
	r.Documents = []theorems.Maker{Document(p.Unit, "CRS-L3.1", "CRS-T1.2"), Document(nil, "CRS-L3.1", "CRS-T1.2")}
	return r
}

// The comparison is exact; the enclosure is for the message.
func (p *Prophet) compareAlpha(ratio rational.Rat) error {
	if CompareAlpha(ratio, one) < 0 {
		return fmt.Errorf("it is less by a number %s", contention.Enclosed(Alpha(one).Sub(enclose.RealOf(ratio))))
	}
	return nil
}
