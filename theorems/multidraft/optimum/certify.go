package optimum

import (
	"context"
	"fmt"
	"io"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Certifiable is a certificate that can be written.
type Certifiable interface{ Write(w io.Writer) error }

// Certificate returns a certificate of P* of the setting for an independent
// checker: a coupling of the drafted set and the output that attains it and a cut
// that bounds it. For iid drafts with many supports, for a single draft and for a
// single token it is a compact one, which has the law of the token that importance
// weights select in place of the coupling. It fails where CertificateLimit does, and
// if ctx ends.
func Certificate(ctx context.Context, s *multidraft.Instance) (Certifiable, error) {
	if err := CertificateLimit(s); err != nil {
		return nil, err
	}
	if iid := asIID(s); iid != nil && (s.K() < 2 || s.N() < 2 || s.N() > multidraft.MaxTokens || multidraft.CountSupports(s.K(), s.N()) > MaxRuleSupports) {
		return compactCertificate(iid), nil
	}
	agreement, err := CrossCheck(ctx, s, Options{})
	if err != nil {
		return nil, err
	}
	d := &certificate.Document{
		Statement: certificate.Statement{Family: certificate.Multidraft, K: s.K(), N: s.N(), Exponent: s.K()},
		Instances: []certificate.Instance{InstancePart(s, agreement)},
	}
	d.Claims = d.Derive()
	return d, nil
}

// CertificateLimit says in which way the setting is too large for a certificate:
// more than certificate.MaxDrafts drafts or, if the drafts are not iid, more than
// certificate.MaxTokens tokens or certificate.MaxSupports supports. It returns nil if it is not.
func CertificateLimit(s *multidraft.Instance) error {
	switch {
	case s.K() > certificate.MaxDrafts:
		return fmt.Errorf("certificates are for at most %d drafts, not %d", certificate.MaxDrafts, s.K())
	case asIID(s) != nil:
		return nil
	case s.N() > certificate.MaxTokens:
		return fmt.Errorf("certificates of %s drafts are for at most %d tokens, not %d", s.Model(), certificate.MaxTokens, s.N())
	case multidraft.CountSupports(s.K(), s.N()) > certificate.MaxSupports:
		return fmt.Errorf("certificates of %s drafts are for at most %d sets of drafted tokens, not %d (K = %d, n = %d)",
			s.Model(), certificate.MaxSupports, multidraft.CountSupports(s.K(), s.N()), s.K(), s.N())
	}
	return nil
}

// asIID returns the setting as one of iid drafts, or nil if it is none: a single
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
		for _, w := range s.Words() {
			p[w.Tokens[0]] = w.Probability
		}
		law = multidraft.InCommonUnit(p)
	default:
		law = s.Rows()[0]
	}
	iid, err := multidraft.New(multidraft.ModelIID, s.K(), []multidraft.Distribution{law}, s.Target())
	if err != nil {
		panic("optimum: " + err.Error())
	}
	return iid
}

// compactCertificate writes the levels of SelectedLaw.
func compactCertificate(s *multidraft.Instance) *certificate.IIDOptimumDocument {
	p, q := s.Rows()[0], s.Target()
	x := selectLevels(s.K(), p, q)
	d := &certificate.IIDOptimumDocument{
		K: s.K(), Drafts: bigInts(p.Weights), Target: bigInts(q.Weights),
		Value: MinOverPrefixes(s.K(), p, q).Value.Big(),
		Order: fromOne(x.order), Cut: x.cut,
		Low: x.ratio(x.low, p.Unit), High: x.ratio(x.high, p.Unit),
	}
	d.Claims = d.Derive()
	return d
}

// ratio is the common t_i/p_i of the tokens of a level.
func (x *levels) ratio(l level, draftUnit rational.Int) certificate.Level {
	r := rational.RatFromInts(l.total.Mul(draftUnit), l.mass.Mul(x.unit))
	return certificate.Level{Count: l.count, Ratio: r.Big()}
}

func bigInts(values []rational.Int) []*big.Int {
	list := make([]*big.Int, len(values))
	for i, v := range values {
		list[i] = v.Big()
	}
	return list
}
