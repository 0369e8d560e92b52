package witness

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pstar/certificate"
	"pstar/lp"
	"pstar/rational"
)

// folder is a place in a folder, whose writer replaces a file.
func folder(t *testing.T, name string) Place {
	return Place{filepath.Join(t.TempDir(), name), func(path string, content []byte) error {
		return os.WriteFile(path, content, 0o666)
	}}
}

// program is a certificate of min x, x ≥ 1, that claims the optimum value.
func program(value int64) Document {
	one := rational.NewRat(1, 1)
	p := &lp.Problem{Variables: []lp.Variable{{Name: "x", Cost: one, Lower: lp.At(one)}}}
	d, err := LinearProgram(p, &lp.Result{Verdict: lp.Optimal, Value: rational.NewRat(value, 1),
		Primal: []rational.Rat{one}, Reduced: []rational.Rat{one}})
	if err != nil {
		panic(err)
	}
	return d
}

// text is a document that is none.
type text string

func (t text) Write(w io.Writer) error {
	_, err := io.WriteString(w, string(t))
	return err
}

// endless is a document that goes on until it may not.
type endless struct{}

func (endless) Write(w io.Writer) error {
	block := bytes.Repeat([]byte(" "), 1<<20)
	for {
		if _, err := w.Write(block); err != nil {
			return err
		}
	}
}

func nothingWritten(t *testing.T, at Place) {
	t.Helper()
	if found, _ := filepath.Glob(filepath.Join(filepath.Dir(at.Path), "*")); len(found) > 0 {
		t.Errorf("written: %v", found)
	}
}

// What stands in the file is what the checker accepted, compressed or not.
func TestWritesWhatTheCheckerAccepts(t *testing.T) {
	for _, name := range []string{"c.json", "c.json.gz"} {
		at := folder(t, name)
		written, err := Write(context.Background(), at, Ready(program(1)))
		if err != nil || written.Passed != nil {
			t.Fatal(written, err)
		}
		report, err := certificate.CheckFile(at.Path)
		if err != nil || report.Summary() != written.Report.Summary() || report.Digest != written.Report.Digest {
			t.Errorf("%s: %v, %v", name, report, err)
		}
		data, _ := os.ReadFile(at.Path)
		if packed := bytes.HasPrefix(data, []byte{0x1f, 0x8b}); packed != strings.HasSuffix(name, ".gz") {
			t.Errorf("%s: compressed %t", name, packed)
		}
	}
}

// What the checker refuses is not written, and what stands there stays.
func TestWritesNothingElse(t *testing.T) {
	for name, d := range map[string]Document{
		"a wrong value": program(2), "no document": text("{}"), "nothing": text(""), "two documents": text("{}{}"),
	} {
		at := folder(t, "c.json.gz")
		_, err := Write(context.Background(), at, Ready(d))
		var refused *Refused
		if !errors.As(err, &refused) || !strings.HasPrefix(err.Error(), "our own checker refuses the certificate, at ") {
			t.Errorf("%s: %v", name, err)
		}
		nothingWritten(t, at)
	}
	var unwritable *Unwritable
	if err := (endless{}).Write(&bounded{context.Background(), io.Discard, 1 << 24}); !errors.As(err, &unwritable) {
		t.Errorf("an endless document: %v", err)
	}
}

// The first document that is accepted is the one, and the reason why none before it was
// is kept.
func TestWritesTheFirstThatIsAccepted(t *testing.T) {
	long := func() (Document, error) { return nil, &Unwritable{"too long"} }
	at := folder(t, "c.json")
	written, err := Write(context.Background(), at, long, Ready(program(2)), Ready(program(1)), func() (Document, error) {
		t.Error("the fourth document was made")
		return nil, nil
	})
	if err != nil || written.Passed == nil || written.Passed.Error() != "too long" {
		t.Error(written, err)
	}
	if _, err := Write(context.Background(), at, Ready(program(2)), long); err == nil || err.Error() == "too long" {
		t.Errorf("not the first reason: %v", err)
	}
	broken := errors.New("broken")
	fails := func() (Document, error) { return nil, broken }
	if _, err := Write(context.Background(), at, long, fails, Ready(program(1))); err != broken {
		t.Errorf("a maker that fails: %v", err)
	}
}

func TestReportsThatTheFileCannotBeReplaced(t *testing.T) {
	full := errors.New("no space left")
	at := Place{"c.json", func(string, []byte) error { return full }}
	if _, err := Write(context.Background(), at, Ready(program(1))); err != full {
		t.Error(err)
	}
}

// Nothing is waited for when the time is up.
func TestWriteEnds(t *testing.T) {
	why := errors.New("time is up")
	for name, m := range map[string]func(context.Context) Maker{
		"making": func(ctx context.Context) Maker {
			return func() (Document, error) { <-ctx.Done(); return nil, &Unwritable{"time"} }
		},
		"encoding": func(context.Context) Maker { return Ready(endless{}) },
	} {
		ctx, cancel := context.WithCancelCause(context.Background())
		at := folder(t, "c.json")
		go func() {
			time.Sleep(5 * time.Millisecond)
			cancel(why)
		}()
		if _, err := Write(ctx, at, m(ctx)); err != why {
			t.Errorf("%s: %v", name, err)
		}
		nothingWritten(t, at)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	at := folder(t, "c.json")
	if _, err := Write(ctx, at, Ready(program(1))); err != why {
		t.Error(err)
	}
	nothingWritten(t, at)
}

// The bytes of a compressed file are one member without a name or a time.
func TestCompressedBytesAreTheSame(t *testing.T) {
	content := bytes.Repeat([]byte("certificate"), 1000)
	a, err := packed(context.Background(), content)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := packed(context.Background(), content)
	if !bytes.Equal(a, b) {
		t.Error("different bytes")
	}
	r, err := gzip.NewReader(bytes.NewReader(a))
	if err != nil || !r.ModTime.IsZero() || r.Name != "" {
		t.Errorf("%v, %v", r.Header, err)
	}
}

// What does not decompress to the same bytes is noticed.
func TestEqual(t *testing.T) {
	const content = "certificate"
	for other, want := range map[string]bool{content: true, "": false, "certificat": false, "certificates": false, "Certificate": false} {
		if same, err := equal(strings.NewReader(other), []byte(content)); same != want || err != nil {
			t.Errorf("%q: %v, %v", other, same, err)
		}
	}
}

// What was accepted is not checked again, and what is not accepted is no Accepted.
func TestAcceptOnce(t *testing.T) {
	a, err := Accept(t.Context(), program(1))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Accept(t.Context(), a); again != a || err != nil {
		t.Errorf("%v, %v", again, err)
	}
	if a, err := Accept(t.Context(), program(2)); a != nil || err == nil {
		t.Errorf("a wrong program: %v, %v", a, err)
	}
}
