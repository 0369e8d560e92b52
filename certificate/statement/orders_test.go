package statement

import (
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// One element may arrive in as many orders as an instance has numbers: its guarantee is a sum over all of them.
func TestManyOrders(t *testing.T) {
	const n = 1 << 16
	text := `"orders","x":["1/2"],"value":1,"weights":[` + strings.Repeat(`"1/65536",`, n-1) + `"1/65536"],"arrivals":[` + strings.Repeat("1,", n-1) + `1]`
	s, err := kernel.ReadStatement([]byte(`{"builder":`+text+`}`), Builders)
	if err != nil {
		t.Fatal(err)
	}
	if terms := len(s.Theorem(0).Facts[3].Poly); terms != 1+n {
		t.Errorf("the guarantee of the element has %d terms, want %d", terms, 1+n)
	}
}

// The program of weighted orders has the states of one unit, and says of the forward and the backward order what LP-SI does.
func TestOrders(t *testing.T) {
	testPrograms(t, "orders", "CRS-OLP", []programCase{
		{text: `"x":["1/2","1/2"],"value":"3/4","weights":["1/2","1/2"],"arrivals":[1,2,2,1]`, symbols: 1 + 2*(2+3) + 3, facts: 3 + 2 + 2*(2+3)},
		{text: `"x":["1/2"],"value":1,"weights":[1],"arrivals":[1]`, symbols: 1 + 2 + 3, facts: 3 + 1 + 2},
		{text: `"x":["1/2"],"value":1,"weights":["1/2"],"arrivals":[1]`, wrong: "do not sum to 1"},
		{text: `"x":["1/2"],"value":1,"weights":[2,-1],"arrivals":[1,1]`, wrong: "negative"},
		{text: `"x":["1/2"],"value":1,"weights":[],"arrivals":[]`, wrong: "do not sum to 1"},
		{text: `"x":["1/2","1/2"],"value":1,"weights":[1],"arrivals":[1,1]`, wrong: "element 1 twice"},
		{text: `"x":["1/2","1/2"],"value":1,"weights":[1],"arrivals":[1,2,1]`, wrong: "expected"},
		{text: `"x":["1/2","1/2"],"value":1,"weights":[1],"arrivals":[1]`, wrong: "too short"},
		{text: `"x":["1/2","1/2"],"value":1,"weights":[1],"arrivals":[1,3]`, wrong: "less than 3"},
		{text: `"x":["3/2"],"value":1,"weights":[1],"arrivals":[1]`, wrong: "between 0 and 1"},
	})
}
