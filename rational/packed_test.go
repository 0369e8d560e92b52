package rational

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// packedInt is an integer of any size, often near where words end.
func packedInt(rng *rand.Rand) Int {
	near := []Int{{}, NewInt(leastPacked), NewInt(-leastPacked), NewInt(math.MinInt64), NewInt(math.MaxInt64), PowerOfTwo(64), PowerOfTwo(130)}
	x := near[rng.IntN(len(near))].Add(NewInt(rng.Int64N(5) - 2))
	if rng.IntN(2) == 0 {
		x = NewInt(rng.Int64N(1000) - 300)
	}
	if rng.IntN(4) == 0 {
		return x.Neg()
	}
	return x
}

// A packed list is the list that it was made of, whatever is put in place of what.
func TestPackedIsTheList(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 62))
	for range 2000 {
		list := make([]Int, rng.IntN(40))
		for i := range list {
			list[i] = packedInt(rng)
		}
		v := Pack(list)
		copied, before := v.Clone(), Vector(v.Ints())
		for range rng.IntN(2 * (len(list) + 1)) {
			if len(list) > 0 {
				i, x := rng.IntN(len(list)), packedInt(rng)
				list[i] = x
				v.Set(i, x)
			}
		}
		var sum Int
		negative := -1
		for i, x := range list {
			sum = sum.Add(x)
			if !v.At(i).Equal(x) {
				t.Fatalf("place %d of %v is %v", i, list, v.At(i))
			}
			if negative < 0 && x.Sign() < 0 {
				negative = i
			}
		}
		next := 0
		for i, x := range v.All() {
			if i != next || !x.Equal(list[i]) {
				t.Fatalf("%v, at %d of %v", x, i, list)
			}
			next++
		}
		if next != len(list) || v.Len() != len(list) || !Vector(v.Ints()).Equal(list) || v.String() != Vector(list).String() {
			t.Fatalf("%d integers, %v, of %v", next, v, list)
		}
		if !v.Sum().Equal(sum) || v.Negative() != negative {
			t.Fatalf("%v: sum %v, want %v; the first below 0 is %d, want %d", list, v.Sum(), sum, v.Negative(), negative)
		}
		if !before.Equal(copied.Ints()) {
			t.Fatalf("the copy %v of %v has changed", copied, before)
		}
		if len(list) > 0 && (!v.Shares(v) || v.Shares(copied)) {
			t.Fatal("a list shares its integers with itself alone")
		}
	}
	for range Pack(NewVector(1, 2)).All() {
		break // which the list has to notice
	}
}

// As many words as a vocabulary has, all of the largest that there are, have a sum of more than 64 bits.
func TestSumOfPackedWords(t *testing.T) {
	for _, x := range []Int{NewInt(-leastPacked), NewInt(leastPacked), NewInt(-leastPacked + 1)} {
		v := NewPacked(1 << 17)
		for i := range v.Len() {
			v.Set(i, x)
		}
		if want := x.Mul(NewInt(1 << 17)); !v.Sum().Equal(want) {
			t.Errorf("2^17 times %v is %v, want %v", x, v.Sum(), want)
		}
	}
}

// Shifted words are the products, and those that are no words come from the function.
func TestPackShifted(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 62))
	borders := 0
	for range 2000 {
		n, long := rng.IntN(20), 0
		words, want := make([]int64, n), make([]Int, n)
		mantissas, shifts := make([]int64, n), make([]uint, n)
		for i := range n {
			m, by := rng.Int64()>>rng.UintN(63), rng.UintN([]uint{3, 62, 300}[rng.IntN(3)])
			product := new(big.Int).Lsh(big.NewInt(m), by)
			w, short := ShiftedWord(m, by)
			if short != (product.BitLen() <= 62) || short && w != product.Int64() {
				t.Fatalf("%d·2^%d is %d, %v", m, by, w, short)
			}
			if product.BitLen() == 62 || product.BitLen() == 63 {
				borders++
			}
			// What is in the place of a long one is the caller's; that may be negative, too.
			if words[i] = w; !short {
				words[i] = -1 - int64(i)
				long++
				if rng.IntN(3) == 0 {
					m = -m
					product.Neg(product)
				}
			}
			mantissas[i], shifts[i], want[i] = m, by, IntFromBig(product)
		}
		v := PackShifted(words, long, func(word int64) (int64, uint) { return mantissas[-1-word], shifts[-1-word] })
		if !Vector(v.Ints()).Equal(want) {
			t.Fatalf("%v, want %v", v, want)
		}
		// What makes one longer does not reach into the memory of its neighbour.
		for _, x := range v.All() {
			if x.wide != nil {
				big.NewInt(0).SetBits(append(x.wide.Bits(), 1))
			}
		}
		if !Vector(v.Ints()).Equal(want) {
			t.Fatalf("%v, want %v", v, want)
		}
	}
	if borders < 100 {
		t.Errorf("only %d products at the border of words", borders)
	}
	if w, short := ShiftedWord(-1, 61); !short || w != -1<<61 {
		t.Errorf("-2^61 is %d, %v", w, short)
	}
}
