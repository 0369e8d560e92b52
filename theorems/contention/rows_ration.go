package contention

import (
	"slices"

	"pstar/theorems"
)

// rationRows are about rationing a supply.
var rationRows = []theorems.Theorem{
	{
		Tag:       "CRS-T1.1",
		Statement: "targets β in the ex-ante region are met up to the factor α of a contention resolution scheme: a single-unit one for Types II and III, else a knapsack one",
		Sources:   []theorems.Source{crs("Theorem 1.1")},
		Engine:    theorems.Concluded, Scope: "for all discrete demands; all but the existence of thresholds is proved; for the demands given checked, in both orders",
		Commands: []theorems.Command{
			{Line: pantry, Shows: "CRS-T1.1 concluded for all agents with demands of finitely many values, and targets of the ex-ante region"},
			{Line: typeI, Shows: "CRS-T1.1 checked the knapsack scheme serves every agent with at least α·β"},
		},
		Coq: theorems.Coq{Names: []string{"CRS_T1_1", "CRS_T1_1_FB", "CRS_T1_1_whole", "CRS_T1_1_third", "supply"}, Partly: true,
			Says: "finite demands, which are greater than 0 for Types II and III, and any list of weighted orders; α = 1/3 for any types"},
	},
	{
		Tag:       "CRS-D4",
		Statement: "the ex-ante region: targets β for which quantiles q exist with (2.1) and (2.2)",
		Sources:   []theorems.Source{crs("Definition 4"), crs("eqs. 2.1–2.2")},
		Engine:    theorems.Checked, Scope: "for the targets and discrete demands given: quantiles if they are in it, prices that refute them if not",
		Commands: []theorems.Command{{Line: pantry, Shows: "CRS-D4 checked the targets lie in the ex-ante region"}},
	},
	{
		Tag:       "CRS-D4-largest",
		Statement: "the largest target that all agents can have together in the ex-ante region",
		Engine:    theorems.Checked, Scope: "for the demands given: the optimum of a linear program, with its dual",
		Commands: []theorems.Command{{Line: pantry, Shows: "CRS-D4-largest checked the largest target"}},
	},
	{
		Tag:       "CRS-L2.1",
		Statement: "the expected services of any algorithm, online or offline, lie in the ex-ante region",
		Sources:   []theorems.Source{crs("Lemma 2.1")},
		Engine:    theorems.Checked, Scope: "for the demands given: against the best offline algorithm for each row of the region; ration relies on the lemma when it says that no algorithm meets targets outside the region",
		Commands: []theorems.Command{{Line: pantry + " -region", Shows: "CRS-L2.1 checked no algorithm, online or offline, violates a row"}},
		Coq:      theorems.Coq{Names: []string{"CRS_L2_1", "cheapest"}, Partly: true, Says: "any joint law of demands greater than 0 of finitely many values"},
		Misprint: "in Appendix A.1 \"increasing q_i beyond F_i(1) does increase the LHS\" must be \"does not\"",
	},
	{
		Tag:       "CRS-REM1",
		Statement: "the ex-ante region for each type of service; it is convex, and a polytope for discrete demands",
		Sources:   []theorems.Source{crs("Remark 1")},
		Engine:    theorems.Checked, Scope: "for the demands given: its rows, by a projection and by the prices of the levels",
		Commands: []theorems.Command{{Line: typeI + " -region", Shows: "CRS-REM1 checked the ex-ante region has"}},
	},
	{
		Tag:       "CRS-OPT",
		Statement: "the largest target that all agents can have together: α times that of the ex-ante region is at most that of online policies, that at most that of offline ones, and that at most that of the region",
		Engine:    theorems.Checked, Scope: "for the demands given, each by a policy and a dual",
		Commands: []theorems.Command{{Line: typeI + " -optimum", Shows: "CRS-OPT checked the largest uniform targets are in this order"}},
	},
	{
		Tag:       "CRS-L2.2",
		Statement: "for Types II and III, Algorithm 1 with a single-unit scheme serves every agent with at least α·β",
		Sources:   []theorems.Source{crs("Lemma 2.2")},
		Engine:    theorems.Concluded, Scope: "for all discrete demands; all but the existence of thresholds is proved; for the demands given checked, exactly",
		Commands: []theorems.Command{
			{Line: pantry, Shows: "CRS-L2.2 concluded for all agents of Types II and III"},
			{Line: pantry, Shows: "CRS-L2.2 checked on the law of the supply left for each agent"},
		},
		Coq:      theorems.Coq{Names: []string{"CRS_L2_2", "calibrate", "threshold"}, Partly: true, Says: "one order and finite demands greater than 0"},
		Misprint: "in the proof \"1 − Σ ≤ c_σ(i) is necessary\" must have ≥, which is constraint (3.1)",
	},
	{
		Tag:       "CRS-REM2",
		Statement: "the reductions hold for every way to draw the order of arrival, if the scheme is for the same orders",
		Sources:   []theorems.Source{crs("Remark 2")},
		Engine:    theorems.Checked, Scope: "for the demands of Types II and III and the weighted orders given: the service of each agent, exactly",
		Commands: []theorems.Command{{Line: pantry + " -orders 1,2,3,4/4,2,1,3/3,1,4,2", Shows: "CRS-REM2 checked in 3 orders, Algorithm 1 serves every agent with at least α·β"}},
		Coq:      theorems.Coq{Names: []string{"CRS_T1_1", "CRS_T1_1_whole", "CRS_L3_1"}, Partly: true, Says: "for any finite list of weighted orders, and finite demands, which are greater than 0 for Types II and III"},
	},
	{
		Tag:       "CRS-A1",
		Statement: "Algorithm 1: allocate min(D_i, what is left, τ_i), with the threshold τ_i that makes the expected allocation c_σ(i) x_i",
		Sources:   []theorems.Source{crs("Algorithm 1")},
		Engine:    theorems.Checked, Scope: "for the demands given; the thresholds are fractions",
		Commands: []theorems.Command{{Line: pantry, Shows: "CRS-T1.1 checked Algorithm 1 serves every agent with at least α·β"}},
		Coq:      theorems.Coq{Names: []string{"threshold", "calibrate"}, Partly: true, Says: "that the thresholds exist, for demands of finitely many values"},
	},
}

// RationRows are about rationing, and about what surrounds the theorems.
func RationRows() []theorems.Theorem { return slices.Concat(rationRows, plainRows()) }

// plainRows are definitions, remarks and steps of proofs that no command settles.
func plainRows() []theorems.Theorem {
	var rows []theorems.Theorem
	// All of them have the standing that nothing reaches them, and why says for which
	// reason.
	for _, r := range []struct{ tag, number, statement, why, misprint string }{
		{"CRS-D1", "Definition 1", "the setup: agents, demands, the three types of service", definition + "ration computes with it.", ""},
		{"CRS-D2", "Definition 2", "offline and online rationing", definition + "ration is about online rationing in two orders.", ""},
		{"CRS-D3", "Definition 3", "quantiles of a demand", definition + "ration computes with it.", ""},
		{"CRS-REM3", "Remark 3", "Algorithm 1 may be implemented by sampling the history", "an advice on approximation; ration computes the law of what is left exactly instead.", ""},
		{"CRS-REM5", "Remark 5", "φ is a limiting solution of LP-SI", limiting, ""},
		{"CRS-REM6", "Remark 6", "γ is a limiting dual solution of LP-SI", limiting, "ξ(i) = ρα_0/2 must be ξ(i)/2 = ρα_0/2; (1−α_0)N/2 must be (1−ρα_0)N/2"},
		{"CRS-REM7", "Remark 7", "Algorithm 3 may be implemented by sampling", "an advice on approximation; knapsack enumerates the loads exactly instead.", ""},
		{"CRS-REM8", "Remark 8", "φ is a limiting choice of Definition 5", limiting, ""},
		{"CRS-REM9", "Remark 9", "in the proof of Lemma C.3, (4.6) may be assumed for i", "a sentence in a proof, which refers to CRS-LC.2.", ""},
	} {
		rows = append(rows, theorems.Theorem{
			Tag: r.tag, Statement: r.statement, Sources: []theorems.Source{crs(r.number)},
			Engine: theorems.OutOfReach, Scope: r.why, Misprint: r.misprint,
		})
	}
	return rows
}
