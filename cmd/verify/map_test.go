package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// The files and folders that docs/map.md points at exist.
func TestMapNamesWhatExists(t *testing.T) {
	data, err := os.ReadFile("../../docs/map.md")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(string(data), -1)
	if len(links) < 15 {
		t.Errorf("only %d files and folders are named", len(links))
	}
	for _, link := range links {
		if _, err := os.Stat(filepath.Join("../../docs", link[1])); err != nil {
			t.Errorf("docs/map.md: %v", err)
		}
	}
}
