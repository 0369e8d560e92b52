package decide_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/theorems"
)

// A supremum is attained for all parameters if and only if, wherever one of its terms is the least, there are unknowns that reach it: each term is asked for by itself.
func TestAttained(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 3))
	count := map[bool]int{}
	for range 150 {
		form := func(names ...string) string {
			text := fmt.Sprint(r.IntN(3) - 1)
			for _, name := range names {
				if c := r.IntN(5) - 2; c != 0 {
					text += fmt.Sprintf(" + (%d)*%s", c, name)
				}
			}
			return text
		}
		head := "param a\nparam b >= 0\nassume a <= 2\n"
		system := "var x >= 0\nvar y\n"
		for i := range 3 + r.IntN(2) {
			sign := []string{"<", "<", "<=", "<=", "="}[r.IntN(5)]
			system += fmt.Sprintf("s.t. r%d: %s %s %s\n", i, form("x", "y"), sign, form("a", "b"))
		}
		system += "s.t. above: x + y < 3\n"
		objective := form("x", "y")
		found := decided(t, head+system+"maximize P: "+objective+"\nfind P\n", false)[0]
		if found.Status != theorems.Found || len(found.Form.Terms) == 0 {
			continue
		}
		s := found.System
		attained := true
		for k, term := range found.Form.Terms {
			file := head
			for _, c := range found.Form.Conditions {
				file += "assume " + s.Text(c) + "\n"
			}
			for j, other := range found.Form.Terms {
				if j != k {
					file += "assume " + term.Form.Text(s.Name) + " <= " + other.Form.Text(s.Name) + "\n"
				}
			}
			file += system + "s.t. top: " + objective + " >= " + term.Form.Text(s.Name) + "\nclaim feasible iff {\n 0 >= 0\n}\n"
			if decided(t, file, false)[0].Status == theorems.Refuted {
				attained = false
			}
		}
		if count[attained]++; attained == found.Form.Supremum {
			t.Errorf("attained: %v, but not for some: %v, in\n%s", attained, found.Form.Supremum, strings.TrimSpace(head+system+"maximize P: "+objective))
		}
	}
	if count[true] < 20 || count[false] < 20 {
		t.Errorf("%d are attained, %d are not", count[true], count[false])
	}
}
