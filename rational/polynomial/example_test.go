package polynomial_test

import (
	"fmt"

	"pstar/rational/polynomial"
)

func ExamplePoly_Substitute() {
	x, y := polynomial.Variable(2, 0), polynomial.Variable(2, 1)
	square := x.Pow(2)
	fmt.Println(square.Substitute(0, x.Sub(y)))
	// Output:
	// x1^2 - 2*x1*x2 + x2^2
}
