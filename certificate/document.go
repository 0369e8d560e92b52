package certificate

import "math/big"

// Format is the value of the first member of every document.
const Format = "pstar-certificate/1"

// Multidraft is the family of the statements on P*, the optimal acceptance
// probability of multi-draft speculative sampling.
const Multidraft = "multidraft"

// Statuses of a claim.
const (
	Proved    = "proved"    // for all inputs of the statement
	Checked   = "checked"   // on the instances of the document
	Concluded = "concluded" // by an argument that the claim names, from a premise that is decided
	Refuted   = "refuted"   // by the counterexample of the document
)

// Draft models of an instance.
const (
	IID                = "iid"
	Independent        = "independent"
	WithoutReplacement = "without-replacement"
	Joint              = "joint"
)

// Document is a certificate as a prover fills it: a statement, the claims about
// it, and the proof parts from which the claims follow. A nil part is absent.
//
// The members mirror the JSON document one to one, so tokens are numbered from
// 1, and lists are written in the order given; FORMAT.md fixes that order and
// the checker rejects any other. Nothing in a Document is validated before it is
// written: whether it proves something is for [Check] to say.
type Document struct {
	Statement Statement

	// Claims must be exactly what the parts establish, sorted by tag; see
	// [Document.Derive].
	Claims []Claim

	// Feasibility is the cone F(K,N) of MD-T2: {(u,v) : u_i + v_T >= 0, i∈T}.
	Feasibility *ConePart
	// Optimum is the cone of MD-T3: {(z,z_0,v) : 0 <= z_i <= z_0, v_T >= z_i, i∈T}.
	Optimum *ConePart
	// Elimination proves the same by Fourier-Motzkin elimination.
	Elimination *Elimination
	// Identity ties B(S) to p(S)^K. It must be nil if Exponent != K.
	Identity *Identity
	// Instances are drafts and targets with their optimum. With Exponent != K
	// there must be none.
	Instances []Instance
	// Counterexample refutes the statement. It must be nil if Exponent == K.
	Counterexample *Counterexample
}

// Statement names what is claimed: for K drafts over N tokens the closed forms
// of MD-T2 and MD-T3 with exponent Exponent, which for independent identically
// distributed drafts say B(S) = p(S)^Exponent. They are true for Exponent = K.
type Statement struct {
	Family   string // Multidraft
	K        int    // number of drafts, 2..64
	N        int    // number of tokens, 2..62
	Exponent int    // 1..64
}

// Claim gives one tag of the theory its status: Proved, Checked, Concluded or Refuted.
type Claim struct {
	Tag    string // "MD-T1", "MD-T2", "MD-T3" or "MD-T4"
	Status string
}

// ConePart lists the facets and rays of one cone over the fundamental domain
// D = {x_1 >= x_2 >= ... >= x_N}, where x is the block of the first N coordinates.
//
// Coordinates, with 𝒯 = the supports of at least two tokens in canonical order:
//
//   - feasibility: 0..N-1 are u_1..u_N, and N+j is v_T for the j-th T of 𝒯.
//     Rows, numbered from 0: for T in 𝒯, for i in T ascending, u_i + v_T >= 0.
//   - optimum: 0..N-1 are z_1..z_N, N is z_0, and N+1+j is v_T.
//     Rows, numbered from 0: z_0 - z_i >= 0 for i = 1..N; z_i >= 0 for i = 1..N;
//     then for T in 𝒯, for i in T ascending, v_T - z_i >= 0.
type ConePart struct {
	// Rows are the strictly increasing numbers of the rows that are facets of
	// the cone within D. The facets are the N-1 rows x_j - x_{j+1} >= 0
	// followed by these.
	Rows []int

	// Rays has one ray for each facet, in the order of the facets: the one that
	// is positive on its facet and zero on all others. In the feasibility cone,
	// which contains the line (1,..,1;-1,..,-1), it is the representative with
	// u_N = 0.
	Rays [][]Entry

	// Count is the number of extreme rays of the whole cone, modulo lineality.
	Count *big.Int
}

// Entry is one nonzero coordinate of a ray. A ray lists its entries by strictly
// increasing coordinate, and its values have no common divisor. (The checker
// accepts only the values 1 and -1, the only ones that these cones have.)
type Entry struct {
	Coordinate int
	Value      int64
}

// Identity writes b_T for K independent drafts from p as polynomials in p.
type Identity struct {
	// Supports[t-1] is Pr({X_1..X_K} = {1..t}) as a polynomial in p_1..p_t, for
	// t = 1..min(K,N): its terms in lexicographically increasing order of the
	// exponents.
	Supports [][]Term
}

// Term is a coefficient times p_1^Exponents[0] p_2^Exponents[1] ....
type Term struct {
	Exponents   []int
	Coefficient *big.Int
}

// Instance is one law of the drafts with one target, and the proof that the
// optimum P* is Value: a coupling that attains it and a cut that bounds it.
type Instance struct {
	Drafts Drafts
	Q      []*big.Rat // N probabilities with sum 1
	Value  *big.Rat

	// Coupling is the joint law of the support T and the selected token z, in
	// units of 1/L where L is the least common multiple of the denominators of
	// all b_T and all q_i: Σ_z m(T,z) = L b_T and Σ_T m(T,z) = L q_z. It lists
	// the nonzero masses in order of (T canonical, z ascending); z runs over all
	// tokens, in T or not, and singletons T belong to it.
	Coupling []Mass

	// Cut is a set S, ascending and possibly empty, with q(S) + 1 - B(S) = Value.
	Cut []int
}

// Mass is one entry of a coupling.
type Mass struct {
	Support []int // tokens, ascending
	Token   int
	Amount  *big.Int // positive
}

// Drafts is a law of the K drafts, in one of four models:
//
//   - IID: all drafts from P.
//   - Independent: draft k from Ps[k-1].
//   - WithoutReplacement: drafts from P, each time renormalised on the tokens
//     not drawn before; at least K tokens must have positive probability.
//   - Joint: the words of Law, each with its probability.
type Drafts struct {
	Model string
	P     []*big.Rat   // IID, WithoutReplacement: N probabilities with sum 1
	Ps    [][]*big.Rat // Independent: K lists of N probabilities, each with sum 1
	Law   []Word       // Joint: words in strictly increasing lexicographic order
}

// Word is one value of (X_1..X_K) in a joint law.
type Word struct {
	Tokens      []int    // K of them
	Probability *big.Rat // positive
}

// Counterexample is an instance with iid drafts on which the statement fails:
// Claimed, the value of min_S q(S) + 1 - p(S)^Exponent, is not the optimum Value,
// and exactly one of the two is 1.
type Counterexample struct {
	Instance
	Claimed *big.Rat
}
