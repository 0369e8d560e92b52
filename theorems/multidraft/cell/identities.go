package cell

import (
	"context"

	"pstar/witness"
)

// MethodIdentity is the proof of all claims at once by identities of polynomials.
const MethodIdentity = "identity"

// proves says whether the proof by identities was asked for.
func (r *Report) proves() bool {
	// With another exponent there is nothing to prove.
	return r.Options.Identity && r.Exponent == r.K
}

// proveByIdentities returns the proof of a cell that the checker has accepted. It is the same for
// all cells, so that a refusal is a fault of this program: [*witness.Refused].
func proveByIdentities(ctx context.Context, k, n int) (*witness.Accepted, error) {
	proof, err := witness.Cell(ctx, k, n)
	if err != nil {
		return nil, err
	}
	return witness.Accept(ctx, proof)
}
