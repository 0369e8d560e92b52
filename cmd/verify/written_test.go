package main

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// mostShared is how many words in a row a text may have in common with a statement: a formula,
// or how one speaks of such things anyway.
const mostShared = 8

// A statement is written in its row and nowhere else: help and reports take it from there, and
// comments and pages name the tag. What a page shows of a command's output is no copy, since it
// is compared with the output. The checker, which must not see the registry, has words of its own, and
// so has the page that is made of them: see TestCertificatesHaveTheWordsOfTheRegistry.
func TestStatementsAreWrittenOnce(t *testing.T) {
	runs := map[string]string{} // words of statements, with the tag
	for _, row := range registry().All() {
		eachRun(row.Statement, func(run string) { runs[run] = row.Tag })
	}
	texts := 0
	look := func(path string, line int, text string) {
		texts++
		eachRun(text, func(run string) {
			if tag, known := runs[run]; known {
				t.Errorf("%s:%d: %q is of the statement of %s, which its row has", path, line, run, tag)
			}
		})
	}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case filepath.ToSlash(path) == "../../docs/claims.md":
		case entry.IsDir() && (name == "fixtures" || filepath.ToSlash(path) == "../../certificate/statement" || len(name) > 2 && strings.HasPrefix(name, ".")):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".md"):
			return eachParagraph(path, look)
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "rows"):
			return eachText(path, look)
		}
		return nil
	})
	if err != nil || texts < 10_000 {
		t.Fatalf("%d texts, %v", texts, err)
	}
}

// eachRun calls f with every mostShared+1 words of a text that stand in a row.
func eachRun(text string, f func(run string)) {
	words := strings.Fields(strings.NewReplacer("`", " ", `"`, " ", "//", " ").Replace(text))
	for i := 0; i+mostShared < len(words); i++ {
		f(strings.Join(words[i:i+mostShared+1], " "))
	}
}

// eachText calls f with the strings of a Go file, and with its comments: those of lines that
// follow each other together.
func eachText(path string, f func(path string, line int, text string)) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	files := token.NewFileSet()
	file := files.AddFile(path, -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, scanner.ScanComments)
	var comment strings.Builder
	first, last := 0, 0 // lines of the comment
	for {
		pos, kind, text := s.Scan()
		line := file.Line(pos)
		if comment.Len() > 0 && (kind != token.COMMENT || line > last+1) {
			f(path, first, comment.String())
			comment.Reset()
		}
		switch kind {
		case token.EOF:
			return nil
		case token.STRING:
			f(path, line, text)
		case token.COMMENT:
			if comment.Len() == 0 {
				first = line
			}
			last = line
			comment.WriteString(text + "\n")
		}
	}
}

// eachParagraph calls f with the text of a page between its blocks of code.
func eachParagraph(path string, f func(path string, line int, text string)) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	line := 1
	for i, block := range strings.Split(string(page), "```") {
		if i%2 == 0 {
			f(path, line, block)
		}
		line += strings.Count(block, "\n")
	}
	return nil
}

// Help has the statements that a family verifies, each broken once, below its tag.
func TestHelpHasTheStatements(t *testing.T) {
	for _, f := range families() {
		if f.Command == "" {
			continue // it has help of its own
		}
		out := expect(t, run.ExitVerified, []string{"help", f.Command})
		for _, tag := range f.Verifies {
			statement := theorems.Statement(f.Theorems, tag)
			_, below, _ := strings.Cut(out, "\n  "+tag+" ")
			if text := spaced(below); !strings.HasPrefix(text, spaced(statement)) {
				t.Errorf("help %s has of %s %.200q, not %q", f.Command, tag, text, statement)
			}
			first, _, _ := strings.Cut(below, "\n")
			if next := len([]rune(first)); len([]rune(statement)) > 70 && next < 50 {
				t.Errorf("help %s breaks the first line of %s after %d letters", f.Command, tag, next)
			}
		}
	}
}
