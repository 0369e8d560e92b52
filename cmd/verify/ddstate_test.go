package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// writeInput writes an .ine or .ext file of rows of small integers.
func writeInput(t *testing.T, name, representation string, rows [][]int64) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nbegin\n %d %d integer\n", representation, len(rows), len(rows[0]))
	for _, row := range rows {
		for _, x := range row {
			fmt.Fprintf(&b, " %d", x)
		}
		b.WriteString("\n")
	}
	b.WriteString("end\n")
	path := filepath.Join(t.TempDir(), name)
	replaceText(t, path, b.String())
	return path
}

// cutRows are the cuts of n points.
func cutRows(n int) (rows [][]int64) {
	for mask := range 1 << (n - 1) {
		row := []int64{1}
		for j := range n {
			for i := range j {
				row = append(row, int64((mask>>i^mask>>j)&1))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// orderRows are the orders of n things, by their pairs.
func orderRows(n int) (rows [][]int64) {
	var place func(order []int)
	place = func(order []int) {
		if len(order) < n {
			for k := range n {
				if !slices.Contains(order, k) {
					place(append(order[:len(order):len(order)], k))
				}
			}
			return
		}
		row := []int64{1}
		for j := range n {
			for i := range j {
				row = append(row, int64(max(0, min(1, order[j]-order[i]))))
			}
		}
		rows = append(rows, row)
	}
	place(nil)
	return rows
}

// randomPoints are m points of {0,1}^d.
func randomPoints(d, m int) (rows [][]int64) {
	random := rand.New(rand.NewPCG(15, 9))
	for range m {
		row := []int64{1}
		for range d {
			row = append(row, random.Int64N(2))
		}
		rows = append(rows, row)
	}
	return rows
}

// A conversion that is killed at random moments, KILLS of them if that is given, comes to the
// bytes of one that was not: row by row, from basis to basis, and by orbits.
func TestConversionKilledAtRandomMoments(t *testing.T) {
	t.Parallel()
	n := 6
	if text := os.Getenv("KILLS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatalf("KILLS: %v", err)
		}
	}
	points := writeInput(t, "points.ext", "V-representation", randomPoints(9, 44))
	cuts := writeInput(t, "cuts.ext", "V-representation", cutRows(6))
	orders := writeInput(t, "orders.ext", "V-representation", orderRows(6))
	random := rand.New(rand.NewPCG(15, uint64(n)))
	killed, runs := 0, 0
	for _, args := range [][]string{
		{"dd", "-q", "-json", "-method", "dd", points},
		{"dd", "-q", "-json", "-method", "pivot", points},
		{"dd", "-q", "-json", "-symmetry", cuts},   // which is done in one piece
		{"dd", "-q", "-json", "-symmetry", orders}, // and this is not
	} {
		begun := time.Now()
		want := output(t, args...)
		took := time.Since(begun)
		state := t.TempDir()
		with := append(args[:len(args):len(args)], "-state", state)
		for range (n + 3) / 4 {
			runs++
			if killAfter(t, time.Duration(random.Int64N(int64(took))), with) {
				killed++
			}
		}
		for range 2 { // the second time all is there
			if got := output(t, with...); got != want {
				t.Errorf("%v: after kills it prints\n%.300s\nand without\n%.300s", args, got, want)
			}
		}
		if _, err := os.Stat(filepath.Join(state, "claims")); !os.IsNotExist(err) {
			t.Errorf("claims are left: %v", err)
		}
		report := output(t, "report", state)
		if !strings.Contains(report, "1 task") {
			t.Errorf("report: %s", report)
		}
	}
	if t.Logf("%d of %d runs killed before their end", killed, runs); killed < runs/3 {
		t.Errorf("only %d of %d runs were killed before their end", killed, runs)
	}
}

// Runs that share the work on orbits print the same.
func TestOrbitsShared(t *testing.T) {
	t.Parallel()
	orders := writeInput(t, "orders.ext", "V-representation", orderRows(6))
	want := output(t, "dd", "-q", "-symmetry", orders)
	state := t.TempDir()
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			data, err := subprocess(t, "dd", "-q", "-symmetry", "-state", state, orders).Output()
			if err != nil || string(data) != want {
				t.Errorf("error %v, prints\n%s\nwant\n%s", err, data, want)
			}
		})
	}
	workers.Wait()
	// The claim of a run that was killed once its part was written goes with the next run.
	parts := entries(t, filepath.Join(state, "parts"))
	if len(parts) == 0 {
		t.Fatal("no part was kept")
	}
	claims := filepath.Join(state, "claims")
	if err := os.MkdirAll(claims, 0o777); err != nil {
		t.Fatal(err)
	}
	replaceText(t, filepath.Join(claims, parts[0].Name()), "{}")
	output(t, "dd", "-q", "-symmetry", "-state", state, orders)
	if _, err := os.Stat(claims); !os.IsNotExist(err) {
		t.Errorf("a claim is left: %v", err)
	}
}

// What a folder holds is not taken for what it is not: that of another file or of other flags
// is refused, a damaged part is said, and made again. Flags that change the writing do not matter.
func TestConversionState(t *testing.T) {
	state := t.TempDir()
	cube, square := polyhedraFixtures+"cube.ine", polyhedraFixtures+"square.ine"
	want := expect(t, 0, []string{"dd", "-q", cube})
	for range 2 {
		if got := expect(t, 0, []string{"dd", "-q", "-state", state, cube}); got != want {
			t.Errorf("prints\n%s\nwant\n%s", got, want)
		}
	}
	expect(t, 2, []string{"dd", "-state", state, square}, "2>is the folder of another run")
	expect(t, 2, []string{"dd", "-state", state, "-order", "lexmin", cube}, "2>is the folder of another run")
	expect(t, 2, []string{"dd", "-lease", "2s", cube})
	text, err := os.ReadFile(cube)
	if err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := verifyStdin(string(text), "dd", "-state", state, "-"); status != 2 || !strings.Contains(stderr, "no file that can be read again") && !strings.Contains(stderr, "cannot read") {
		t.Errorf("standard input: status %d, %s", status, stderr)
	}
	out := filepath.Join(t.TempDir(), "out.csv")
	expect(t, 0, []string{"dd", "-state", state, "-to", "csv", "-o", out, cube})
	part := filepath.Join(state, "parts", "rays")
	if text, err = os.ReadFile(part); err != nil {
		t.Fatal(err)
	}
	replaceText(t, part, strings.Replace(string(text), "1", "2", 1))
	if got := expect(t, 0, []string{"dd", "-state", state, cube}, "2>rays: it is not what was written; it is done again"); got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
}
