package cell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/doubledesc"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/witness"
)

// fullOptions ask for everything on a small cell.
func fullOptions() Options {
	return Options{PlainIfSmall: true, Domain: true, Instances: 2, Models: multidraft.Models(), Seed: 1}
}

func certify(t *testing.T, r *Report) []byte {
	t.Helper()
	d, err := r.Certificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every small cell: both methods agree, the counts are those of the theory, and
// the independent checker accepts the certificate with the same claims.
func TestMDT2_MDT3_SmallCells(t *testing.T) {
	for k := 2; k <= 6; k++ {
		for n := 2; n <= 6; n++ {
			t.Run(fmt.Sprintf("k=%d/n=%d", k, n), func(t *testing.T) {
				r, err := Verify(context.Background(), k, n, fullOptions())
				if err != nil {
					t.Fatal(err)
				}
				checkCounts(t, r)
				report, err := certificate.Check(bytes.NewReader(certify(t, r)))
				if err != nil {
					t.Fatal(err)
				}
				compareClaims(t, report)
			})
		}
	}
}

func checkCounts(t *testing.T, r *Report) {
	t.Helper()
	supports := int64(multidraft.CountSupports(r.K, r.N) - r.N)
	sets := int64(1) << r.N
	wantF, wantO := sets-2+supports, sets+supports
	if r.N == 2 {
		wantF = 2 // b_{1,2} is not extreme
	}
	if r.Feasibility.Rays().Cmp(big.NewInt(wantF)) != 0 || r.Optimum.Rays().Cmp(big.NewInt(wantO)) != 0 {
		t.Errorf("%v and %v rays, want %d and %d", r.Feasibility.Rays(), r.Optimum.Rays(), wantF, wantO)
	}
	if len(r.Feasibility.Methods) != 2 || len(r.Optimum.Methods) != 2 {
		t.Errorf("methods %v, %v: want two each", r.Feasibility.Methods, r.Optimum.Methods)
	}
	if v, by := r.Claims().Verdict(), r.Claims().ByStatus(); v != theorems.Verified || by != "MD-T2, MD-T3 proved; MD-T1, MD-T4 checked" {
		t.Errorf("verdict %v (%s)", v, by)
	}
}

// compareClaims demands that the certificate of a cell with a proof proves all four claims, whatever else was done.
func compareClaims(t *testing.T, report *certificate.Report) {
	t.Helper()
	want := []certificate.Claim{{Tag: "MD-T1", Status: "proved"}, {Tag: "MD-T2", Status: "proved"}, {Tag: "MD-T3", Status: "proved"}, {Tag: "MD-T4", Status: "proved"}}
	if !slices.Equal(report.Claims, want) {
		t.Errorf("the certificate claims %v", report.Claims)
	}
}

// The certificate of instances alone says that the claims are checked, as the report does.
func TestCertificateOfInstances(t *testing.T) {
	for _, models := range [][]string{multidraft.Models(), {multidraft.ModelIID}, {multidraft.ModelJoint}} {
		r, err := Verify(context.Background(), 3, 4, Options{Instances: 3, Models: models, Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		report, err := certificate.Check(bytes.NewReader(certify(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"P* proved"}
		for _, c := range r.Claims() {
			want = append(want, c.Tag+" "+c.Status.String())
		}
		var got []string
		for _, c := range report.Claims {
			got = append(got, c.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("the certificate claims %v, want %v", got, want)
		}
	}
}

// Known counts of the theory.
func TestMDT2_RayCounts(t *testing.T) {
	for _, c := range []struct{ k, n, rays int }{{2, 3, 9}, {3, 7, 182}, {3, 10, 1187}, {6, 14, 22843}} {
		p, err := ProveCone(context.Background(), FeasibilityCone(c.k, c.n), []string{MethodDomain}, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Rays().Cmp(big.NewInt(int64(c.rays))) != 0 {
			t.Errorf("K=%d n=%d: %v rays, want %d", c.k, c.n, p.Rays(), c.rays)
		}
	}
}

func TestCellDoesNotDependOnWorkers(t *testing.T) {
	var first []byte
	for _, workers := range []int{1, 2, 5} {
		o := fullOptions()
		o.Workers = workers
		r, err := Verify(context.Background(), 3, 4, o)
		if err != nil {
			t.Fatal(err)
		}
		b := certify(t, r)
		if first == nil {
			first = b
		}
		if !bytes.Equal(b, first) {
			t.Errorf("%d workers: another certificate", workers)
		}
	}
}

func TestWrongExponentIsRefuted(t *testing.T) {
	for k := 2; k <= 4; k++ {
		for e := 1; e <= 5; e++ {
			o := fullOptions()
			o.Exponent = e
			r, err := Verify(context.Background(), k, 4, o)
			if err != nil {
				t.Fatal(err)
			}
			want := theorems.Falsified
			if e == k {
				want = theorems.Verified
			}
			if v := r.Claims().Verdict(); v != want {
				t.Errorf("K=%d exponent %d: %v, want %v", k, e, v, want)
			}
			if _, err := certificate.Check(bytes.NewReader(certify(t, r))); err != nil {
				t.Errorf("K=%d exponent %d: %v", k, e, err)
			}
		}
	}
}

// A status is earned by what ran: without cones nothing is proved, and what was
// interrupted is undecided.
func TestClaimsAreEarned(t *testing.T) {
	o := fullOptions()
	o.PlainIfSmall, o.Domain = false, false
	r, err := Verify(context.Background(), 2, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Claims() {
		if c.Status != theorems.Checked {
			t.Errorf("instances only: %s is %v", c.Tag, c.Status)
		}
	}
	o = fullOptions()
	o.Instances = -1
	r, err = Verify(context.Background(), 2, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Claims() {
		if c.Status != theorems.Proved {
			t.Errorf("cones only: %s is %v", c.Tag, c.Status)
		}
	}
	stopped := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(stopped)
	r, err = Verify(ctx, 3, 5, fullOptions())
	if !errors.Is(err, stopped) {
		t.Errorf("error %v, want the cause of the end", err)
	}
	for _, c := range r.Claims() {
		if c.Status != theorems.Undecided {
			t.Errorf("stopped: %s is %v", c.Tag, c.Status)
		}
	}
	if r.Claims().Verdict() != theorems.Open {
		t.Errorf("stopped: verdict %v", r.Claims().Verdict())
	}
}

// Part of the instances is not all of them.
func TestInterruptedInstancesAreUndecided(t *testing.T) {
	o := fullOptions()
	o.PlainIfSmall, o.Domain = false, false
	r, err := Verify(context.Background(), 2, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	r.Instances[len(r.Instances)-1] = CheckedInstance{}
	for _, c := range r.Claims() {
		if c.Status != theorems.Undecided {
			t.Errorf("one instance missing: %s is %v", c.Tag, c.Status)
		}
	}
}

// Plain double description is not begun on cells where it would not end.
func TestPlainOnlyWhereItEnds(t *testing.T) {
	for n := MinTokens; n <= multidraft.MaxTokens; n++ {
		for k := 2; k <= 6; k++ {
			if Validate(k, n) == nil && plainFits(k, n) != (n <= 9 || n <= 13 && k == 2 || n <= 11 && k == 3 || n <= 10 && k == 4) {
				t.Errorf("K=%d n=%d: plain double description is run: %v", k, n, plainFits(k, n))
			}
		}
	}
}

// What one method proved before the end of the time stands.
func TestAFinishedMethodStandsWhenAnotherIsStopped(t *testing.T) {
	stopped := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	o := doubledesc.Options{Progress: func(doubledesc.Progress) { cancel(stopped) }} // plain has a second phase, the simplicial domain none
	p, err := ProveCone(ctx, FeasibilityCone(3, 5), []string{MethodDomain, MethodPlain}, o)
	if !errors.Is(err, stopped) || p == nil || len(p.Methods) != 1 || p.Methods[0] != MethodDomain {
		t.Errorf("proof %+v, error %v", p, err)
	}
}

func TestADisagreementRefutes(t *testing.T) {
	in, err := multidraft.Generate(1, 0, 2, 3, multidraft.ModelIID)
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{K: 2, N: 3, Exponent: 2, Options: fullOptions()}
	if err := r.note(fmt.Errorf("found: %w", &optimum.Disagreement{Instance: in})); err != nil {
		t.Fatal(err)
	}
	if v := r.Claims().Verdict(); v != theorems.Falsified {
		t.Errorf("verdict %v", v)
	}
}

func TestValidateCell(t *testing.T) {
	for _, ok := range [][2]int{{2, 2}, {6, 14}, {64, 2}, {9, 14}, {2, 62}, {6, 20}} {
		if err := Validate(ok[0], ok[1]); err != nil {
			t.Errorf("%v: %v", ok, err)
		}
	}
	for _, bad := range [][2]int{{1, 5}, {0, 5}, {-1, 5}, {65, 5}, {3, 1}, {3, 0}, {3, 63}, {8, 40}, {10, 14}} {
		if err := Validate(bad[0], bad[1]); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}

func TestUnknownModelIsAnError(t *testing.T) {
	o := fullOptions()
	o.Models = []string{"typo"}
	if _, err := Verify(context.Background(), 2, 3, o); err == nil {
		t.Error("an unknown draft model is accepted")
	}
}

// A panic of a task is the error of the run, for any number of workers.
func TestPanicOfATask(t *testing.T) {
	good := func(context.Context) error { return nil }
	tasks := []task{{"one", good}, {"two", func(context.Context) error { panic("wrong") }}, {"three", good}, {"four", good}}
	for workers := 1; workers <= 3; workers++ {
		if err := runTasks(t.Context(), tasks, Options{Workers: workers}); err == nil || !strings.Contains(err.Error(), "wrong") {
			t.Errorf("%d workers: error %v", workers, err)
		}
	}
}

// Every cell that can be verified has a certificate.
func TestEveryCellFitsTheFormat(t *testing.T) {
	cells := 0
	for k := 2; k <= MaxDrafts; k++ {
		for n := 2; Validate(k, n) == nil; n++ {
			if cells++; !witness.CellFits(k, n) {
				t.Errorf("no certificate for K = %d, n = %d", k, n)
			}
		}
	}
	if cells < 500 {
		t.Errorf("%d cells", cells)
	}
}

// The rows of the lemmas say up to how many tokens they are gone through.
func TestRowsSayTheLimitsOfElimination(t *testing.T) {
	limits := fmt.Sprintf("of at most %d tokens for K = 2, %d for 3, %d for 4 and %d beyond", MaxEliminationTokens(2), MaxEliminationTokens(3), MaxEliminationTokens(4), MaxEliminationTokens(5))
	most := func(k int) (n int) {
		for n = 2; ProjectionFits(k, n+1); n++ {
		}
		return n
	}
	plainly := fmt.Sprintf("the plain projection for at most %d tokens for K = 2, and %d beyond", most(2), most(3))
	if most(4) != most(3) || most(6) != most(3) {
		t.Errorf("projections end at %d, %d and %d tokens", most(3), most(4), most(6))
	}
	for tag, want := range map[string]string{"MD-L2": limits, "MD-L3": limits, "MD-L4": limits, "MD-L1": plainly, "MD-REM4": plainly} {
		for _, row := range multidraft.Family().Theorems {
			if row.Tag == tag && !strings.Contains(row.Scope, want) {
				t.Errorf("%s: the scope %q does not say %q", tag, row.Scope, want)
			}
		}
	}
}
