package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/fm"
	"pstar/rational"
)

const square = `square with a redundant row
H-representation
begin
 5 3 rational
 1 1 0
 1 -1 0
 1 0 1
 1 0 -1
 5 1 1
end
`

// runText runs the command and returns exit status and both outputs.
func runText(t *testing.T, stdin string, args ...string) (int, string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(args, strings.NewReader(stdin), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

func TestFM(t *testing.T) {
	want := "H-representation\nbegin\n 2 2 integer\n 1 -1\n 1 1\nend\n"
	for _, args := range [][]string{
		{"fm", "-eliminate", "x2", "-"},
		{"fm", "-keep", "1", "-"},
		{"fm", "-", "-eliminate", "2", "-method", "dd"},
		{"fm", "-eliminate", "x2", "-order", "given", "-verify", "-q", "-"},
	} {
		status, stdout, stderr := runText(t, square, args...)
		if status != exitVerified || stdout != want {
			t.Errorf("%v: status %d, output\n%s%s", args, status, stdout, stderr)
		}
	}
	status, stdout, _ := runText(t, square+"project 1 1\n", "fm", "-")
	if status != exitVerified || stdout != want {
		t.Errorf("project: status %d, output\n%s", status, stdout)
	}
}

func TestFMBadUsage(t *testing.T) {
	for _, args := range [][]string{
		{"fm", "-"}, {"fm", "-eliminate", "x3", "-"}, {"fm", "-eliminate", "x1,x1", "-"}, {"fm", "-eliminate", "x2..x1", "-"},
		{"fm", "-eliminate", "x1", "-keep", "x2", "-"}, {"fm", "-eliminate", "x1"}, {"fm", "-eliminate", "x1", "-method", "lp", "-"},
		{"fm", "-eliminate", "x1", "-method", "dd", "-trace", "-", "-"}, {"fm", "-eliminate", "x1", "-order", "random", "-"},
	} {
		if status, _, stderr := runText(t, square, args...); status != exitUsage || stderr == "" {
			t.Errorf("%v: status %d, %q", args, status, stderr)
		}
	}
	if status, _, stderr := runText(t, "H-representation\nbegin\n1 2 integer\n1 x\nend\n", "fm", "-eliminate", "x1", "-"); status != exitUsage || !strings.Contains(stderr, "standard input:4") {
		t.Errorf("bad number: status %d, %q", status, stderr)
	}
}

func TestFMEmpty(t *testing.T) {
	empty := "H-representation\nbegin\n2 3 integer\n-2 1 1\n1 -1 -1\nend\n"
	for _, method := range []string{"fm", "dd"} {
		status, stdout, _ := runText(t, empty, "fm", "-eliminate", "x1", "-method", method, "-")
		if status != exitVerified || !strings.Contains(stdout, " -1 0\n") {
			t.Errorf("%s: status %d\n%s", method, status, stdout)
		}
	}
	path := filepath.Join(t.TempDir(), "empty.json")
	if status, _, stderr := runText(t, empty, "fm", "-eliminate", "x1", "-certificate", path, "-"); status != exitVerified {
		t.Fatal(stderr)
	}
	if _, stdout, _ := runText(t, "", "check", path); !strings.Contains(stdout, "FM-I proved") {
		t.Error(stdout)
	}
}

func TestFMTrace(t *testing.T) {
	for style, want := range map[string]string{"text": "step 1", "markdown": "## Fourier", "latex": "\\begin{itemize}"} {
		status, _, stderr := runText(t, square, "fm", "-eliminate", "x2", "-trace", "-", "-trace-style", style, "-")
		if status != exitVerified || !strings.Contains(strings.ToLower(stderr), strings.ToLower(want)) {
			t.Errorf("%s: status %d\n%s", style, status, stderr)
		}
	}
}

// TestFMCertificates writes certificates of random systems through the checker,
// and changes them: with a multiplier changed, a step missing or a drop without
// proof they must be rejected, with the number of the step.
func TestFMCertificates(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	steps := 0
	for range 150 {
		d := fmDocument(randomElimination(t, rng))
		if _, err := checkLinear(d); err != nil {
			t.Fatal(err)
		}
		for i := range d.Steps {
			steps++
			rejectChanged(t, d, i)
		}
	}
	if steps < 100 {
		t.Errorf("only %d steps were changed", steps)
	}
}

func rejectChanged(t *testing.T, d *certificate.LinearDocument, i int) {
	t.Helper()
	s := d.Steps[i]
	changes := map[string]certificate.SystemStep{}
	for k := range s.Dropped {
		if len(s.Dropped[k].Proof) > 0 {
			x := s
			x.Dropped = append([]certificate.SystemDrop(nil), s.Dropped...)
			x.Dropped[k].Proof = append([]certificate.RatEntry(nil), s.Dropped[k].Proof...)
			x.Dropped[k].Proof[0].Value = rational.NewRat(355, 113).Big()
			changes["multiplier"] = x
		}
	}
	if n := len(s.Dropped); n > 0 {
		x := s
		x.Dropped = append([]certificate.SystemDrop(nil), s.Dropped...)
		x.Dropped[n-1].Proof = nil
		if len(s.Dropped[n-1].Proof) > 0 {
			changes["no proof"] = x
		}
		if s.Dropped[n-1].Row <= 0 {
			x.Dropped = s.Dropped[:n-1]
			changes["not dropped"] = x
		}
	}
	if n := len(s.New); n > 0 {
		x := s
		x.New = s.New[:n-1]
		changes["not new"] = x
	}
	for name, x := range changes {
		changed := *d
		changed.Steps = append([]certificate.SystemStep(nil), d.Steps...)
		changed.Steps[i] = x
		_, err := checkLinear(&changed)
		var invalid *certificate.Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Error(), "step") {
			t.Errorf("%s in step %d: %v", name, i+1, err)
		}
	}
	changed := *d
	changed.Steps = append(append([]certificate.SystemStep(nil), d.Steps[:i]...), d.Steps[i+1:]...)
	if len(s.New) > 0 { // a step that only drops rows may be left out
		if _, err := checkLinear(&changed); err == nil {
			t.Errorf("step %d is missing, and the checker accepts", i+1)
		}
	}
}

func checkLinear(d *certificate.LinearDocument) (*certificate.Report, error) {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, err
	}
	return certificate.Check(&b)
}

func randomElimination(t *testing.T, rng *rand.Rand) *fm.Result {
	t.Helper()
	n := 2 + rng.IntN(3)
	s := &fm.System{Variables: []string{"x1", "x2", "x3", "x4"}[:n]}
	for range 3 + rng.IntN(6) {
		r := fm.Row{Relation: fm.Relation(1 + rng.IntN(5)), Constant: rational.NewRat(int64(rng.IntN(7)-4), 1)}
		if r.Relation == fm.Equal && rng.IntN(2) == 0 {
			r.Relation = fm.AtLeast
		}
		for range n {
			r.Coefficients = append(r.Coefficients, rational.NewRat(int64(rng.IntN(5)-2), 1))
		}
		s.Rows = append(s.Rows, r)
	}
	result, err := fm.Eliminate(t.Context(), s, rng.Perm(n)[:1+rng.IntN(n-1)], fm.Options{Level: fm.Level(rng.IntN(3))})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestFMMethodsAgree compares elimination with projection through rays on
// random polyhedra: converted to generators, both results must be the same.
func TestFMMethodsAgree(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(11, 5))
	for range 200 {
		n, m := 2+rng.IntN(3), 3+rng.IntN(6)
		var b strings.Builder
		b.WriteString("H-representation\n")
		if rng.IntN(3) == 0 {
			b.WriteString("linearity 1 1\n")
		}
		b.WriteString("begin\n" + strings.Join([]string{strconv.Itoa(m), strconv.Itoa(n + 1), "integer"}, " ") + "\n")
		for range m {
			for range n + 1 {
				b.WriteString(strconv.Itoa(rng.IntN(7)-3) + " ")
			}
			b.WriteString("\n")
		}
		b.WriteString("end\n")
		var converted []string
		for _, method := range []string{"fm", "dd"} {
			path := filepath.Join(dir, method+".ine")
			if status, _, stderr := runText(t, b.String(), "fm", "-eliminate", "x1", "-method", method, "-o", path, "-"); status != exitVerified {
				t.Fatalf("%s: %s\n%s", method, stderr, b.String())
			}
			_, stdout, _ := runText(t, "", "dd", path)
			converted = append(converted, stdout)
		}
		if converted[0] != converted[1] {
			t.Errorf("the methods differ on\n%s\n%s\n%s", b.String(), converted[0], converted[1])
		}
	}
}

// TestFMCertificateBytes changes every byte of certificates; all changes must be
// rejected, in order.
func TestFMCertificateBytes(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 2))
	for range 4 {
		var b bytes.Buffer
		if err := fmDocument(randomElimination(t, rng)).Write(&b); err != nil {
			t.Fatal(err)
		}
		for i := range b.Len() {
			for _, change := range []byte{1, 2, 16} {
				data := bytes.Clone(b.Bytes())
				data[i] ^= change
				_, err := certificate.Check(bytes.NewReader(data))
				var invalid *certificate.Invalid
				if !errors.As(err, &invalid) {
					t.Fatalf("byte %d changed: %v\n%s", i, err, data)
				}
			}
		}
	}
}
