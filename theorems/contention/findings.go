package contention

import (
	"pstar/rational"
	"pstar/rational/enclose"
)

// decimals is the number of digits after the point in statements.
const decimals = 10

// Enclosed writes a real number as the decimals between which it lies.
func Enclosed(x enclose.Real) string {
	e, _ := x.Enclose(rational.NewRat(1, 1<<50))
	return "in " + e.Decimal(decimals)
}

// Decimal writes a number as a decimal that it is near.
func Decimal(x rational.Rat) string { return x.Decimal(decimals) }

// Exact writes a fraction with its decimal.
func Exact(x rational.Rat) string { return x.WithDecimal(decimals) }
