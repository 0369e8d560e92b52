package multidraft

import (
	"slices"

	"pstar/theorems"
)

// Family is the rows about multi-draft speculative sampling.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "multi-draft speculative sampling",
		Theorems: slices.Concat(mainRows, printedSchemes, boundRows, drawRows, rejectionRows, unreachedRows()),
	}
}

// Statement returns the statement of the row with a tag, in words.
func Statement(tag string) string { return theorems.Statement(Family().Theorems, tag) }

// md and is are places in the two papers. The tables of rows are constants to the compiler, and no part
// of the start of the program: what they call is one expression.
func md(number string) theorems.Source { return theorems.Source{Paper: "MD", Number: number} }
func is(number string) theorems.Source { return theorems.Source{Paper: "IS", Number: number} }

// Scopes that several rows share.
const (
	everyLaw = "for a cell (K, n): all p, q and laws of the drafts"
	dropped  = "for a cell (K, n) of at most 13 tokens for K = 2, 9 for 3, 8 for 4 and 7 beyond: all p, q and laws of the drafts"
	plainly  = "; the plain projection for at most 9 tokens for K = 2, and 7 beyond"
	given    = "on the instance given: the exact acceptance and law of the output"
	compared = "on random and adversarial instances, both sides exact"
	fewWords = "with K ≥ 2 and at most 8192 words of drafts"
)

// Instances of commands.
const (
	thirds    = "-p 1/3,1/3,1/3 -q 1/3,1/4,5/12"
	threeLeft = "-k 3 " + thirds
	twoLeft   = "-k 2 " + thirds
)

// mainRows are the theorems, with the lemmas of their proofs.
var mainRows = []theorems.Theorem{
	{
		Tag:       "MD-T1",
		Statement: "P* = M := max over α of Σ min(q_i, p_I(i)), for iid drafts",
		Sources:   []theorems.Source{md("Theorem 1"), md("eq. 2"), is("Theorem 1")},
		Engine:    theorems.Proved, Scope: "for all p and q, by an identity for each of the two programs; checked on instances besides",
		Commands: []theorems.Command{{Line: "verify -k 2 -n 3", Shows: "MD-T1 proved P* = M"}},
		Coq:      theorems.Coq{Names: []string{"MD_T1", "MD_T1_program", "MD_T1_scheme"}},
		Misprint: "[MD] eq. 3 is right; [IS] eqs. 3 and 18 must read Σ_y β_y(x) = 1 for every x, not Σ_x β_y(x) = 1",
	},
	{
		Tag:       "MD-T2",
		Statement: "M = 1 iff q(S) ≥ B(S) for all S; iid: q(S) ≥ p(S)^K",
		Sources:   []theorems.Source{md("Theorem 2"), md("eq. 5"), is("Theorem 2")},
		Engine:    theorems.Proved, Scope: everyLaw + "; the paper has K = 2 and conjectures K > 2, which later work settled (arXiv 2502.18779, 2511.15898)",
		Commands: []theorems.Command{{Line: "verify -k 3 -n 4", Shows: "MD-T2 proved M = 1 iff"}},
		Coq:      theorems.Coq{Names: []string{"MD_T2", "MD_T2_transport", "iid_MD_T2"}},
	},
	{
		Tag:       "MD-T3",
		Statement: "M = min over S of q(S) + 1 − B(S); iid: q(S) + 1 − p(S)^K",
		Sources:   []theorems.Source{md("Theorem 3"), md("eq. 6"), is("Theorem 3")},
		Engine:    theorems.Proved, Scope: everyLaw,
		Commands: []theorems.Command{{Line: "verify -k 2 -n 4", Shows: "MD-T3 proved M = min over S"}},
		Coq:      theorems.Coq{Names: []string{"MD_T3", "indep_MD_T3", "iid_MD_T3"}},
	},
	{
		Tag:       "MD-T4",
		Statement: "P* = M, for any joint law of the drafts",
		Sources:   []theorems.Source{md("Theorem 4"), md("Remark 1"), is("Theorem 4")},
		Engine:    theorems.Proved, Scope: everyLaw + "; checked on instances besides",
		Commands: []theorems.Command{{Line: "verify -k 2 -n 3", Shows: "MD-T4 proved P* = M"}},
		Coq:      theorems.Coq{Names: []string{"MD_T4"}},
		Misprint: "[MD] eq. 40 and [IS] eq. 36 must read Σ_y β_y(x) = 1 for every x, not Σ_x β_y(x) = 1",
	},
	{
		Tag:       "MD-REM2",
		Statement: "conjectured for K > 2 iid drafts: the exponent 2 becomes K, so M = min over S of q(S) + 1 − p(S)^K",
		Sources:   []theorems.Source{md("Remark 2"), md("eq. 7")},
		Engine:    theorems.Proved, Scope: everyLaw + "; that P* is the M of MD-T3 is MD-T1",
		Commands: []theorems.Command{{Line: "verify -k 4 -n 4", Shows: "MD-T3 proved M = min over S"}},
		Coq:      theorems.Coq{Names: []string{"iid_MD_T3"}},
	},
	{
		Tag:       "MD-EX1",
		Statement: "for two tokens, p = (1/2, 1/2) and K = 2: P* = 1 iff 1/4 ≤ q_1 ≤ 3/4",
		Sources:   []theorems.Source{md("Example 1"), is("Example 1")},
		Engine:    theorems.Proved, Scope: "as an interval, for all q",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-ex1.thm", Shows: "feasible iff 2 rows: proved for all parameters as assumed"},
			{Line: "verify pstar -k 2 -p 1/2,1/2 -q 1/4,3/4", Shows: "P* = 1: yes"},
			{Line: "verify pstar -k 2 -p 1/2,1/2 -q 6/25,19/25", Shows: "P* = 1: no"},
			{Line: "verify -k 2 -n 2", Shows: "MD-T2 proved M = 1 iff"},
		},
		Coq: theorems.Coq{Names: []string{"MD_EX1"}},
	},
	{
		Tag:       "MD-EX2",
		Statement: "for three tokens and K = 2 the system q_i = p_i² + Σ α_ij has a solution iff q(S) ≥ p(S)² for all S",
		Sources:   []theorems.Source{md("Example 2"), md("eq. 42"), is("Example 2")},
		Engine:    theorems.Proved, Scope: "by a plain elimination of the very system, for all q and b; the systems after one pair and after two as a theorem file",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-ex2.thm", Shows: "feasible iff 7 rows: proved for all parameters as assumed"},
			{Line: "verify -k 2 -n 3 -method fm", Shows: "MD-T2 proved M = 1 iff"},
			{Line: "verify fm -q -k 2 -n 3", Shows: "10 7 integer"},
		},
		Coq: theorems.Coq{Names: []string{"MD_T2_transport"}},
	},
	{
		Tag:       "MD-L1",
		Statement: "the equations q_i = b_i + Σ_T α_T(i) may be replaced by q(S) ≥ B(S) + Σ_{i∈S} (rest of the α) for all S",
		Sources:   []theorems.Source{md("Lemma 1"), md("eq. 56"), is("Lemma 1")},
		Engine:    theorems.Proved, Scope: everyLaw + plainly + "; that of the first system and that of the second end in the same rows; " +
			"both for three tokens as a theorem file",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-l1.thm", Shows: "feasible iff 7 rows: proved for all parameters as assumed"},
			{Line: "verify -k 2 -n 3 -method fm", Shows: "MD-T2 proved M = 1 iff"},
		},
		Coq: theorems.Coq{Names: []string{"transport_le_exists", "MD_T2_transport"}, Partly: true,
			Says: "that the system with ≤ and that with = have solutions under the same condition on q(S)"},
	},
	{
		Tag:       "MD-L2",
		Statement: "eliminating one pair α_ij, α_ji from the augmented system drops it from every row; for K > 2 one block α_T",
		Sources:   []theorems.Source{md("Lemma 2"), md("eq. 65"), is("Lemma 2")},
		Engine:    theorems.Proved, Scope: dropped + "; each dropped combination has its multipliers",
		Commands: []theorems.Command{{Line: "verify -k 2 -n 3 -method fm", Shows: "MD-L2 proved eliminating one pair"}},
		Coq:      theorems.Coq{Names: []string{"MD_L2", "block_lemma"}},
	},
	{
		Tag:       "MD-REM4",
		Statement: "when all variables are eliminated the rows are q(S) ≥ B(S): MD-T2",
		Sources:   []theorems.Source{md("Remark 4"), is("Remark 3")},
		Engine:    theorems.Proved, Scope: everyLaw + plainly,
		Commands: []theorems.Command{{Line: "verify -k 3 -n 3 -method fm", Shows: "MD-REM4 proved when all variables are eliminated"}},
		Coq:      theorems.Coq{Names: []string{"MD_L2", "MD_T2"}},
	},
	{
		Tag:       "MD-L3",
		Statement: "eliminating all α leaves t_i ≤ q_i, t(S) ≤ Pr(some draft is in S) for all S, and z ≤ t(Ω)",
		Sources:   []theorems.Source{md("Lemma 3"), md("eqs. 123–125"), is("Lemma 3")},
		Engine:    theorems.Proved, Scope: dropped + "; each dropped combination has its multipliers",
		Commands: []theorems.Command{{Line: "verify -k 2 -n 3 -method fm", Shows: "MD-L3 proved eliminating all α"}},
		Coq:      theorems.Coq{Names: []string{"MD_L3", "MD_L3_selection", "MD_L3_printed", "MD_L3_L4"}},
		Misprint: "in the proof, (140) lacks the factor 2 before Σ_U p·Σ_{Ω∖W} p, (142) has t_1 for t_i, and after (144) the first sum lacks its square",
	},
	{
		Tag:       "MD-L4",
		Statement: "eliminating t_1, …, t_{j−1} as well leaves z ≤ q(S) + t(V) + Pr(some draft is outside S ∪ V) and the rows of MD-L3 on what remains; at the end MD-T3",
		Sources:   []theorems.Source{md("Lemma 4"), md("eqs. 126–128"), is("Lemma 4")},
		Engine:    theorems.Proved, Scope: dropped + "; each dropped combination has its multipliers",
		Commands: []theorems.Command{{Line: "verify -k 3 -n 3 -method fm", Shows: "MD-L4 proved eliminating t_1, …, t_{j−1}"}},
		Coq:      theorems.Coq{Names: []string{"MD_L4", "MD_L4_step", "MD_L4_all", "MD_L4_printed", "MD_L3_L4"}},
		Misprint: "in (127) S^c must be Ω∖S, not Ω_2∖S: as printed it is false, which Coq shows (MD_L4_row127_false); \"S ⊆ Ω_2\" must be S ⊆ Ω_1",
	},
	{
		Tag:       "MD-D",
		Statement: "for K = 2, n = 3 the cone of the 6 rows B has the nine generators R",
		Sources:   []theorems.Source{md("Appendix D"), md("eqs. 99–110"), is("Appendix F")},
		Engine:    theorems.Proved, Scope: "by double description, completeness included",
		Commands: []theorems.Command{
			{Line: "verify dd fixtures/polyhedra/md-d.ine", Shows: "10 6 integer"},
			{Line: "go test ./theorems/multidraft/cell -run TestMDD_NineGenerators"},
		},
		Misprint: "the third entry of [MD] eq. 110 ([IS] eq. 106) is q_1 + q_3 − (p_1 + p_3)², printed with +; for n = 2 there are two extreme rays, not three",
	},
	{
		Tag:       "MD-D1",
		Statement: "for K = 3, n = 3 the augmented elimination leaves q(S) ≥ p(S)³ for all S",
		Sources:   []theorems.Source{md("Appendix D.1")},
		Engine:    theorems.Proved, Scope: "the elimination of the paper's own rows, for all q and p; of its multisets as a theorem file",
		Commands: []theorems.Command{
			{Line: "verify prove fixtures/theorems/md-d1.thm", Shows: "feasible iff 17 rows: proved for all parameters as assumed"},
			{Line: "go test ./theorems/multidraft/cell -run TestMDD1"},
			{Line: "verify -k 3 -n 3 -method fm", Shows: "MD-T2 proved M = 1 iff"},
		},
		Coq:      theorems.Coq{Names: []string{"iid_MD_T2", "MD_L2"}},
		Misprint: "\"q_i > p_i³\" must be ≥; in (116) α_113(1) + α_133(1) must be α_112(1) + α_122(1); in (117) α_1,3,3 lacks its argument (3)",
	},
}
