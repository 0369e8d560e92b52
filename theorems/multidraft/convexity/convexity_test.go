package convexity

import (
	"testing"

	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/witness"
)

// The checker accepts the proof of every size up to six drafts and some hundred words.
func TestProofsAreAccepted(t *testing.T) {
	for k := 2; k <= 6; k++ {
		for m := max(1, k-1); m <= 6 && Fits(k, m); m++ {
			if k == 6 && m == 6 { // a megabyte and a half
				continue
			}
			if _, err := witness.Accept(t.Context(), witness.Literal(Prove(k, m))); err != nil {
				t.Fatalf("K = %d, |S| = %d: %v", k, m, err)
			}
		}
	}
}

// What is claimed is what it is said to be: the rows at numbers are the sides by the law of
// the draws, word by word, and the equations hold there.
func TestClaimsAreThoseOfDraws(t *testing.T) {
	rng := oracle.NewRand(91)
	for k := 2; k <= 4; k++ {
		for m := max(1, k-1); m <= 5; m++ {
			weights := make([]rational.Rat, m+2) // x is the first, y the last but one
			total := rational.Rat{}
			for i := range weights {
				weights[i] = rational.NewRat(1+rng.Int64N(9), 1)
				total = total.Add(weights[i])
			}
			for i := range weights {
				weights[i] = weights[i].Quo(total)
			}
			drafts := multidraft.Must(multidraft.NewWithoutReplacement(k, weights))
			s := multidraft.FullSet(m)
			b := func(u multidraft.Set) rational.Rat { return oracle.B(drafts, u) }
			y := multidraft.Set(1) << m
			wants := []rational.Rat{
				weights[0].Mul(b(s | y).Sub(b(s))).Sub(weights[m].Mul(b(s).Sub(b(s &^ 1)))),
				rational.NewRat(1, 1).Sub(weights[m]).Sub(weights[m+1]).Pow(k).Sub(b(s)),
			}
			for j, proof := range Prove(k, m) {
				point := pointOf(weights, k)
				for _, f := range proof.Theorem.Facts {
					if v := value(f.Poly, point); f.Relation != theorem.EQ || !v.IsZero() {
						t.Fatalf("K = %d, |S| = %d: an equation is %v", k, m, v)
					}
				}
				if got := value(proof.Theorem.Rows[0].Poly, point); !got.Equal(wants[j]) {
					t.Errorf("K = %d, |S| = %d, %s: %v, want %v", k, m, proof.Theorem.Name, got, wants[j])
				}
			}
		}
	}
}

// pointOf has a value for each symbol, in their order: p, rest, r_A.
func pointOf(p []rational.Rat, k int) []rational.Rat {
	point := p[:len(p):len(p)]
	for _, gone := range multidraft.Supports(k-1, len(p)-1) {
		left := rational.NewRat(1, 1)
		for _, i := range gone.Tokens() {
			left = left.Sub(p[i])
		}
		point = append(point, left.Inv())
	}
	return point
}

func value(f theorem.Poly, point []rational.Rat) (sum rational.Rat) {
	for _, t := range f {
		product := rational.RatFromBig(t.C.Rat())
		for j := range t.M.Degree() {
			product = product.Mul(point[t.M.Symbol(j)])
		}
		sum = sum.Add(product)
	}
	return sum
}

// Sizes that are too large are refused, and a cell has all sizes at which draws lie in S+y.
func TestCells(t *testing.T) {
	if Fits(1, 3) || Fits(2, 0) || !Fits(2, 89) || Fits(2, 91) || !Fits(4, 9) || Fits(4, 12) {
		t.Error("the wrong sizes fit")
	}
	for _, c := range []struct{ k, n, want int }{{2, 2, 2}, {2, 4, 6}, {3, 3, 2}, {3, 5, 6}, {4, 3, 0}, {6, 14, 0}} {
		if proofs, fits := Cell(c.k, c.n); len(proofs) != c.want || fits != (c.want > 0) {
			t.Errorf("K = %d, n = %d: %d proofs", c.k, c.n, len(proofs))
		}
	}
}
