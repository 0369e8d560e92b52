package cell

import (
	"bytes"
	"context"
	"errors"

	"pstar/certificate"
	"pstar/witness"
)

// MethodIdentity is the proof of all claims at once by identities of polynomials.
const MethodIdentity = "identity"

// proves says whether the proof by identities was asked for, and fits.
func (r *Report) proves() bool {
	return r.Options.Identity && r.Exponent == r.K && witness.CellFits(r.K, r.N)
}

// proveByIdentities returns the proof of a cell that the checker has accepted. It is the same for
// all cells, so that a refusal is a fault of this program: [*witness.Refused]. The checker, which takes up to a
// few seconds, does not look at the context and is left when that ends.
func proveByIdentities(ctx context.Context, k, n int) (witness.Proof, error) {
	type outcome struct {
		proof witness.Proof
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		proof := witness.Cell(k, n)
		done <- outcome{proof, accept(proof)}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case o := <-done:
		if o.err != nil {
			return nil, o.err
		}
		return o.proof, nil
	}
}

// accept asks the checker.
func accept(proof witness.Proof) error {
	_, err := certificate.Check(bytes.NewReader(proof))
	var invalid *certificate.Invalid
	if errors.As(err, &invalid) {
		return &witness.Refused{Invalid: invalid}
	}
	return err
}
