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

// maxCertifiedDrafts is the largest K that the certificate format allows.
const maxCertifiedDrafts = 64

// Certificate returns a certificate of P* of the setting for an independent
// checker: a coupling of the drafted set and the output that attains it and a cut
// that bounds it. For iid drafts with many supports it is a compact one, which has
// the law of the token that importance weights select in place of the coupling.
// Otherwise it fails if the setting is too large for the format,
// more than MaxTokens tokens or MaxSupports supports, or K = 1 or n = 1.
func (s *Setting) Certificate(ctx context.Context) (Certifiable, error) {
	if s.model == ModelIID && s.k <= maxCertifiedDrafts && (s.k < 2 || s.N() < 2 || s.N() > MaxTokens || CountSupports(s.k, s.N()) > maxRuleSupports) {
		return s.compactCertificate(), nil
	}
	if s.k < 2 || s.N() < 2 {
		return nil, fmt.Errorf("certificates are for at least 2 drafts over at least 2 tokens, not K = %d, n = %d", s.k, s.N())
	}
	if s.k > maxCertifiedDrafts {
		return nil, fmt.Errorf("%d drafts, more than the %d of a certificate", s.k, maxCertifiedDrafts)
	}
	if err := checkShape(s.k, s.N()); err != nil {
		return nil, err
	}
	if count := CountSupports(s.k, s.N()); count > MaxSupports {
		return nil, fmt.Errorf("%d supports at K = %d, n = %d, more than the %d of a certificate", count, s.k, s.N(), MaxSupports)
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
