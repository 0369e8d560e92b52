package optimum

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/witness"
)

// Certificate returns a certificate of P* of the instance for an independent
// checker: a flow from the drafted sets to the accepted tokens that attains it, and a cut
// that bounds it. For iid drafts with many supports, for a single draft and for a
// single token it shows instead that no set has a smaller q(S) + 1 - p(S)^K, which is the optimum by MD-T3. It fails
// where CertificateLimit does, with [*witness.Unwritable] if the format cannot hold it, and
// if ctx ends.
func Certificate(ctx context.Context, s *multidraft.Instance) (witness.Document, error) {
	if err := CertificateLimit(s); err != nil {
		return nil, err
	}
	// The flow would have a row for each set: by MD-T3, which the checker knows, the prefixes are
	// enough.
	if iid := asIID(s); iid != nil && (s.K() < 2 || s.N() < 2 || s.N() > multidraft.MaxTokens || multidraft.CountSupports(s.K(), s.N()) > MaxRuleSupports) {
		return vocabularyCertificate(iid)
	}
	// An optimum that several methods agree on, with the flow and the cut of one of them.
	agreement, err := CrossCheck(ctx, s, Options{})
	if err != nil {
		return nil, err
	}
	return witness.Instances(s.K(), s.N(), []witness.Instance{InstanceWitness(s, agreement)})
}

// CertificateLimit says in which way the instance is too large for a certificate:
// more than witness.MaxDrafts drafts or, if the drafts are not iid, more than
// multidraft.MaxTokens tokens or multidraft.MaxSupports supports, or a long law. It returns nil if it is not.
func CertificateLimit(s *multidraft.Instance) error {
	switch {
	case s.K() > witness.MaxDrafts:
		// Many drafts make the power p(S)^K long, whatever the model is.
		return fmt.Errorf("certificates are for at most %d drafts, not %d", witness.MaxDrafts, s.K())
	// Their certificate has the two laws and an order, however many tokens there are.
	case asIID(s) != nil:
		return nil
	case s.N() > multidraft.MaxTokens:
		return fmt.Errorf("certificates of %s drafts are for at most %d tokens, not %d", s.Model(), multidraft.MaxTokens, s.N())
	case multidraft.CountSupports(s.K(), s.N()) > multidraft.MaxSupports:
		return fmt.Errorf("certificates of %s drafts are for at most %d sets of drafted tokens, not %d (K = %d, n = %d)",
			s.Model(), multidraft.MaxSupports, multidraft.CountSupports(s.K(), s.N()), s.K(), s.N())
	case s.LongLaw():
		return fmt.Errorf("certificates of %s drafts are for laws that can be written out, and the common denominator of this one is too long (K = %d, n = %d)", s.Model(), s.K(), s.N())
	}
	return nil
}

// asIID returns the instance as one of iid drafts, or nil if it is none: a single
// draft is, and so are all drafts of a single token.
func asIID(s *multidraft.Instance) *multidraft.Instance {
	law := s.Target() // of each draft; that of a single token is always this
	switch {
	case s.Model() == multidraft.ModelIID:
		return s
	case s.N() == 1:
	case s.K() > 1:
		return nil
	case s.Model() == multidraft.ModelJoint:
		p := make([]rational.Rat, s.N())
		// A single draft: its words are single tokens, each listed once.
		for _, w := range s.Words() {
			p[w.Tokens[0]] = w.Probability
		}
		law = multidraft.InCommonUnit(p)
	default:
		law = s.Rows()[0]
	}
	// Valid by construction: the laws were those of a valid instance.
	iid, err := multidraft.New(multidraft.ModelIID, s.K(), []multidraft.Distribution{law}, s.Target())
	if err != nil {
		panic("optimum: " + err.Error())
	}
	return iid
}

// vocabularyCertificate shows the least value over all sets by the prefixes of the tokens.
func vocabularyCertificate(s *multidraft.Instance) (witness.Document, error) {
	p, q := s.Rows()[0], s.Target()
	// The minimum at a prefix, and the order by which the checker sees that it is one.
	least := MinOverPrefixes(s.K(), p, q)
	v := &witness.Vocabulary{Drafts: p.Weights.Ints(), Target: q.Weights.Ints(), Value: least.Value, Cut: least.Tokens, Order: ByRatio(p, q)}
	proof, err := v.Optimum(s.K())
	if err != nil {
		return nil, err
	}
	return proof, nil
}

// InstanceWitness is an instance with its agreed optimum, for a certificate: of the coupling, what is accepted.
func InstanceWitness(in *multidraft.Instance, a *Agreement) witness.Instance {
	x := witness.Instance{Drafts: draftsOf(in), Target: in.Target().Weights.Ints(), Value: a.Value, Cut: a.Minimiser.Tokens()}
	for _, m := range a.Coupling {
		// What is not accepted is no part of the flow, and the checker completes nothing.
		if m.Support.Has(m.Token) {
			x.Flow = append(x.Flow, witness.Mass{Set: m.Support.Tokens(), Token: m.Token, Amount: rational.RatFromInts(m.Amount, a.Unit)})
		}
	}
	return x
}

// draftsOf is the law of the drafts as certificates have it: weights over their sum, or words with
// weights.
func draftsOf(in *multidraft.Instance) witness.Drafts {
	law := witness.Drafts{Model: in.Model()}
	for _, row := range in.Rows() {
		law.Laws = append(law.Laws, row.Weights.Ints())
	}
	var probabilities []rational.Rat
	for _, w := range in.Words() {
		law.Words = append(law.Words, witness.Word{Tokens: w.Tokens})
		probabilities = append(probabilities, w.Probability)
	}
	if law.Words != nil {
		for k, w := range multidraft.InCommonUnit(probabilities).Weights.All() {
			law.Words[k].Weight = w
		}
	}
	return law
}
