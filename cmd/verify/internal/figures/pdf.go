package figures

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/run"
	"pstar/rational"
)

// converter makes PDF of SVG.
// It is no part of this module: only PDF needs it.
const converter = "rsvg-convert"

// canConvert reports whether the converter is installed.
func canConvert() bool {
	_, err := exec.LookPath(converter)
	return err == nil
}

// writePDF writes a figure as PDF, with a date that does not change.
func writePDF(ctx context.Context, f *chart.Figure, w io.Writer) error {
	var svg, pdf, complaint bytes.Buffer
	if err := f.WriteSVG(&svg); err != nil {
		return err
	}
	c := exec.CommandContext(ctx, converter, "--format=pdf")
	// The converter writes this date into the file: else the bytes would differ from run to run.
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=0")
	// Through memory: no file of ours is left if it fails.
	c.Stdin, c.Stdout, c.Stderr = &svg, &pdf, &complaint
	if err := c.Run(); err != nil {
		// The converter was killed by the limit: its complaint would be beside the point.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return fmt.Errorf("%s: %v: %s", converter, err, strings.TrimSpace(complaint.String()))
	}
	_, err := w.Write(pdf.Bytes())
	return err
}

// units are those of a width, in points.
// A point is the 72nd part of an inch, as in PostScript and PDF, not that of TeX.
var units = []struct {
	name     string
	num, den int64
}{{"pt", 1, 1}, {"in", 72, 1}, {"cm", 7200, 254}, {"mm", 720, 254}}

// parseWidth reads a width, in points.
func parseWidth(text string) (float64, error) {
	for _, u := range units {
		// The unit stands behind the number, as in TeX.
		number, found := strings.CutSuffix(text, u.name)
		if !found {
			continue
		}
		v, err := rational.ParseRat(number)
		if err != nil {
			// A unit that fits and no number before it: told as any other text that is no
			// width.
			break
		}
		v = v.Mul(rational.NewRat(u.num, u.den))
		// Narrower, margins leave no plot; wider, it is no page, and most likely another unit was
		// meant.
		if v.Cmp(rational.NewRat(120, 1)) < 0 || v.Cmp(rational.NewRat(4000, 1)) > 0 {
			return 0, run.UsageErrorf("-width %s: expected from 120pt to 4000pt", text)
		}
		return v.Float64(), nil
	}
	return 0, run.UsageErrorf("-width %s: expected a number with pt, in, cm or mm, such as 6.5in", text)
}
