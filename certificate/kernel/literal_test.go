package kernel

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate/reading"
)

// A theorem is written as the documents of the tests have it.
func TestLiteralIsWrittenAsItIsRead(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, _, _ := strings.Cut(string(content), "\n\n")
		_, after, _ := strings.Cut(document, `"theorems":[`)
		after, _, _ = strings.Cut(after, "]},\n\"claims\"")
		r := reading.New(context.Background(), []byte("["+after+"]"))
		var written []string
		for range r.List() {
			var b strings.Builder
			r.Theorem().WriteLiteral(&b)
			written = append(written, b.String())
		}
		plain := strings.NewReplacer(" ", "", "\n", "").Replace(after)
		if got := strings.Join(written, ","); got != plain {
			t.Errorf("%s: written as\n%s\nwant\n%s", file, got, plain)
		}
	}
}

// A document begins with its first byte and ends with its last.
func TestBeginningAndEnd(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(content), "\n\n")
		document := string(seal(text))
		wrong := []string{" " + document, "\n" + document, document + "\n", document + " ", strings.Replace(document, "}", "}\x00", 1)}
		for n := range document {
			wrong = append(wrong, document[:n])
		}
		for _, w := range wrong {
			if _, err := Check([]byte(w), nil); err == nil {
				t.Errorf("accepted %q, of %d bytes instead of %d", w, len(w), len(document))
			}
		}
	}
}
