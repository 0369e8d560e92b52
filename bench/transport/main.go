// Command transport prints the transport polytope of a cell as a file of cddlib
// and lrs, with the line that asks for its projection onto q and b.
//
//	go run ./bench/transport K N
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/fm"
	"pstar/format/ine"
	"pstar/internal/each"
	"pstar/theorems/multidraft/cell"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: transport K N")
	}
	k, errK := strconv.Atoi(os.Args[1])
	n, errN := strconv.Atoi(os.Args[2])
	if errK != nil || errN != nil || cell.Validate(k, n) != nil {
		fail("expected a cell, such as 2 7")
	}
	// In all variables: the flows α, and q and b, onto which it is projected.
	t := cell.NewTransportSystem(k, n)
	// The columns are those of the system's variables, behind the constant 0.
	h := &cone.H{Dim: 1 + len(t.System.Variables)}
	for _, row := range t.System.Rows {
		var entries []cone.Entry
		for v, x := range row.Coefficients {
			// Coefficients of this system are 1 and -1, so that the numerator is all.
			if !x.IsZero() {
				entries = append(entries, cone.Entry{Index: 1 + v, Value: x.Num()})
			}
		}
		// Equations and inequalities apart, as cone has them.
		if v := cone.MakeVector(entries...); row.Relation == fm.Equal {
			h.Equations = append(h.Equations, v)
		} else {
			h.Inequalities = append(h.Inequalities, v)
		}
	}
	if err := ine.Write(os.Stdout, cone.PolyhedronByRows(h)); err != nil {
		fail(err.Error())
	}
	// Numbers of variables count from 1 in such a line.
	// Those that the projection is to get rid of.
	list := each.Of(t.Eliminate, func(v int) string { return strconv.Itoa(v + 1) })
	fmt.Printf("eliminate %d %s\n", len(list), strings.Join(list, " "))
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(2)
}
