package decide_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"pstar/theorems"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

const hand = `param x >= 0
param y
param r
given a: y/2 >= x
given e: r = x*y
given p: i*y >= 0 for i in 1..2
have s: y >= 0 by combine 2*a + 2*x
have t: i*r >= i*x^2 by combine 2*i*x*a + i*e + i*x*x for i in 1..2
have strict: y^2 + 1 > 0 by combine s*s
`

// Steps are sums of products of rows and symbols; what they leave open is looked for.
func TestByHand(t *testing.T) {
	text := strings.Replace(hand, " by combine 2*i*x*a + i*e + i*x*x for i in 1..2", " for i in 1..2 by combine 2*i*x*a + i*e + i*x*x", 1)
	for claim, want := range map[string]theorems.Status{
		"r + 1 > 0":                  theorems.Proved,
		"r >= 2*x^2":                 theorems.Proved,
		"r*y >= 0":                   theorems.Proved,
		"r = y*x":                    theorems.Proved,
		"r >= x":                     theorems.Refuted,
		"r >= 3*x^2":                 theorems.Refuted,
		"r = 2*x^2":                  theorems.Refuted,
		"x^4 + y^4 >= 2*x^2*y^2":     theorems.Proved,
		"x^4 + y^2 + r^2 >= 2*x*x*y": theorems.Undecided,
		"y^2 + 2 >= 1":               theorems.Proved,
	} {
		if got := settle(t, text+"claim "+claim)[0].Status; got != want {
			t.Errorf("%s: %v, want %v", claim, got, want)
		}
	}
	// Without products a claim is decided whatever the steps are worth.
	linear := "param x\nparam y\ngiven a: y >= x\nhave b: y >= x - 1\n"
	if got := settle(t, linear+"claim y >= x - 2\nclaim y >= x + 1"); got[0].Status != theorems.Proved || got[1].Status != theorems.Refuted {
		t.Errorf("%v, %v", got[0].Status, got[1].Status)
	}
}

func TestWrongSteps(t *testing.T) {
	for _, c := range []struct{ step, want string }{
		{"have w: r >= 0 by combine 2*x*a", "step w: what is left, r + 2*x^2 - x*y, is not"},
		{"have w: r >= 0 by combine e - x*a", "t.thm:6:29: the sum does not prove the step w: the sign of the product -x*a is not known"},
		{"have w: r >= 0 by combine y*a", "t.thm:6:28: the sum does not prove the step w: the sign of the product y*a is not known"},
		{"have w: r = x*y + x by combine e", "step w: what is left, -x, is not 0"},
		{"have w: r = x*y - x by combine e", "step w: what is left, x, is not 0"},
		{"have w: y = 2*x by combine 2*a", "step w: an equation follows from equations alone"},
		{"have w: y > 2*x by combine 2*a", "t.thm:6:29: the sum does not prove the step w: nothing of it is strict"},
		{"have w: x > 0 by combine x", "step w: nothing of it is strict"},
		{"have w: x*y > x^2 by combine x*b", "step w: nothing of it is strict"},
		{"have w: x*y + 1 > x^2 by combine x*b", ""},
		{"have w: y^2 + x^2 > 2*x*y by combine b*b", ""},
		{"have w: (y - x)*(y - 2*x) > 0 by combine 2*a*b", "step w: nothing of it is strict"},
	} {
		systems, err := expand.Read(strings.NewReader("param x >= 0\nparam y\nparam r\ngiven a: y/2 >= x\ngiven e: r = x*y\n"+c.step+"\ngiven b: y > x\nclaim r >= 0"), "t.thm")
		if err != nil {
			t.Fatal(err)
		}
		_, err = decide.Claim(t.Context(), systems[0], 0)
		var wrong *decide.StepError
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.step, err)
			}
		} else if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.step, err, c.want)
		}
	}
}

// Where there are too many products for a search they are not made: of 2 000 rows there are two million.
func TestSearchAmongManyRows(t *testing.T) {
	text := "set A = 1..2000\nparam x[i in A] >= 0\nparam y\ngiven g: x[i] <= 5 for i in A\nhave s: y^3 >= 0\nclaim x[1] <= 5"
	systems, err := expand.Read(strings.NewReader(text), "t.thm")
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	list, err := decide.Steps(t.Context(), systems[0])
	if err != nil || list[0].Status != theorems.Refuted {
		t.Fatal(list, err)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 1024 {
		t.Errorf("the search took %d MB", used)
	}
}

// Squares are nonnegative: sums of them of degree 2, and single ones.
func TestSquares(t *testing.T) {
	const symbols = "param x\nparam y\nparam z\nparam s >= 0\ngiven g: x*y*z >= 0\n"
	for row, want := range map[string]theorems.Status{
		"(x - y)^2 >= 0":                          theorems.Proved,
		"x^2 >= 0":                                theorems.Proved,
		"(x - y)^2 > 0":                           theorems.Refuted,
		"3*(x - y/2)^2 + (y - z + 1)^2/7 >= 0":    theorems.Proved,
		"x^2 + y^2 + z^2 >= x*y + y*z + z*x":      theorems.Proved,
		"x^2 + y^2 + z^2 + 1/9 > x*y + y*z + z*x": theorems.Proved,
		"x^2 + y^2 + z^2 > x*y + y*z + z*x":       theorems.Refuted,
		"x^2 + y^2 >= 3*x*y":                      theorems.Refuted,
		"(x*y - 2*z + x^3)^2*5 >= 0":              theorems.Proved,
		"-(x - y)^2 >= 0":                         theorems.Refuted,
		"x^2 + s >= 0":                            theorems.Proved,
		"x^2 = 0":                                 theorems.Refuted,
	} {
		if got := settle(t, symbols+"claim "+row)[0]; got.Status != want {
			t.Errorf("%s: %v, want %v", row, got, want)
		}
		if want != theorems.Proved {
			continue
		}
		// and of use in what comes after it, in one proof or the other
		left, right, _ := strings.Cut(row, " >")
		text := symbols + "have unused: z^2 >= 0\nhave sq: " + row + "\nhave again: (s + 1)*(" + left + ") >" + right[:strings.Index(right, " ")+1] + "(s + 1)*(" + strings.TrimLeft(right, "= ") + ") by combine s*sq + sq\nclaim " + row + "\nclaim (s + 1)*(" + left + ") >= (s + 1)*(" + strings.TrimLeft(right, "= ") + ") - 1"
		for _, r := range settle(t, text) {
			if r.Status != theorems.Proved {
				t.Errorf("%v in\n%s", r, text)
			}
		}
	}
}

// A step without a proof takes nothing from the claims that do without it, and is refuted if it is false.
func TestStepsWithoutProof(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"have b: r >= x\nclaim y >= 0\nclaim r >= x^2\nclaim y >= 5\nclaim r + 1 > 0",
			"have b: r >= x: refuted: this point satisfies the rows, and not the step: x = 1/2, y = 1/2, r = 1/4\ny >= 0: proved\nr >= x^2: proved\ny >= 5: refuted: this point satisfies the system, and not y >= 5: \nr + 1 > 0: proved"},
		{"have c: x^4 + y^4 + r^2*x^2 + 1 >= 2*x*y\nclaim 3*(x^4 + y^4 + r^2*x^2 + 1) >= 6*x*y\nclaim y >= x - 1\nhave d: x^4 + y^4 + r^2*x^2 + 2 >= 2*x*y by combine c",
			"have c: x^4 + x^2*r^2 + y^4 + 1 >= 2*x*y: undecided\n  it was not found to be a sum of rows\nhave d: x^4 + x^2*r^2 + y^4 + 2 >= 2*x*y: undecided\n  its sum holds a step that is not proved\n" +
				"3*x^4 + 3*x^2*r^2 + 3*y^4 + 3 >= 6*x*y: undecided\n  the row 3*x^4 + 3*x^2*r^2 + 3*y^4 + 3 >= 6*x*y is found to follow only with what is not proved: the step c\ny >= x - 1: proved"},
		{"have u: y + 1 >= x\nhave v: r + 1 > x^2\nhave w: 2*r = 2*x*y\nhave q: (x - y)^2 >= 0\nclaim r + 2 >= x^2",
			"have u: y + 1 >= x: proved\nhave v: r + 1 > x^2: proved\nhave w: 2*r = 2*x*y: proved\nhave q: x^2 + y^2 >= 2*x*y: proved\nr + 2 >= x^2: proved"},
		{"given h: x*y < r\nclaim r >= 7\nclaim infeasible", "r >= 7: vacuous\n  no parameters as assumed and unknowns have the rows\ninfeasible: proved"},
	} {
		results, err := decide.File(t.Context(), strings.NewReader("param x >= 0\nparam y\nparam r\ngiven a: y >= x\ngiven e: r = x*y\n"+c.in), "t.thm")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.String())
			if r.Note != "" {
				note, _, _ := strings.Cut(r.Note, ",")
				got = append(got, "  "+note)
			}
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("got\n%s\nwant\n%s", text, c.want)
		}
		certify(t, results)
	}
}
