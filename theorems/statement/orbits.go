package statement

import (
	"slices"
	"strings"
)

// An Action is a permutation of the symbols of a problem that maps its facts onto themselves: symbol i goes to symbol Symbols[i], fact i
// to fact Facts[i].
//
// Certificates have generators as permutations of symbols; the facts follow from that,
// and are kept since each proof about an image needs to know which fact has become
// which.
type Action struct{ Symbols, Facts []int }

// An Image is the image of row number Of under some actions, by number, the first one
// first. Row Of is among the rows of the reduced problem.
type Image struct {
	Row
	Of int
	By []int
}

// MaxActions is how many generators the format of certificates takes. More generators
// are not an error: then no use is made of the symmetry.
const MaxActions = 16

// Actions are the generators of the symmetries that the file declares, as they act on a problem of the system. Symbols that
// the problem adds stay where they are. There are none if two facts are the same, or if a fact has an image that only says the same in other numbers,
// for which the kernel has no rule.
//
// The images of all facts are looked for among the facts by their exact numbers. A file
// may declare what is a symmetry only up to scaling of rows: System.Symmetries says so,
// and this does not follow it.
func (s *System) Actions(p *Problem) []Action {
	var list [][]int
	for _, y := range s.Symmetries {
		for _, g := range y.Generators {
			g = slices.Clone(g)
			// A problem adds its symbols behind those of the system.
			for i := len(g); i < len(p.Symbols); i++ {
				g = append(g, i)
			}
			list = append(list, g)
		}
	}
	return p.actions(list)
}

// actions are permutations of the symbols as they act on the facts; none if not all map
// facts to facts. A list in which one permutation is none of the facts gives nothing at
// all, instead of the others: what the file declares is used whole or not.
func (p *Problem) actions(permutations [][]int) (list []Action) {
	if len(permutations) == 0 || len(permutations) > MaxActions {
		return nil
	}
	index := map[string]int{}
	for i, f := range p.Facts {
		index[exactKey(f)] = i
	}
	// Two facts are the same, so that it is not determined which is the image of a
	// third.
	if len(index) < len(p.Facts) {
		return nil
	}
	for _, g := range permutations {
		a := Action{Symbols: g, Facts: make([]int, len(p.Facts))}
		for i, f := range p.Facts {
			to, ok := index[exactKey(a.Row(f))]
			if !ok {
				return nil
			}
			a.Facts[i] = to
		}
		list = append(list, a)
	}
	return list
}

// Row is the image of a row. The label stays that of the row itself; Reduced gives
// images their own.
func (a Action) Row(r Row) Row {
	terms := make([]Term, len(r.Form))
	for i, t := range r.Form {
		image := One
		for _, k := range t.M.Symbols() {
			image = image.Times(Of(a.Symbols[k]))
		}
		terms[i] = Term{t.C, image}
	}
	r.Form = Collect(terms)
	return r
}

// exactKey is the same for rows with the same numbers. Relation and terms; not the
// label. The products are of whole symbols, of four bytes each, and numbers have no
// semicolon, so that keys of different rows differ.
func exactKey(r Row) string {
	var b strings.Builder
	b.WriteByte(byte('0' + r.Relation))
	for _, t := range r.Form {
		b.WriteString(string(t.M))
		b.WriteString(t.C.String())
		b.WriteByte(';')
	}
	return b.String()
}

// RowKey is the same for rows that say the same in other numbers. Two rows have the
// same key exactly if they are positive multiples of each other, or of equations any
// multiples.
func RowKey(r Row) string {
	r.Form = r.Form.Primitive()
	// The sign of an equation is free: its last coefficient is made positive.
	if n := len(r.Form); n > 0 && r.Relation == Equal && r.Form[n-1].C.Sign() < 0 {
		r.Form = r.Form.Scale(minusOne)
	}
	return exactKey(r)
}

// Orbit lists the images of a row under all products of actions, the row itself first.
// It goes breadth first through the orbit, and so By is a shortest product for each
// image. Images that say the same in other numbers count once. Its cost is the size of
// the orbit times the number of actions; a caller that does not know the orbit to be
// small must look first.
func Orbit(r Row, actions []Action) []Image {
	list, seen := []Image{{Row: r}}, map[string]bool{RowKey(r): true}
	for i := 0; i < len(list); i++ {
		for k, a := range actions {
			image := a.Row(list[i].Row)
			if key := RowKey(image); !seen[key] {
				seen[key] = true
				list = append(list, Image{Row: image, By: append(slices.Clone(list[i].By), k)})
			}
		}
	}
	return list
}

// Reduced is the same problem with one row of each orbit, of which it speaks as of all its images; numbers are those of its rows among the
// rows of p, and Images the other rows. It reports false if the image of a row is none of the rows.
//
// What the kernel takes such a problem to say is the rows and all their images, so that
// no image may be left out of p: a theorem about it would be a stronger one.
func (p *Problem) Reduced(actions []Action) (q *Problem, numbers []int, ok bool) {
	// Numbers from 1, so that 0 means none; the first of rows that say the same is the
	// one.
	at, seen := map[string]int{}, map[string]bool{}
	for i, r := range p.Rows {
		if k := RowKey(r); at[k] == 0 {
			at[k] = i + 1
		}
	}
	c := *p
	q = &c
	q.Actions, q.Rows = actions, nil
	for i, r := range p.Rows {
		// It was reached from a row before, or says the same as one.
		if seen[RowKey(r)] {
			continue
		}
		numbers = append(numbers, i)
		q.Rows = append(q.Rows, r)
		for n, image := range Orbit(r, actions) {
			key := RowKey(image.Row)
			// The rows are not closed under the symmetry.
			if at[key] == 0 {
				return nil, nil, false
			}
			// The row itself is no image of anything; each other row of the orbit is,
			// once.
			if seen[key] = true; n > 0 {
				image.Label, image.Of = p.Rows[at[key]-1].Label, len(q.Rows)-1
				q.Images = append(q.Images, image)
			}
		}
	}
	return q, numbers, true
}
