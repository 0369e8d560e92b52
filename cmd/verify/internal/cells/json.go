package cells

import (
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
)

// The JSON objects of the main job. Exact numbers are strings.
type (
	// jsonStanding is that of a cell in a grid.
	jsonStanding struct {
		Verdict theorems.Verdict `json:"verdict"`
		Claims  theorems.Claims  `json:"claims"`
	}
	jsonCell struct {
		*jsonStanding               // nil where the report has it
		K              int          `json:"k"`
		N              int          `json:"n"`
		Exponent       int          `json:"exponent"`
		Feasibility    *jsonCone    `json:"feasibility,omitempty"`
		Optimum        *jsonCone    `json:"optimum,omitempty"`
		Instances      int          `json:"instances"`
		Counterexample *jsonExample `json:"counterexample,omitempty"`
		Disagreement   string       `json:"disagreement,omitempty"`
	}
	jsonCone struct {
		Rays    string   `json:"rays"`
		Bounds  string   `json:"bounds"`
		Trivial string   `json:"trivial"`
		Methods []string `json:"methods"`
	}
	jsonExample struct {
		P         []rational.Rat `json:"p"`
		Q         []rational.Rat `json:"q"`
		Value     rational.Rat   `json:"value"`
		Set       []int          `json:"set"`
		Claimed   rational.Rat   `json:"claimed"`
		ClaimedAt []int          `json:"claimed_at"`
	}
	jsonGrid struct {
		Asked   int        `json:"cells_asked"`
		Cells   []jsonCell `json:"cells"`
		Missing []string   `json:"certificates_missing,omitempty"` // of cells that are decided
	}
)

func cellJSON(r *cell.Report) jsonCell {
	cell := jsonCell{
		K: r.K, N: r.N, Exponent: r.Exponent,
		Feasibility: coneJSON(r.Feasibility), Optimum: coneJSON(r.Optimum),
	}
	for _, in := range r.Instances {
		if in.Instance != nil {
			cell.Instances++
		}
	}
	if e := r.Refutation; e != nil {
		cell.Counterexample = &jsonExample{
			P: e.Instance.Drafts().(*multidraft.IID).P(), Q: e.Instance.Target().Rats(),
			Value: e.Truth.Value, Set: fromOne(e.Truth.Minimiser),
			Claimed: e.Claimed, ClaimedAt: fromOne(e.ClaimedAt),
		}
	}
	if r.Disagreement != nil {
		cell.Disagreement = r.Disagreement.Error()
	}
	return cell
}

func coneJSON(p *cell.ConeProof) *jsonCone {
	if p == nil {
		return nil
	}
	return &jsonCone{p.Rays().String(), p.Bounds.String(), p.Trivial.String(), p.Methods}
}

// fromOne lists the tokens of a set, numbered from 1.
func fromOne(s multidraft.Set) []int {
	tokens := s.Tokens()
	for i := range tokens {
		tokens[i]++
	}
	return tokens
}

func gridJSON(reports []*cell.Report, cells int, missing []string) jsonGrid {
	grid := jsonGrid{Asked: cells, Cells: []jsonCell{}, Missing: missing}
	for _, r := range reports {
		one := cellJSON(r)
		one.jsonStanding = &jsonStanding{r.Verdict(), r.Claims()}
		grid.Cells = append(grid.Cells, one)
	}
	return grid
}
