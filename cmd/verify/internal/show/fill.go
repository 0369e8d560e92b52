package show

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Block is a part of a text between empty lines or changes of indentation.
// Blocks do not hold empty lines, which only part them.
type Block struct {
	// Verbatim says that the lines are indented, as those of tables and examples are: they
	// stand as they are. The others are those of a paragraph, which may be broken anew.
	Verbatim bool
	Lines    []string
}

// Blocks cuts a text into blocks. An empty line is none, and ends one.
func Blocks(text string) (list []Block) {
	open := false // whether a line may be added to the last block
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		verbatim := strings.HasPrefix(line, " ")
		switch {
		case strings.TrimSpace(line) == "":
			open = false
			continue
		// A change of indentation begins a block without an empty line: a table follows its
		// heading.
		case !open || list[len(list)-1].Verbatim != verbatim:
			list = append(list, Block{Verbatim: verbatim})
		}
		last := &list[len(list)-1]
		last.Lines, open = append(last.Lines, line), true
	}
	return list
}

// Fill breaks the lines of a text that are longer than width characters, between words; a
// word that is longer stays whole. A paragraph with such a line is filled anew as a whole.
// What is broken of an indented line goes on below its second column, if it has one.
//
// Widths are in letters, not in bytes. The number of lines may change; words and their
// order do not. Empty lines stay.
func Fill(text string, width int) string {
	var b strings.Builder
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); {
		j := i
		// As far as a paragraph goes.
		for j < len(lines) && isParagraph(lines[j]) {
			j++
		}
		if i == j { // indented, or empty
			b.WriteString(fillLine(lines[i], width))
			j++
		} else if paragraph := lines[i:j]; fits(paragraph, width) {
			b.WriteString(strings.Join(paragraph, "\n"))
		} else {
			b.WriteString(fillLine(strings.Join(paragraph, " "), width))
		}
		// Between lines and not behind the last: the text ends as it came.
		if i = j; i < len(lines) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// isParagraph reports whether a line may be filled with those around it.
func isParagraph(line string) bool { return line != "" && !strings.HasPrefix(line, " ") }

// fits reports whether no line is longer than width letters.
func fits(lines []string, width int) bool {
	return !slices.ContainsFunc(lines, func(line string) bool { return utf8.RuneCountInString(line) > width })
}

// fillLine breaks one line.
func fillLine(line string, width int) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	// What is broken keeps the indentation, which makes it a table or an example.
	indent := len(line) - len(strings.TrimLeft(line, " "))
	head, hang := line[:indent], indent
	// The second column begins behind two blanks or more. One far to the right leaves no
	// room below it, and an unindented line is none of a table.
	if at := strings.Index(line[indent:], "  "); indent > 0 && at >= 0 {
		rest := strings.TrimLeft(line[indent+at:], " ")
		if column := len(line) - len(rest); utf8.RuneCountInString(line[:column]) <= width/2 {
			head = line[:column]
			hang = utf8.RuneCountInString(head)
		}
	}
	var b strings.Builder
	b.WriteString(head)
	at, first := utf8.RuneCountInString(head), true
	for word := range strings.FieldsSeq(line[len(head):]) {
		n := utf8.RuneCountInString(word)
		switch {
		case first:
		// A word that is longer than the line stands alone on one and goes beyond it: names
		// and paths must not be cut.
		case at+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", hang))
			at = hang
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at, first = at+n, false
	}
	return b.String()
}
