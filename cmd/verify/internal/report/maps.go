package report

import (
	"fmt"
	"math/bits"
	"slices"

	"pstar/theorems"
)

// heatMap is a picture of a grid: a table of coloured squares. As a table it needs no script,
// prints, and can be read aloud.
type heatMap struct {
	Title   string
	Columns []int // n, each from the least to the largest
	Rows    []mapRow
	Legend  []legend
}

// mapRow is a row of a map: the squares of one K, one for each column.
type mapRow struct {
	Number  int
	Squares []square
}

// square is a cell of a grid: its colour as a class of the style, a few letters in it, what
// is said of it under the pointer, and the row of the table of tasks to which it leads, "" if
// there is none.
type square struct{ Class, Text, Hint, ID string }

// legend is a colour with what it stands for.
type legend struct{ Class, Text, Meaning string }

// verdicts are the marks of verdicts, which tell them apart without colours: for who does not
// see them, and for printers that have none.
func verdicts() []legend {
	return []legend{
		{"verified-sq", "✓", theorems.Verified.String()},
		{"refuted-sq", "✗", theorems.Falsified.String()},
		{"undecided-sq", "?", theorems.Open.String()},
		{"missing-sq", "–", "missing, or not asked for"},
	}
}

// quantity is a number of a task that a map shows: a whole number, of milliseconds or of bytes.
type quantity struct {
	title string
	of    func(r *row) (n int64, known bool)
	short func(n int64) string // of four letters, which fit a square
	full  func(n int64) string // exactly, with its unit
}

// quantities are those that a page shows if they are known. Processor time stands for the
// work: time by the clock is that of other work on the machine, too.
var quantities = []quantity{
	{"Processor time, in seconds", func(r *row) (int64, bool) {
		if r.Run == nil {
			return 0, false
		}
		return r.Run.Processor, true
	}, func(ms int64) string {
		// Rounded, as the letters of the squares say nothing of what is cut off.
		if hundredths := (ms + 5) / 10; hundredths < 1000 {
			return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
		}
		return fmt.Sprint((ms + 500) / 1000)
	}, func(ms int64) string { return seconds(ms) + " s" }},
	{"Size of the certificate, in kB", func(r *row) (int64, bool) {
		if r.Certificate == nil {
			return 0, false
		}
		return r.Certificate.Bytes, true
	}, func(n int64) string {
		if tenths := (n + 50) / 100; tenths < 1000 {
			return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
		}
		return fmt.Sprint((n + 500) / 1000)
	}, func(n int64) string { return grouped(n) + " bytes" }},
}

// grid has the tasks that stand in a grid, by row and column, and the numbers of both.
type grid struct {
	cells         map[[2]int]*row
	rows, columns []int // with repetitions
}

// grid places the tasks. Cells of files count like those of folders; of two with the same place
// the later one is shown, and both are in the table of tasks.
func (p *page) grid() grid {
	g := grid{cells: map[[2]int]*row{}}
	for _, r := range p.Rows {
		if c := r.Cell; c != nil {
			g.cells[[2]int{c.Row, c.Column}] = r
			g.rows, g.columns = append(g.rows, c.Row), append(g.columns, c.Column)
		}
	}
	return g
}

// draw makes a map of squares that at makes of tasks. It has a square for each number between
// the least and the largest, so that what nobody has asked for is seen as a gap. Numbers are
// small: a grid of K and n has hundreds of squares, not millions.
func (g grid) draw(title string, at func(r *row) square) *heatMap {
	m := &heatMap{Title: title}
	// Without a gap for what no task has, columns would not be to scale.
	for n := slices.Min(g.columns); n <= slices.Max(g.columns); n++ {
		m.Columns = append(m.Columns, n)
	}
	for k := slices.Min(g.rows); k <= slices.Max(g.rows); k++ {
		line := mapRow{Number: k}
		for _, n := range m.Columns {
			// Missing and not asked for look the same: a rectangle has corners that a run
			// need not have, and the list of what is missing is above.
			s := square{Class: "missing-sq", Text: "–", Hint: fmt.Sprintf("(%d, %d): not there", k, n)}
			if r := g.cells[[2]int{k, n}]; r != nil {
				s = at(r)
				s.ID = r.ID
			}
			line.Squares = append(line.Squares, s)
		}
		m.Rows = append(m.Rows, line)
	}
	return m
}

// verdictSquare is a task by its verdict. Runs that decide no statement have other words, which
// the legend does not list.
func verdictSquare(r *row) square {
	hint := r.Name() + ": " + r.Verdict
	for _, v := range verdicts() {
		if v.Meaning == r.Verdict {
			return square{Class: v.Class, Text: v.Text, Hint: hint}
		}
	}
	return square{Text: "·", Hint: hint}
}

// heatMaps are those of verdicts, times and sizes, if tasks stand in a grid.
func (p *page) heatMaps() (list []*heatMap) {
	g := p.grid()
	// One square says less than the table of tasks.
	if len(g.cells) < 2 {
		return nil
	}
	verdict := g.draw("Verdict", verdictSquare)
	verdict.Legend = verdicts()
	list = append(list, verdict)
	for _, q := range quantities {
		// A quantity that no task has, such as a size without certificates, has no map.
		scale := p.scale(q)
		if scale == nil {
			continue
		}
		m := g.draw(q.title, func(r *row) square {
			n, known := q.of(r)
			if !known {
				return square{Text: "–", Hint: r.Name() + ": not measured"}
			}
			return square{Class: scale.class(n), Text: q.short(n), Hint: r.Name() + ": " + q.full(n)}
		})
		m.Legend = scale.legend(q)
		list = append(list, m)
	}
	return list
}

// scale gives numbers one of seven colours, by their logarithms: times and sizes of a grid
// differ by factors of thousands, and on a plain scale all but the last row would be white.
type scale struct{ all []int64 } // ascending

// scale is that of a quantity over all tasks of the grid; nil if none has it.
func (p *page) scale(q quantity) *scale {
	s := &scale{}
	for _, r := range p.Rows {
		if n, known := q.of(r); known && r.Cell != nil {
			s.all = append(s.all, n)
		}
	}
	if len(s.all) == 0 {
		return nil
	}
	slices.Sort(s.all)
	return s
}

// shades is the number of colours h0, h1, ... of the style.
const shades = 7

// level is the colour of a number, from 0: of those from the least to the largest, as many
// binary digits each. Zero counts as one.
func (s *scale) level(n int64) int {
	digits := func(n int64) int { return bits.Len64(uint64(max(n, 1))) }
	least, most := digits(s.all[0]), digits(s.all[len(s.all)-1])
	// Alike but for a factor below two: one colour, and nothing to divide by.
	if most == least {
		return 0
	}
	return (digits(n) - least) * (shades - 1) / (most - least)
}

// class is the colour as a class of the style.
func (s *scale) class(n int64) string { return fmt.Sprintf("h%d", s.level(n)) }

// legend says of each colour that occurs from which number to which it stands for.
func (s *scale) legend(q quantity) (list []legend) {
	// Numbers of one colour follow each other, from i to j: they are sorted.
	for i := 0; i < len(s.all); {
		j := i
		for j+1 < len(s.all) && s.level(s.all[j+1]) == s.level(s.all[i]) {
			j++
		}
		// From the least to the largest number that has the colour, not to where it ends.
		meaning := q.full(s.all[i])
		if s.all[i] != s.all[j] {
			meaning += " to " + q.full(s.all[j])
		}
		list = append(list, legend{s.class(s.all[i]), "", meaning})
		i = j + 1
	}
	return list
}
