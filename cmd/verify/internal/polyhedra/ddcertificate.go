package polyhedra

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"pstar/cmd/verify/internal/project"
	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
	"pstar/internal/each"
	"pstar/projection"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/polyhedral"
	"pstar/witness"
)

// mostGenerated is the number of generators up to which a certificate that none is missing
// is tried. The checker takes 8 s for the 1 024 of a cube, near its limit.
const mostGenerated = 2048

// mostKept is the number of entries of vectors that the checker keeps, a limit of the format.
const mostKept = 5 << 20

// soundOnly is what is said of a certificate that does not show everything.
// The writer adds it to its note about what was passed over.
const soundOnly = "the certificate shows that the generators have the rows, not that none is missing"

// errRepresentatives is why a list by orbits has no other certificate: that none is missing is
// a theorem on all members of all orbits, which are not what is printed.
var errRepresentatives = errors.New("one of each orbit is listed")

// certify writes a certificate of the conversion if one was asked for: that rows and
// generators are of one polyhedron; or, if that is more than the format or the checker's
// limits allow, or representatives of orbits are written, that the generators have the rows, and then the theorem says so by its
// name, and the user is told. Of an empty polyhedron it is that no point has the rows.
//
// What is certified is the theorem, not the run: the checker knows nothing of double
// description. So it may show that none is missing where the run has not. With an error nothing is
// written under the name.
func (d *ddRun) certify(ctx context.Context, c *doubledesc.Conversion, in *ine.File, r *ddResult) error {
	if d.certificate == "" {
		return nil
	}
	claims, beyond := d.claims(ctx, c, in, r.orbits != nil)
	if len(claims) == 0 { // the row -1 >= 0 says the same
		return run.UsageErrorf("no certificate is written: there is none of a list without generators; the one of its rows, which no point has, says as much")
	}
	// The work is done when the writer asks for it: the second document is only made if the
	// first is beyond a limit of the format or of the checker.
	written, err := d.WriteCertificate(d.talk, d.certificate, each.Of(claims, func(settle settler) witness.Maker {
		return func() (witness.Document, error) {
			r, err := settle()
			if err != nil {
				return nil, err
			}
			return decide.Document([]*decide.Result{r}), nil
		}
	})...)
	if err != nil {
		// A list of millions of numbers is longer than a certificate may be.
		if beyond != nil && r.orbits == nil && run.ExitStatus(err) == run.ExitUsage {
			d.talk.Note("where there are symmetries, -symmetry without -all-rows lists one of each orbit, and certifies these")
		}
		return err
	}
	// A document before the one written did not fit, or would not have.
	switch beyond = cmp.Or(beyond, written.Passed); {
	case beyond != nil:
		d.talk.Note("%s: %v", soundOnly, beyond)
	case !r.complete:
		d.talk.Note("the certificate shows that none is missing")
	}
	// The rows that are certified are those without the bounds, and the checker knows no such flag.
	if d.formats.reversible != "" {
		d.talk.Note("certcheck -against compares it with the result; against the network it fails, as that does not say which reactions are reversible")
	}
	d.talk.Say("certificate checked and written after %v", d.talk.Elapsed())
	return nil
}

// settler proves a claim.
type settler func() (*decide.Result, error)

// claims are those that a certificate may be of, the strongest first, and why the strongest is not
// tried, if so. There is none of an empty list of generators that was read.
func (d *ddRun) claims(ctx context.Context, c *doubledesc.Conversion, in *ine.File, representatives bool) (list []settler, beyond error) {
	// The certificate does not care which was given: it is about both, in this order.
	rows, generators := c.In, c.Out
	if rows.Representation != cone.HRepresentation {
		rows, generators = generators, rows
	}
	switch {
	// Two claims: both inclusions, and the one that generators lie within the rows.
	case len(generators.Rows) > 0:
		names := d.namesOf(in)
		// Generating the cone again is the dear part of the check, and of finding the proof.
		if beyond = beyondChecker(rows, generators, rows == c.Out); representatives {
			beyond = errRepresentatives
		}
		if beyond == nil {
			list = append(list, func() (*decide.Result, error) { return decide.Claim(ctx, polyhedral.Hull(rows, generators, names), 0) })
		}
		// The weaker claim only says of each row that it holds for every combination, which
		// takes no list of all facets, and no search.
		list = append(list, func() (*decide.Result, error) {
			s, shares := polyhedral.Sound(rows, generators, names)
			return decide.Shown(s, 0, shares), nil
		})
	case rows == c.In:
		// Of the empty set there is nothing to generate. All variables are eliminated, and
		// what is left is multipliers of the rows that add up to -1 (Farkas).
		system := projection.System(rows)
		none := polyhedral.Projection(system, nil, every(len(system.Variables)))
		list = append(list, func() (*decide.Result, error) { return decide.Claim(ctx, none, 0) })
	}
	return list, beyond
}

// beyondChecker says why the checker would not find the cone of the generators again, or nil. Of rows that are all facets each
// comes to a vector, with an entry for each coordinate and generator, which the checker keeps.
func beyondChecker(rows, generators *cone.Polyhedron, facets bool) error {
	m, n := len(rows.Rows), len(generators.Rows)
	switch {
	case n > mostGenerated:
		return fmt.Errorf("%d generators are more than the checker generates the cone of", n)
	case facets && m*(generators.Columns+n) > mostKept:
		return fmt.Errorf("%d rows are more than the checker finds for %d generators", m, n)
	}
	return nil
}

// namesOf are the names of the coordinates: those of the line "names" if it has one for
// each, else x1, x2 and so on.
func (d *ddRun) namesOf(in *ine.File) []string {
	for _, o := range in.Options {
		// A list of another length, or with words that are no names, is passed over, since
		// names are no part of the claim; the note about options has said so.
		if o.Word == "names" && project.CheckNames(o.Args, in.Columns-1) == nil {
			return o.Args
		}
	}
	// As other commands call the columns.
	return each.To(in.Columns-1, func(j int) string { return fmt.Sprintf("x%d", j+1) })
}

// every lists 0 to n-1.
// It is the list of all variables, to eliminate.
func every(n int) []int {
	return each.To(n, func(i int) int { return i })
}
