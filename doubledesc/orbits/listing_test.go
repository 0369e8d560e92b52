package orbits

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
)

// zeros are, for each row of a result that is not linear, which rows of the input are zero there.
func zeros(c *doubledesc.Conversion) (sets []string) {
	for _, row := range c.Out.Rows {
		if row.Linear {
			continue
		}
		set := ""
		for i, other := range c.In.Rows {
			if product := row.Vector.Dot(other.Vector); product.IsZero() {
				set += fmt.Sprint(i, " ")
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// moved applies a permutation to a set of rows.
func moved(set string, to []int) string {
	var rows []int
	var i int
	for rest := set; rest != ""; {
		n, _ := fmt.Sscanf(rest, "%d ", &i)
		if n != 1 {
			break
		}
		rows = append(rows, to[i])
		rest = rest[len(fmt.Sprint(i, " ")):]
	}
	slices.Sort(rows)
	image := ""
	for _, i := range rows {
		image += fmt.Sprint(i, " ")
	}
	return image
}

// What representatives stand for, against the whole result: the permutations take the sets of rows that are zero at
// a ray to such sets, the sets that one comes to are as many as its size says, and all sizes together are all.
func TestListingAgainstConversion(t *testing.T) {
	ctx := context.Background()
	var cases []*cone.Polyhedron
	for _, name := range []string{"cube.ine", "square.ine", "octahedron.ext"} {
		text, err := os.Open("../../fixtures/polyhedra/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer text.Close()
		f, err := ine.Read(text, name)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, &f.Polyhedron)
	}
	r := rand.New(rand.NewPCG(21, 22))
	for range 40 {
		cases = append(cases, symmetric(r))
	}
	checked := 0
	for _, p := range cases {
		whole, err := doubledesc.Convert(ctx, p, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		result, err := Rays(ctx, p, Options{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		c, l := result.List(p)
		if l == nil {
			if len(whole.Listed) > 0 {
				t.Errorf("%v: %d rows and no list", p, len(whole.Listed))
			}
			continue
		}
		all := zeros(whole)
		if l.Total.Cmp(big.NewInt(int64(len(all)))) != 0 || len(l.Sizes) != len(c.Listed) || l.Order != result.Order {
			t.Errorf("%v: %d rows stand for %v, want %d", p, len(l.Sizes), l.Total, len(all))
		}
		// Rows that are multiples of each other stay where they are but for the first: sets then are no sets of such rows.
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(all) || multiples(p) {
			continue
		}
		checked++
		for k, set := range zeros(c) {
			orbit := []string{set}
			for at := 0; at < len(orbit); at++ {
				for _, g := range l.Generators {
					image := moved(orbit[at], g)
					if _, known := slices.BinarySearch(all, image); !known {
						t.Fatalf("%v: %s goes to %s, which is zero nowhere", p, orbit[at], image)
					}
					if !slices.Contains(orbit, image) {
						orbit = append(orbit, image)
					}
				}
			}
			if l.Sizes[k].Cmp(big.NewInt(int64(len(orbit)))) != 0 {
				t.Errorf("%v: row %d stands for %v, and comes to %d", p, k+1, l.Sizes[k], len(orbit))
			}
		}
	}
	if checked < 15 {
		t.Errorf("only %d lists were checked", checked)
	}
}

// multiples reports whether a row is a multiple of another.
func multiples(p *cone.Polyhedron) bool {
	seen := map[string]bool{}
	for _, row := range p.Rows {
		key := row.Vector.Primitive().Key()
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}
