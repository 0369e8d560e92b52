package contention

import "pstar/theorems"

// firstElement is what CRS-LC.1 says.
const firstElement = "(4.6) and (4.7) hold for the first element"

// discrete is what most of their statements in Coq are about, which the papers do not ask for.
const discrete = "sizes of finitely many values"

// KnapsackRows are about elements with sizes.
var KnapsackRows = []theorems.Theorem{
	{
		Tag:       "CRS-T1.4",
		Statement: "some knapsack scheme guarantees 1/3 if the mean sizes are at most 1 in sum",
		Sources:   []theorems.Source{crs("Theorem 1.4")},
		Engine:    theorems.Concluded, Scope: "for all discrete sizes",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-T1.4 concluded for all sizes of finitely many values, with means of sum at most 1"}},
		Coq:      theorems.Coq{Names: []string{"CRS_T1_4", "CRS_T1_4_exp"}, Partly: true, Says: discrete},
	},
	{
		Tag:       "CRS-D5",
		Statement: "Definition 5: c is monotone along the order, c_σ(i) ≤ 1 − c_σ(i_1) − M and c_σ(i) ≤ 1 − 2M − c_σ(i_1) exp(−2M/c_σ(i_1)), M = Σ_{j <_σ i} c_σ(j) μ_j",
		Sources:   []theorems.Source{crs("Definition 5")},
		Engine:    theorems.Checked, Scope: "for the choice given; inequalities with e are decided by enclosures",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-D5 checked the choice is feasible"}},
	},
	{
		Tag:       "CRS-P4.3",
		Statement: "φ(z) = 4/9 − 2z/9 is decreasing, (φ(z) + φ(1−z))/2 = 1/3, and satisfies the inequalities of Definition 5 in the limit",
		Sources:   []theorems.Source{crs("Proposition 4.3")},
		Engine:    theorems.Proved, Scope: "on the whole of [0, 1]",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-P4.3 proved on the whole of [0, 1]"}},
		Coq:      theorems.Coq{Names: []string{"CRS_P4_3", "phi_third_decr", "Phi_third_integral"}, Says: riemann},
		Misprint: "in the proof the bracket 22/9 + 2z/9 − z²/9 must be 4/9 + 2z/3 − 2z²/9",
	},
	{
		Tag:       "CRS-L4.4",
		Statement: "the means of φ over the intervals of the μ_i are feasible (Definition 5) and guarantee 1/3",
		Sources:   []theorems.Source{crs("Lemma 4.4")},
		Engine:    theorems.Proved, Scope: "for all mean sizes",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-L4.4 proved for all n and mean sizes of sum at most 1"}},
		Coq:      theorems.Coq{Names: []string{"CRS_L4_4", "third_integral"}, Says: riemann},
		Misprint: "in the proof Σ_{j<i} c(j) lacks the factor μ_j",
	},
	{
		Tag:       "CRS-T4.1",
		Statement: "with a feasible choice, Algorithm 3 accepts i, whatever its size, with exactly the probability c_σ(i)",
		Sources:   []theorems.Source{crs("Theorem 4.1")},
		Engine:    theorems.Concluded, Scope: "for all discrete sizes and every choice of Definition 5, by induction along the order from Lemmas C.2 and C.3; for an instance checked by enumeration of all loads",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-T4.1 concluded for all sizes of finitely many values and every choice of Definition 5"}},
		Coq:      theorems.Coq{Names: []string{"CRS_T4_1", "CRS_T4_1_order", "CRS_T4_1_exp"}, Partly: true, Says: discrete},
	},
	{
		Tag:       "CRS-A3",
		Statement: "Algorithm 3: accept i by a coin that depends on whether the knapsack is empty, so that c_σ(i) comes out",
		Sources:   []theorems.Source{crs("Algorithm 3")},
		Engine:    theorems.Checked, Scope: "for the sizes given: its law is computed",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-T4.1 checked Algorithm 3 accepts every size of every element"}},
		Coq:      theorems.Coq{Names: []string{"alg3_policy", "load_lawP", "CRS_L4_2"}, Partly: true, Says: discrete + ": that it is a knapsack scheme, and what its law is"},
	},
	{
		Tag:       "CRS-L4.2",
		Statement: "if the knapsack is empty with probability at least c_σ(i) when i arrives, the coin of Algorithm 3 is at most 1 and i is accepted with probability c_σ(i)",
		Sources:   []theorems.Source{crs("Lemma 4.2")},
		Engine:    theorems.Checked, Scope: "for the sizes given: premise, (4.8) and (4.9), on the exact law of the load",
		Commands: []theorems.Command{{Line: sizes, Shows: "CRS-L4.2 checked on the law of the load that each element meets"}},
		Coq:      theorems.Coq{Names: []string{"CRS_L4_2", "CRS_L4_2_ratio"}, Partly: true, Says: "loads of finitely many values"},
		Misprint: "in the proof Pr[0 ≤ T > 1−s] must be Pr[0 < T ≤ 1−s]",
	},
	{
		Tag:       "CRS-T1.5",
		Statement: "no knapsack scheme guarantees more than 1/(2 + 1/e) for all instances",
		Sources:   []theorems.Source{crs("Theorem 1.5")},
		Engine:    theorems.Concluded, Scope: "for all m, from the bound that is proved for schemes that accept one element at most; for one instance the gap is checked",
		Commands: []theorems.Command{
			{Line: all, Shows: "CRS-T1.5 concluded no knapsack scheme guarantees more"},
			{Line: hard, Shows: "CRS-T1.5 checked no two elements fit together"},
		},
		Coq: theorems.Coq{Names: []string{"CRS_T1_5", "CRS_T1_5_exp"}, Says: "for schemes in the forward and the backward order that may use the history"},
	},
	{
		Tag:       "CRS-P4.5",
		Statement: "for sizes 1/2 + 1/m a knapsack scheme is a single-unit scheme, as no two elements fit together",
		Sources:   []theorems.Source{crs("Proposition 4.5")},
		Engine:    theorems.Proved, Scope: "for every m",
		Commands: []theorems.Command{{Line: hard, Shows: "CRS-P4.5 proved for every m >= 2"}},
		Coq:      theorems.Coq{Names: []string{"CRS_P4_5", "knapsack_single"}, Says: "for any size above 1/2 and at most 1"},
	},
	{
		Tag:       "CRS-LC.1",
		Statement: firstElement,
		Sources:   []theorems.Source{crs("Lemma C.1")},
		Engine:    theorems.Proved, Scope: "for all discrete sizes; for an instance checked on its exact law",
		Commands: []theorems.Command{
			{Line: sizes, Shows: "CRS-LC.1 proved " + firstElement},
			{Line: sizes, Shows: "CRS-LC.1 checked on the law of the load that each element meets"},
		},
		Coq: theorems.Coq{Names: []string{"CRS_LC_1"}, Partly: true, Says: discrete},
	},
	{
		Tag:       "CRS-LC.2",
		Statement: "if (4.7) holds before i, (4.6) holds for i: Pr[0 < T ≤ b]/c(i_1) ≤ exp(−Pr[b < T ≤ 1−b]/c(i_1))",
		Sources:   []theorems.Source{crs("Lemma C.2")},
		Engine:    theorems.Proved, Scope: "for all discrete sizes and every b ≤ 1/2",
		Commands: []theorems.Command{
			{Line: sizes, Shows: "CRS-LC.2 proved sizes of finitely many values: (4.6) holds for an element"},
			{Line: sizes, Shows: "CRS-LC.2 checked on the law of the load that each element meets"},
		},
		Coq: theorems.Coq{Names: []string{"CRS_LC_2"}, Partly: true, Says: discrete + " and c(i_1) > 0: from one element to the next, without (4.7)"},
	},
	{
		Tag:       "CRS-LC.3",
		Statement: "if (4.6) holds for i, (4.7) does: the knapsack is empty with probability at least c_σ(i)",
		Sources:   []theorems.Source{crs("Lemma C.3")},
		Engine:    theorems.Concluded, Scope: "for all discrete sizes and every choice of Definition 5",
		Commands: []theorems.Command{
			{Line: sizes, Shows: "CRS-LC.3 concluded sizes of finitely many values: (4.7) holds for an element"},
			{Line: sizes, Shows: "CRS-LC.3 checked on the law of the load that each element meets"},
		},
		Coq:      theorems.Coq{Names: []string{"CRS_LC_3"}, Partly: true, Says: discrete + ", c(i_1) > 0 and E[T] = M assumed"},
		Misprint: "in the proof Σ_{j<i} c(j) lacks the factor μ_j",
	},
}
