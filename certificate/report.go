package certificate

import (
	"fmt"
	"io"
	"math/big"
	"strings"
)

// A Report is what a checked document establishes.
type Report struct {
	Statement Statement
	Claims    []Claim // sorted by tag, never empty

	// Figures of the proof.
	Supports         int            // supports of 1..min(K,N) tokens
	FeasibilityRays  *big.Int       // extreme rays of the cone modulo lineality; nil without that part
	OptimumRays      *big.Int       // likewise
	EliminationDrops int            // combinations dropped with a proof by Fourier-Motzkin elimination
	Instances        map[string]int // number of instances by model of drafts
	Refutation       *Refutation    // nil unless the claims are refuted
	Digest           string         // SHA-256 of the document, as it ends with

	account account // nil for the family multidraft
}

// An account is what a document of another family establishes, in words. The
// fields of the report that belong to the family multidraft are then empty.
type account interface {
	title() string     // names the statement in short
	statement() string // lines that say in full what is established
	figures() string   // lines about the proof
}

// String names the statement in short: its family and parameters.
func (s Statement) String() string {
	text := fmt.Sprintf("%s K=%d N=%d", s.Family, s.K, s.N)
	if s.Exponent != s.K {
		text += fmt.Sprintf(" exponent %d", s.Exponent)
	}
	return text
}

// String is the tag and the status.
func (c Claim) String() string { return c.Tag + " " + c.Status }

// Summary is one line: the statement and the status of each claim.
func (r *Report) Summary() string {
	if r.account != nil {
		return r.account.title() + ": " + describe(r.Claims)
	}
	return r.Statement.String() + ": " + describe(r.Claims)
}

// StatementText says in full what the document establishes, one line for each
// claim, and nothing about how.
func (r *Report) StatementText() string {
	if r.account != nil {
		return r.account.statement()
	}
	s := r.Statement
	var b strings.Builder
	fmt.Fprintf(&b, preamble, s.K, s.N)
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "%s %s: %s\n", c.Tag, c.Status, meaning(c, s))
	}
	return b.String()
}

// preamble defines the words of the claims.
const preamble = `%d drafts over %d tokens, target law q. B(S) is the probability that all drafts lie in the set S of tokens.
Selection program: the largest probability that a token of law q, selected given the drafts, is among the drafts.
Transport program (importance-weighted sampling): the largest sum over i of min(q_i, Pr(Y = i)), where Y is one of the drafts, chosen given the set of drafted tokens.
`

// meanings are the texts of the claims. They must promise no more than FORMAT.md
// derives.
var meanings = map[Claim]string{
	{tagEqualPrograms, Checked}: "on the iid instances of the document, the two programs have the same optimum.",
	{tagJointLaws, Checked}:     "on the instances of the document whose drafts are not iid, the two programs have the same optimum.",
	{tagFeasibility, Proved}: "for every joint law of the drafts and every q, the transport program has optimum 1 if and only if q(S) >= B(S) for every S; " +
		"for iid drafts from p: if and only if CONDITION.",
	{tagOptimum, Proved}: "for every joint law of the drafts and every q, the optimum of the transport program is the min over S of q(S) + 1 - B(S); " +
		"for iid drafts from p: the CLOSEDFORM.",
	{tagFeasibility, Checked}: "on the iid instances of the document, both programs have optimum 1 if and only if CONDITION.",
	{tagOptimum, Checked}:     "on the iid instances of the document, the optimum of both programs is the CLOSEDFORM.",
	{tagFeasibility, Refuted}: "it is false that for all iid drafts from p and all q the optimum is 1 if and only if CONDITION, for either program.",
	{tagOptimum, Refuted}:     "it is false that for all iid drafts from p and all q the optimum is the CLOSEDFORM, for either program.",
}

// meaning is the text of a claim about the statement.
func meaning(c Claim, s Statement) string {
	return strings.NewReplacer(
		"CONDITION", fmt.Sprintf("q(S) >= p(S)^%d for every S", s.Exponent),
		"CLOSEDFORM", fmt.Sprintf("min over S of q(S) + 1 - p(S)^%d", s.Exponent),
	).Replace(meanings[c])
}

// WriteText writes the statement and the figures of the proof, for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	b.WriteString(r.StatementText())
	if r.account != nil {
		fmt.Fprintf(&b, "%ssha256: %s\n", r.account.figures(), r.Digest)
		_, err := io.WriteString(w, b.String())
		return err
	}
	fmt.Fprintf(&b, "supports: %d\n", r.Supports)
	if r.FeasibilityRays != nil {
		fmt.Fprintf(&b, "feasibility cone: %s extreme rays modulo lineality\n", r.FeasibilityRays)
	}
	if r.OptimumRays != nil {
		fmt.Fprintf(&b, "optimum cone: %s extreme rays\n", r.OptimumRays)
	}
	if r.EliminationDrops > 0 {
		fmt.Fprintf(&b, "Fourier-Motzkin elimination: %d combinations dropped, each with its multipliers\n", r.EliminationDrops)
	}
	for _, model := range []string{IID, Independent, WithoutReplacement, Joint} {
		if n := r.Instances[model]; n > 0 {
			fmt.Fprintf(&b, "instances with %s drafts: %d\n", model, n)
		}
	}
	if x := r.Refutation; x != nil {
		fmt.Fprintf(&b, "counterexample: p = (%s), q = (%s): the optimum is %s, the closed form gives %s\n",
			join(x.P), join(x.Q), x.Value.RatString(), x.Claimed.RatString())
	}
	fmt.Fprintf(&b, "sha256: %s\n", r.Digest)
	_, err := io.WriteString(w, b.String())
	return err
}

func describe(claims []Claim) string {
	var texts []string
	for _, c := range claims {
		texts = append(texts, c.String())
	}
	return strings.Join(texts, ", ")
}

func join(v []*big.Rat) string {
	var texts []string
	for _, x := range v {
		texts = append(texts, x.RatString())
	}
	return strings.Join(texts, ", ")
}
