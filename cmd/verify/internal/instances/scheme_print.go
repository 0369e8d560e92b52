package instances

import (
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft/scheme"
)

// printScheme prints the evaluation of a scheme.
func (job *schemeJob) printScheme(t *input.Task, e *scheme.Evaluation, title string) {
	w := job.Stdout
	// Of the instance as it was given, also where the scheme changes the model.
	printTask(w, t)
	fmt.Fprintf(w, "scheme %s: %s\n", e.Scheme, title)
	// A scheme may fix how drafts are drawn, whatever the instance says: its P* is that of its own draws.
	if model := e.Instance.Model(); model != t.Instance.Model() {
		fmt.Fprintf(w, "law of the drafts: %s, fixed by the scheme\n", model)
	}
	// Also those that no flag set, so that the numbers can be had again.
	for _, p := range e.Parameters {
		fmt.Fprintf(w, "%s%s%s\n", p.Name, relation(p.Name), p.Value)
	}
	fmt.Fprintf(w, "acceptance: %s\n", enclosureText(e.Acceptance, job.asked()))
	// A token drawn after a rejection may be a draft by chance; told only where it makes a
	// difference, and only where words could be gone through.
	if drafted, ok := e.Drafted(); ok && drafted.Cmp(e.Acceptance.Hi) > 0 {
		fmt.Fprintf(w, "output among the drafts: %s, counting draws after a rejection\n", show.Exact(drafted))
	}
	fmt.Fprintf(w, "P*(acc) for these drafts: %s\n", enclosureText(e.Best, job.asked()))
	fmt.Fprintf(w, "gap to P*: %s\n", enclosureText(e.Gap, job.asked()))
	printLaw(w, t, e.Law, e.Wrong, job.tolerance.Value)
}

// relation stands between the name of a parameter and its value: a symbol is equal to it, and what words name is not.
func relation(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
		return ": "
	}
	return " = "
}

// asked is the width of enclosures that flags ask for, 1 without them.
func (job *schemeJob) asked() rational.Rat {
	width := rational.NewRat(1, 1)
	if job.options.Within != nil {
		width = *job.options.Within
	}
	// Digits of γ*, about as many of which the acceptance has.
	return rational.MinRat(width, rational.NewRat(1, 2).Pow(job.options.Bits))
}

// printLaw prints the law of the output, and whether it is q, or how far from it.
// Wrong is the first token whose probability is not that of q, or negative.
func printLaw(w io.Writer, t *input.Task, law []rational.Rat, wrong int, tolerance rational.Rat) {
	// A vocabulary fills screens: the first tokens, and how many are left. JSON has all.
	for i, x := range law[:min(len(law), input.ShownTokens)] {
		fmt.Fprintf(w, "output law, token %s: %s\n", t.Shown(i), show.Exact(x))
	}
	if left := len(law) - input.ShownTokens; left > 0 {
		fmt.Fprintf(w, "output law: %d more tokens\n", left)
	}
	// Exactly: fractions are compared.
	if wrong < 0 {
		fmt.Fprintf(w, "lossless: yes, the output has law q exactly\n")
		return
	}
	// How far, and where: the first wrong token alone says little.
	d := scheme.Deviate(law, t.Instance.Target())
	if d.Within(tolerance) {
		fmt.Fprintf(w, "lossless: within %v, not exactly\n", tolerance)
	} else {
		fmt.Fprintf(w, "lossless: NO, token %s has probability %s, want %s\n", t.Shown(wrong), shortText(law[wrong]), shortText(t.Instance.Target().At(wrong)))
	}
	printDeviation(w, t, d)
}

// shortText cuts long fractions to a decimal, and says so.
// A message with thousands of digits hides what it is about.
func shortText(x rational.Rat) string {
	if text := x.String(); len(text) <= 60 {
		return text
	}
	return "about " + x.Scientific(enclosureDigits)
}

// shownWorst is how many of the worst tokens are printed; -json has all.
const shownWorst = 5

// printDeviation prints the total variation, what it means, the largest ratio and the worst tokens.
func printDeviation(w io.Writer, t *input.Task, d *scheme.Deviation) {
	fmt.Fprintf(w, "total variation from q: %s\n", show.Small(d.Total))
	// Two laws can be coupled so that their values differ with the probability of their total
	// variation, and not more seldom.
	fmt.Fprintf(w, "expected effect: of %s outputs one differs, if the others are coupled as well as can be\n", rarity(d.Total))
	switch {
	// No number bounds how much more often than under q that token comes.
	case d.Beyond:
		fmt.Fprintf(w, "largest ratio to q: infinite, at token %s, which q does not have\n", t.Shown(d.RatioAt))
	default:
		fmt.Fprintf(w, "largest ratio to q: %s, at token %s\n", show.Small(d.Ratio), t.Shown(d.RatioAt))
	}
	// By more or less: what an output has too much of, and what too little.
	var worst []string
	for _, i := range d.Worst[:min(len(d.Worst), shownWorst)] {
		than := "more"
		if d.By[i].Sign() < 0 {
			than = "less"
		}
		worst = append(worst, fmt.Sprintf("%s by %s %s", t.Shown(i), show.Small(d.By[i].Abs()), than))
	}
	fmt.Fprintf(w, "worst tokens, of %d that differ: %s\n", len(d.Worst), strings.Join(worst, ", "))
}

// rarity is 1/x, with one digit behind the point.
func rarity(x rational.Rat) string {
	// x is above 0, as the law differs from q where this is asked.
	number := x.Inv()
	if number.IsInt() {
		return number.String()
	}
	// One output of about 1.0 would be each.
	if text := number.Decimal(1); text != "1.0" {
		return "about " + text
	}
	return "about " + number.Approximate(1)
}

// printSimulation compares frequencies with the acceptance and the law computed.
func (job *schemeJob) printSimulation(t *input.Task, acceptance rational.Rat, law []rational.Rat, sim *scheme.Simulation) {
	if sim == nil {
		return
	}
	w := job.Stdout
	fmt.Fprintf(w, "simulation: %d draws, seed %d\n", sim.Draws, job.seed)
	// Frequencies stand beside probabilities in the same digits.
	frequency := func(count int) string {
		return rational.NewRat(int64(count), int64(sim.Draws)).Approximate(6)
	}
	fmt.Fprintf(w, "accepted: %d, frequency %s, probability %s\n", sim.Accepted, frequency(sim.Accepted), acceptance.Approximate(6))
	// The first tokens; -json has all counts.
	for i, count := range sim.Counts[:min(len(sim.Counts), input.ShownTokens)] {
		fmt.Fprintf(w, "token %s: %d, frequency %s, probability %s\n", t.Shown(i), count, frequency(count), law[i].Approximate(6))
	}
	fmt.Fprintf(w, "farthest from its expectation: token %s with %d\n", t.Shown(sim.Worst), sim.Counts[sim.Worst])
	verdict := "yes"
	if !sim.Fits {
		verdict = "NO"
	}
	fmt.Fprintf(w, "frequencies fit: %s (exact test by Bernstein's inequality, which a right rule fails with probability at most %s)\n",
		verdict, scheme.FalseAlarm())
}

// The JSON object of one scheme.
// Numbers are fractions, as text; decimals are to look at.
type (
	jsonScheme struct {
		Scheme     string        `json:"scheme"`
		K          int           `json:"k"`
		N          int           `json:"n"`
		Drafts     string        `json:"drafts"`
		Normalised []string      `json:"normalised,omitempty"`
		Parameters [][2]string   `json:"parameters,omitempty"`
		Acceptance jsonEnclosure `json:"acceptance"`
		Drafted    *rational.Rat `json:"output_among_drafts,omitempty"`
		// One of the two, as the best acceptance is exact or enclosed.
		Best       *rational.Rat  `json:"best,omitempty"`
		BestWithin *jsonEnclosure `json:"best_within,omitempty"`
		Gap        jsonEnclosure  `json:"gap"`
		Lossless   bool           `json:"lossless"`
		// The name of a token; neither is there if the output has law q.
		Wrong      string          `json:"first_wrong_token,omitempty"`
		Deviation  *jsonDeviation  `json:"deviation,omitempty"`
		Law        []rational.Rat  `json:"law"`
		Simulation *jsonSimulation `json:"simulation,omitempty"`
	}
	// jsonDeviation says how far an output is from q; it has no ratio if that is infinite.
	jsonDeviation struct {
		Total  rational.Rat  `json:"total_variation"`
		About  string        `json:"total_variation_about"`
		Ratio  *rational.Rat `json:"largest_ratio,omitempty"`
		At     string        `json:"largest_ratio_at"`
		Worst  []string      `json:"worst_tokens"`
		Within bool          `json:"within_tolerance"`
	}
	// jsonEnclosure has a value if it is exact, and two ends if not.
	jsonEnclosure struct {
		Value   *rational.Rat `json:"value,omitempty"`
		Lower   *rational.Rat `json:"lower,omitempty"`
		Upper   *rational.Rat `json:"upper,omitempty"`
		Decimal string        `json:"decimal"`
	}
	// jsonSimulation has how often each token came out, in the order of the instance.
	jsonSimulation struct {
		Draws    int   `json:"draws"`
		Accepted int   `json:"accepted"`
		Counts   []int `json:"counts"`
		Fits     bool  `json:"fits"`
	}
)

// enclosureJSON has the number or its ends, and a decimal to look at.
func enclosureJSON(e enclose.Interval) jsonEnclosure {
	// The decimal is to look at; what counts are the fractions beside it.
	j := jsonEnclosure{Decimal: show.Certain(e, enclosureDigits)}
	if e.Exact() {
		j.Value = &e.Lo
	} else {
		j.Lower, j.Upper = &e.Lo, &e.Hi
	}
	return j
}

// deviationJSON is what [printDeviation] prints, with all the tokens that differ.
func deviationJSON(t *input.Task, d *scheme.Deviation, tolerance rational.Rat) *jsonDeviation {
	// All that differ, the farthest first.
	j := &jsonDeviation{Total: d.Total, About: d.Total.Scientific(6), Within: d.Within(tolerance), Worst: t.NamesOf(d.Worst), At: t.Name(d.RatioAt)}
	// JSON has no infinity.
	if !d.Beyond {
		j.Ratio = &d.Ratio
	}
	return j
}

// evaluationJSON makes the object of a scheme.
// sim is nil if nothing was drawn.
func evaluationJSON(t *input.Task, e *scheme.Evaluation, sim *scheme.Simulation, tolerance rational.Rat) jsonScheme {
	// What is known of every scheme; what only some have follows.
	j := jsonScheme{
		Scheme: e.Scheme, K: e.Instance.K(), N: e.Instance.N(), Drafts: e.Instance.Model(), Normalised: t.Sums,
		Acceptance: enclosureJSON(e.Acceptance), Gap: enclosureJSON(e.Gap),
		Lossless: e.Lossless(), Law: e.Law,
	}
	// Two members, so that a reader of "best" never takes an interval for a number.
	if within := enclosureJSON(e.Best); within.Value != nil {
		j.Best = within.Value
	} else {
		j.BestWithin = &within
	}
	// Where the words of drafts are too many to be gone through it is not there.
	if drafted, ok := e.Drafted(); ok {
		j.Drafted = &drafted
	}
	for _, p := range e.Parameters {
		j.Parameters = append(j.Parameters, [2]string{p.Name, p.Value})
	}
	// Only then: a lossless scheme has no token that is wrong.
	if !e.Lossless() {
		j.Wrong = t.Name(e.Wrong)
		j.Deviation = deviationJSON(t, scheme.Deviate(e.Law, t.Instance.Target()), tolerance)
	}
	j.Simulation = simulationJSON(sim)
	return j
}

// simulationJSON makes the object of a simulation, nil if there was none.
func simulationJSON(sim *scheme.Simulation) *jsonSimulation {
	if sim == nil {
		return nil
	}
	return &jsonSimulation{sim.Draws, sim.Accepted, sim.Counts, sim.Fits}
}
