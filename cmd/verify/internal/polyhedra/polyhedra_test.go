package polyhedra

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
	"pstar/format/ine"
	"pstar/rational"
)

const fixtures = "../../../../fixtures/polyhedra/"

// A result that is not right is not written, and refutes.
func TestDDVerifiesWhatIsWritten(t *testing.T) {
	in, err := ine.Open(fixtures + "square.ine")
	if err != nil {
		t.Fatal(err)
	}
	c, err := doubledesc.Convert(context.Background(), &in.Polyhedron, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	corner := "1 1 1"
	for _, asJSON := range []bool{false, true} {
		var text, progress bytes.Buffer
		d := &ddRun{talk: run.NewTalk(&progress, "on"), json: asJSON}
		write := (&ddResult{Conversion: c, file: in}).writeText
		if asJSON {
			write, corner = (&ddResult{Conversion: c, file: in}).writeJSON, `"1","1","1"`
		}
		if err := write(&text); err != nil {
			t.Fatal(err)
		}
		if err := d.check(context.Background(), in, text.Bytes(), doubledesc.Options{}); err != nil {
			t.Error(err)
		}
		if !strings.Contains(progress.String(), "checking") {
			t.Errorf("progress %q", progress.String())
		}
		damaged := bytes.Replace(text.Bytes(), []byte(corner), []byte(strings.Replace(corner, "1", "2", 1)), 1)
		err := d.check(context.Background(), in, damaged, doubledesc.Options{})
		if run.ExitStatus(err) != run.ExitFault || !strings.Contains(run.Describe(err), "the result is wrong, and is not written: ") {
			t.Errorf("%s\nerror %v, want that the result is wrong", damaged, err)
		}
		ended, cancel := context.WithCancelCause(context.Background())
		cancel(run.ErrInterrupted)
		if err := d.check(ended, in, text.Bytes(), doubledesc.Options{}); err == nil {
			t.Errorf("interrupted: %v", err)
		}
	}
}

func TestPaceIsHonest(t *testing.T) {
	start := time.Now()
	now := start
	p := newPace()
	p.now = func() time.Time { return now }
	p.left(0, 120, 0, 0)
	// Row k costs 2k-1 milliseconds, so that k rows cost k^2.
	for k := 1; k <= 60; k++ {
		now = start.Add(time.Duration(k*k) * time.Second)
		got := p.left(k, 120, 0, 0)
		switch {
		case 3*k < 120 && got != ", no estimate yet":
			t.Fatalf("after %d rows of 120: %q, want no estimate yet", k, got)
		case k == 60 && got != ", perhaps 3h0m0s left":
			t.Errorf("after half the rows: %q, want the 14400 s - 3600 s that are left", got)
		}
	}
	// Half of row 61 done, at the pace so far: 120^2 - 60.5^2 seconds are left.
	now = start.Add(121 * 121 * time.Second / 4)
	if got := p.left(60, 120, 500, 1000); got != ", perhaps 2h59m0s left" {
		t.Errorf("within a row: %q", got)
	}
	now = start.Add(1 << 60)
	if got := p.left(61, 120, 0, 0); got != ", more than 1000 hours left at this pace" {
		t.Errorf("out of all bounds: %q", got)
	}
	// The same after 200 rows that are in before the first report.
	now = start
	p = newPace()
	p.now = func() time.Time { return now }
	for k := range 61 {
		now = start.Add(time.Duration(k*k) * time.Second)
		got := p.left(200+k, 320, 0, 0)
		if want := ", perhaps 3h0m0s left"; k == 60 && got != want {
			t.Errorf("after 60 rows of 120 and 200 at once: %q, want %q", got, want)
		}
	}
}

// Work of equal pieces takes as long for each.
func TestSteadyPace(t *testing.T) {
	now := time.Unix(1, 0)
	s := &steady{now: func() time.Time { return now }}
	if got := s.left(100, 1000); got != "" {
		t.Errorf("at first: %q", got)
	}
	now = now.Add(10 * time.Second)
	if got := s.left(200, 1000); got != ", perhaps 1m20s left" {
		t.Errorf("after 100 pieces in 10 s, with 800 to come: %q", got)
	}
}

// The names come from the engine, the default first.
func TestOrdersBeginWithTheDefault(t *testing.T) {
	if order, ok := orderByName(strings.Split(orderNames(), ", ")[0]); !ok || order != (doubledesc.Options{}).Order {
		t.Errorf("the first of %s is not the default of the engine", orderNames())
	}
}

// A list in which something is missing is the program's fault.
func TestMissingRayIsAFault(t *testing.T) {
	in, err := ine.Open(fixtures + "cube.ine")
	if err != nil {
		t.Fatal(err)
	}
	c, err := doubledesc.Convert(context.Background(), &in.Polyhedron, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	quiet := run.NewTalk(io.Discard, "off")
	if complete, err := shownComplete(context.Background(), quiet, "", c.Complete); !complete || err != nil {
		t.Fatalf("complete %v, error %v", complete, err)
	}
	c.Generators.Rays = c.Generators.Rays[1:]
	complete, err := shownComplete(context.Background(), quiet, "", c.Complete)
	if complete || run.ExitStatus(err) != run.ExitFault {
		t.Errorf("complete %v, status %d, %v", complete, run.ExitStatus(err), run.Describe(err))
	}
}

// A limit that is reached while completeness is shown does not take the list away; an
// interrupt does.
func TestLimitWhileCompletenessIsShown(t *testing.T) {
	for _, c := range []struct {
		cause error
		want  int
	}{{&run.LimitError{Text: "time limit of 1s reached"}, run.ExitVerified}, {run.ErrInterrupted, run.ExitInterrupted}} {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(c.cause)
		var stderr strings.Builder
		complete, err := shownComplete(ctx, run.NewTalk(&stderr, "off"), "", func(ctx context.Context) (bool, error) {
			return false, context.Cause(ctx)
		})
		said := strings.Contains(stderr.String(), "completeness not checked: time limit of 1s reached")
		if complete || run.ExitStatus(err) != c.want || said != (c.want == run.ExitVerified) {
			t.Errorf("%v: complete %v, status %d, %q", c.cause, complete, run.ExitStatus(err), stderr.String())
		}
	}
}

// Where the run has not shown that none is missing, the certificate may, and that is said.
func TestCertificateShowsCompleteness(t *testing.T) {
	in := &ine.File{Polyhedron: cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.Row{
		{Vector: cone.Unit(1, 1)}, {Vector: cone.MakeVector(cone.Entry{Index: 0, Value: rational.NewInt(1)}, cone.Entry{Index: 1, Value: rational.NewInt(-1)})},
	}}}
	c, err := doubledesc.Convert(t.Context(), &in.Polyhedron, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, complete := range []bool{false, true} {
		var stderr strings.Builder
		d := &ddRun{Call: new(run.Call), talk: run.NewTalk(&stderr, "off"), certificate: filepath.Join(t.TempDir(), "c.json")}
		if err := d.certify(t.Context(), c, in, &ddResult{complete: complete}); err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(stderr.String(), "the certificate shows that none is missing"); said == complete {
			t.Errorf("complete before: %v, said: %q", complete, stderr.String())
		}
	}
}

// An elimination that lost a row is the program's fault, and is not written.
func TestFMVerifiesItsResult(t *testing.T) {
	one := rational.NewRat(1, 1)
	system := &fm.System{Variables: []string{"x", "y"}, Rows: []fm.Row{
		{Coefficients: rational.RatVector{one, one}, Relation: fm.AtLeast},
		{Coefficients: rational.RatVector{one, one.Neg()}, Relation: fm.AtLeast},
		{Coefficients: rational.RatVector{one.Neg(), rational.Rat{}}, Relation: fm.AtLeast, Constant: one.Neg()},
	}}
	r, err := fm.Eliminate(context.Background(), system, []int{1}, fm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := &fmRun{talk: run.NewTalk(io.Discard, "off")}
	if err := f.verifyResult(context.Background(), r); err != nil || !f.complete {
		t.Fatalf("complete %v, error %v", f.complete, err)
	}
	f.complete = false
	r.Rows = r.Rows[1:]
	err = f.verifyResult(context.Background(), r)
	if run.ExitStatus(err) != run.ExitFault || f.complete {
		t.Errorf("status %d, complete %v, %v", run.ExitStatus(err), f.complete, err)
	}
}

// The checker is not asked for what is beyond its limits: the 116 764 facets of 64 cuts. Of rows that may not all be
// facets nobody knows.
func TestBeyondChecker(t *testing.T) {
	polyhedron := func(rows int) *cone.Polyhedron { return &cone.Polyhedron{Columns: 22, Rows: make([]cone.Row, rows)} }
	for _, c := range []struct {
		rows, generators int
		facets           bool
		want             string
	}{
		{12480, 128, true, "<nil>"},
		{116764, 64, true, "116764 rows are more than the checker finds for 64 generators"},
		{116764, 64, false, "<nil>"},
		{24, 2048, false, "<nil>"},
		{24, 2049, false, "2049 generators are more than the checker generates the cone of"},
	} {
		if got := fmt.Sprint(beyondChecker(polyhedron(c.rows), polyhedron(c.generators), c.facets)); got != c.want {
			t.Errorf("%d rows, %d generators: %q, want %q", c.rows, c.generators, got, c.want)
		}
	}
}
