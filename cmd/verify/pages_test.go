package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// pages lists the pages of the tree, from its root.
func pages(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".md"):
			list = append(list, path)
		}
		return nil
	})
	if err != nil || len(list) < 20 {
		t.Fatalf("%d pages, %v", len(list), err)
	}
	return list
}

var (
	pageLink = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
	code     = regexp.MustCompile("(?m)`[^`]*`|^    .*$") // may look like a link
)

// The files and folders that pages point at exist.
func TestPagesLinkToWhatExists(t *testing.T) {
	t.Chdir("../..")
	for _, page := range pages(t) {
		for _, found := range pageLink.FindAllStringSubmatch(code.ReplaceAllString(contents(t, page), ""), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), found[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}

// Commands that pages name in a sentence exist, with their flags, and so do targets of make.
// What stands in blocks of the console is run, by TestDocumentedCommands.
func TestPagesNameCommandsThatExist(t *testing.T) {
	t.Chdir("../..")
	flags := map[string][]string{}
	for _, c := range run.DescribeAll(commands()) {
		flags[c.Name] = []string{"h"}
		for _, f := range c.Flags {
			flags[c.Name] = append(flags[c.Name], f.Name)
		}
	}
	makefile := contents(t, "Makefile")
	looked := 0
	for _, page := range pages(t) {
		for _, code := range codeIn(contents(t, page)) {
			words := strings.Fields(code)
			switch {
			case len(words) > 1 && filepath.Base(words[0]) == "verify":
				looked++
				name := ""
				if !strings.HasPrefix(words[1], "-") {
					name = words[1]
				}
				known, ok := flags[name]
				if !ok && name != "help" && name != "NAME" {
					t.Errorf("%s: %q: there is no command %q", page, code, name)
				}
				for _, word := range words[1:] {
					if word == "|" {
						break
					}
					if asked, is := strings.CutPrefix(word, "-"); is && asked != "" && ok && !slices.Contains(known, asked) {
						t.Errorf("%s: %q: there is no flag %s", page, code, word)
					}
				}
			case len(words) > 1 && words[0] == "make":
				looked++
				if !strings.Contains(makefile, "\n"+words[1]+":") {
					t.Errorf("%s: %q: there is no such target", page, code)
				}
			}
		}
	}
	if looked < 40 {
		t.Errorf("only %d commands are named", looked)
	}
}

// codeIn lists what a page has between backquotes, and the lines of its blocks that are no
// sessions.
func codeIn(page string) (list []string) {
	for i, part := range strings.Split(page, "```") {
		if i%2 == 1 {
			if !strings.HasPrefix(part, "console\n") {
				list = append(list, strings.Split(part, "\n")...)
			}
			continue
		}
		for k, code := range strings.Split(part, "`") {
			if k%2 == 1 {
				list = append(list, code)
			}
		}
	}
	return list
}

// An answer of docs/map.md names files and functions that are in what it points at.
func TestMapIsTrue(t *testing.T) {
	t.Chdir("../../docs")
	answers, _, _ := strings.Cut(contents(t, "map.md"), "\n## ")
	name := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.go)?$`)
	checked := 0
	for _, answer := range strings.Split(answers, "\n- ")[1:] {
		var there []string // files that the answer points at, and those of its folders
		for _, found := range pageLink.FindAllStringSubmatch(answer, -1) {
			there = append(there, found[1])
			for _, folder := range []string{found[1], filepath.Dir(found[1])} {
				beside, err := filepath.Glob(filepath.Join(folder, "*"))
				if err != nil {
					t.Fatal(err)
				}
				there = append(there, beside...)
			}
		}
		question, _, _ := strings.Cut(answer, "**")
		for _, code := range codeIn(answer) {
			if pattern := strings.HasSuffix(code, "*.go"); !pattern && !name.MatchString(code) {
				continue
			}
			checked++
			if !slices.ContainsFunc(there, func(path string) bool { return holds(path, code) }) {
				t.Errorf("docs/map.md: nothing that the answer %.60q points at has %s", question+answer, code)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d names are checked", checked)
	}
}

// holds reports whether a file or folder has a name, perhaps with a star, or the file
// contains it.
func holds(path, name string) bool {
	if ok, _ := filepath.Match(name, filepath.Base(path)); ok {
		return true
	}
	data, err := os.ReadFile(path)
	return err == nil && regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`).Match(data)
}
