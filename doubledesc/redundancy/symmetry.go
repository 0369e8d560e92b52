package redundancy

import "pstar/rational"

// symmetry is a permutation of the columns that maps rows to rows: of candidates, and of rows of the polyhedron.
type symmetry struct{ columns, candidates, rows []int }

// permute takes permutations of the columns for symmetries, if all are: of different rows, none of which is flat.
//
// They need not be a group: images of images are found one after the other.
func (h *facetSearch) permute(permutations [][]int) {
	at := map[string]int{}
	for i, c := range h.rows {
		if c.row >= 0 {
			at[h.s.in.Rows[c.row].Vector.Key()] = i
		}
	}
	// Flat rows are no candidates, and equal ones have one key: in both cases rows are
	// missing.
	if len(at) < len(h.s.in.Rows) {
		return
	}
	var list []symmetry
	for _, to := range permutations {
		y := symmetry{to, make([]int, len(h.rows)), make([]int, len(h.s.in.Rows))}
		for i, c := range h.rows {
			if c.row < 0 { // the constant 1, which must stay
				if y.candidates[i] = i; to[0] != 0 {
					return
				}
				continue
			}
			k, ok := at[h.s.in.Rows[c.row].Vector.Permute(to).Key()]
			// Reasons speak of rows as they are written: of a row in other units their multiples would be other ones.
			if !ok || !h.scale(c.row).Equal(h.scale(h.rows[k].row)) {
				return
			}
			y.candidates[i], y.rows[c.row] = k, h.rows[k].row
		}
		list = append(list, y)
	}
	h.symmetries = list
}

// spread gives the images of a candidate that has been decided the images of its
// reason. A row that is decided already keeps its own reason.
func (h *facetSearch) spread(i int) {
	// Breadth first; each candidate comes into the queue once, when it is decided.
	for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
		c := &h.rows[queue[0]]
		for _, y := range h.symmetries {
			k := y.candidates[queue[0]]
			if o := &h.rows[k]; o.row >= 0 && !o.needed && !o.aside {
				h.mark(k, y.image(h.s.result.Rows[c.row]))
				queue = append(queue, k)
			}
		}
	}
}

// image is the reason of the image of a row. The image of a witness is a witness, and
// that of a derivation a derivation, as all rows are mapped to rows.
func (y symmetry) image(r RowReason) (image RowReason) {
	if r.Witness != nil {
		image.Witness = make(rational.RatVector, len(r.Witness))
		for i, x := range r.Witness {
			image.Witness[y.columns[i]] = x
		}
	}
	for _, d := range r.Implied {
		e := Derivation{Constant: d.Constant, Absurd: d.Absurd}
		for _, m := range d.Terms {
			e.Terms = append(e.Terms, Multiple{y.rows[m.Row], m.Factor})
		}
		image.Implied = append(image.Implied, e)
	}
	return image
}
