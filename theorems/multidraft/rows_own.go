package multidraft

import "pstar/theorems"

// What some rows say, and what is printed with them.
const (
	convexity          = "without replacement, [B(S) − B(S∖x)]/p_x ≤ [B(S∪y) − B(S)]/p_y for x in S, y not in S"
	prefixes           = "without replacement a prefix by q/p attains the minimum over S"
	twoDraws           = "two draws without replacement are, up to a scale, two independent drafts: with h = p/(1−p), g = p²/(1−p), B(S) = p(S)h(S) − g(S)"
	moreDrafts         = "one more draft never lowers P*, iid or without replacement"
	distinctDrafts     = "sampling without replacement never lowers P*"
	rejectedAside      = "recursive rejection without replacement never accepts less than with"
	onlyEqual          = "SpecTr and SpecInfer reach acceptance 1 only if p = q"
	recursiveRejection = "recursive rejection accepts with 1 − φ(λ_{K+1}), where λ_1 = 0, λ_{k+1} = λ_k + φ(λ_k), φ(λ) = Σ(q − λp)^+"
	fixedDrafts        = "K−1 fixed likeliest drafts and one drawn from the rest: q(T) + Σ_{x∉T} min(q_x, p_x/(1 − p(T))), the optimum of that law"
	listMatching       = "list matching: Σ_j K/(Σ_i max(p_i/p_j, q_i/q_j) + (K−1)/q_j) ≤ P*"
)

// drawRows are statements on draws that the papers do not number.
var drawRows = []theorems.Theorem{
	{
		Tag:       "MD-prefix",
		Statement: "for iid drafts a prefix of the tokens by q/p attains the minimum over S",
		Engine:    theorems.Checked, Scope: "on the instances of a cell, on which all sets are enumerated",
		Commands: []theorems.Command{{Line: "verify -k 2 -n 3", Shows: "enumeration, prefix, coupling"}},
		Coq:      theorems.Coq{Names: []string{"one_sort", "prefix_minimiser"}},
	},
	{
		Tag:       "MD-more",
		Statement: moreDrafts,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-more checked " + moreDrafts + " [iid drafts alone: without replacement for K < n; 10 instances, 10 comparisons, least slack 0]"}},
		Coq:      theorems.Coq{Names: []string{"more_draws", "more_draws_wor"}},
	},
	{
		Tag:       "MD-W1",
		Statement: distinctDrafts,
		Engine:    theorems.Concluded, Scope: "for a cell (K, n) " + fewWords + ": from MD-T3 and B(S) ≤ p(S)^K, which is proved for all p with a certificate; beyond, " + compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-W1 concluded " + distinctDrafts + " [all p and q; checked besides on 10 instances, 10 comparisons, least slack 0; B(S) ≤ p(S)^K by steps of a certificate, MD-T3]"}},
		Coq:      theorems.Coq{Names: []string{"MD_W1", "MD_W1_optimum"}},
	},
	{
		Tag:       "MD-W2",
		Statement: convexity,
		Engine:    theorems.Proved, Scope: "for a cell (K, n) " + fewWords + ": all p, by induction on the draws, with a certificate; for two draws and one pair of tokens by nonnegative coefficients, too; beyond, " + compared,
		Commands: []theorems.Command{
			{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-W2 proved " + convexity + " [all p, S of up to 2 tokens; checked besides on 10 instances, 120 comparisons, least slack 0; steps of a certificate]"},
			{Line: "verify prove fixtures/theorems/md-w2.thm", Shows: "-p[1] + p[2] + p[1]*p[3] - p[2]*p[3] <= p[1] + p[2] - p[1]^2 - p[1]*p[2]: proved for all parameters as assumed"},
		},
		Coq: theorems.Coq{Names: []string{"MD_W2", "q_convex", "MD_W2_ratio"}},
	},
	{
		Tag:       "MD-W3",
		Statement: prefixes,
		Engine:    theorems.Concluded, Scope: "for a cell (K, n) " + fewWords + ": from MD-W2, as one of two tokens in the wrong order may be left out or added; beyond, " + compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-W3 concluded " + prefixes + " [all p and q; checked besides on 10 instances, 10 comparisons, least slack 0; MD-W2 by steps of a certificate, an exchange of two tokens]"}},
		Coq:      theorems.Coq{Names: []string{"MD_W3", "MD_W3_sort", "MD_W3_optimum"}},
	},
	{
		Tag:       "MD-W4",
		Statement: twoDraws,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "MD-W4 checked " + twoDraws + " [10 instances, 20 comparisons, least slack 0]"}},
		Coq:      theorems.Coq{Names: []string{"MD_W4", "wor2_B"}},
	},
	{
		Tag:       "MD-greedy",
		Statement: fixedDrafts,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "MD-greedy checked " + fixedDrafts + " [10 instances, 20 comparisons, least slack 0]"}},
		Coq:      theorems.Coq{Names: []string{"greedy_value"}},
	},
	{
		Tag:       "MD-GLS",
		Statement: listMatching,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-GLS checked " + listMatching + " [10 instances, 10 comparisons, least slack about 2.01e-2]"}},
		Coq:      theorems.Coq{Names: []string{"gls_le_cut", "gls_le_optimum", "coincide_iff", "emits_unique", "gls_race"}},
	},
}

// rejectionRows are statements on the schemes that the papers compare with, and on several
// steps, that they do not number.
var rejectionRows = []theorems.Theorem{
	{
		Tag:       "MD-SI",
		Statement: "recursive rejection (SpecInfer) is lossless",
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme specinfer " + twoLeft, Shows: "lossless: yes, the output has law q exactly"}},
		Coq:      theorems.Coq{Names: []string{"si_lossless", "specinfer_tlsr"}},
	},
	{
		Tag:       "MD-R1",
		Statement: recursiveRejection,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "MD-R1 checked " + recursiveRejection + " [10 instances, 20 comparisons, least slack 0]"}},
		Coq:      theorems.Coq{Names: []string{"MD_R1", "MD_R1_residual", "specinfer_accept", "specinfer_gap"}},
	},
	{
		Tag:       "MD-R2",
		Statement: rejectedAside,
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-R2 checked " + rejectedAside + " [10 instances, 10 comparisons, least slack about 1.19e-1]"}},
		Coq:      theorems.Coq{Names: []string{"MD_R2", "wor_rejection_le", "wor_lossless", "wor_tlsr", "wor_accept"}},
	},
	{
		Tag:       "MD-R3",
		Statement: onlyEqual,
		Sources:   []theorems.Source{md("after Theorem 2")},
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 3 -n 3 -instances 2", Shows: "MD-R3 checked " + onlyEqual + " [10 instances, 20 comparisons, least slack about 3.36e-2]"}},
		Coq:      theorems.Coq{Names: []string{"MD_R3_specinfer", "MD_R3_spectr"}},
	},
	{
		Tag:       "MD-SpecTr",
		Statement: "K-SEQ (SpecTr) with γ ≥ γ* is lossless and accepts with 1 − (1 − β)^K, β = Σ min(p, q/γ)",
		Engine:    theorems.Checked, Scope: given + "; γ* is enclosed",
		Commands: []theorems.Command{
			{Line: "verify scheme spectr -gamma 2 " + twoLeft, Shows: "acceptance: 3/4 = 0.7500000000"},
			{Line: "verify scheme spectr -gamma 2 " + twoLeft, Shows: "lossless: yes, the output has law q exactly"},
		},
		Coq: theorems.Coq{Names: []string{"ks_acceptance", "ks_lossless", "ks_res_law", "valid_gamma_mono", "gamma_star"}},
	},
	{
		Tag:       "MD-B1",
		Statement: "block verification of one path of drafts attains the largest expected number of accepted tokens",
		Engine:    theorems.Checked, Scope: "for the laws given, with a certificate of the linear program, whose optimum the closed form is; its upper bounds for two steps over two tokens for all laws, as a theorem file",
		Commands: []theorems.Command{
			{Line: "verify blocks -length 2 -p 2/3,1/3 -q 1/3,2/3", Shows: "accepted by block verification, the largest: 11/9 ≈ 1.2222222222"},
			{Line: "verify prove fixtures/theorems/block-bounds.thm", Shows: "4 rows: proved for all parameters as assumed"},
		},
		Coq: theorems.Coq{Names: []string{"MD_B1", "MD_B1_block", "MD_B1_prefix", "lossless_iff", "Rstar_largest", "Rstar_rcons"},
			Says: "the largest number is Σ R*, and block verification attains it, for every length and law"},
	},
	{
		Tag:       "MD-paths",
		Statement: "for K paths of drafts the best lossless acceptance is a linear program over prefixes",
		Engine:    theorems.Checked, Scope: "for the laws given; one step agrees with P*",
		Commands: []theorems.Command{{Line: "verify blocks -k 2 -length 3 -p 2/3,1/3 -q 1/3,2/3", Shows: "accepted at most: 1621/729 ≈ 2.2235939643"}},
		Coq:      theorems.Coq{Names: []string{"MD_paths", "MD_paths_lossless", "MD_paths_objective", "MD_paths_max", "MD_paths_best"}},
	},
}
