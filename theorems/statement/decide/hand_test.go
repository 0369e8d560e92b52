package decide_test

import (
	"errors"
	"strings"
	"testing"

	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
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
	for claim, want := range map[string]decide.Status{
		"r + 1 > 0":              decide.Proved,
		"r >= 2*x^2":             decide.Proved,
		"r*y >= 0":               decide.Proved,
		"r = y*x":                decide.Proved,
		"r >= x":                 decide.Refuted,
		"r >= 3*x^2":             decide.Refuted,
		"r = 2*x^2":              decide.Refuted,
		"x^4 + y^4 >= 2*x^2*y^2": decide.Undecided,
		"y^2 + 2 >= 1":           decide.Proved,
	} {
		if got := settle(t, text+"claim "+claim)[0].Status; got != want {
			t.Errorf("%s: %v, want %v", claim, got, want)
		}
	}
	// Without products a claim is decided whatever the steps are worth.
	linear := "param x\nparam y\ngiven a: y >= x\nhave b: y >= x - 1\n"
	if got := settle(t, linear+"claim y >= x - 2\nclaim y >= x + 1"); got[0].Status != decide.Proved || got[1].Status != decide.Refuted {
		t.Errorf("%v, %v", got[0].Status, got[1].Status)
	}
}

func TestWrongSteps(t *testing.T) {
	for _, c := range []struct{ step, want string }{
		{"have w: r >= 0 by combine 2*x*a", "step w: what is left, r + 2*x*x - x*y, is not"},
		{"have w: r >= 0 by combine e - x*a", "with the product -x*a of unknown sign"},
		{"have w: r >= 0 by combine y*a", "with the product y*a of unknown sign"},
		{"have w: r = x*y + x by combine e", "step w: what is left, -x, is not"},
	} {
		systems, err := statement.Read(strings.NewReader("param x >= 0\nparam y\nparam r\ngiven a: y/2 >= x\ngiven e: r = x*y\n"+c.step+"\nclaim r >= 0"), "t.thm")
		if err != nil {
			t.Fatal(err)
		}
		_, err = decide.Claim(t.Context(), systems[0], 0)
		var wrong *decide.StepError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.step, err, c.want)
		}
	}
}
