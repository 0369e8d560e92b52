package text

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

// zipped is a member that holds s.
func zipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.Bytes()
}

// endless repeats bytes for ever.
type endless struct{ of, left []byte }

func (e *endless) Read(p []byte) (int, error) {
	if len(e.left) == 0 {
		e.left = e.of
	}
	n := copy(p, e.left)
	e.left = e.left[n:]
	return n, nil
}

func TestUnzip(t *testing.T) {
	long := strings.Repeat("a long text, ", 10_000)
	files := map[string]string{
		"one member":      string(zipped(long)),
		"several members": string(zipped(long[:7])) + strings.Repeat(string(zipped("")), 900) + string(zipped(long[7:50_000])) + string(zipped("")) + string(zipped(long[50_000:])),
	}
	for name, file := range files {
		r, err := Unzip(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != long {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	// What follows the last line that a reader asks for is read by Rest.
	for file, fault := range map[string]bool{files["one member"]: false, files["one member"] + "garbage after it": true, files["one member"][:len(files["one member"])-3]: true} {
		r, err := Unzip(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(make([]byte, 10)); err != nil {
			t.Fatal(err)
		}
		if err := Rest(r); (err != nil) != fault {
			t.Errorf("%d bytes: %v", len(file), err)
		}
	}
	r, err := Unzip(&endless{of: zipped("")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); err == nil || !strings.Contains(err.Error(), "empty members") {
		t.Errorf("an endless file: %v", err)
	}
	for _, bad := range []string{"", "text", files["one member"][:100], files["one member"] + "more"} {
		r, err := Unzip(strings.NewReader(bad))
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if err == nil {
			t.Errorf("%.10q is no error", bad)
		}
	}
}

// What is compressed shows by its first bytes, whatever it is called; what is only called so is refused.
func TestPlain(t *testing.T) {
	for _, c := range []struct{ content, name, want string }{
		{string(zipped("text")), "a.ine.gz", "text"},
		{string(zipped("text")), "standard input", "text"},
		{"text", "a.ine", "text"},
		{"", "a.ine", ""},
		{"\x1f", "a", "\x1f"},
	} {
		r, err := Plain(strings.NewReader(c.content), c.name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	for content, want := range map[string]string{"text": "it is not compressed with gzip", "": "it is not compressed with gzip", "\x1f\x8b": "EOF"} {
		if _, err := Plain(strings.NewReader(content), "a.gz"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", content, err, want)
		}
	}
}
