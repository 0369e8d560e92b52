package units

import "pstar/theorems"

// rows are ours: the papers have one unit.
var rows = []theorems.Theorem{
	{
		Tag:       "CRS-KLP",
		Statement: "k units: the best guarantee of any scheme is the value of the program over the states 0..k, and weights of the elements bound it",
		Engine:    theorems.Checked, Scope: "for the probabilities given, exactly; in a fixed order, or forward and backward",
		Commands: []theorems.Command{{Line: "verify units -k 2 -n 5", Shows: "CRS-KLP checked for k = 2 the best guarantee is 0.9193846154"}},
	},
	{
		Tag:       "CRS-KA",
		Statement: "k units: accepting with the coins a/p accepts every element with probability c_σ(i)",
		Engine:    theorems.Checked, Scope: "for the probabilities given, exactly",
		Commands: []theorems.Command{{Line: "verify units -k 2 -n 5", Shows: "CRS-KA checked"}},
	},
	{
		Tag:       "CRS-K1",
		Statement: "k = 1: the program over states has the value LPOPT, and in a fixed order 1/(1 + ρ − x_n)",
		Engine:    theorems.Checked, Scope: "for the probabilities given, exactly",
		Commands: []theorems.Command{{Line: "verify units -k 1 -n 5", Shows: "CRS-K1 checked"}},
	},
	{
		Tag:       "CRS-KB",
		Statement: "k units, ρ ≤ k: the best guarantee is at least 1 − 1/√(k+3), in a fixed order too (Alaei)",
		Engine:    theorems.Checked, Scope: "for the probabilities given; the comparison with the root is exact",
		Commands: []theorems.Command{{Line: "verify units -k 2 -n 5 -rho 2", Shows: "CRS-KB checked"}},
	},
}
