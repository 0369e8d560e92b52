package ine

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"

	"pstar/cone"
	"pstar/rational"
)

// Write writes f so that cddlib, lrs and [Read] read it back as the same
// polyhedron: the title, the representation, the linearity, strict rows (which
// cddlib and lrs read as closed, and only [ReadStrict] reads here), the rows with the
// number type integer or rational, and the options. Equal files give equal
// bytes.
func (f *File) Write(w io.Writer) error {
	// Errors of w are kept by the buffer, and told by Flush.
	b := bufio.NewWriterSize(w, 1<<16)
	if f.Name != "" {
		b.WriteString(title(f.Name) + "\n")
	}
	b.WriteString(f.Representation.String() + "\n")
	f.writeList(b, "linearity", func(r cone.Row) bool { return r.Linear })
	f.writeList(b, "strict_inequality", func(r cone.Row) bool { return r.Strict })
	// The number of rows is known, and so is the type, since all rows are there.
	b.WriteString("begin\n " + strconv.Itoa(len(f.Rows)) + " " + strconv.Itoa(f.Columns) + " " + string(f.numbers()) + "\n")
	for _, r := range f.Rows {
		if err := writeRow(b, r, f.Columns); err != nil {
			return err
		}
	}
	b.WriteString("end\n")
	for _, o := range f.Options {
		b.WriteString(strings.Join(append([]string{o.Word}, o.Args...), " ") + "\n")
	}
	return b.Flush()
}

// title keeps a title to one line that this reader takes for a title, and in
// which no other, which may look at every word, finds an option.
func title(name string) string {
	// The first line only: a title has no second.
	line, _, _ := strings.Cut(strings.TrimSpace(name), "\n")
	line = strings.Map(func(c rune) rune { // what a terminal would obey is no part of a title
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, line)
	words := strings.Fields(line)
	for i, word := range words {
		for _, active := range []string{"begin", "linearity", "equality", "partial_enum", "nonnegative", "digits"} {
			if strings.HasPrefix(word, active) {
				words[i] = "'" + word
				line = strings.Join(words, " ")
			}
		}
	}
	// The reader itself tells whether it takes the line for a title.
	probe, err := Read(strings.NewReader(line+"\nH-representation\nbegin 0 1 integer end"), "")
	if err == nil && probe.Name == line {
		return line
	}
	return "title: " + line
}

// writeList writes the numbers of the rows that belong, if there are any.
//
// Numbers count from 1. No line stands for no rows.
func (f *File) writeList(b *bufio.Writer, word string, belongs func(cone.Row) bool) {
	// By their numbers from 1, in ascending order.
	var rows []int
	for i, r := range f.Rows {
		if belongs(r) {
			rows = append(rows, i+1)
		}
	}
	if len(rows) == 0 {
		return
	}
	b.WriteString(word + " " + strconv.Itoa(len(rows)))
	for _, i := range rows {
		b.WriteString(" " + strconv.Itoa(i))
	}
	b.WriteByte('\n')
}

// numbers returns integer if all rows are integers, else rational.
//
// A file of integers says so, whatever type it was read with.
func (f *File) numbers() NumberType {
	// A denominator that divides all entries is none.
	for _, r := range f.Rows {
		if scale := r.Denominator(); !scale.IsOne() && !divides(scale, r.Vector) {
			return Rational
		}
	}
	return Integer
}

// writeRow writes all numbers of a row, zeros too, each as an integer or a fraction in
// lowest terms.
func writeRow(b *bufio.Writer, r cone.Row, columns int) error {
	scale := r.Denominator()
	text := b.AvailableBuffer() // numbers are appended in the room of the writer: no string for each
	// The place in the vector, which has only what is not zero.
	next := 0
	for i := range columns {
		text = append(text, ' ')
		// Vectors hold what is not zero, in ascending order.
		if next == len(r.Vector) || r.Vector[next].Index != i {
			text = append(text, '0')
			continue
		}
		if x := r.Vector[next].Value; scale.IsOne() {
			text = x.Append(text)
		} else {
			text = rational.RatFromInts(x, scale).Append(text)
		}
		next++
	}
	_, err := b.Write(append(text, '\n'))
	return err
}

// Write writes a polyhedron as a file without title and options; see [File.Write].
func Write(w io.Writer, p *cone.Polyhedron) error { return (&File{Polyhedron: *p}).Write(w) }
