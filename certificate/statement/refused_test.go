package statement

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// refused are statements with one thing wrong, and what is said of it.
var refused = []struct{ text, reason string }{
	{`"cell","k":1,"n":3`, "1 is not at least 2"},
	{`"cell","k":65,"n":3`, "65 is not at least 2 and less than 65"},
	{`"cell","k":2,"n":1`, "1 is not at least 2"},
	{`"cell","k":2,"n":63`, "63 is not at least 2 and less than 63"},
	{`"cell","k":20,"n":62`, "too many supports"},
	{`"cell","k":4,"n":62`, "too many supports"}, // 2·#T + Σ|T| decides, not #T
	{`"cell","n":3,"k":2`, `expected the member "k"`},
	{`"elimination","k":20,"n":62`, "too many supports"},

	{`"instances","k":0,"n":1,"instances":[]`, "0 is not at least 1"},
	{`"instances","k":65,"n":1,"instances":[]`, "less than 65"},
	{`"instances","k":1,"n":0,"instances":[]`, "0 is not at least 1"},
	{`"instances","k":1,"n":1048576,"instances":[]`, "less than 1048576"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"any"`, `expected "iid"`},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"iid","p":[1]}`, "fewer than 2 weights"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"iid","p":[1,1,1]}`, "more than 2 weights"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"iid","p":[0,0]}`, "all weights are 0"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"iid","p":[-1,1]}`, "not negative"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"iid","p":["1/2",1]}`, "expected an integer"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"independent","p":[[1,1]]}`, "fewer than 2 laws"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"without-replacement","p":[1,0]}`, "as many tokens"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[]}`, "no words"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[1],1]]}`, "fewer than 2 tokens"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[1,1,1],1]]}`, "more than 2 tokens"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[1,2],1],[[1,2],1]]}`, "not behind the one before"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[1,2],0]]}`, "the weight 0"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[0,2],1]]}`, "0 is not at least 1"},
	{`"instances","k":2,"n":2,"instances":[{"drafts":{"model":"joint","words":[[[3,2],1]]}`, "less than 3"},
	{`"instances","k":1,"n":2,"instances":[{"drafts":{"model":"iid","p":[1,1]},"target":[1,1],"value":1,"cut":[2,1]}]`, "1 is not at least 3"},
	{`"instances","k":1,"n":2,"instances":[{"drafts":{"model":"iid","p":[1,1]},"target":[1,1],"value":1,"cut":[1,1]}]`, "1 is not at least 2"},
	{`"instances","k":1,"n":2,"instances":[{"drafts":{"model":"iid","p":[1,1]},"target":[1,0],"value":1,"cut":[1]}]`, "of the cut is 3/2"},

	{`"exponent","k":2,"n":2,"exponent":0`, "0 is not at least 1"},
	{`"exponent","k":2,"n":2,"exponent":65`, "less than 65"},
	{`"exponent","k":2,"n":1,"exponent":1,"drafts":{"model":"joint","words":[[[1,1],1]]},"target":[1],"value":1,"cut":[]`, `expected the model "iid"`},
	{`"vocabulary","k":2,"n":2,"drafts":[1,1],"target":[1,1],"value":1,"cut":[1]`, "of the cut is 5/4"},

	{`"program","sense":"least"`, `expected "minimise"`},
	{`"program","sense":"minimise","variables":[["x",[],[]]],"objective":[[1,0,0]]`, "linear"},
	{`"program","sense":"minimise","variables":[["x",[],[]]],"objective":[[1,1]]`, "less than 1"},
	{`"program","sense":"minimise","variables":[["x",[],[]]],"objective":[],"rows":[["r",[0],[],[[1],[1,0]]]]`, "has a constant"},
	{`"program","sense":"minimise","variables":[["x",[],[]]],"objective":[],"rows":[["r",[0,1],[],[[1,0]]]]`, `expected "]"`},
	{`"program","sense":"minimise","variables":[],"objective":[],"rows":[],"outcome":["best"]`, `expected "optimal"`},
	{`"program","sense":"minimise","variables":[],"objective":[],"rows":[],"outcome":["optimal"]`, "too short"},

	{`"polyhedron","variables":[["x","hold"]]`, `expected "keep"`},
	{`"polyhedron","variables":[["x","eliminate"]],"rows":[[">=",[[1,0,0]]]]`, "linear"},
	{`"polyhedron","variables":[["x","eliminate"]],"rows":[],"projection":[[">=",[[1,0]]]]`, "holds a variable that is eliminated"},
	{`"polyhedron","variables":[["x","keep"]],"rows":[],"infeasible":[1]`, `expected "]"`},
	{`"polyhedron","variables":[["x","keep"]],"rows":[]`, `expected the member "projection"`},

	{`"contention","x":[],"value":1`, "no elements"},
	{`"contention","x":["-1/2"],"value":1`, "between 0 and 1"},
	{`"contention","x":["3/2"],"value":1`, "between 0 and 1"},
	{`"contention","choice":{"means":[-1],"forward":[0],"backward":[0]}`, "a mean is negative"},
	{`"contention","choice":{"means":[],"forward":[],"backward":[]}`, "at least 1"},
	{`"contention","choice":{"means":[1],"forward":[0,0],"backward":[0]}`, "the same length"},
	{`"contention","choice":{"means":[1],"forward":[0],"backward":[]}`, "the same length"},
	{`"contention","choice":{"means":[0],"forward":[-1],"backward":[0]}`, "a number of a choice is negative"},
	{`"contention","choice":{"means":[0,0],"forward":[0,-1],"backward":[0,0]},"sizes":[[[0,1]],[[0,1]]]`, "negative"},
	{`"contention","choice":{"means":[0,0],"forward":[1,-1],"backward":[0,0]},"sizes":[[[0,1]],[]]`, "number of the choice is negative"},
	{`"contention","choice":{"means":[0,0],"forward":[0,-1],"backward":[0,0]},"agents":[["III",[[1,1]],1],["III",[[1,1]],1]],"served":{"parts":[[0],[0]],"guarantee":1}`, "number of the choice is negative"},
	{`"contention","choice":{"means":[0],"forward":[0],"backward":[0]},"sizes":[[[0,1]],[[0,1]]]`, "more than 1 elements"},
	{`"contention","choice":{"means":[0,0],"forward":[0,0],"backward":[0,0]},"sizes":[[[0,1]]]`, "fewer than 2 elements"},
	{`"contention","choice":{"means":[0],"forward":[0],"backward":[0]},"sizes":[[]]`, "there are no sizes"},
	{`"contention","choice":{"means":[0],"forward":[0],"backward":[0]},"sizes":[[[-1,1]]]`, "of at least 0"},
	{`"contention","choice":{"means":[2],"forward":[0],"backward":[0]},"sizes":[[[2,1]]]`, "more than 1"},
	{`"contention","choice":{"means":[0],"forward":[0],"backward":[0]},"sizes":[[[1,0]]]`, "with positive probabilities"},
	{`"contention","choice":{"means":[2],"forward":[0],"backward":[0]},"sizes":[[[1,1],[1,1]]]`, "a sum above 1"},
	{`"contention","choice":{"means":[1],"forward":[0],"backward":[0]},"sizes":[[["1/2",1]]]`, "is not that of the choice"},
	{`"contention","agents":[]`, "no agents"},
	{`"contention","agents":[["IV",[[1,1]],1]]`, `expected "I", "II" or "III"`},
	{`"contention","agents":[["III",[[1,1]],-1]]`, "a target is negative"},
	{`"contention","agents":[["III",[[-1,1]],1]]`, "of at least 0"},
	{`"contention","agents":[["III",[[1,"1/2"],[1,"1/2"]],1]]`, "must ascend"},
	{`"contention","agents":[["III",[[1,0],[2,1]],1]]`, "with positive probabilities"},
	{`"contention","agents":[["III",[[1,"1/2"]],1]]`, "must have the sum 1"},
	{`"contention","agents":[["II",[[0,1]],1]]`, "its mean be positive"},
	{`"contention","x":[1,1],"value":1,"agents":[["III",[[1,1]],1]]`, "1 agents and 2 probabilities"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[2]],"guarantee":1`, "more than the probability"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[-1]],"guarantee":1`, "a part is less than 0"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[]],"guarantee":1`, "fewer than 1 levels"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0,0]],"guarantee":1`, "more than 1 levels"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0],[0]],"guarantee":1`, "more than 1 agents"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[],"guarantee":1`, "fewer than 1 agents"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1}`, "there must be a choice"},
	{`"contention","choice":{"means":[0,0],"forward":[0,0],"backward":[0,0]},"agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1}`, "there must be a choice"},
	{`"contention","agents":[["I",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1,"forward":[0],"backward":[0]}`, "Types II and III"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1,"forward":[-1],"backward":[0]}`, "not negative"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1,"forward":[0,0],"backward":[0]}`, "expected 1 thresholds"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1,"forward":[0],"backward":[]}`, "expected 1 thresholds"},
	{`"contention","agents":[["III",[[1,1]],1]],"served":{"parts":[[0]],"guarantee":1,"forward":[0],"backward":[0]`, `expected "}"`},
}

// Wrong parameters are refused for what is wrong with them.
func TestRefusedStatements(t *testing.T) {
	for _, c := range refused {
		_, err := kernel.ReadStatement([]byte(`{"builder":`+c.text+`}`), Builders)
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v, want %q", c.text, err, c.reason)
		}
	}
}

// A demand has at most 64 values, and an instance 2^16 elements or agents.
func TestLongestLists(t *testing.T) {
	levels := func(n int) string {
		var list []string
		for k := range n {
			list = append(list, fmt.Sprintf(`[%d,"1/%d"]`, k+1, n))
		}
		return `"contention","agents":[["III",[` + strings.Join(list, ",") + `],1]]`
	}
	elements := func(n int) string { return `"contention","x":[0` + strings.Repeat(",0", n-1) + `],"value":1` }
	agents := func(n int) string {
		return `"contention","agents":[` + strings.Repeat(`["III",[[1,1]],0],`, n-1) + `["III",[[1,1]],0]]`
	}
	for _, c := range []struct{ text, reason string }{
		{agents(1 << 16), ""}, {agents(1<<16 + 1), "more than 65536 agents"},
		{levels(64), ""}, {levels(65), "at most 64 values"}, {elements(1 << 16), ""}, {elements(1<<16 + 1), "more than 65536 elements"},
	} {
		_, err := kernel.ReadStatement([]byte(`{"builder":`+c.text+`}`), Builders)
		if (err == nil) != (c.reason == "") || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%.40s: %v, want %q", c.text, err, c.reason)
		}
	}
}

// A symbol a[T,i] has the tokens of T in its name, so that of a set of 64 tokens there are 64 names of 64 tokens: they count as kept,
// and so do exponents.
func TestNamesAndExponentsAreKept(t *testing.T) {
	var words, ones []string
	for k := range 5000 {
		var tokens []string
		for i := range 64 {
			tokens = append(tokens, fmt.Sprint(k+i+1))
		}
		words, ones = append(words, `[[`+strings.Join(tokens, ",")+`],1]`), append(ones, "1")
	}
	ones = slices.Repeat(ones, 4)
	long := `"1/` + strings.Repeat("7", 9999) + `"`
	for name, c := range map[string]struct{ text, reason string }{
		"names":     {`"instances","k":64,"n":5063,"instances":[{"drafts":{"model":"joint","words":[` + strings.Join(words, ",") + `]},"target":[1` + strings.Repeat(",1", 5062) + `],"value":1,"cut":[]}]`, "terms at a time"},
		"exponents": {`"contention","choice":{"means":[` + strings.Join(ones, ",") + `],"forward":[` + strings.Join(ones[1:], ",") + `,1],"backward":[` + strings.Join(ones[1:], ",") + `,` + long + `]}`, "the format allows"},
	} {
		_, err := kernel.ReadStatement([]byte(`{"builder":`+c.text+`}`), Builders)
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %.200v, want %q", name, err, c.reason)
		}
	}
}
