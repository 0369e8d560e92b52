package polyhedra

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/orbits"
	"pstar/format/ine"
	"pstar/internal/each"
)

// symmetryFlags are those of a conversion by orbits.
type symmetryFlags struct {
	use    bool // work on orbits
	expand bool // and write all their members
}

// register adds the flags.
func (f *symmetryFlags) register(flags *run.FlagSet) {
	flags.BoolVar(&f.use, "symmetry", false, "find the symmetries of the rows and work on orbits; write one row of each, and how many it stands for")
	flags.BoolVar(&f.expand, "all-rows", false, "with -symmetry, write all rows of all orbits")
}

// check looks for flags that have no place beside those.
func (f *symmetryFlags) check(d *ddRun, flags *run.FlagSet) error {
	switch {
	case !f.use: // then there is nothing to expand
		return flags.RefuseUnused("without -symmetry", "all-rows")
	case flags.Given("order") || flags.Given("method"):
		return run.UsageErrorf("-order and -method have no effect with -symmetry, which goes from orbit to orbit")
	case f.expand: // all rows are written, and all that is about rows may be asked for
		return nil
	case d.verify || d.adjacency || d.incidence:
		return run.UsageErrorf("-verify, -adjacency and -incidence are about all rows of the result: with -symmetry they need -all-rows")
	case d.formats.other() || d.formats.split():
		return run.UsageErrorf("only -to ine and -json have a place for orbits, and modes are folded back one by one: -symmetry needs -all-rows here")
	}
	return nil
}

// bySymmetry converts by orbits. The rows are representatives, unless all were asked for or
// there are none.
//
// Completeness comes from the figures that were converted on the way, each with a proof
// of its own. An error is the end of ctx or a fault.
func (d *ddRun) bySymmetry(ctx context.Context, in *cone.Polyhedron) (*done, error) {
	start := time.Now()
	// Orbits do not depend on who found them first: representatives are canonical.
	o := orbits.Options{Workers: d.workers, Progress: d.orbitProgress()}
	if d.state.Kept() {
		o.Do = d.doPart
	}
	// All orbits, or the end of the time.
	r, err := orbits.Rays(ctx, in, o)
	if err != nil {
		return nil, err
	}
	way := "from orbit to orbit"
	if r.Whole {
		way = "by one conversion"
	}
	d.talk.Say("%d orbits under a group of order %v found %s in %v", len(r.Orbits), r.Order, way, since(start))
	if !r.Complete { // a proof of a figure was given up
		d.talk.Note("%s", completenessNotChecked)
	}
	if d.symmetry.expand {
		// All rows may be millions where the orbits are a handful; memory is proportional to
		// them.
		v := &cone.V{Dim: r.Cone.Dim, Lines: r.Lines}
		if v.Rays, err = r.All(ctx); err != nil {
			return nil, err
		}
		return &done{Conversion: doubledesc.Converted(in, v), complete: r.Complete}, nil
	}
	c, list := r.List(in)
	return &done{c, list, r.Complete}, nil
}

// orbitProgress shows how many orbits are done; how many there are nobody knows before the
// end.
func (d *ddRun) orbitProgress() func(orbits.Progress) {
	if !d.talk.ShowProgress() {
		return nil
	}
	whole := d.progress("in one piece: ")
	return func(p orbits.Progress) {
		if p.Whole != nil {
			whole(*p.Whole)
			return
		}
		d.talk.Update("%d of %d orbits known so far are done, %v rays", p.Treated, p.Known, p.Rays)
	}
}

// cycles writes a permutation of numbers from 0 as its cycles, from 1.
//
// Cycles begin with their least member and are sorted by it; what is fixed is left out,
// and of the identity nothing is left.
func cycles(to []int) string {
	var b strings.Builder
	seen := make([]bool, len(to))
	for i := range to {
		if seen[i] || to[i] == i { // in a cycle before, or in none
			continue
		}
		separator := "("
		// As to is a bijection, the walk comes back to i and to nothing seen before.
		for k := i; !seen[k]; k = to[k] {
			seen[k] = true
			fmt.Fprintf(&b, "%s%d", separator, k+1)
			separator = " "
		}
		b.WriteString(")")
	}
	return b.String()
}

// writeHead begins a file that is not the whole polyhedron by saying so.
func writeHead(w io.Writer, l *orbits.Listing) error {
	_, err := fmt.Fprintf(w, ine.Representatives+"the rows that are not linear, %d, stand for %v, under a group of order %v\n", len(l.Sizes), l.Total, l.Order)
	return err
}

// writeTail writes the sizes of orbits, and generators of the group.
//
// Rows are numbered from 1 as they stand in the file; those of the linearity are no
// orbits.
func writeTail(w io.Writer, l *orbits.Listing) error {
	var b strings.Builder
	b.WriteString("* orbits: row, how many rows it stands for\n")
	for i, n := range l.Sizes {
		fmt.Fprintf(&b, "* %d %v\n", i+1, n)
	}
	b.WriteString("* symmetries of the rows of the input, which generate all:\n")
	for _, g := range l.Generators {
		fmt.Fprintf(&b, "* %s\n", cycles(g))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// orbitJSON is the part of the result that is about orbits.
type orbitJSON struct {
	Order      string   `json:"group_order"`
	Total      string   `json:"rows"`        // that those listed stand for
	Sizes      []string `json:"orbit_sizes"` // by row that is not in the linearity
	Generators [][]int  `json:"generators"`  // of the group: where each row of the input goes, from 1
}

// newOrbitJSON is that part. Generators are lists of images here and not cycles: programs read these more easily.
// Rows are numbered from 1, as everywhere in the object.
func newOrbitJSON(l *orbits.Listing) *orbitJSON {
	j := &orbitJSON{Order: l.Order.String(), Total: l.Total.String(), Sizes: []string{}, Generators: [][]int{}}
	for _, n := range l.Sizes {
		j.Sizes = append(j.Sizes, n.String())
	}
	for _, g := range l.Generators {
		to := each.Of(g, func(k int) int { return k + 1 })
		j.Generators = append(j.Generators, to)
	}
	return j
}
