package family

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
	"pstar/witness"
)

// text is a document that says what it says.
type text string

// Write implements theorems.Document.
func (t text) Write(w io.Writer) error {
	_, err := io.WriteString(w, string(t))
	return err
}

// A certificate that the checker refuses is a fault, and leaves the file that was there;
// one that the format cannot hold is an output that cannot be written.
func TestCertificateThatTheCheckerRefuses(t *testing.T) {
	right, err := witness.Contention([]string{"CRS-U"}, witness.ContentionInstance{})
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	path := filepath.Join(t.TempDir(), "c.json.gz")
	j := &job{Call: run.New(nil, nil, &stdout, &stderr), talk: run.NewTalk(&stderr, "off"), certificate: path}
	certify := func(d theorems.Document, err error) error {
		return j.certify(theorems.Task{}, &theorems.Report{Documents: []theorems.Maker{func() (theorems.Document, error) { return d, err }}}, path)
	}
	if err := certify(right, nil); err != nil {
		t.Fatal(err)
	}
	before := contentOf(t, path)
	var b strings.Builder
	if err := right.Write(&b); err != nil {
		t.Fatal(err)
	}
	wrong := text(strings.Replace(b.String(), `"contention"`, `"contentions"`, 1))
	if string(wrong) == b.String() {
		t.Fatal("the document is as it was")
	}
	refusal := certify(wrong, nil)
	for name, c := range map[string]struct {
		err    error
		status int
		text   string
	}{
		"refused":    {refusal, run.ExitFault, "our own checker refuses the certificate, at "},
		"refuted":    {errors.Join(run.ErrRefuted, refusal), run.ExitFault, ""},
		"other":      {certify(nil, errors.New("no proof")), run.ExitFault, "cannot write " + path + ": no proof"},
		"unwritable": {certify(nil, &witness.Unwritable{Reason: "too long"}), run.ExitUsage, "cannot write " + path + ": too long"},
	} {
		if c.err == nil || run.ExitStatus(c.err) != c.status || !strings.Contains(c.err.Error(), c.text) {
			t.Errorf("%s: status %d, %v", name, run.ExitStatus(c.err), c.err)
		}
	}
	if contentOf(t, path) != before {
		t.Error("the certificate that stood there is gone")
	}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
