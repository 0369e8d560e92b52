package kernel

import (
	"context"
	"testing"
)

// A fact is the image of another one only if relations, terms and coefficients are, whatever the hash says.
func TestIsImage(t *testing.T) {
	x, y := Term{C: Int(1), M: Product(0)}, Term{C: Int(1), M: Product(1)}
	c := newChecker(newDocument(context.Background(), nil), &Theorem{Symbols: []Symbol{{Name: "x"}, {Name: "y"}}})
	swap := []int32{1, 0}
	for _, k := range []struct {
		f, o Fact
		same bool
	}{
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{y}}, true},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GT, Poly: Poly{y}}, false},
		{Fact{Relation: EQ, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{y}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{x}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{x, y}}, false},
		{Fact{Relation: GE, Poly: Poly{x, y}}, Fact{Relation: GE, Poly: Poly{y}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{{C: Int(2), M: Product(1)}}}, false},
		{Fact{Poly: Poly{{C: Int(3)}, x}}, Fact{Poly: Poly{{C: Int(3)}, y}}, true},
		{Fact{Poly: Poly{{C: Int(3)}, x}}, Fact{Poly: Poly{{C: Int(2)}, y}}, false},
		{Fact{Poly: Poly{{C: Int(3)}}}, Fact{Poly: Poly{y}}, false}, // an old place
		{Fact{Poly: Poly{x, y}}, Fact{Poly: Poly{x, y}}, true},
		{Fact{Poly: Poly{x, {C: Int(2), M: Product(1)}}}, Fact{Poly: Poly{x, {C: Int(2), M: Product(1)}}}, false},
		{Fact{Poly: Poly{x}}, Fact{Poly: Poly{x}}, false}, // an old place behind all terms
		{Fact{Poly: nil}, Fact{Poly: nil}, true},
		// Two terms with the same first symbol.
		{Fact{Poly: Poly{{C: Int(2), M: Product(0, 1)}, {C: Int(1), M: Product(1, 1)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}, {C: Int(2), M: Product(0, 1)}}}, true},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(1, 1)}}}, true},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(0, 1)}}}, false},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{y}}, false},
		{Fact{Poly: Poly{x}}, Fact{Poly: Poly{{C: Int(1), M: Product(1, 1)}}}, false},
	} {
		if c.isImage(k.f, k.o, swap) != k.same {
			t.Errorf("%v to %v", k.f, k.o)
		}
	}
}
