package flow_test

import (
	"context"
	"fmt"

	"pstar/lp/flow"
	"pstar/rational"
)

func ExampleMaxFlow() {
	t := &flow.Transport{
		Supply: rational.NewVector(2, 5),
		Demand: rational.NewVector(4, 3),
		Arcs:   [][]int32{{0, 1}, {1}},
	}
	f, err := flow.MaxFlow(context.Background(), t)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("value", f.Value, "on", f.On)
	fmt.Println("cut sources", f.CutSources, "cut sinks", f.CutSinks)
	// Output:
	// value 5 on [[2 0] [3]]
	// cut sources [true false] cut sinks [false true]
}
