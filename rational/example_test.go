package rational_test

import (
	"fmt"

	"pstar/rational"
)

func ExampleParseRat() {
	for _, s := range []string{"6/14", "0.25", "1e-3", "0x1.8p-3", "010/3"} {
		x, err := rational.ParseRat(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(x, x.Decimal(4), x.IsDecimal(4))
	}
	// Output:
	// 3/7 0.4286 false
	// 1/4 0.2500 true
	// 1/1000 0.0010 true
	// 3/16 0.1875 true
	// cannot read "010/3": expected no leading zero
}

func ExampleMatrix_NullSpace() {
	m := rational.NewMatrix([]rational.Vector{rational.NewVector(1, 2, 3)}, 3)
	for _, x := range m.NullSpace() {
		fmt.Println(x, m.Row(0).Dot(x))
	}
	// Output:
	// [3 0 -1] 0
	// [0 3 -2] 0
}
