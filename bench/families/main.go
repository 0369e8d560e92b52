// Command families writes the polyhedra on which double description is
// measured, as .ine and .ext files.
//
//	families DIR
//
// fills a folder with all of them; the names say which they are. The files are
// the same each time.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"pstar/cone"
	"pstar/format/ine"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// run returns the exit status: 2 for misuse and for files that cannot be written.
func run(args []string, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: families DIR")
		return 2
	}
	// What has been written until a fault stays.
	for _, f := range families() {
		if err := save(filepath.Join(args[0], f.name), f.make()); err != nil {
			fmt.Fprintf(stderr, "families: %v\n", err)
			return 2
		}
	}
	return 0
}

// save replaces a file that is there.
func save(path string, f *cone.Polyhedron) error {
	// What was there before is lost, also if the writing fails.
	w, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := ine.Write(w, f); err != nil {
		// The error to show is this one; one of Close would follow from it.
		w.Close()
		return err
	}
	return w.Close()
}

// family is one file to be written.
type family struct {
	name string
	make func() *cone.Polyhedron
}

// families lists them all, within a family from small to large.
func families() []family {
	// The order is that in which files are written.
	var list []family
	// Names have what numbers there are. The function is called when its file is
	// written, so that one polyhedron at a time is in memory.
	add := func(make func() *cone.Polyhedron, name string, args ...any) {
		list = append(list, family{fmt.Sprintf(name, args...), make})
	}
	// 2^12 corners and 24 facets, in both directions: the output is large in one, the
	// input in the other.
	for n := 8; n <= 12; n++ {
		add(func() *cone.Polyhedron { return cubeRows(n) }, "cube%02d.ine", n)
		add(func() *cone.Polyhedron { return cubeVertices(n) }, "cube%02d.ext", n)
	}
	for n := 8; n <= 12; n++ {
		add(func() *cone.Polyhedron { return crossRows(n) }, "cross%02d.ine", n)
		add(func() *cone.Polyhedron { return crossVertices(n) }, "cross%02d.ext", n)
	}
	// Points of the moment curve, and its dimension.
	for _, c := range [][2]int{{16, 4}, {16, 6}, {16, 8}, {16, 10}, {30, 6}} {
		add(func() *cone.Polyhedron { return cyclicVertices(c[0], c[1]) }, "cyclic%02d-%02d.ext", c[0], c[1])
	}
	// Dimension and number of points.
	for _, c := range [][2]int{{5, 20}, {6, 30}, {7, 40}, {8, 40}, {9, 30}, {10, 30}} {
		add(func() *cone.Polyhedron { return zeroOneVertices(c[0], c[1], 1) }, "zeroone%02d-%02d.ext", c[0], c[1])
	}
	for _, c := range [][2]int{{3, 5}, {4, 4}, {4, 5}} {
		add(func() *cone.Polyhedron { return transportRows(c[0], c[1]) }, "transport%d-%d.ine", c[0], c[1])
	}
	// The others of this family are larger and stand in field.
	add(func() *cone.Polyhedron { return birkhoffRows(3) }, "birkhoff3.ine")
	add(func() *cone.Polyhedron { return birkhoffRows(4) }, "birkhoff4.ine")
	// Columns and rows: nearly all rows are redundant.
	for _, c := range [][2]int{{6, 200}, {8, 500}, {10, 1000}} {
		add(func() *cone.Polyhedron { return redundantRows(c[0], c[1], 1) }, "redundant%02d-%04d.ine", c[0], c[1])
	}
	for n := 5; n <= 6; n++ {
		add(func() *cone.Polyhedron { return metricRows(n) }, "metric%d.ine", n)
	}
	// Simple polytopes: rows and vertices in general position.
	add(func() *cone.Polyhedron { return randomRows(5, 40, 1) }, "random05-40.ine")
	add(func() *cone.Polyhedron { return randomRows(7, 30, 1) }, "random07-30.ine")
	// K and n of cells. Cones of the project's own theorems.
	for _, c := range [][2]int{{2, 8}, {2, 10}, {2, 12}, {2, 13}, {3, 9}, {3, 10}, {3, 12}, {4, 8}, {4, 10}, {6, 9}} {
		add(func() *cone.Polyhedron { return cellRows(c[0], c[1]) }, "cell%d-%02d.ine", c[0], c[1])
	}
	return append(list, field()...)
}
