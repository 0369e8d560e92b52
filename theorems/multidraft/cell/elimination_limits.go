package cell

import "fmt"

// eliminationTokens is, by K, the greatest n for which a checker accepts the
// certificate of the elimination, which then takes seconds to make and to check: it has
// a line for each orbit of combinations, at most 256 MiB in all, and grows 2 (K = 2)
// to 6 (K > 3) times with each token. For K > 4 the limit is that of K = 5.
var eliminationTokens = []int{2: 13, 3: 9, 4: 8, 5: 7}

// MaxEliminationTokens returns the largest n for which a cell can be verified by
// elimination.
func MaxEliminationTokens(k int) int { return eliminationTokens[min(k, len(eliminationTokens)-1)] }

// ValidateElimination reports why a cell cannot be verified by elimination,
// saying what can.
func ValidateElimination(k, n int) error {
	if err := Validate(k, n); err != nil {
		return err
	}
	if most := MaxEliminationTokens(k); n > most {
		return fmt.Errorf("n = %d tokens, want at most %d for elimination with K = %d drafts: beyond that the certificate, with a line for each orbit of combinations, is too long to check", n, most, k)
	}
	return nil
}
