package report

import (
	"fmt"
	"math/bits"
	"slices"

	"pstar/theorems"
)

// heatMap is a picture of a grid: a table of coloured squares.
type heatMap struct {
	Title   string
	Columns []int
	Rows    []mapRow
	Legend  []legend
}

type mapRow struct {
	Number  int
	Squares []square
}

type square struct{ Class, Text, Hint, ID string }

type legend struct{ Class, Text, Meaning string }

// verdicts are the marks of verdicts, which tell them apart without colours.
var verdicts = []legend{
	{"verified-sq", "✓", theorems.Verified.String()},
	{"refuted-sq", "✗", theorems.Falsified.String()},
	{"undecided-sq", "?", theorems.Open.String()},
	{"missing-sq", "–", "missing, or not asked for"},
}

// quantity is a number of a task that a map shows.
type quantity struct {
	title string
	of    func(r *row) (n int64, known bool)
	short func(n int64) string
	full  func(n int64) string
}

var quantities = []quantity{
	{"Processor time, in seconds", func(r *row) (int64, bool) {
		if r.Run == nil {
			return 0, false
		}
		return r.Run.Processor, true
	}, func(ms int64) string {
		if ms < 10_000 {
			return fmt.Sprintf("%d.%02d", ms/1000, ms%1000/10)
		}
		return fmt.Sprint(ms / 1000)
	}, func(ms int64) string { return seconds(ms) + " s" }},
	{"Size of the certificate, in kB", func(r *row) (int64, bool) {
		if r.Certificate == nil {
			return 0, false
		}
		return r.Certificate.Bytes, true
	}, func(n int64) string {
		if n < 100_000 {
			return fmt.Sprintf("%d.%d", n/1000, n%1000/100)
		}
		return fmt.Sprint(n / 1000)
	}, func(n int64) string { return grouped(n) + " bytes" }},
}

// heatMaps are those of verdicts, times and sizes, if tasks stand in a grid.
func (p *page) heatMaps() (list []*heatMap) {
	cells := map[[2]int]*row{}
	var rows, columns []int
	for _, r := range p.Rows {
		if c := r.Cell; c != nil {
			cells[[2]int{c.Row, c.Column}] = r
			rows, columns = append(rows, c.Row), append(columns, c.Column)
		}
	}
	if len(cells) < 2 {
		return nil
	}
	draw := func(title string, at func(r *row) square) *heatMap {
		m := &heatMap{Title: title}
		for n := slices.Min(columns); n <= slices.Max(columns); n++ {
			m.Columns = append(m.Columns, n)
		}
		for k := slices.Min(rows); k <= slices.Max(rows); k++ {
			line := mapRow{Number: k}
			for _, n := range m.Columns {
				s := square{Class: "missing-sq", Text: "–", Hint: fmt.Sprintf("(%d, %d): not there", k, n)}
				if r := cells[[2]int{k, n}]; r != nil {
					s = at(r)
					s.ID = r.ID
				}
				line.Squares = append(line.Squares, s)
			}
			m.Rows = append(m.Rows, line)
		}
		return m
	}
	verdict := draw("Verdict", func(r *row) square {
		for _, v := range verdicts {
			if v.Meaning == r.Verdict {
				return square{Class: v.Class, Text: v.Text, Hint: r.Name() + ": " + r.Verdict}
			}
		}
		return square{Text: "·", Hint: r.Name() + ": " + r.Verdict}
	})
	verdict.Legend = verdicts
	list = append(list, verdict)
	for _, q := range quantities {
		if scale := p.scale(q); scale != nil {
			m := draw(q.title, func(r *row) square {
				n, known := q.of(r)
				if !known {
					return square{Text: "–", Hint: r.Name() + ": not measured"}
				}
				return square{Class: scale.class(n), Text: q.short(n), Hint: r.Name() + ": " + q.full(n)}
			})
			m.Legend = scale.legend(q)
			list = append(list, m)
		}
	}
	return list
}

// scale gives numbers one of seven colours, by their logarithms.
type scale struct{ all []int64 }

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

const shades = 7

// level is the colour of a number: of those from the least to the largest, as many binary
// digits each.
func (s *scale) level(n int64) int {
	digits := func(n int64) int { return bits.Len64(uint64(max(n, 1))) }
	least, most := digits(s.all[0]), digits(s.all[len(s.all)-1])
	if most == least {
		return 0
	}
	return (digits(n) - least) * (shades - 1) / (most - least)
}

func (s *scale) class(n int64) string { return fmt.Sprintf("h%d", s.level(n)) }

// legend says of each colour that occurs from which number to which it stands for.
func (s *scale) legend(q quantity) (list []legend) {
	for i := 0; i < len(s.all); {
		j := i
		for j+1 < len(s.all) && s.level(s.all[j+1]) == s.level(s.all[i]) {
			j++
		}
		meaning := q.full(s.all[i])
		if s.all[i] != s.all[j] {
			meaning += " to " + q.full(s.all[j])
		}
		list = append(list, legend{s.class(s.all[i]), "", meaning})
		i = j + 1
	}
	return list
}
