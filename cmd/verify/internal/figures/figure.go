package figures

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention/ration"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// Command is the command that draws figures.
func Command() run.Command {
	return run.Command{
		Name:    "figure",
		Usage:   "2 | guarantee | phi | knapsack | ration FILE.json | FILE.json",
		Summary: "recomputes a figure exactly, as SVG, PDF or CSV",
		Long: `Figure 2 of the multi-draft paper: the best acceptance probability beside those of SpecTr
and SpecInfer, for p uniform on three tokens and two families of q. -o NAME.svg draws both
panels, -o NAME.csv writes the exact values; without -o the CSV goes to standard output.
-o NAME.pdf draws through rsvg-convert, of Debian's package librsvg2-bin, where that is
installed. A drawing is as wide as the text of a paper, or as -width says, and its letters are
8 points high whatever the width.

Others are, with -o: ` + plotNames() + `.

FILE.json describes a family of your own with one parameter, here called t:

  {"title": "...", "parameter": "t", "axis": "what t is", "k": 2, "from": 0, "to": "2/3",
   "p": ["1/3", "1/3", "1/3"], "q": ["1/3", "t", "2/3 - t"],
   "curves": ["optimal", "spectr", "specinfer"]}

or several of them, {"panels": [{...}, {...}]}. Entries are numbers or sums such as
"1/4 + 1/2*t". Curves are "optimal", that is P*, and the names of schemes. If p does not
depend on t, optimal and specinfer are piecewise linear: their breakpoints are found exactly
and are rows of the CSV. Values of spectr are enclosed between two fractions; all others are
exact, and k is at most 4096. The optimum is that of K independent drafts from p: greedy and
specinfer-without-replacement, which draw otherwise, may lie above it.`,
		Run: runFigure,
	}
}

// panel is a family with the curves to draw.
type panel struct {
	family *study.Family
	names  []string // of the curves
}

// figureCurves are the curves of Figure 2.
// They are what a file gets that names none.
var figureCurves = []string{study.CurveOptimal, scheme.KSEQ, scheme.Recursive}

// runFigure reads the flags, computes the figure and writes it in the format that the name of the file asks for.
func runFigure(c *run.Call, args []string) error {
	f := c.Flags()
	output := f.String("o", "", "write the figure to `file`, as SVG (.svg), PDF (.pdf) or CSV (.csv)")
	points := f.Int("points", 120, "`number` of intervals into which the parameter's range is divided, besides breakpoints")
	width := f.String("width", "6.5in", "`width` of a drawing, such as 6.5in, 8.8cm or 240pt")
	rho := f.String("rho", "1", "`sum` of the probabilities, for guarantee and phi")
	asJSON := f.Bool("json", false, "print one JSON object about the file that -o writes")
	limits := f.Limits()
	talk := f.Talk()
	names, err := f.Parse(args)
	if err != nil {
		return err
	}
	// One figure at a time; that of rationing has a file.
	if len(names) == 0 || len(names) > 1 && names[0] != "ration" || len(names) > 2 {
		return run.UsageErrorf("which figure? 2, guarantee, phi, knapsack, ration FILE, or a file that describes a family")
	}
	// Before anything is computed: a mistyped width is no reason to wait.
	page, err := parseWidth(*width)
	if err != nil {
		return err
	}
	// Each point is an exact evaluation: a slip of the finger should not take hours.
	if *points < 1 || *points > 100000 {
		return run.UsageErrorf("-points %d: expected 1..100000", *points)
	}
	format, err := formatOf(c, f, *output)
	if err != nil {
		return err
	}
	ctx := limits.Context()
	defer talk.Clear()
	// Both forms of one computation: a drawing never has other numbers than the table.
	drawing, asCSV, err := writers(ctx, c, f, names, *points, *rho, talk)
	if err != nil {
		return err
	}
	// In points, which letters are measured in too.
	drawing.Width = page
	if err := write(ctx, c, drawing, asCSV, format, *output); err != nil || !*asJSON {
		return err
	}
	c.PrintReport(run.Solved, nil, figureJSON{names[0], len(drawing.Panels), []written{{strings.TrimPrefix(format, "."), *output}}})
	return nil
}

// figureJSON is what the object has besides its head.
type figureJSON struct {
	Figure  string    `json:"figure"` // as it was asked for
	Panels  int       `json:"panels"`
	Written []written `json:"written"`
}

// written is a file that was written.
type written struct {
	Format string `json:"format"`
	File   string `json:"file"`
}

// formatOf is the ending that says in which format a figure is written, and looks whether it can be.
func formatOf(c *run.Call, f *run.FlagSet, output string) (format string, err error) {
	// Without -o it is the table; a drawing on a terminal helps nobody.
	if run.ToStandardOutput(output) {
		// The table would stand in the object's place.
		if err := f.RefuseUnused("without -o FILE", "json"); err != nil {
			return "", err
		}
		return ".csv", f.RefuseUnused("with a table, which has none", "width")
	}
	// The ending chooses the format, in whatever case it is written.
	switch format = strings.ToLower(filepath.Ext(output)); format {
	case ".csv":
		if err := f.RefuseUnused("with a table, which has none", "width"); err != nil {
			return "", err
		}
	case ".svg":
	case ".pdf":
		// Said now, and what does without: the converter is no part of this program.
		if !canConvert() {
			return "", run.UsageErrorf("-o %s: PDF needs the command rsvg-convert, of the package librsvg2-bin; -o NAME.svg needs nothing", output)
		}
	default:
		return "", run.UsageErrorf("-o %s: expected a name that ends in .svg, .pdf or .csv", output)
	}
	return format, c.CheckWritable(output)
}

// write writes a figure, as a drawing or as its numbers.
func write(ctx context.Context, c *run.Call, drawing *chart.Figure, asCSV func(io.Writer) error, format, output string) error {
	switch format {
	case ".svg":
		return c.WriteFile(output, drawing.WriteSVG)
	case ".pdf":
		return c.WriteFile(output, func(w io.Writer) error { return writePDF(ctx, drawing, w) })
	}
	if run.ToStandardOutput(output) {
		return c.Print(asCSV)
	}
	return c.WriteFile(output, asCSV)
}

// writers computes a figure, and returns it with what lists its numbers.
func writers(ctx context.Context, c *run.Call, f *run.FlagSet, names []string, points int, rho string, talk *run.Talk) (drawing *chart.Figure, asCSV func(io.Writer) error, err error) {
	// The figures with a name of their own; anything else is Figure 2 or a file.
	// Names of the table are no files: those end in .json.
	for _, x := range plots {
		if x.name != names[0] {
			continue
		}
		// A figure with a name chooses its own points.
		if err := f.RefuseUnused("with "+x.name, "points"); err != nil {
			return nil, nil, err
		}
		o, err := options(c, f, x.flags == "rho", names, rho)
		if err != nil {
			return nil, nil, err
		}
		f, err := x.make(ctx, o)
		if err != nil {
			return nil, nil, err
		}
		p := newPlot(f, x.looks)
		return &p.Figure, p.writeCSV, nil
	}
	// What follows are families, whose only parameter is in their file.
	if err := f.RefuseUnused("with "+names[0], "rho"); err != nil {
		return nil, nil, err
	}
	panels, err := panels(c, names[0])
	if err != nil {
		return nil, nil, err
	}
	var sampled []*study.Samples
	for j, p := range panels {
		talk.Update("panel %d of %d", j+1, len(panels))
		// Panel after panel: the message says which is being computed.
		s, err := p.family.Sample(ctx, p.names, points)
		if err != nil {
			return nil, nil, instances.SchemeError(err)
		}
		talk.Say("panel %d: %d curves at %d points after %v", j+1, len(s.Curves), len(s.Points), talk.Elapsed())
		sampled = append(sampled, s)
	}
	return chartOf(sampled), func(w io.Writer) error { return writeFigureCSV(w, sampled) }, nil
}

// options reads what a figure of contention resolution needs.
func options(c *run.Call, f *run.FlagSet, takesRho bool, names []string, rho string) (o plotOptions, err error) {
	// A flag without effect is refused, not passed over.
	if !takesRho {
		// ρ is of contention resolution; families have a parameter of their own.
		if err := f.RefuseUnused("with "+names[0], "rho"); err != nil {
			return o, err
		}
	}
	if o.rho, err = run.Number("rho", rho); err != nil {
		return o, err
	}
	// Above 100 nothing of the curves is left to see: α_0 is nearly 1/ρ.
	if o.rho.Sign() <= 0 || o.rho.Cmp(rational.NewRat(100, 1)) > 0 {
		return o, run.UsageErrorf("-rho %s: expected a number above 0 and at most 100", rho)
	}
	// Only agents come from a file; a second name was refused before.
	if names[0] != "ration" {
		return o, nil
	}
	if len(names) != 2 {
		return o, run.UsageErrorf("figure ration: expected a file of agents")
	}
	// With the reader of the family: what "verify ration" accepts is accepted here, and
	// refused with the same words.
	o.agents, o.names, err = ration.ReadFile(&theorems.Run{Files: names[1:], Read: func(path string, read func(*bufio.Reader) error) error {
		return input.Read(c, path, read)
	}})
	// What is wrong with the file is the user's, and has its file and line already.
	if bad := (*theorems.InputError)(nil); errors.As(err, &bad) {
		err = run.UsageErrorf("%v", bad)
	}
	return o, err
}

// panels are those of Figure 2, or of a file. The error is bad input or usage.
func panels(c *run.Call, name string) ([]panel, error) {
	// The figure of the paper is two families of our own, computed as any.
	if name == "2" {
		return each.Of(study.Figure2(), func(family *study.Family) panel { return panel{family, figureCurves} }), nil
	}
	// A name that is no file is more likely a mistyped figure: the answer lists those there are.
	if !strings.EqualFold(filepath.Ext(name), ".json") && name != "-" {
		return nil, run.UsageErrorf("unknown figure %q, expected 2, guarantee, phi, knapsack, ration FILE or a file NAME.json", name)
	}
	var panels []panel
	err := input.Read(c, name, func(r *bufio.Reader) (err error) {
		panels, err = parseFigure(name, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	for j, p := range panels {
		// Both ends of every panel, before any curve is begun.
		if err := p.family.Validate(); err != nil {
			return nil, run.UsageErrorf("%s: panel %d: %v", name, j+1, err)
		}
	}
	return panels, nil
}

// writeFigureCSV writes the panels one after another: for each curve the exact value, or both
// ends where a curve is enclosed, and a decimal. Panels with the same columns share a header. The
// error is that of w.
func writeFigureCSV(w io.Writer, panels []*study.Samples) error {
	out := csv.NewWriter(w)
	var last []string
	for j, p := range panels {
		// Panels with parameters of different names cannot share a header.
		header := []string{"panel", p.Family.Parameter}
		for c, curve := range p.Curves {
			// A curve that is enclosed anywhere has both ends everywhere.
			if p.Exact(c) {
				header = append(header, curve.Name, curve.Name+"_decimal")
			} else {
				header = append(header, curve.Name+"_lower", curve.Name+"_upper", curve.Name+"_decimal")
			}
		}
		if header = append(header, "breakpoint_of"); !slices.Equal(header, last) {
			// Once for all panels that follow with the same columns.
			if err := out.Write(header); err != nil {
				return err
			}
			last = header
		}
		// The parameter as a fraction: a reader can compute the row again.
		for i, t := range p.Points {
			row := []string{strconv.Itoa(j + 1), t.String()}
			for c := range p.Curves {
				v := p.Values[c][i]
				row = append(row, v.Lo.String())
				// The decimal is that of the lower end: it is to look at, beside two exact ends.
				if !p.Exact(c) {
					row = append(row, v.Hi.String())
				}
				row = append(row, v.Lo.Decimal(show.Decimals))
			}
			// The last column is empty at points of the grid alone.
			if err := out.Write(append(row, strings.Join(p.Breaks(t), " "))); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
