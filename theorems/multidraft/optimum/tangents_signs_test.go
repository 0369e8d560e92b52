package optimum

import (
	"math/big"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// A sign that leading digits tell is the sign, also of forms that nearly vanish, and what
// they leave out as room is larger than the bound.
func TestLeadingDigitsTellTheTruth(t *testing.T) {
	rng := oracle.NewRand(76)
	told, left := 0, 0
	for range 400 {
		n, digits := 1+rng.IntN(30), []int{8, 64, 400}[rng.IntN(3)]
		a := multidraft.Must(multidraft.FromWeights("a", wideWeights(rng, n, digits)))
		b := multidraft.Must(multidraft.FromWeights("b", wideWeights(rng, n, digits)))
		l, m := rational.NewRat(rng.Int64N(1<<40)-1<<38, 1<<39), rational.NewRat(rng.Int64N(1<<40), 1<<40)
		near := make([]rational.Int, n) // q_i = l a_i + m b_i, and one off
		for i := range near {
			x := l.Mul(a.At(i)).Add(m.Mul(b.At(i))).Mul(rational.RatFromInt(a.Unit.Mul(b.Unit))).Num()
			near[i] = x.Add(rational.NewInt(rng.Int64N(3) - 1)).Abs()
		}
		near[rng.IntN(n)] = rational.NewInt(7)
		q := multidraft.Must(multidraft.FromWeights("q", near))
		for _, sign := range []int64{1, -1} {
			x := newPairSearch(a, b, q, sign, nil)
			form := x.leading.form(l, m)
			for i := range n {
				s := rational.RatFromInts(x.s1(i), x.c.Mul(a.Unit).Mul(b.Unit))
				value := s.Sub(l.Mul(a.At(i))).Sub(m.Mul(b.At(i)))
				if got, known := form.sign(i); known && got != value.Sign() {
					t.Fatalf("q = %v, a = %v, b = %v, l = %v, m = %v: sign %d of %v", q.At(i), a.At(i), b.At(i), l, m, got, value)
				} else if known {
					told++
				}
				room := rational.NewInt(rng.Int64N(1 << 40))
				if form.leavesMore(i, newRoomBound(room, rational.PowerOfTwo(40))) {
					if left++; b.At(i).Mul(rational.RatFromInts(room, rational.PowerOfTwo(40))).Cmp(value.Abs()) > 0 {
						t.Fatalf("|%v| / %v is not more than %v / 2^40", value, b.At(i), room)
					}
				}
			}
		}
	}
	if told < 1000 || left < 300 {
		t.Errorf("%d signs told, %d rooms left out: the test sees too few", told, left)
	}
}

// Factors are rounded down to their digits, and those of 2 or more do not fit in the word.
func TestFixedFactors(t *testing.T) {
	scale := rational.RatFromInt(rational.PowerOfTwo(signBits))
	for text, fits := range map[string]bool{
		"0": true, "1e-30": true, "1/3": true, "1": true, "4/3": true, "7/4": true, "1.999999999999": true,
		"2": false, "5/2": false, "3": false, "3.999999999999": false, "4": false, "1e30": false,
	} {
		x, err := rational.ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := fixedFactor(x)
		if ok != fits {
			t.Errorf("%s: fits %v, want %v", text, ok, fits)
		}
		if error := x.Mul(scale).Sub(rational.RatFromInt(rational.IntFromBig(new(big.Int).SetUint64(got)))); ok && (error.Sign() < 0 || error.Cmp(rational.NewRat(4, 1)) > 0) {
			t.Errorf("%s: %d is off by %v", text, got, error)
		}
	}
}

// What leaves more room than the bound is told from what leaves just as much, in two words.
func TestRoomsAreComparedInTwoWords(t *testing.T) {
	rng := oracle.NewRand(78)
	for range 2000 {
		bound := 1 + rng.Uint64N(1<<signBits)
		signs := &pairSigns{q: []uint64{0}, a: []uint64{0}, b: []uint64{rng.Uint64N(1 << 60)}}
		form := pairForm{pairSigns: signs}
		room := new(big.Int).Mul(new(big.Int).SetUint64(bound), new(big.Int).SetUint64(signs.b[0]+signError))
		least := new(big.Int).Rsh(room, signBits).Uint64() // times 2^signBits at most the room
		for more := range uint64(2) {
			signs.q[0] = least + more + signError
			want := new(big.Int).Lsh(new(big.Int).SetUint64(least+more), signBits).Cmp(room) > 0
			if got := form.leavesMore(0, roomBound(bound)); got != want {
				t.Fatalf("%d against %d of %d: %v, want %v", least+more, bound, signs.b[0], got, want)
			}
		}
	}
}
