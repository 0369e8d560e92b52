package instances

import (
	"testing"

	"pstar/rational"
)

func TestDecimalsEnclose(t *testing.T) {
	for _, text := range []string{"1/3", "-1/3", "1/4", "0", "2/3", "-1/1000000"} {
		x, err := rational.ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		below, _ := rational.ParseRat(decimalBelow(x, 3))
		above, _ := rational.ParseRat(decimalAbove(x, 3))
		width := above.Sub(below)
		if below.Cmp(x) > 0 || above.Cmp(x) < 0 || width.Cmp(rational.NewRat(1, 1000)) > 0 {
			t.Errorf("%s lies between %v and %v", text, below, above)
		}
	}
}
