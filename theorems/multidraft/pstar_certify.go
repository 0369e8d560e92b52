package multidraft

import (
	"context"
	"fmt"

	"pstar/certificate"
)

// maxCertifiedDrafts is the largest K that the certificate format allows.
const maxCertifiedDrafts = 64

// Certificate returns a certificate of P* of the setting: a coupling of the
// drafted set and the output that attains it and a cut that bounds it, for an
// independent checker. It fails if the setting is too large for the format,
// more than MaxTokens tokens or MaxSupports supports, or K = 1 or n = 1.
func (s *Setting) Certificate(ctx context.Context) (*certificate.Document, error) {
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
