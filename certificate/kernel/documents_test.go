package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate/reading"
)

// seal completes a document: SHA in its proofs stands for the digest of the theorem, in order, and its end for that of
// the document. Theorems that cannot be read leave it as it is.
func seal(text string) []byte {
	text = strings.TrimSpace(text)
	for _, digest := range theoremDigests(text) {
		text = strings.Replace(text, `"sha256":"SHA"`, `"sha256":"`+digest+`"`, 1)
	}
	text = strings.TrimSuffix(text, "}")
	sum := sha256.Sum256([]byte(text))
	return []byte(text + ",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
}

// theoremDigests are the digests of the theorems of a literal document.
func theoremDigests(text string) (digests []string) {
	defer func() { recover() }() // what is wrong with the statement is for Check to say
	_, after, _ := strings.Cut(text, `"theorems":`)
	r := reading.New(context.Background(), []byte(after))
	for r.Open('['); r.More(); {
		digests = append(digests, r.Theorem().Digest())
	}
	return digests
}

// TestDocuments checks the documents of testdata. A file has a document, and then forgeries of it,
// each a paragraph: "old => new" lines, and "! reason", a part of what the checker must say. A document
// whose first line is "! reason" is itself to be rejected.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := strings.Split(string(content), "\n\n")
			report, err := Check(seal(parts[0]), nil)
			if err != nil {
				t.Fatalf("the document itself: %v", err)
			}
			if report.Theorems[0].Theorem == nil {
				t.Error("a theorem that is written out is not kept")
			}
			for _, part := range parts[1:] {
				testForgery(t, parts[0], part)
			}
		})
	}
}

func testForgery(t *testing.T, document, change string) {
	t.Helper()
	reason := ""
	for _, line := range strings.Split(strings.TrimSpace(change), "\n") {
		if text, found := strings.CutPrefix(line, "! "); found {
			reason = text
			continue
		}
		old, replacement, found := strings.Cut(line, " => ")
		if !found || !strings.Contains(document, old) {
			t.Fatalf("the document does not hold what %q changes", line)
		}
		document = strings.Replace(document, old, replacement, 1)
	}
	_, err := Check(seal(document), nil)
	var invalid *Invalid
	switch {
	case err == nil:
		t.Errorf("accepted with %q", change)
	case !errors.As(err, &invalid) || reason == "" || !strings.Contains(err.Error(), reason):
		t.Errorf("%q: %v", change, err)
	}
}

// A document begins with its first byte: one behind a space is rejected, although its digest is right.
func TestDocumentBehindASpace(t *testing.T) {
	content, err := os.ReadFile("testdata/combine.txt")
	if err != nil {
		t.Fatal(err)
	}
	document, _, _ := strings.Cut(string(seal(strings.Split(string(content), "\n\n")[0])), ",\n\"sha256\"")
	document = " " + document
	sum := sha256.Sum256([]byte(document))
	_, err = Check([]byte(document+",\n\"sha256\":\""+hex.EncodeToString(sum[:])+"\"}\n"), nil)
	if err == nil || !strings.Contains(err.Error(), `expected "{"`) {
		t.Errorf("a space in front: %v", err)
	}
}
