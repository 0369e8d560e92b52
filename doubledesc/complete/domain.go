package complete

import (
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/internal/each"
	"pstar/rational"
)

// overDomain tries to prove the claim over a part of the cone that its symmetries move over
// all of it, and reports whether that was done.
//
// Lemma. Let g_1, ..., g_m be symmetries of C that permute the listed rays, f a linear
// functional and D the points with f(x) >= f(g_k x) for all k. If Q has all of C∩D, it has C.
//
// Proof. Take x in C. While f(g_k x) > f(x) for some k, replace x by g_k x. That ends, as
// permutations of the coordinates have finite orbits, with a point of C∩D, which is in
// Q; and the symmetries map Q to itself.
//
// What is shown is that the listed rays in D generate C∩D. For f = x_1 + 2x_2 + ... and
// exchanges of neighbours that is the cone of the sorted points. It may have rays that C has
// not; then nothing is proved. Where it has none, as for the epigraphs of symmetric
// functions that are linear on sorted points, it has few rays, and next to no more rows.
func (p *prover) overDomain(h *cone.H, v *cone.V, on []set, dim int) (bool, error) {
	c := newColouring(h.Inequalities, h.Equations, h.Dim)
	rows, err := p.domain(c, v, on)
	// No rows, no domain: some condition of the lemma fails, and the claim is proved
	// otherwise.
	if err != nil || len(rows) == 0 {
		return false, err
	}
	// Rays of the list that are in D, with the rows of D among theirs.
	inside, err := p.inside(rows, v, on, len(h.Inequalities))
	if err != nil {
		return false, err
	}
	// Rows that are no facets of the part are left out.
	turned := bitset.Transposed(inside, len(h.Inequalities)+len(rows))
	_, most, err := p.facets(inside, turned)
	if err != nil {
		return false, err
	}
	return true, p.start(restricted(inside, turned, most, dim))
}

// affordDomain tries [prover.overDomain] with three quarters of the work that is left, and reports
// whether it has proved the claim. If it fails, that says nothing about the list: C∩D
// may have rays that C has not. The rest of the work is left for the other way.
func (p *prover) affordDomain(h *cone.H, v *cone.V, on []set, dim int) (bool, error) {
	whole := p.budget
	p.budget = p.work + (whole-p.work)/4*3
	done, err := p.overDomain(h, v, on, dim)
	p.budget = whole
	if err == errMissing || err == errBudget {
		return false, nil
	}
	return done, err
}

// domain returns the rows of D for the smallest class of coordinates that look alike, with
// symmetries that exchange neighbours of it; none if there are no such, or they do not
// permute the rays, or the lines are not in D.
//
// That the lines are in D is needed since rays are taken modulo lines: a ray may
// otherwise be in D or not as it is written.
func (p *prover) domain(c *colouring, v *cone.V, on []set) ([]cone.Vector, error) {
	if err := p.spend(20, c.entries); err != nil {
		return nil, err
	}
	start := c.refine(make([]uint64, c.dim))
	list := classes(start)
	// With two coordinates D is half of the cone, which saves little.
	if len(list) == 0 || len(list[0]) < 3 {
		return nil, nil
	}
	// The smallest class has the fewest exchanges to be verified.
	class := list[0]
	if err := p.spend(len(on), c.count/2+10+len(class)*(10+c.count/8)); err != nil {
		return nil, err
	}
	index := newIndex(on, c.count)
	index.workers = p.workers
	var rows []cone.Vector
	// Neighbours of the class in turn: all of the exchanges must be symmetries, of
	// rows, of equations and of the list.
	for k := 1; k < len(class); k++ {
		if err := p.spend(40, c.entries); err != nil {
			return nil, err
		}
		to := c.exchange(start, class[k-1], class[k])
		// Nothing is proved by what looks alike: each exchange is verified on all
		// three.
		images := c.images(to)
		if images == nil || !c.keepsEquations(to) || index.images(images) == nil {
			return nil, nil
		}
		// f(x) − f(gx) must be x_j − x_i, as it is where only two coordinates change
		// places.
		row := increase(class, to)
		if len(row) != 2 || slices.ContainsFunc(v.Lines, func(line cone.Vector) bool { return !row.Dot(line).IsZero() }) {
			return nil, nil
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// increase is f(x) - f(gx), where f is the first coordinate of the class, twice the second,
// and so on, and (gx)_to[i] = x_i. The lemma takes any linear functional; this one
// makes the part of sorted points.
func increase(class, to []int) cone.Vector {
	f := make(rational.Vector, len(to))
	for k, i := range class {
		f[i] = rational.NewInt(int64(k + 1))
	}
	return cone.Sparse(each.Numbered(to, func(i, j int) rational.Int { return f[i].Sub(f[j]) }))
}

// keepsEquations reports whether a permutation of the coordinates maps each equation to one,
// up to a factor. An equation may be mapped to the negative of one.
func (c *colouring) keepsEquations(to []int) bool {
	// Both signs, as an equation has none.
	have := map[string]bool{}
	for _, a := range c.rows[c.count:] {
		have[a.Primitive().Key()], have[a.Neg().Primitive().Key()] = true, true
	}
	return !slices.ContainsFunc(c.rows[c.count:], func(a cone.Vector) bool { return !have[a.Permute(to).Primitive().Key()] })
}

// inside returns the rays that satisfy more rows: for each the rows that are zero there, the
// first ones as before. That a ray of the list is outside of D does not matter: its
// image in D is in the list.
func (p *prover) inside(more []cone.Vector, v *cone.V, on []set, rows int) ([]set, error) {
	if err := p.spend(len(v.Rays), 10*len(more)+bitset.Words(rows)); err != nil {
		return nil, err
	}
	var list []set
	for i, r := range v.Rays {
		s := bitset.New(rows + len(more))
		// Rows of D have the numbers behind those of the cone.
		copy(s, on[i])
		if !slices.ContainsFunc(more, func(a cone.Vector) bool { return a.Dot(r).Sign() < 0 }) {
			for k, a := range more {
				if a.Dot(r).IsZero() {
					s.Add(rows + k)
				}
			}
			list = append(list, s)
		}
	}
	return list, nil
}

// restricted is the claim with some of the rows. It is the table of a claim; what rows
// are not kept makes it harder only.
func restricted(on, turned []set, kept []int32, dim int) *table {
	if len(kept) == len(turned) {
		return &table{dim: dim, rows: len(kept), on: on, by: turned}
	}
	columns := each.Of(kept, func(k int32) set { return turned[k] })
	return &table{dim: dim, rows: len(kept), on: bitset.Transposed(columns, len(on))}
}
