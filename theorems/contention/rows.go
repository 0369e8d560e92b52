package contention

import (
	"slices"

	"pstar/theorems"
)

// Statement returns the statement of the row with a tag, in words.
// It panics if there is no such row, as [theorems.Statement] does.
func Statement(tag string) string {
	// All three lists: a tag is in one of them.
	return theorems.Statement(slices.Concat(SingleRows, KnapsackRows, RationRows()), tag)
}

// crs is a place in the paper. The tables of rows are constants to the compiler, and no part of the
// start of the program: what they call is one expression.
func crs(number string) theorems.Source { return theorems.Source{Paper: "CRS", Number: number} }

// What rows and reports both say.
const (
	BoundOfT34 = "LPOPT ≤ α_0(ρ) + " + SlackOfT34 // of CRS-T3.4
	SlackOfT34 = "(ρ+2)/N"
	WorstCase  = "1/(1 + e^(−1/2))" // α_0(1)
)

// Ends of sentences that several rows share.
const (
	forInstance = "for the probabilities given, exactly"
	riemann     = "the statement, with Riemann's integral, for every exponential over an ordered field"
	definition  = "a definition: it states nothing that could be verified; "
	limiting    = "an interpretation of functions as limits of solutions, which is not used in a proof."
)

// Commands that show several rows.
const (
	fifths = "verify crs -n 5 -rho 1"
	all    = "verify crs -upto 9"
	sizes  = "verify knapsack fixtures/contention/knapsack.json"
	hard   = "verify knapsack -hard 2"
	pantry = "verify ration fixtures/contention/pantry.json"
	typeI  = "verify ration fixtures/contention/typeone.json"
)

// SingleRows are about a single unit.
var SingleRows = []theorems.Theorem{
	{
		Tag:       "CRS-LP",
		Statement: "LP-SI: max β with (c_f(i) + c_b(i))/2 ≥ β, c_σ(i) + Σ_{j <_σ i} x_j c_σ(j) ≤ 1, c ≥ 0; its value is LPOPT",
		Sources:   []theorems.Source{crs("eqs. 3.1–3.2")},
		Engine:    theorems.Checked, Scope: forInstance + ": solved with a primal and a dual point",
		Commands: []theorems.Command{{Line: fifths, Shows: "LPOPT = 125/189"}},
		Coq:      theorems.Coq{Names: []string{"LPSI_has_max", "scheme_feasible"}, Says: "that the maximum exists, and that every scheme gives a feasible point"},
	},
	{
		Tag:       "CRS-L3.1",
		Statement: "LPOPT, the value of LP-SI, is the best guarantee of any scheme, and Algorithm 2 attains it",
		Sources:   []theorems.Source{crs("Lemma 3.1")},
		Engine:    theorems.Proved, Scope: "for all n and x",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-L3.1 proved for all n and x: LPOPT is the best guarantee of any scheme"}},
		Coq:      theorems.Coq{Names: []string{"CRS_L3_1", "CRS_L3_1_value", "CRS_L3_1_FB", "LPSI_has_max", "best_guarantee"}, Says: "for any finite list of weighted orders and schemes that may use the history"},
	},
	{
		Tag:       "CRS-A2",
		Statement: "Algorithm 2: accept an active i with probability c_σ(i)/(1 − Σ_{j <_σ i} x_j c_σ(j)) if the unit is left",
		Sources:   []theorems.Source{crs("Algorithm 2")},
		Engine:    theorems.Checked, Scope: forInstance + ": its law is computed",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-L3.1 checked Algorithm 2 selects every element"}},
		Coq:      theorems.Coq{Names: []string{"alg2_scheme", "alg2_attains"}},
	},
	{
		Tag:       "CRS-REM4",
		Statement: "Algorithm 2 is well defined: its coins lie between 0 and 1",
		Sources:   []theorems.Source{crs("Remark 4")},
		Engine:    theorems.Checked, Scope: forInstance + ": the table shows the coins",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-L3.1 checked Algorithm 2 selects every element"}},
		Coq:      theorems.Coq{Names: []string{"alg2_scheme"}},
	},
	{
		Tag:       "CRS-T1.2",
		Statement: "LPOPT ≥ α_0(ρ) = e^(ρ/2)/(1 + ρ e^(ρ/2))",
		Sources:   []theorems.Source{crs("Theorem 1.2")},
		Engine:    theorems.Proved, Scope: "for all n, and x of sum at most ρ; for an instance checked, with enclosures",
		Commands: []theorems.Command{{Line: "verify crs -x 1/2,1/3,1/6", Shows: "CRS-T1.2 proved for all n, and x of sum at most rho"}},
		Coq:      theorems.Coq{Names: []string{"CRS_T1_2", "CRS_T1_2_scheme", "CRS_T1_2_exp", "CRS_T1_2_one", "alpha0_decr"}},
	},
	{
		Tag:       "CRS-P3.2",
		Statement: "φ is decreasing, (φ(z) + φ(ρ−z))/2 = α_0(ρ), and φ(z) ≤ 1 − ∫_0^z φ",
		Sources:   []theorems.Source{crs("Proposition 3.2")},
		Engine:    theorems.Proved, Scope: "for every ρ, on the whole of [0, ρ]",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-P3.2 proved for every rho >= 0, on the whole of [0, rho]"}},
		Coq: theorems.Coq{Names: []string{"phi_decr", "CRS_P3_2_slack", "CRS_P3_2_pair", "Phi_integral", "Phi_tangent_left", "Phi_tangent_right"},
			Says: riemann},
	},
	{
		Tag:       "CRS-L3.3",
		Statement: "the means of φ over the intervals of the x_i are feasible for LP-SI and worth α_0(ρ)",
		Sources:   []theorems.Source{crs("Lemma 3.3")},
		Engine:    theorems.Proved, Scope: "for all n and x",
		Commands: []theorems.Command{{Line: "verify crs -x 1/2,1/3,1/6", Shows: "CRS-L3.3 proved for all n and x"}},
		Coq:      theorems.Coq{Names: []string{"CRS_L3_3", "mean_integral", "mean_bounds", "Phi_pair"}, Says: riemann},
	},
	{
		Tag:       "CRS-T1.3",
		Statement: "no single-unit scheme guarantees more than α_0(ρ) for all instances",
		Sources:   []theorems.Source{crs("Theorem 1.3")},
		Engine:    theorems.Proved, Scope: "for every ρ; for one odd N an upper bound is checked",
		Commands: []theorems.Command{{Line: all, Shows: "CRS-T1.3 proved for every rho > 0"}},
		Coq:      theorems.Coq{Names: []string{"CRS_T1_3", "CRS_T1_3_bound", "CRS_T1_3_exp"}, Says: "by way of CRS-U, not of the paper's dual point"},
	},
	{
		Tag:       "CRS-T3.4",
		Statement: "for x_i = ρ/N, N odd: " + BoundOfT34,
		Sources:   []theorems.Source{crs("Theorem 3.4")},
		Engine:    theorems.Proved, Scope: "for every odd N and ρ ≤ N; for one N checked by the dual point of CRS-L3.5",
		Commands: []theorems.Command{
			{Line: all, Shows: "CRS-T3.4 proved for every odd N"},
			{Line: fifths, Shows: "CRS-T3.4 checked " + BoundOfT34},
		},
		Coq: theorems.Coq{Names: []string{"CRS_T3_4", "CRS_T3_4_exp"}, Says: "by way of CRS-U, not of the paper's dual point"},
	},
	{
		Tag:       "CRS-L3.5",
		Statement: "for x_i = ρ/N, N odd: the point with ξ = ρα_0 except in the middle, and γ, is dual feasible and worth at most α_0(ρ) + (ρ+2)/N",
		Sources:   []theorems.Source{crs("Lemma 3.5")},
		Engine:    theorems.Proved, Scope: "for every odd N and 0 < ρ ≤ N; for one N checked",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-L3.5 proved for every odd N"}},
		Misprint: "(3.12) sums to N, not n; (3.18) lacks the factor ρ on its left; in the proof i < n must be i < n+1",
	},
	{
		Tag:       "CRS-P3.6",
		Statement: "γ is increasing and 1-Lipschitz, and γ(z) + ∫_z^ρ γ = ρα_0(ρ)/2",
		Sources:   []theorems.Source{crs("Proposition 3.6")},
		Engine:    theorems.Proved, Scope: "for every ρ, on the whole of [ρ/2, ρ]",
		Commands: []theorems.Command{{Line: fifths, Shows: "CRS-P3.6 proved for every rho >= 0, on the whole of [rho/2, rho]"}},
		Coq:      theorems.Coq{Names: []string{"CRS_P3_6", "CRS_P3_6_end", "CRS_P3_6_incr", "CRS_P3_6_riemann", "CRS_P3_6_lipschitz"}, Says: riemann},
		Misprint: "(3.22): the upper limit s must be ρ; its proof has p for ρ once",
	},
	{
		Tag:       "CRS-U",
		Statement: "for x_i = ρ/N: LPOPT = 1/(ρ + (1−ρ/N)^((N+1)/2)) for odd N, 1/(ρ + (1−ρ/N)^(N/2+1)/(1−ρ/(2N))) for even N",
		Engine:    theorems.Proved, Scope: "for every N and ρ ≤ N; ours, found by exact solutions",
		Commands: []theorems.Command{{Line: all, Shows: "CRS-U proved for every N and rho <= N"}},
		Coq:      theorems.Coq{Names: []string{"CRS_U_odd", "CRS_U_even", "CRS_U_odd_scheme", "CRS_U_even_scheme"}},
	},
	{
		Tag:       "CRS-LIN",
		Statement: "the best linear φ for ρ = 1 is 2/√5 − (1 − 1/√5)z, worth (√5 − 1)/2, less than " + WorstCase,
		Engine:    theorems.Concluded, Scope: "for all linear functions; of the introduction of the paper",
		Commands: []theorems.Command{{Line: "verify crs -interval linear", Shows: "CRS-LIN concluded for ρ = 1 no linear φ is worth more"}},
	},
	{
		Tag:       "CRS-PROPHET",
		Statement: "selling to active agents as Algorithm 2 accepts them is worth LPOPT times the expected largest valuation, hence " + WorstCase + " times",
		Engine:    theorems.Checked, Scope: "for the valuations given, exactly, beside the best policy and the best fixed price; of the introduction of the paper",
		Commands: []theorems.Command{{Line: "verify crs -prophet fixtures/contention/prophet.json", Shows: "CRS-PROPHET checked the policy sells for"}},
	},
	{
		Tag:       "CRS-LB.1",
		Statement: "splitting an element into two neighbours of half its probability never raises LPOPT",
		Sources:   []theorems.Source{crs("Lemma B.1")},
		Engine:    theorems.Proved, Scope: "for all n and x, and any parts; for an instance checked, for each of its elements",
		Commands: []theorems.Command{{Line: fifths + " -split", Shows: "CRS-LB.1 proved for all n and x: splitting elements"}},
		Coq:      theorems.Coq{Names: []string{"CRS_LB_1", "CRS_LB_1_value", "merge_feasible"}, Says: "for any split"},
		Misprint: "(B.7): the two sums must be c̃_f(k) + c̃_b(k) and c̃_f(k+1) + c̃_b(k+1)",
	},
}
