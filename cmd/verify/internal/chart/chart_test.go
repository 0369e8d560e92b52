package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
)

func sampleFigure() *Figure {
	var curve, upper []Point
	for i := 0; i <= 50; i++ {
		x := float64(i) / 50 * 2
		curve = append(curve, Point{x, math.Exp(-x)})
		upper = append(upper, Point{x, math.Exp(-x) + 0.1})
	}
	return &Figure{Title: "A figure of two panels", Panels: []Panel{
		{Title: "left", XLabel: "x", YLabel: "e^(−x) & more", XRange: Range{0, 2}, YRange: Range{0, 1.2}, Series: []Series{
			{Name: "line", Points: curve, Style: Style{Thick: true}},
			{Name: "level 1/2 < 1", Points: []Point{{0, 0.5}, {2, 0.5}}, Style: Style{Kind: Dashed, Colour: 2}},
		}},
		{Title: "right", XLabel: "x", YLabel: "y", Series: []Series{
			{Name: "dotted", Points: upper, Style: Style{Kind: Dotted, Colour: 3}},
			{Name: "dash-dot", Points: curve, Style: Style{Kind: DashDot, Colour: 4}},
			{Name: "marks", Points: upper[:10], Style: Style{Kind: Marks, Colour: 5}},
		}},
	}}
}

func render(t *testing.T, f *Figure) string {
	t.Helper()
	var b strings.Builder
	if err := f.WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteSVGIsWellFormedAndDeterministic(t *testing.T) {
	text := render(t, sampleFigure())
	if again := render(t, sampleFigure()); again != text {
		t.Error("two renderings differ")
	}
	decoder := xml.NewDecoder(strings.NewReader(text))
	shapes := map[string]int{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			shapes[start.Name.Local]++
		}
	}
	// Two lines and two dashed ones, ten marks and one in the legend.
	if shapes["polyline"] != 4 || shapes["circle"] != 11 {
		t.Errorf("shapes drawn: %v", shapes)
	}
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Error("a coordinate is not a number")
	}
}

func TestTicks(t *testing.T) {
	cases := []struct {
		r    Range
		want string
	}{
		{Range{0, 1}, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{Range{-1, 1}, "−1.0 −0.5 0.0 0.5 1.0"},
		{Range{0, 101}, "0 20 40 60 80 100"},
		{Range{0.5, 0.75}, "0.50 0.55 0.60 0.65 0.70 0.75"},
	}
	for _, c := range cases {
		var labels []string
		for _, mark := range ticks(c.r, 8) {
			labels = append(labels, mark.label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("ticks of %v: %s, want %s", c.r, got, c.want)
		}
	}
}

// Between whole numbers nothing is marked, where there are two of them.
func TestWholeTicks(t *testing.T) {
	for _, c := range []struct {
		r    Range
		want string
	}{
		{Range{2, 3}, "2 3"},
		{Range{2, 4}, "2 3 4"},
		{Range{0.5, 1.5}, "1"},
		{Range{0.5, 8.5}, "1 2 3 4 5 6 7 8"},
		{Range{0, 101}, "0 10 20 30 40 50 60 70 80 90 100"},
	} {
		var labels []string
		for _, mark := range whole(c.r) {
			labels = append(labels, mark.label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("whole ticks of %v: %s, want %s", c.r, got, c.want)
		}
	}
}

// Small numbers are powers of ten, or in units of one: labels of more than some letters would run into the axis beside. Of many
// decades some are marked.
func TestSmallNumbers(t *testing.T) {
	write := func(marks []tick) string {
		var labels []string
		for _, mark := range marks {
			labels = append(labels, mark.label)
		}
		return strings.Join(labels, " ")
	}
	for _, c := range []struct {
		r    Range
		want string
	}{
		{Range{0.001, 2}, "0.001 0.01 0.1 1"},
		{Range{0.5, 3}, "0.5 1 2"},
		{Range{1e-7, 2}, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰"},
		{Range{1e-19, 1.5}, "10⁻¹⁸ 10⁻¹⁵ 10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 10⁰"},
		{Range{4e-7, 3e-6}, "5·10⁻⁷ 10⁻⁶ 2·10⁻⁶"},
		{Range{1, 2e6}, "10⁰ 10¹ 10² 10³ 10⁴ 10⁵ 10⁶"},
	} {
		if got := write(decades(c.r)); got != c.want {
			t.Errorf("decades of %v: %s, want %s", c.r, got, c.want)
		}
	}
	for _, c := range []struct {
		r          Range
		want, unit string
	}{
		{Range{0, 0.8}, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8", ""},
		{Range{0, 0.001}, "0.0000 0.0002 0.0004 0.0006 0.0008 0.0010", ""},
		{Range{0, 1.3e-15}, "0.0 0.2 0.4 0.6 0.8 1.0 1.2", ", in 10⁻¹⁵"},
		{Range{-4e-5, 2e-5}, "−4 −3 −2 −1 0 1 2", ", in 10⁻⁵"},
	} {
		marks, unit := scaled(c.r, 8)
		if got := write(marks); got != c.want || unit != c.unit {
			t.Errorf("ticks of %v: %s%s, want %s%s", c.r, got, unit, c.want, c.unit)
		}
		if last := marks[len(marks)-1].value; last > c.r.Max*(1+1e-9) || last < c.r.Max/2 {
			t.Errorf("the last tick of %v is at %g", c.r, last)
		}
	}
}

// Labels of the horizontal axis do not run into one another, and long titles are set
// in smaller letters.
func TestTextFits(t *testing.T) {
	for _, c := range []struct {
		r    Range
		want int
	}{{Range{0, 0.8}, 9}, {Range{0.33333, 0.33341}, 4}, {Range{1e6, 1e6 + 1e-4}, 2}} {
		if marks := apart(c.r, 189); len(marks) != c.want {
			t.Errorf("%v has %d ticks, want %d: %v", c.r, len(marks), c.want, marks)
		}
	}
	text := render(t, &Figure{Panels: []Panel{{Title: strings.Repeat("long ", 40), XLabel: "x", YLabel: "y",
		Series: []Series{{Points: []Point{{0, 0}, {1, 1}}}}}}})
	if !strings.Contains(text, `font-size="3.8">long long`) || !strings.Contains(text, `font-size="8">x<`) {
		t.Errorf("the title is not set smaller:\n%s", text)
	}
}

// Two panels stand side by side where there is room, and one above the other in a column of text.
func TestColumns(t *testing.T) {
	wide, narrow := sampleFigure(), sampleFigure()
	narrow.Width = 240
	for _, c := range []struct {
		text string
		same bool
	}{{render(t, wide), false}, {render(t, narrow), true}} {
		var left []string
		for _, part := range strings.Split(c.text, "<clipPath")[1:] {
			_, x, _ := strings.Cut(part, `<rect x="`)
			x, _, _ = strings.Cut(x, `"`)
			left = append(left, x)
		}
		if len(left) != 2 || (left[0] == left[1]) != c.same {
			t.Errorf("the panels begin at %v", left)
		}
	}
}

func TestRangeOfPoints(t *testing.T) {
	p := Panel{Series: []Series{{Points: []Point{{1, 5}, {3, 5}}}}}
	x, y := p.ranges()
	if (x != Range{1, 3}) || (y != Range{4, 6}) {
		t.Errorf("ranges %v and %v, want 1..3 and 4..6", x, y)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteSVGReportsTheWriter(t *testing.T) {
	if err := sampleFigure().WriteSVG(failing{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v, want %v", err, os.ErrClosed)
	}
}
