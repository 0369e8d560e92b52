package rational

import (
	"math/big"
	"testing"
)

// Operands are drawn so that sums and products stay in machine words, or never do.
func benchmarkPairs(wide bool) (x, y Vector) {
	r := newRand(60)
	for range 1024 {
		a, b := NewInt(r.Int64N(1<<31)-1<<30), NewInt(r.Int64N(1<<31)-1<<30)
		if wide {
			a, b = a.Add(PowerOfTwo(90)), b.Add(PowerOfTwo(80))
		}
		x, y = append(x, a), append(y, b)
	}
	return x, y
}

var sinkInt Int

func benchmarkInt(b *testing.B, op func(x, y Vector)) {
	for _, wide := range []bool{false, true} {
		name := map[bool]string{false: "word", true: "wide"}[wide]
		b.Run(name, func(b *testing.B) {
			x, y := benchmarkPairs(wide)
			b.ReportAllocs()
			for b.Loop() {
				op(x, y)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(x)), "ns/element")
		})
	}
}

func BenchmarkIntAdd(b *testing.B) {
	benchmarkInt(b, func(x, y Vector) {
		for i, a := range x {
			sinkInt = a.Add(y[i])
		}
	})
}

func BenchmarkIntMul(b *testing.B) {
	benchmarkInt(b, func(x, y Vector) {
		for i, a := range x {
			sinkInt = a.Mul(y[i])
		}
	})
}

func BenchmarkIntCmp(b *testing.B) {
	n := 0
	benchmarkInt(b, func(x, y Vector) {
		for i, a := range x {
			n += a.Cmp(y[i])
		}
	})
	sinkInt = NewInt(int64(n))
}

func BenchmarkGCD(b *testing.B) {
	benchmarkInt(b, func(x, y Vector) {
		for i, a := range x {
			sinkInt = GCD(a, y[i])
		}
	})
}

func BenchmarkDot(b *testing.B) {
	benchmarkInt(b, func(x, y Vector) { sinkInt = x.Dot(y) })
}

func BenchmarkCombine(b *testing.B) {
	s, t := NewInt(17), NewInt(-23)
	benchmarkInt(b, func(x, y Vector) { sinkInt = Combine(s, x, t, y)[0] })
}

// BenchmarkBigMul is the yardstick: math/big with a reused receiver.
func BenchmarkBigMul(b *testing.B) {
	x, y := benchmarkPairs(false)
	var bx, by []*big.Int
	for i := range x {
		bx, by = append(bx, x[i].Big()), append(by, y[i].Big())
	}
	z := new(big.Int)
	b.ReportAllocs()
	for b.Loop() {
		for i := range bx {
			z.Mul(bx[i], by[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(x)), "ns/element")
}

func BenchmarkRatSum(b *testing.B) {
	r := newRand(61)
	var v RatVector
	for range 1024 {
		x, err := RatFromFloat64(float64(r.Float32()))
		if err != nil {
			b.Fatal(err)
		}
		v = append(v, x)
	}
	b.ReportAllocs()
	for b.Loop() {
		sinkInt = v.Sum().Num()
	}
}

func BenchmarkRank(b *testing.B) {
	r := newRand(62)
	var rows []Vector
	for range 20 {
		rows = append(rows, randomVector(r, 20, smallInt))
	}
	m := NewMatrix(rows, 20)
	b.ReportAllocs()
	for b.Loop() {
		sinkInt = NewInt(int64(m.Rank()))
	}
}

func BenchmarkParseRat(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		x, err := ParseRat("7.8125076e-06")
		if err != nil {
			b.Fatal(err)
		}
		sinkInt = x.num
	}
}
