package instances

import (
	"fmt"
	"io"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft/scheme"
)

func (job *schemeJob) printScheme(t *input.Task, e *scheme.Evaluation, title string) {
	w := job.Stdout
	printTask(w, t)
	fmt.Fprintf(w, "scheme %s: %s\n", e.Scheme, title)
	if model := e.Instance.Model(); model != t.Instance.Model() {
		fmt.Fprintf(w, "law of the drafts: %s, fixed by the scheme\n", model)
	}
	for _, p := range e.Parameters {
		fmt.Fprintf(w, "%s = %s\n", p.Name, p.Value)
	}
	fmt.Fprintf(w, "acceptance: %s\n", enclosureText(e.Acceptance))
	if drafted, ok := e.Drafted(); ok && drafted.Cmp(e.Acceptance.Hi) > 0 {
		fmt.Fprintf(w, "output among the drafts: %s, counting draws after a rejection\n", show.Exact(drafted))
	}
	fmt.Fprintf(w, "P*(acc) for these drafts: %s\n", enclosureText(e.Best))
	fmt.Fprintf(w, "gap to P*: %s\n", enclosureText(e.Gap))
	printLaw(w, t, e.Law, e.Wrong)
}

// printLaw prints the law of the output, and whether it is q.
func printLaw(w io.Writer, t *input.Task, law []rational.Rat, wrong int) {
	for i, x := range law[:min(len(law), input.ShownTokens)] {
		fmt.Fprintf(w, "output law, token %s: %s\n", t.Shown(i), show.Exact(x))
	}
	if left := len(law) - input.ShownTokens; left > 0 {
		fmt.Fprintf(w, "output law: %d more tokens\n", left)
	}
	if wrong < 0 {
		fmt.Fprintf(w, "lossless: yes, the output has law q exactly\n")
		return
	}
	fmt.Fprintf(w, "lossless: NO, token %s has probability %v, want %v\n", t.Shown(wrong), law[wrong], t.Instance.Target().At(wrong))
}

// enclosureText prints a number that is known exactly, or two decimals that it lies
// between.
func enclosureText(e enclose.Interval) string {
	if e.Exact() {
		return show.Exact(e.Lo)
	}
	return fmt.Sprintf("between %s and %s", decimalBelow(e.Lo, enclosureDigits), decimalAbove(e.Hi, enclosureDigits))
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

// printSimulation compares frequencies with the acceptance and the law computed.
func (job *schemeJob) printSimulation(t *input.Task, acceptance rational.Rat, law []rational.Rat, sim *scheme.Simulation) {
	if sim == nil {
		return
	}
	w := job.Stdout
	fmt.Fprintf(w, "simulation: %d draws, seed %d\n", sim.Draws, job.seed)
	frequency := func(count int) string {
		return rational.NewRat(int64(count), int64(sim.Draws)).Decimal(6)
	}
	fmt.Fprintf(w, "accepted: %d, frequency %s, probability %s\n", sim.Accepted, frequency(sim.Accepted), acceptance.Decimal(6))
	for i, count := range sim.Counts[:min(len(sim.Counts), input.ShownTokens)] {
		fmt.Fprintf(w, "token %s: %d, frequency %s, probability %s\n", t.Shown(i), count, frequency(count), law[i].Decimal(6))
	}
	fmt.Fprintf(w, "farthest from its expectation: token %s with %d\n", t.Shown(sim.Worst), sim.Counts[sim.Worst])
	verdict := "yes"
	if !sim.Fits {
		verdict = "NO"
	}
	fmt.Fprintf(w, "frequencies fit: %s (exact test by Bernstein's inequality, which a right rule fails with probability at most %s)\n",
		verdict, scheme.FalseAlarm)
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
		Best       *rational.Rat   `json:"best,omitempty"`
		BestWithin *jsonEnclosure  `json:"best_within,omitempty"`
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

func enclosureJSON(e enclose.Interval) jsonEnclosure {
	j := jsonEnclosure{Decimal: e.Lo.Decimal(enclosureDigits)}
	if e.Exact() {
		j.Value = &e.Lo
	} else {
		j.Lower, j.Upper = &e.Lo, &e.Hi
	}
	return j
}

func evaluationJSON(t *input.Task, e *scheme.Evaluation, sim *scheme.Simulation) jsonScheme {
	j := jsonScheme{
		Scheme: e.Scheme, K: e.Instance.K(), N: e.Instance.N(), Drafts: e.Instance.Model(), Normalised: t.Sums,
		Acceptance: enclosureJSON(e.Acceptance), Gap: enclosureJSON(e.Gap),
		Lossless: e.Lossless(), Law: e.Law,
	}
	if within := enclosureJSON(e.Best); within.Value != nil {
		j.Best = within.Value
	} else {
		j.BestWithin = &within
	}
	if drafted, ok := e.Drafted(); ok {
		j.Drafted = &drafted
	}
	for _, p := range e.Parameters {
		j.Parameters = append(j.Parameters, [2]string{p.Name, p.Value})
	}
	if !e.Lossless() {
		j.Wrong = t.Name(e.Wrong)
	}
	j.Simulation = simulationJSON(sim)
	return j
}

func simulationJSON(sim *scheme.Simulation) *jsonSimulation {
	if sim == nil {
		return nil
	}
	return &jsonSimulation{sim.Draws, sim.Accepted, sim.Counts, sim.Fits}
}
