package prove

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
)

// title is that of the theorem, or its file if it has none.
// The base name: the folder is a matter of the machine, and certificates should not
// differ by it.
func title(s *statement.System) string {
	if s.Title == statement.Untitled {
		return filepath.Base(s.File)
	}
	return s.Title
}

// claimsOf are the results as claims of a report: their tag is the name of the theorem.
//
// A claim stands for itself: of a file with two theorems some may be proved and others
// refuted, and the verdict of the report is made of all.
func claimsOf(results []*decide.Result) (claims theorems.Claims) {
	for _, r := range results {
		s := r.System
		text := r.Text()
		// The same claim stands in each setting, and only this tells them apart.
		if s.Setting != "" {
			text += " (" + s.Setting + ")"
		}
		claims = append(claims, theorems.Claim{Tag: title(s), Status: r.Status, Statement: text, Scope: r.Note})
	}
	return claims
}

// writeText is all that a run on one file prints.
func (j *job) writeText(w io.Writer, results []*decide.Result, claims theorems.Claims) error {
	j.writeResults(w, j.path, results)
	// The error of a closed output comes with this last line, if not before.
	_, err := fmt.Fprintf(w, "verdict: %s\n", j.Painted(claims.Verdict().String()))
	return err
}

// writeResults writes the results of a file.
//
// Errors of w are for whoever prints.
func (j *job) writeResults(w io.Writer, path string, results []*decide.Result) {
	// Results come system by system, and a head is written where the system changes.
	var last *statement.System
	for _, r := range results {
		if r.System != last {
			head(w, path, r.System)
			last = r.System
		}
		// Steps by hand are read in the file; a result worth a line is that one of them fails.
		if r.Step != nil && r.Status == theorems.Proved && !j.all {
			continue // as the file says
		}
		j.claim(w, r)
	}
}

// head tells what is spoken of.
func head(w io.Writer, path string, s *statement.System) {
	parameters, assumptions := 0, 0
	// What is counted is the expanded system: of one line of the file there may be hundreds of rows.
	for _, y := range s.Symbols {
		if !y.Unknown {
			parameters++
		}
	}
	for _, f := range s.Facts {
		if f.Assumed {
			assumptions++
		}
	}
	// Quoted, as titles have spaces.
	what := fmt.Sprintf("%q", s.Title)
	if s.Title == statement.Untitled {
		what = "theorem"
	}
	if s.Setting != "" {
		what += ", " + s.Setting
	}
	fmt.Fprintf(w, "%s: %s\n", certificate.FileName(path), what)
	fmt.Fprintf(w, "  %s, %s; %s, %s\n", show.Count(parameters, "parameter", "parameters"), show.Count(assumptions, "assumption", "assumptions"),
		show.Count(len(s.Symbols)-parameters, "unknown", "unknowns"), show.Count(len(s.Facts)-assumptions, "row", "rows"))
	// A symmetry was checked, and is used: the reader should know that it was.
	for _, y := range s.Symmetries {
		fmt.Fprintf(w, "  permutations of %s fix the system\n", y.Set)
	}
}

// claim prints one result.
//
// Lines about one claim are indented below it.
func (j *job) claim(w io.Writer, r *decide.Result) {
	// Its word, to which a proof adds for whom it is.
	status := r.Status.String()
	// The word alone could be taken for this instance only.
	if r.Status == theorems.Proved {
		status += " for all parameters as assumed"
	}
	fmt.Fprintf(w, "  %s: %s\n", r.Text(), status)
	// What the status leaves out, such as why a claim is undecided.
	if r.Note != "" {
		fmt.Fprintf(w, "    %s\n", r.Note)
	}
	if x := r.Counterexample; x != nil {
		counterexample(w, r, x)
	}
	// A step has no closed form.
	// What follows is made by deciding a claim.
	if r.Step == nil {
		j.details(w, r, r.System.Claims[r.Claim])
	}
}

// details are the closed form of a claim, and what is said besides.
func (j *job) details(w io.Writer, r *decide.Result, c statement.Claim) {
	switch f := r.Form; {
	// Nothing was computed, or it would be about the empty set.
	case f == nil || r.Status == theorems.Vacuous:
	// The form is what was asked for.
	case r.Status == theorems.Found || j.all || j.regions:
		form(w, r)
	case r.Status != theorems.Proved || c.Kind != statement.Optimum:
	// Such conditions may be hundreds; the reader of a proved optimum has not asked for
	// them.
	case len(f.Conditions) > maxListed:
		fmt.Fprintf(w, "    where the program is feasible: if and only if %d rows hold, which -all lists\n", len(f.Conditions))
	default:
		conditions(w, r)
	}
	// That an assumption is not needed makes a stronger theorem: worth a line.
	for _, line := range r.Unused {
		fmt.Fprintf(w, "    the assumption of line %d is not used\n", line)
	}
	// The claim is true with these terms, and true without them.
	// Where the claim is a list of terms, shorter is better, and a reader may wish to
	// shorten it.
	for k, i := range r.Unneeded {
		if k == maxListed && !j.all {
			fmt.Fprintf(w, "    and %d more\n", len(r.Unneeded)-k)
			break
		}
		// By number in the claim, which is how it was decided.
		what, text := claimed(r.System, c, i)
		// A term that another one equals may be a slip of the pen.
		switch before, repeated := r.Repeated[i]; {
		case !repeated:
			fmt.Fprintf(w, "    the others imply the %s %s\n", what, text)
		default:
			if _, other := claimed(r.System, c, before); other != text {
				fmt.Fprintf(w, "    the %s %s says the same as %s\n", what, text, other)
			} else {
				fmt.Fprintf(w, "    the %s %s is there more than once\n", what, text)
			}
		}
	}
}

// claimed is a row or a term of a claim.
// Which of the two lists of a claim is filled goes by its kind; i counts within it.
func claimed(s *statement.System, c statement.Claim, i int) (what, text string) {
	if c.Kind == statement.Feasible {
		return "row", c.Rows[i].Label
	}
	return "term", c.Terms[i].Form.Text(s.Name)
}

// maxListed bounds a list of what is said besides.
//
// More than a few are no help to a reader who did not ask; the flag -all lists them.
const maxListed = 3

// counterexample tells where a claim fails.
//
// Numbers are exact and belong together: put into the file's rows they show the failure
// without this program.
func counterexample(w io.Writer, r *decide.Result, x *decide.Counterexample) {
	s := r.System
	fmt.Fprintf(w, "    %s:\n", x.Direction)
	// First the parameters, for which the claim fails, then a point of the program there.
	for _, unknown := range []bool{false, true} {
		// There is no point of a program to show.
		if unknown && !r.HasUnknowns() {
			continue
		}
		var list []string
		// Zeros are left out: counterexamples are sought with few numbers that are not 0.
		for k, v := range x.Point {
			if s.Symbols[k].Unknown == unknown && !v.IsZero() {
				list = append(list, s.Name(k)+" = "+v.String())
			}
		}
		what := map[bool]string{false: "parameters", true: "unknowns"}[unknown]
		switch {
		// "others 0" would be said of none.
		case len(list) > 0 && len(list) == count(s, unknown):
			fmt.Fprintf(w, "      %s: %s\n", what, strings.Join(list, ", "))
		case len(list) > 0:
			fmt.Fprintf(w, "      %s: %s; others 0\n", what, strings.Join(list, ", "))
		case count(s, unknown) > 0:
			fmt.Fprintf(w, "      %s: all 0\n", what)
		}
	}
	// Both values at the point, so that a reader can compute either.
	if x.Claimed != nil && x.True != nil {
		fmt.Fprintf(w, "      claimed %s, true %s\n", show.Exact(*x.Claimed), show.Exact(*x.True))
	} else if x.Claimed != nil {
		fmt.Fprintf(w, "      claimed %s, true: unbounded\n", show.Exact(*x.Claimed))
	}
	// Multipliers are what no point shows: that there is none, or none better.
	if len(x.Multipliers) > 0 {
		list := each.Of(x.Multipliers, func(m decide.Multiplier) string { return m.Factor.String() + " × " + m.Label })
		what := "this sum of rows is a contradiction"
		if x.True != nil {
			what = "multipliers of the rows show that it is not better"
		}
		fmt.Fprintf(w, "      %s: %s\n", what, strings.Join(list, ", "))
	}
}

// count is the number of parameters, or of unknowns.
// Both kinds are in one list of symbols, in the order of the file.
func count(s *statement.System, unknown bool) (n int) {
	for _, y := range s.Symbols {
		if y.Unknown == unknown {
			n++
		}
	}
	return n
}

// form prints a minimal closed form.
//
// Minimal means that no term and no condition can be left out; it does not say that there
// is no other form of the same length.
func form(w io.Writer, r *decide.Result) {
	s, f := r.System, r.Form
	// Claims of rows alone have no terms.
	if f.Optimum {
		name := s.Objective.Name
		// A maximum is the least of its bounds.
		word := map[bool]string{true: "min", false: "max"}[s.Objective.Maximize]
		switch {
		// No dual point at all.
		// Then every feasible program has a ray that improves, whatever the parameters.
		case len(f.Terms) == 0:
			fmt.Fprintf(w, "    %s is unbounded\n", name)
		default:
			end := ""
			// With strict rows the best value may be on the border that they leave out.
			if f.Supremum {
				end = ", perhaps not attained,"
			}
			fmt.Fprintf(w, "    %s%s = %s of\n", name, end, word)
			for k, t := range f.Terms {
				fmt.Fprintf(w, "      %s\n", t.Form.Text(s.Name))
				// By position: the region of a term is where no other one beats it. Regions
				// overlap where terms are equal.
				if f.Regions != nil {
					fmt.Fprintf(w, "        where %s\n", rowTexts(s, f.Regions[k]))
				}
			}
		}
	}
	// The value counts only where there is a point, so that conditions belong to every
	// form.
	conditions(w, r)
}

// conditions says when there is a feasible point.
// Without conditions the projection of the program is the whole set of parameters, as far
// as they are assumed.
func conditions(w io.Writer, r *decide.Result) {
	s, f := r.System, r.Form
	if len(f.Conditions) == 0 {
		fmt.Fprintf(w, "    feasible for all parameters as assumed\n")
		return
	}
	fmt.Fprintf(w, "    feasible if and only if\n")
	for _, c := range f.Conditions {
		fmt.Fprintf(w, "      %s\n", s.Text(c))
	}
}

// rowTexts lists rows in a line.
// Order is that of the projection, which does not depend on the run.
func rowTexts(s *statement.System, rows []statement.Row) string {
	list := each.Of(rows, s.Text)
	// A term without conditions counts wherever there is a point.
	if len(list) == 0 {
		return "feasible"
	}
	return strings.Join(list, ", ")
}

// figures are the members of the JSON object behind its head.
type figures struct {
	Results []object `json:"results"`
}

// An object is a result in JSON; texts are in the names of the file.
// Members that do not belong to a claim are absent. The order of terms and regions is
// one.
type object struct {
	Theorem    string   `json:"theorem"`
	Setting    string   `json:"setting,omitempty"`
	Claim      string   `json:"claim"`
	Status     string   `json:"status"`
	Note       string   `json:"note,omitempty"`
	Terms      []string `json:"terms,omitempty"`      // the minimal form of the optimum
	Conditions []string `json:"conditions,omitempty"` // and of a feasible point
	// Regions are the rows for each term to count, with -regions.
	Regions   [][]string `json:"regions,omitempty"`
	Unbounded bool       `json:"unbounded,omitempty"`
	Supremum  bool       `json:"supremum,omitempty"`
	Unused    []int      `json:"unused,omitempty"`   // lines of assumptions
	Unneeded  []string   `json:"unneeded,omitempty"` // claimed terms or rows that the others imply
	Fails     *fails     `json:"counterexample,omitempty"`
}

// fails is a counterexample.
type fails struct {
	Direction   string        `json:"direction"`
	Point       []show.Number `json:"point"` // what is not 0
	Claimed     string        `json:"claimed,omitempty"`
	True        string        `json:"true,omitempty"`
	Unbounded   bool          `json:"unbounded,omitempty"`
	Multipliers []show.Number `json:"multipliers,omitempty"`
}

// objects are the results in their order.
//
// A result has one object, whatever its status: what is undecided is listed, too.
func objects(results []*decide.Result) (list []object) {
	for _, r := range results {
		s := r.System
		o := object{Theorem: title(s), Setting: s.Setting, Claim: r.Text(), Status: r.Status.String(), Note: r.Note, Unused: r.Unused}
		if f := r.Form; f != nil {
			// No terms mean two things: an unbounded program, or one that was never asked about.
			o.Unbounded, o.Supremum = f.Optimum && len(f.Terms) == 0 && r.Status != theorems.Vacuous, f.Supremum
			for _, t := range f.Terms {
				o.Terms = append(o.Terms, t.Form.Text(s.Name))
			}
			for _, region := range f.Regions {
				// A region without rows is a list all the same, so that there are as many as terms.
				rows := each.Of(region, s.Text)
				o.Regions = append(o.Regions, rows)
			}
			for _, row := range f.Conditions {
				o.Conditions = append(o.Conditions, s.Text(row))
			}
		}
		for _, i := range r.Unneeded {
			_, text := claimed(s, s.Claims[r.Claim], i)
			o.Unneeded = append(o.Unneeded, text)
		}
		if x := r.Counterexample; x != nil {
			o.Fails = failing(r, x)
		}
		list = append(list, o)
	}
	return list
}

// failing is a counterexample with the names of the file.
// Zeros are left out here as in the text, and a reader takes what is absent for 0.
func failing(r *decide.Result, x *decide.Counterexample) *fails {
	s := r.System
	f := &fails{Direction: x.Direction, Unbounded: x.Unbounded, Claimed: plain(x.Claimed), True: plain(x.True), Point: []show.Number{}}
	// Unknowns only where a point of the program was looked for.
	for k, v := range x.Point {
		if !v.IsZero() && (!s.Symbols[k].Unknown || r.HasUnknowns()) {
			f.Point = append(f.Point, show.Number{Name: s.Name(k), Value: v.String()})
		}
	}
	for _, m := range x.Multipliers {
		f.Multipliers = append(f.Multipliers, show.Number{Name: m.Label, Value: m.Factor.String()})
	}
	return f
}

// plain is the fraction, "" for none.
func plain(x *rational.Rat) string {
	// No number: there is none, or it is infinite.
	if x == nil {
		return ""
	}
	return x.String()
}
