package program

import (
	"bufio"
	"fmt"
	"strings"

	"pstar/lp"
	"pstar/rational"
)

// ExactText spells numbers for the writers. A number with a finite decimal expansion of
// at most maxDecimals digits is written as a decimal, which every tool reads, any other
// as a fraction a/b, which few do: QSopt_ex and our readers.
//
// What it returns reads back as x, by our readers, always.
func ExactText(x rational.Rat) string {
	// An integer is a decimal already.
	if x.IsInt() {
		return x.String()
	}
	// Longer denominators have longer expansions, if any.
	if x.Den().BitLen() <= maxDenominatorBits {
		for digits := 1; digits <= maxDecimals; digits++ {
			// The shortest one that is exact.
			if x.IsDecimal(digits) {
				return x.Decimal(digits)
			}
		}
	}
	return x.String()
}

const (
	// A longer expansion is written as a fraction, which is shorter then.
	maxDecimals        = 18
	maxDenominatorBits = 60 // those of 10^18
)

// Writable returns an error for what neither format can express: a malformed problem, and a bound
// so large that readers take it for infinity.
//
// What passes is written, and read back as the same problem.
func Writable(p *lp.Problem) error {
	if err := p.Validate(); err != nil {
		return err
	}
	// What a reader would drop must not be written, for the file would be another problem.
	// Names in the error are those of the problem, with numbers for those without.
	check := func(name string, lower, upper lp.Bound, infinite rational.Rat, size string) error {
		if low, high := beyond(lower, upper, infinite); low || high {
			return fmt.Errorf("%s has a bound of %s or more, which readers take for infinity", name, size)
		}
		return nil
	}
	for i, r := range p.Rows {
		if err := check(p.RowName(i), r.Lower, r.Upper, infiniteSide(), "1e30"); err != nil {
			return err
		}
	}
	for j, v := range p.Variables {
		if err := check(p.VariableName(j), v.Lower, v.Upper, infiniteBound(), "1e20"); err != nil {
			return err
		}
	}
	return nil
}

// ObjectiveName returns a name for the objective that no row of p has.
//
// The objective is a row of its own in the formats, and so must not have the name of
// another.
func ObjectiveName(p *lp.Problem) string {
	rows := make(map[string]bool, len(p.Rows))
	for _, r := range p.Rows {
		rows[r.Name] = true
	}
	name := "obj"
	for k := 1; rows[name]; k++ {
		name = fmt.Sprintf("obj_%d", k)
	}
	return name
}

// Failed reports whether a write has failed, after which nothing needs to be written.
//
// It is asked in loops over a large program: a full disk should end them.
func Failed(w *bufio.Writer) bool {
	// Of nothing: the writer returns the error that it keeps.
	_, err := w.Write(nil)
	return err != nil
}

// Names returns the names that a file of a format has for the objective, the rows and the
// variables of p, where legal says what is a name in that format.
func Names(p *lp.Problem, legal func(string) bool) (objective string, rows, columns []string) {
	objective = ObjectiveName(p)
	rows = FileNames(len(p.Rows), "r", func(i int) string { return p.Rows[i].Name }, legal, objective)
	columns = FileNames(len(p.Variables), "x", func(j int) string { return p.Variables[j].Name }, legal)
	return objective, rows, columns
}

// Renamed says in at most two remarks, of rows and of variables, which names of p are others in a
// file of the format, as Names has them. What has no name in p is not renamed. It panics for a nil problem.
func Renamed(p *lp.Problem, legal func(string) bool) (remarks []string) {
	if p == nil {
		panic("program: the problem is nil")
	}
	_, rows, columns := Names(p, legal)
	remarks = renamed(remarks, "rows", rows, func(i int) string { return p.Rows[i].Name })
	return renamed(remarks, "variables", columns, func(j int) string { return p.Variables[j].Name })
}

// renamed appends the remark on names of one kind, if there is something to remark.
func renamed(remarks []string, kind string, names []string, own func(int) string) []string {
	count, first := 0, 0
	for i, name := range names {
		if s := own(i); s != "" && s != name {
			if count == 0 {
				first = i
			}
			count++
		}
	}
	if count == 0 {
		return remarks
	}
	return append(remarks, fmt.Sprintf("%d of the names of %s are not names of the format, or not distinct: %q is written as %s",
		count, kind, own(first), names[first]))
}

// FileNames returns one distinct legal name for each of n things: their own wherever it
// is legal and new, otherwise something as near to it as can be.
//
// It takes own names twice: legal ones keep their place whatever comes before them. Names
// do not depend on anything but n, own and taken, so that the same problem gives the same
// bytes.
func FileNames(n int, prefix string, own func(int) string, legal func(string) bool, taken ...string) []string {
	names := make([]string, n)
	used := make(map[string]bool, n)
	for _, t := range taken {
		used[t] = true
	}
	for i := range n {
		if s := own(i); legal(s) && !used[s] {
			names[i] = s
			used[s] = true
		}
	}
	for i := range n {
		if names[i] != "" {
			continue
		}
		names[i] = freshName(own(i), fmt.Sprintf("%s%d", prefix, i+1), legal, used)
		used[names[i]] = true
	}
	return names
}

// freshName derives a legal and unused name from s, or from fallback if that cannot be.
func freshName(s, fallback string, legal func(string) bool, used map[string]bool) string {
	// What is not visible ASCII would end a name or be another letter to another tool.
	base := strings.Map(func(c rune) rune {
		if c <= ' ' || c > '~' {
			return '_'
		}
		return c
	}, s)
	// Room for a number that makes it distinct.
	if len(base) > MaxName-12 {
		base = base[:MaxName-12]
	}
	// A keyword, or a first letter that may not be one, is not mended by other letters.
	if !legal(base) {
		base = fallback
	}
	// It ends: there are more candidates than names in use.
	for k := 1; ; k++ {
		candidate := base
		if k > 1 {
			candidate = fmt.Sprintf("%s_%d", base, k)
		}
		if !used[candidate] {
			return candidate
		}
	}
}

// PrintableASCII reports whether s is made of visible ASCII characters, and not too long.
func PrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != "" && len(s) <= MaxName
}

// FreeName reports whether s can be a name in free MPS and in VIPR. An asterisk would
// begin a comment, a dollar sign does in some dialects.
func FreeName(s string) bool {
	return PrintableASCII(s) && s[0] != '*' && s[0] != '$' && s != "'MARKER'"
}
