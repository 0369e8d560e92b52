package statement

import (
	"strings"
	"testing"
)

// The program of k units has the states that can occur, and says of one unit what LP-SI does.
func TestUnits(t *testing.T) {
	testPrograms(t, "units", "CRS-KLP", []programCase{
		// beta, then 1+1, 2+1 states and acceptances in each order; E, V, Z
		{text: `"orders":1,"units":1,"x":["1/2","1/3"],"value":"2/3"`, symbols: 1 + 2 + 3 + 3, facts: 3 + 2 + 2 + 3},
		{text: `"orders":2,"units":1,"x":["1/2","1/3"],"value":"2/3"`, symbols: 1 + 2*(2+3) + 3, facts: 3 + 2 + 2*(2+3)},
		{text: `"orders":1,"units":5,"x":["1/2",0],"value":1`, symbols: 1 + 2 + 4 + 3, facts: 3 + 2 + 2 + 4},
		{text: `"orders":3,"units":1,"x":["1/2"],"value":1`, wrong: "less than 3"},
		{text: `"orders":1,"units":0,"x":["1/2"],"value":1`, wrong: "0 is not at least 1"},
		{text: `"orders":1,"units":1,"x":[],"value":1`, wrong: "no elements"},
		{text: `"orders":1,"units":1,"x":["3/2"],"value":1`, wrong: "between 0 and 1"},
		{text: `"orders":2,"units":60000,"x":[0` + strings.Repeat(",0", 999) + `],"value":1`, wrong: "too many states"},
	})
}
