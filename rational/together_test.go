package rational

import (
	"math/rand/v2"
	"testing"
)

// Fractions reduced together are those reduced one by one: with factors that all of them share, that some do, signs,
// zeros, and denominators 1 and equal to the multiple.
func TestRatsFromInts(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	long := func(words int) Int {
		n := NewInt(1 + r.Int64N(1<<40))
		for range words {
			n = n.Mul(NewInt(1 + r.Int64N(1<<40)))
		}
		return n
	}
	for range 300 {
		base := long(r.IntN(6))
		var nums, dens []Int
		multiple := base
		for range r.IntN(8) {
			factor := NewInt(1 + r.Int64N(12)).Pow(uint(r.IntN(4)))
			multiple = multiple.Mul(factor)
			den := []Int{NewInt(1), factor, multiple, base}[r.IntN(4)]
			num := []Int{{}, long(r.IntN(6)), den.Mul(long(1)), factor.Mul(long(2)), NewInt(r.Int64N(30))}[r.IntN(5)]
			if r.IntN(2) == 0 {
				num = num.Neg()
			}
			nums, dens = append(nums, num), append(dens, den)
		}
		for k, got := range RatsFromInts(nums, dens, multiple) {
			if want := RatFromInts(nums[k], dens[k]); !got.Equal(want) || got.String() != want.String() {
				t.Fatalf("%s/%s, over %s, is %s, not %s", nums[k], dens[k], multiple, got, want)
			}
		}
	}
}

func TestRatsFromIntsPanics(t *testing.T) {
	one, six := NewInt(1), NewInt(6)
	for name, f := range map[string]func(){
		"lengths":       func() { RatsFromInts([]Int{one}, nil, six) },
		"no divisor":    func() { RatsFromInts([]Int{one}, []Int{NewInt(4)}, six) },
		"negative":      func() { RatsFromInts([]Int{one}, []Int{NewInt(-2)}, six) },
		"zero":          func() { RatsFromInts([]Int{one}, []Int{{}}, six) },
		"zero multiple": func() { RatsFromInts([]Int{one}, []Int{{}}, Int{}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
