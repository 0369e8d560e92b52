package figures

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// parseFigure reads one family, or several in "panels".
func parseFigure(name string, from io.Reader) ([]panel, error) {
	r := jsontext.New(name, 1, from)
	var several []panel // nil without "panels"
	panels := jsontext.ListOf(r, func(place string) (panel, error) {
		p := newFamilyReader(r, place+".")
		if _, err := r.Object(place, p.members()...); err != nil {
			return panel{}, err
		}
		// What is missing is told with the number of the panel, before the next is read.
		return p.finish()
	})
	// A file of one panel has its members at the top.
	single := newFamilyReader(r, "")
	given, err := r.Object("", append(single.members(), jsontext.Keep("panels", &several, panels))...)
	if err == nil {
		err = r.End()
	}
	switch {
	case err != nil:
		return nil, err
	// Nil is no list at all, and empty one that somebody wrote.
	case several != nil && len(several) == 0:
		return nil, r.Fail("panels", "expected at least one panel")
	// Members beside the panels would belong to none of them.
	case several != nil && len(given) > 1:
		return nil, r.Fail("", "\"panels\" stands alone")
	case several != nil:
		return several, nil
	}
	p, err := single.finish()
	return []panel{p}, err
}

// familyReader reads the members of a family. The lines are parsed in the end,
// when the name of the parameter is known.
type familyReader struct {
	r      *jsontext.Reader
	prefix string
	panel  panel
	p, q   []string
}

// newFamilyReader reads a family whose parameter, if the file does not say, is called t and goes from 0 to 1. The prefix names the
// panel in errors.
func newFamilyReader(r *jsontext.Reader, prefix string) *familyReader {
	return &familyReader{r: r, prefix: prefix, panel: panel{family: &study.Family{Parameter: "t", To: rational.NewRat(1, 1)}}}
}

// members are the members of a family.
func (f *familyReader) members() []jsontext.Member {
	family, r := f.panel.family, f.r
	return []jsontext.Member{
		jsontext.Keep("title", &family.Title, r.Text),
		jsontext.Keep("parameter", &family.Parameter, r.Text),
		jsontext.Keep("axis", &family.Axis, r.Text),
		jsontext.Keep("k", &family.K, r.Count("drafts")),
		jsontext.Keep("from", &family.From, r.Rat),
		jsontext.Keep("to", &family.To, r.Rat),
		jsontext.Keep("p", &f.p, r.Texts),
		jsontext.Keep("q", &f.q, r.Texts),
		jsontext.Keep("curves", &f.panel.names, r.Texts),
	}
}

// finish parses the entries and fills in what was not said.
func (f *familyReader) finish() (panel, error) {
	family := f.panel.family
	// What cannot be guessed; all else has a default.
	if len(f.p) == 0 || len(f.q) == 0 || family.K < 1 {
		return panel{}, f.r.Fail(strings.TrimSuffix(f.prefix, "."), "expected at least \"k\", \"p\" and \"q\"")
	}
	var err error
	// Only now, since "parameter" may stand behind the entries in the file.
	if family.P, err = f.lines("p", f.p); err != nil {
		return panel{}, err
	}
	if family.Q, err = f.lines("q", f.q); err != nil {
		return panel{}, err
	}
	// The curves of Figure 2, which all families have.
	if f.panel.names == nil {
		f.panel.names = figureCurves
	}
	// A list that somebody wrote and left empty: a drawing without curves.
	if len(f.panel.names) == 0 {
		return panel{}, f.r.Fail(f.prefix+"curves", "expected at least one curve")
	}
	for _, name := range f.panel.names {
		// P* is a curve, and no scheme.
		if name == study.CurveOptimal {
			continue
		}
		// Here, where the line of the file is known, and not when the curve is computed.
		if _, err := scheme.Lookup(name); err != nil {
			return panel{}, f.r.Fail(f.prefix+"curves", "%v, or %s for P*", err, study.CurveOptimal)
		}
	}
	// What it is of, as it was written.
	if family.Title == "" {
		family.Title = fmt.Sprintf("p = (%s), q = (%s)", strings.Join(f.p, ", "), strings.Join(f.q, ", "))
	}
	return f.panel, nil
}

// lines reads the entries of a law. The error names line and place.
func (f *familyReader) lines(key string, texts []string) ([]study.Line, error) {
	lines := make([]study.Line, len(texts))
	for i, text := range texts {
		line, err := parseLine(text, f.panel.family.Parameter)
		if err != nil {
			// The place is written as a path, such as panels[1].q[0].
			return nil, f.r.Fail(fmt.Sprintf("%s%s[%d]", f.prefix, key, i), "%v", err)
		}
		lines[i] = line
	}
	return lines, nil
}

// parseLine reads a sum of numbers and multiples of the parameter, such as
// "1/4 + 1/2*t" or "2/3 - t". The parameter may be called t in any case.
func parseLine(text, parameter string) (study.Line, error) {
	var line study.Line
	// Without the spaces around signs, which mean nothing, so that a term ends where a sign stands.
	left := regexp.MustCompile(` *([-+*]) *`).ReplaceAllString(strings.TrimSpace(text), "$1")
	// One round at least, so that an empty text is refused as a number.
	for first := true; first || left != ""; first = false {
		// The first term may have no sign, each later one must.
		sign := rational.NewRat(1, 1)
		if left != "" && (left[0] == '+' || left[0] == '-') {
			if left[0] == '-' {
				sign = sign.Neg()
			}
			left = left[1:]
			// Two terms without a sign between them.
		} else if !first {
			return line, fmt.Errorf("cannot read %q: expected + or - before %q", text, left)
		}
		term := left[:termEnd(left, parameter)]
		left = left[len(term):]
		// A term is a number, a number times the parameter, or the parameter.
		factor, times := cutParameter(term, parameter)
		value := rational.NewRat(1, 1)
		// The parameter alone has the factor 1.
		if factor != "" || !times {
			var err error
			if value, err = rational.ParseRat(factor); err != nil {
				return line, fmt.Errorf("%q is no sum of numbers and multiples of %s: %w", text, parameter, err)
			}
		}
		// Terms of one kind add up, in any order and number.
		if times {
			line.B = line.B.Add(sign.Mul(value))
		} else {
			line.A = line.A.Add(sign.Mul(value))
		}
	}
	return line, nil
}

// termEnd is the length of the first term: up to a sign that does not belong to
// an exponent.
func termEnd(s, parameter string) int {
	for i := 1; i < len(s); i++ {
		if s[i] != '+' && s[i] != '-' {
			continue
		}
		// 1e-3 and 0x1p-3 are single numbers. The first byte is never the end: its sign was taken
		// off.
		if !strings.ContainsRune("eEpP", rune(s[i-1])) || endsInName(s[:i], parameter) {
			return i
		}
	}
	return len(s)
}

// endsInName reports whether what stands before a sign is the parameter and no number, though its
// last letter could be that of an exponent: "rate - 1/3".
func endsInName(s, parameter string) bool {
	before, found := strings.CutSuffix(s, parameter)
	// A name of one letter, as in "2e-3", is the parameter only where no number can go on before it.
	return found && (len(parameter) > 1 || before == "" || strings.HasSuffix(before, "*"))
}

// cutParameter takes the parameter off the end of a term.
func cutParameter(term, parameter string) (factor string, times bool) {
	// Its own name first: a parameter may end in t.
	for _, name := range []string{parameter, "t"} {
		// A factor that ends in "*" alone, as "*t", has lost its number, and is refused as one.
		if rest, found := strings.CutSuffix(term, name); found && name != "" && rest != "*" {
			return strings.TrimSuffix(rest, "*"), true
		}
	}
	return term, false
}
