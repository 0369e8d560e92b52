package reading

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/theorem"
)

// To multiply by 1 is no operation on numbers, however long these are.
func TestTimesOneIsNoWork(t *testing.T) {
	long := theorem.Number(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 640)))
	p := theorem.Poly{{C: long, M: theorem.Product(0, 1)}}
	l := &Limits{fail: t.Fatalf}
	NewSum(l).Add(theorem.Int(1), p)
	once := l.work
	// 16 for the term, as it is new, and for its sum with 0.
	if want := int64(4 + 3*DearWork + DearWork + 12*(11+1)); once != want {
		t.Errorf("1 times a term: work %d, want %d", once, want)
	}
	NewSum(l).Add(long, theorem.Poly{{C: theorem.Int(1), M: theorem.Product(0, 1)}})
	if l.work != 2*once {
		t.Errorf("a term of coefficient 1: work %d, want %d", l.work-once, once)
	}
}

// A polynomial holds no room for what has cancelled: room is not counted as kept.
func TestRoomOfWhatCancelled(t *testing.T) {
	s := NewSum(&Limits{fail: t.Fatalf})
	for _, c := range []int64{1, -1} {
		for k := range 1000 {
			s.AddTerm(theorem.Int(c), theorem.Product(k))
			s.AddTerm(theorem.Int(c), theorem.Product(k, k))
		}
	}
	s.AddTerm(theorem.Int(1), "")
	if p := s.Poly(); len(p) != 1 || cap(p) > 2 {
		t.Errorf("%d terms with room for %d", len(p), cap(p))
	}
}

// A term costs 8 more for each 2^17 products that are there.
func TestWorkInLargeTables(t *testing.T) {
	l := &Limits{fail: t.Fatalf}
	s := NewSum(l)
	for k := range 1<<17 + 1 {
		before := l.work
		s.AddTerm(theorem.Int(1), theorem.Product(k, k))
		if want := int64(3*DearWork + 8*(k>>17)); l.work-before != want {
			t.Fatalf("term %d: %d, want %d", k, l.work-before, want)
		}
	}
}

// What a sum takes while it is added up is held, and given back when it is emptied: of terms that are not linear 2 and their weights, of
// numbers what they weigh beyond a short one, as long as they are that long.
func TestHeldBySums(t *testing.T) {
	l := &Limits{fail: t.Fatalf}
	s := NewSum(l)
	third := theorem.Number(big.NewRat(1, 3))
	for k, step := range []struct {
		c    theorem.Num
		m    theorem.Mono
		want int64
	}{
		{theorem.Int(1), theorem.Product(0), 0},
		{third, theorem.Product(0), 5},
		{third.Neg(), theorem.Product(0), 0},
		{theorem.Int(1), theorem.Product(slices.Repeat([]int{0}, 16)...), 2 + 5},
		{third, "", 2 + 5 + 5},
	} {
		if s.AddTerm(step.c, step.m); l.Held() != step.want {
			t.Errorf("after term %d: %d", k, l.Held())
		}
	}
	if s.Poly(); l.Held() != 0 {
		t.Errorf("of an empty sum: %d", l.Held())
	}
}

// A linear term costs twice where it is not added or taken off once, or comes with others that are not linear.
func TestWorkOfLinearTerms(t *testing.T) {
	p := theorem.Poly{{C: theorem.Int(1)}, {C: theorem.Int(2), M: theorem.Product(0)}, {C: theorem.Int(2), M: theorem.Product(1)}}
	for _, step := range []struct {
		c, want int64
		p       theorem.Poly
	}{
		{1, 4 + 1 + 2, p}, {-1, 4 + 1 + 2, p}, {3, 4 + 1 + 4, p},
		{1, 4 + 1 + 4 + 3*DearWork, append(p[:3:3], theorem.Term{C: theorem.Int(1), M: theorem.Product(1, 1)})},
	} {
		l := &Limits{fail: t.Fatalf}
		s := NewSum(l)
		s.of(0)
		s.of(1)
		l.work = 0
		if s.Add(theorem.Int(step.c), step.p); l.work != step.want {
			t.Errorf("%d times %d terms: %d, want %d", step.c, len(step.p), l.work, step.want)
		}
	}
}

// What is read has room for little more than itself.
func TestRoomOfWhatIsRead(t *testing.T) {
	for n := range 70 {
		var terms []string
		for k := range n {
			terms = append(terms, fmt.Sprintf("[1,%d]", k))
		}
		if p := New(context.Background(), []byte("["+strings.Join(terms, ",")+"] , [[1]]")).Poly(n); len(p) != n || cap(p) != n {
			t.Errorf("%d terms: %d with room for %d", n, len(p), cap(p))
		}
	}
}

// A product costs three times as much where it is new to a sum, but not if it has cancelled there; and again when the sum has been emptied.
func TestWorkOfProducts(t *testing.T) {
	p := theorem.Poly{{C: theorem.Int(1), M: theorem.Product(0, 1)}}
	l := &Limits{fail: t.Fatalf}
	s := NewSum(l)
	for k, step := range []struct {
		c    int64
		want int64
	}{{1, 4 + 3*DearWork}, {-1, 4 + DearWork}, {1, 4 + DearWork}} {
		before := l.work
		if s.Add(theorem.Int(step.c), p); l.work-before != step.want {
			t.Errorf("sum %d: work %d, want %d", k, l.work-before, step.want)
		}
	}
	s.Clear()
	before := l.work
	if s.Add(theorem.Int(1), p); l.work-before != 4+3*DearWork {
		t.Errorf("after it was emptied: work %d", l.work-before)
	}
}

// Sums of polynomials against a table of fractions: linear ones, those of which the last term is not
// linear, long ones that are added to what is there already, short and long numbers, and much that cancels.
func TestSums(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	l := &Limits{fail: func(format string, args ...any) { t.Fatalf(format, args...) }}
	long := new(big.Int).Lsh(big.NewInt(1), 90)
	number := func() theorem.Num {
		x := new(big.Rat).SetInt64(1 + r.Int64N(4))
		switch r.IntN(6) {
		case 0:
			x.SetInt(long)
		case 1:
			x.SetFrac64(1, 3)
		case 2: // the sum of two is not short
			x.SetInt64(1<<62 - 1)
		}
		if r.IntN(2) == 0 {
			x.Neg(x)
		}
		return theorem.Number(x)
	}
	poly := func(degree int) (p theorem.Poly) {
		most := 8
		if degree > 2 {
			most = 200 // room is made for many terms at once
		}
		var products []theorem.Mono
		for range r.IntN(most) {
			var symbols []int
			for range r.IntN(degree + 1) {
				symbols = append(symbols, r.IntN(9))
			}
			slices.Sort(symbols)
			products = append(products, theorem.Product(symbols...))
		}
		slices.SortFunc(products, func(a, b theorem.Mono) int {
			if a.Before(b) {
				return -1
			}
			return 1
		})
		for _, m := range slices.Compact(products) {
			p = append(p, theorem.Term{C: number(), M: m})
		}
		return p
	}
	s := NewSum(l)
	// Four sums in one, and the table is used again and again.
	for range 2000 {
		want := map[theorem.Mono]*big.Rat{}
		var last theorem.Poly
		for k := range 4 {
			p, c := poly(1+r.IntN(3)), number()
			switch {
			case k == 3: // of what was added last nothing is left
				p, c = last, theorem.Int(-1)
			case r.IntN(2) == 0:
				c = theorem.Int(-1)
			case r.IntN(2) == 0:
				c = theorem.Int(1)
			}
			last = nil
			s.Add(c, p)
			for _, x := range p {
				y := new(big.Rat).Mul(c.Rat(), x.C.Rat())
				last = append(last, theorem.Term{C: theorem.Number(new(big.Rat).Set(y)), M: x.M})
				if want[x.M] == nil {
					want[x.M] = new(big.Rat)
				}
				want[x.M].Add(want[x.M], y)
			}
		}
		left := 0
		for _, x := range want {
			if x.Sign() != 0 {
				left++
			}
		}
		got := s.Poly()
		if len(got) != left {
			t.Fatalf("%d terms, want %d", len(got), left)
		}
		for k, x := range got {
			if want[x.M] == nil || x.C.Rat().Cmp(want[x.M]) != 0 || k > 0 && !got[k-1].M.Before(x.M) {
				t.Fatalf("term %d is %v times %q, want %v", k, x.C, x.M, want[x.M])
			}
		}
	}
}

// A product of many polynomials is what they are multiplied out, one after the other, times a number.
func TestProductsOfMany(t *testing.T) {
	l := &Limits{fail: t.Fatalf}
	s := NewSum(l)
	x, y := theorem.Product(0), theorem.Product(1)
	factors := []theorem.Poly{{{C: theorem.Int(2)}, {C: theorem.Int(1), M: x}}, {{C: theorem.Int(-1), M: x}, {C: theorem.Int(3), M: y}},
		{{C: theorem.Int(1)}, {C: theorem.Int(5), M: y}}, {{C: theorem.Int(1), M: x}, {C: theorem.Int(1), M: y}}}
	for n := range len(factors) + 1 {
		want := theorem.Poly{{C: theorem.Int(-7)}}
		for _, p := range factors[:n] {
			want = want.Times(p)
		}
		s.Add(theorem.Int(-7), factors[:n]...)
		if got := s.Poly(); len(got) == 0 || len(got.Plus(theorem.Int(-1), want)) > 0 {
			t.Errorf("the product of %d is %v, want %v", n, got, want)
		}
	}
}
