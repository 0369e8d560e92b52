package polyhedra

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/orbits"
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

// representatives reports whether rows of the result stand for orbits.
func (f *symmetryFlags) representatives() bool { return f.use && !f.expand }

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
	// Lines are fixed by every symmetry as a space, and are written in full.
	v := &cone.V{Dim: r.Cone.Dim, Lines: r.Lines}
	// All rows may be millions where the orbits are a handful; memory is proportional to
	// them.
	if d.symmetry.expand {
		if v.Rays, err = r.All(ctx); err != nil {
			return nil, err
		}
		return &done{Conversion: doubledesc.Converted(in, v), complete: r.Complete}, nil
	}
	// These rows are not those of the whole cone: what is made of them is printed, and not
	// checked to be complete.
	for _, o := range r.Orbits {
		v.Rays = append(v.Rays, o.Ray)
	}
	c := doubledesc.Converted(in, v)
	if len(c.Listed) == 0 { // nothing but equations or lines, or what says that the polyhedron is empty
		return &done{Conversion: c, complete: r.Complete}, nil
	}
	return &done{c, newOrbitList(c, r), r.Complete}, nil
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

// orbitList says of representatives what they stand for.
//
// Sizes are big integers: orbits have up to as many members as the group has elements,
// and these are factorials.
type orbitList struct {
	order, total *big.Int
	sizes        []*big.Int // by row of the result that is not in its linearity
	generators   [][]int    // permutations of the rows of the input, from 0
}

// newOrbitList looks up for each row of the result how many it stands for.
//
// Symmetries are told as permutations of the rows of the input, equations included, as
// that is what a reader has before him.
func newOrbitList(c *doubledesc.Conversion, r *orbits.Result) *orbitList {
	l := &orbitList{order: r.Order, total: new(big.Int)}
	// A row is found again by its ray, in the form that rays have modulo these lines.
	modulo := &cone.V{Dim: r.Cone.Dim, Lines: r.Lines}
	size := map[string]*big.Int{}
	for _, o := range r.Orbits {
		// By their rays, as the conversion sorts rows anew.
		size[o.Ray.Key()] = o.Size
	}
	// Rows were sorted anew in the conversion, and so sizes cannot go by position.
	for _, i := range c.Listed {
		n := size[modulo.Reduce(c.Generators.Rays[i]).Key()] // equations may be solved for other coordinates there
		l.sizes = append(l.sizes, n)
		l.total.Add(l.total, n)
	}
	var source []int // by inequality of the cone: the row of the input
	for i, row := range c.In.Rows {
		// Of the cone, equations are no inequalities, and have no number there.
		if !row.Linear {
			source = append(source, i)
		}
	}
	// Each generator of the group as it acts on the rows of the input.
	for _, g := range r.Generators {
		to := make([]int, len(c.In.Rows)) // equations stay where they are
		for i := range to {
			to[i] = i
		}
		for k, i := range source {
			if g[k] < len(source) { // the row at infinity goes to itself, unless another is equal to it
				to[i] = source[g[k]]
			}
		}
		l.generators = append(l.generators, to)
	}
	return l
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
func (l *orbitList) writeHead(w io.Writer) error {
	_, err := fmt.Fprintf(w, "* up to symmetry: the rows that are not linear, %d, stand for %v, under a group of order %v\n", len(l.sizes), l.total, l.order)
	return err
}

// writeTail writes the sizes of orbits, and generators of the group.
//
// Rows are numbered from 1 as they stand in the file; those of the linearity are no
// orbits.
func (l *orbitList) writeTail(w io.Writer) error {
	var b strings.Builder
	b.WriteString("* orbits: row, how many rows it stands for\n")
	for i, n := range l.sizes {
		fmt.Fprintf(&b, "* %d %v\n", i+1, n)
	}
	b.WriteString("* symmetries of the rows of the input, which generate all:\n")
	for _, g := range l.generators {
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

// json is that part.
// Generators are lists of images here and not cycles: programs read these more easily.
// Rows are numbered from 1, as everywhere in the object.
func (l *orbitList) json() *orbitJSON {
	j := &orbitJSON{Order: l.order.String(), Total: l.total.String(), Sizes: []string{}, Generators: [][]int{}}
	for _, n := range l.sizes {
		j.Sizes = append(j.Sizes, n.String())
	}
	for _, g := range l.generators {
		to := make([]int, len(g))
		for i, k := range g {
			to[i] = k + 1
		}
		j.Generators = append(j.Generators, to)
	}
	return j
}
