package decide_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

// A claim on a program whose right-hand sides are symbols.
func ExampleClaim() {
	const model = `
param s >= 0
param t >= 0
var x >= 0
var y >= 0
s.t. one: x + 2*y <= s
s.t. two: 2*x + y <= t
maximize P: x + y
claim P = min(s, t, (s + t)/3)
`
	systems, err := expand.Read(strings.NewReader(model), "model.thm")
	if err != nil {
		log.Fatal(err) // file, line, column, what was expected
	}
	result, err := decide.Claim(context.Background(), systems[0], 0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Status, len(result.Form.Terms), "terms")
	// Output:
	// proved 3 terms
}
