package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// Every kind of statement on contention resolution, true and with one thing wrong.
func TestContentionCertificates(t *testing.T) {
	for folder, want := range map[string]struct {
		status int
		text   string
	}{"accepted": {0, ": valid: contention, "}, "rejected": {1, ": INVALID at "}} {
		files, err := filepath.Glob("../../fixtures/contention/certificates/" + folder + "/*.json")
		if err != nil || len(files) < 9 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			var stdout, stderr bytes.Buffer
			status := run([]string{file}, nil, &stdout, &stderr)
			if status != want.status || !strings.Contains(stdout.String(), file+want.text) || stderr.Len() > 0 {
				t.Errorf("%s: status %d\n%s%s", file, status, stdout.String(), stderr.String())
			}
		}
	}
}
