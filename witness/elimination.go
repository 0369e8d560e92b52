package witness

import (
	"context"

	"pstar/fm"
	"pstar/witness/internal/elimination"
)

// Projection returns the document of an elimination: the system and its projection, and steps
// that show that these say the same; or that the system has no solution. Names are made
// printable; they mean nothing. The error is [*Unwritable] if the format cannot hold it.
func Projection(r *fm.Result) (Proof, error) {
	document, err := elimination.Document(r)
	if err != nil {
		return nil, &Unwritable{"the format cannot hold it: " + err.Error()}
	}
	return document, nil
}

// Eliminations returns the document that proves MD-L2, MD-L3 and MD-L4 for K drafts of N
// tokens, see [elimination.Lemmas].
func Eliminations(ctx context.Context, k, n int, polytope bool) (Proof, error) {
	return elimination.Lemmas(ctx, k, n, polytope)
}
