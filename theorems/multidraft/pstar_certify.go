package multidraft

import (
	"context"
	"fmt"
	"io"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
)

// A Certifiable is a certificate that can be written.
type Certifiable interface{ Write(w io.Writer) error }

// Certificate returns a certificate of P* of the setting for an independent
// checker: a coupling of the drafted set and the output that attains it and a cut
// that bounds it. For iid drafts with many supports, for a single draft and for a
// single token it is a compact one, which has the law of the token that importance
// weights select in place of the coupling. It fails where CertificateLimit does, and
// if ctx ends.
func (s *Setting) Certificate(ctx context.Context) (Certifiable, error) {
	if err := s.CertificateLimit(); err != nil {
		return nil, err
	}
	if iid := s.asIID(); iid != nil && (s.k < 2 || s.N() < 2 || s.N() > MaxTokens || CountSupports(s.k, s.N()) > maxRuleSupports) {
		return iid.compactCertificate(), nil
	}
	in, err := s.Instance()
	if err != nil {
		return nil, err
	}
	agreement, err := CrossCheck(ctx, in, Options{})
	if err != nil {
		return nil, err
	}
	d := &certificate.Document{
		Statement: certificate.Statement{Family: certificate.Multidraft, K: s.k, N: s.N(), Exponent: s.k},
		Instances: []certificate.Instance{instancePart(in, agreement)},
	}
	d.Claims = d.Derive()
	return d, nil
}

// CertificateLimit says in which way the setting is too large for a certificate:
// more than certificate.MaxDrafts drafts or, if the drafts are not iid, more than
// certificate.MaxTokens tokens or certificate.MaxSupports supports. It returns nil if it is not.
func (s *Setting) CertificateLimit() error {
	switch {
	case s.k > certificate.MaxDrafts:
		return fmt.Errorf("certificates are for at most %d drafts, not %d", certificate.MaxDrafts, s.k)
	case s.asIID() != nil:
		return nil
	case s.N() > certificate.MaxTokens:
		return fmt.Errorf("certificates of %s drafts are for at most %d tokens, not %d", s.model, certificate.MaxTokens, s.N())
	case CountSupports(s.k, s.N()) > certificate.MaxSupports:
		return fmt.Errorf("certificates of %s drafts are for at most %d sets of drafted tokens, not %d (K = %d, n = %d)",
			s.model, certificate.MaxSupports, CountSupports(s.k, s.N()), s.k, s.N())
	}
	return nil
}

// asIID returns the setting as one of iid drafts, or nil if it is none: a single
// draft is, and so are all drafts of a single token.
func (s *Setting) asIID() *Setting {
	law := s.target // of each draft; that of a single token is always this
	switch {
	case s.model == ModelIID:
		return s
	case s.N() == 1:
	case s.k > 1:
		return nil
	case s.model == ModelJoint:
		p := make([]rational.Rat, s.N())
		for _, w := range s.words {
			p[w.Tokens[0]] = w.Probability
		}
		law = InCommonUnit(p)
	default:
		law = s.rows[0]
	}
	iid, err := NewSetting(ModelIID, s.k, []Distribution{law}, s.target)
	if err != nil {
		panic("multidraft: " + err.Error())
	}
	return iid
}

// compactCertificate writes the levels of selectedLaw.
func (s *Setting) compactCertificate() *certificate.IIDOptimumDocument {
	p, q := s.rows[0], s.target
	x := selectLevels(s.k, p, q)
	d := &certificate.IIDOptimumDocument{
		K: s.k, Drafts: bigInts(p.weights), Target: bigInts(q.weights),
		Value: minOverPrefixes(s.k, p, q).Value.Big(),
		Order: fromOne(x.order), Cut: x.cut,
		Low: x.ratio(x.low, p.unit), High: x.ratio(x.high, p.unit),
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
