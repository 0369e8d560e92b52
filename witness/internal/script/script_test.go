package script

import (
	"testing"

	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// A name that no fact has is a fault of the script, wherever it stands.
func TestNames(t *testing.T) {
	for _, line := range []string{
		"row 0 by =nothing", "row 0 by /nothing", "row 0 by nothing", "row 0 by ~nothing*nothing*2", "quotient w = 1 / nothing",
	} {
		func() {
			defer func() {
				if fault := recover(); fault != "witness: no fact nothing" {
					t.Errorf("%s: %v", line, fault)
				}
			}()
			theorem, names := statement.ContentionTheorem(0)
			proof.Document(func(*proof.Writer) {}, nil, func(w *proof.Writer) {
				w.Proof(0, theorem, func() { Run(w, theorem, names, line) }, nil)
			})
		}()
	}
}
