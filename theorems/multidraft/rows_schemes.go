package multidraft

import "pstar/theorems"

// What some rows say, and what is printed with them.
const (
	truncatedProgram  = "truncated program: P~ >= P* - sum over Ω_2 of (q - p^2)^+, both variants"
	truncatedTwoLaws  = "truncated program, two laws: P~ >= P* - sum over Ω_2 of (q - p1 p2)^+"
	truncatedAlphabet = "truncated alphabet with ε_p <= 1/2 or ε_q <= P*: P~ >= (1 - 2ε_p)(P* - ε_q)"
	falseStep         = "a step in the printed proof of IS-E11: restricting the alphabet never lowers p_I on Ω_0"
)

// printedSchemes are the algorithms and figures of the papers about schemes.
var printedSchemes = []theorems.Theorem{
	{
		Tag:       "MD-P1",
		Statement: "Problem 1: among the selection rules whose output has law q, the largest probability P* that the output is one of the drafts; an optimal transport",
		Sources:   []theorems.Source{md("Problem 1"), is("Problem 1")},
		Engine:    theorems.Checked, Scope: "on the instances of a cell: the program over all words of drafts, enumerated, has the optimum that other ways find; of an instance its value",
		Commands: []theorems.Command{
			{Line: "verify -k 2 -n 3", Shows: "identity, tlsr-words, importance, network-simplex"},
			{Line: "verify pstar " + twoLeft, Shows: "P*(acc) = 1"},
		},
		Coq: theorems.Coq{Names: []string{"MD_T4"}, Says: "the best acceptance of a selection rule exists, and its value, for every law of the drafts"},
	},
	{
		Tag:       "MD-DEF1",
		Statement: "importance-weighted sampling: choose Y among the drafts x with probability β_Y(x), where Σ_y β_y(x) = 1",
		Sources:   []theorems.Source{md("Definition 1"), is("Definition 1")},
		Engine:    theorems.Checked, Scope: given + "; a rule of one's own is checked to be one by scheme user",
		Commands: []theorems.Command{{Line: "verify scheme is " + twoLeft, Shows: "lossless: yes, the output has law q exactly"}},
		Coq:      theorems.Coq{Names: []string{"is_ss_tlsr"}, Says: "with speculative sampling after it, it is a selection rule"},
	},
	{
		Tag:       "MD-F1",
		Statement: "importance-weighted sampling with the best weights, then speculative sampling, is lossless and attains P*",
		Sources:   []theorems.Source{md("Figure 1"), is("Figure 1")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme is " + threeLeft, Shows: "gap to P*: 0"}},
		Coq:      theorems.Coq{Names: []string{"MD_T1_scheme", "is_ss_tlsr", "is_ss_accept"}},
	},
	{
		Tag:       "MD-A1",
		Statement: "speculative sampling of one draft is lossless and accepts with probability Σ min(p, q)",
		Sources:   []theorems.Source{md("Algorithm 1")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme ss -k 1 -p 1/2,1/2 -q 1/4,3/4", Shows: "acceptance: 3/4 = 0.7500000000"}},
		Coq:      theorems.Coq{Names: []string{"specinfer_tlsr", "specinfer_accept"}, Says: "it is recursive rejection with one draft"},
	},
	{
		Tag:       "MD-A2",
		Statement: "truncated LP: with the first s tokens by q − p² free and fixed weights on the others the scheme is lossless",
		Sources:   []theorems.Source{md("Algorithm 2"), md("eqs. 8–11"), is("Algorithm 1"), is("eqs. 6–9")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme truncated-lp -size 2 " + twoLeft, Shows: "lossless: yes, the output has law q exactly"}},
		Coq:      theorems.Coq{Names: []string{"truncated_has_max", "truncated_value", "is_ss_tlsr"}},
		Misprint: "in [IS] (7) and (9) w_{i,k} must be w_{k,i}; [MD] (9) and (11) are right",
	},
	{
		Tag:       "MD-REM3",
		Statement: "for K > 2 drafts, two-draft schemes stage by stage give a lossless scheme",
		Sources:   []theorems.Source{md("Remark 3"), is("Remark 2")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme multi-stage " + threeLeft, Shows: "lossless: yes, the output has law q exactly"}},
	},
	{
		Tag:       "MD-I",
		Statement: "for two drafts from different laws the truncated program has a weight for each ordered pair of tokens, and sorts by q − p_1 p_2",
		Sources:   []theorems.Source{md("Appendix I"), md("eqs. 197–202"), is("Remark 1")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme truncated-lp -size 2 -k 2 -p 1/3,1/3,1/3 -p 1/2,1/4,1/4 -drafts independent -q 1/3,1/4,5/12", Shows: "lossless: yes, the output has law q exactly"}},
		Coq:      theorems.Coq{Names: []string{"indep_MD_T3", "truncated_has_max"}, Partly: true, Says: "P* for two laws, and that the truncated program has a maximum; by what tokens are sorted is a choice"},
	},
	{
		Tag:       "MD-S4",
		Statement: "truncated alphabet of [MD]: target q restricted to Ω_0, kept with probability q(Ω_0), is lossless",
		Sources:   []theorems.Source{md("section 4")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{{Line: "verify scheme truncated-alphabet-md -alphabet 1,3 " + twoLeft, Shows: "lossless: yes, the output has law q exactly"}},
		Coq:      theorems.Coq{Names: []string{"truncation_value", "kept_accept"}, Partly: true, Says: "what truncation costs, for the version of [IS]"},
	},
	{
		Tag:       "IS-B3",
		Statement: "hybrid scheme: importance weights if p or q has at most ℓ tokens, else a baseline; lossless either way",
		Sources:   []theorems.Source{is("Appendix B.3")},
		Engine:    theorems.Checked, Scope: given,
		Commands: []theorems.Command{
			{Line: "verify scheme hybrid " + twoLeft, Shows: "branch: specinfer acceptance: 17/18"},
			{Line: "verify scheme hybrid -few 3 " + twoLeft, Shows: "branch: is acceptance: 1 P*(acc) for these drafts: 1"},
		},
	},
	{
		Tag:       "MD-F2",
		Statement: "p uniform on three tokens, q = (1/3, t, 2/3 − t) and (1/6, t, 5/6 − t): the curves of P*, SpecTr and SpecInfer",
		Sources:   []theorems.Source{md("Figure 2"), is("Figure 2")},
		Engine:    theorems.Checked, Scope: "exact values at any number of points, all breakpoints included; SpecTr enclosed",
		Commands: []theorems.Command{{Line: "verify figure 2 -points 2", Shows: "1,0,8/9,0.8888888889,"}},
	},
}

// boundRows are bounds on the acceptance of schemes.
var boundRows = []theorems.Theorem{
	{
		Tag:       "MD-E12",
		Statement: truncatedProgram,
		Sources:   []theorems.Source{md("eq. 12"), md("Appendix G.1"), is("eq. 10")},
		Engine:    theorems.Proved, Scope: "for all q and laws of the sets of two drafts over five tokens, each size of Ω_1, both variants, as theorem files; " + compared + " besides",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-e12.thm", Shows: "P >= m[1] + m[2] + m[3] + m[4] + m[5] - u[3] - u[4] - u[5]: proved for all parameters as assumed"},
			{Line: "verify prove fixtures/theorems/md-e12-half.thm", Shows: "P >= m[1] + m[2] + m[3] + m[4] + m[5] - u[3] - u[4] - u[5]: proved for all parameters as assumed"},
			{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "MD-E12 checked " + truncatedProgram + " [10 instances, 60 comparisons, least slack 0]"},
		},
		Coq: theorems.Coq{Names: []string{"MD_E12", "truncated_bound", "truncated_optimum"}},
	},
	{
		Tag:       "MD-E202",
		Statement: truncatedTwoLaws,
		Sources:   []theorems.Source{md("eq. 202")},
		Engine:    theorems.Proved, Scope: "for all q and laws of words of two drafts over four tokens, each size of Ω_1, as a theorem file; " + compared + " besides",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-e202.thm", Shows: "P >= m[1] + m[2] + m[3] + m[4] - u[3] - u[4]: proved for all parameters as assumed"},
			{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "MD-E202 checked " + truncatedTwoLaws + " [10 instances, 60 comparisons, least slack 0]"},
		},
		Coq: theorems.Coq{Names: []string{"MD_E202", "truncated_bound"}},
	},
	{
		Tag:       "IS-E11",
		Statement: truncatedAlphabet,
		Sources:   []theorems.Source{is("eq. 11"), is("Appendix I")},
		Engine:    theorems.Checked, Scope: compared,
		Commands: []theorems.Command{{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "IS-E11 checked " + truncatedAlphabet + " [10 instances, 63 comparisons, least slack 0]"}},
		Coq:      theorems.Coq{Names: []string{"IS_E11", "IS_E11_general", "truncation_value", "kept_accept"}},
		Misprint: "the hypothesis is needed: p = (1/4, 3/4, 0), q = (0, 0, 1), Ω_0 = {1} makes both factors negative, the product 1/2 and the acceptance 0",
	},
	{
		Tag:       "IS-eq.186",
		Statement: falseStep,
		Sources:   []theorems.Source{is("eq. 186")},
		Engine:    theorems.Refuted, Scope: "with p = (1/10, 4/5, 1/10), q = (3/100, 24/25, 1/100), Ω_0 = {1,2}: p_I(1) falls from 3/100 to 1/81; IS-E11 itself holds",
		Commands: []theorems.Command{{Line: "verify bounds -k 2 -n 3 -instances 2", Shows: "IS-eq.186 refuted as printed: " + falseStep}},
		Misprint: "the step is false, for every choice of the optimal weights",
	},
}
