package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// phased are commands, with functions that must look at the context while they run:
// in reading, expanding, solving, checking and writing, where a command has that.
// DIR is a folder of its own for what is written.
var phased = []struct{ command, asked string }{
	{"-k 2 -n 3 -j 1 -certificate DIR/c.json", "cell.runTasks doubledesc.checkSymmetry witness.Cell kernel.CheckContext optimum.CrossCheck witness.Write internal/run.allowed.Write"},
	{"-k 3 -n 5 -write-lp DIR/c.lp", "optimum.prefixOptimum optimum.ImportanceProgram internal/run.allowed.Write"},
	{"-k 3 -n 5 -program selection -write-lp DIR/c.mps.gz", "optimum.TLSRProgram internal/run.allowed.Write"},
	{"check ../../fixtures/certificates/accepted/cell-2-3.json", "internal/run.(*Source).Read"},
	{"dd -method pivot -o DIR/o.ext ../../fixtures/polyhedra/birkhoff.ine", "internal/pivot.(*walker[...]).walk"},
	{"dd -j 1 -method dd -verify -o DIR/o.ext ../../fixtures/polyhedra/birkhoff.ine",
		"internal/run.(*Source).Read simplicial.Of doubledesc.secondPhase doubledesc.Check doubledesc/complete.(*prover).check internal/run.allowed.Write"},
	{"redund -o DIR/o.ine ../../fixtures/polyhedra/cube.ine", "internal/run.(*Source).Read redundancy.(*facetSearch).run internal/run.allowed.Write"},
	{"fm -method fm -eliminate x1 -o DIR/o.ine ../../fixtures/polyhedra/cube.ine",
		"internal/run.(*Source).Read fm.newEngine fm.(*engine).run fm.(*Result).Verify internal/run.allowed.Write"},
	{"lp -certificate DIR/c.json -write-mps DIR/o.mps -write-lp DIR/o.lp -vipr DIR/o.vipr ../../fixtures/lp/sc50a.mps",
		"internal/run.(*Source).Read lp.newForm lp.(*revised).run lp.(*Problem).verify witness.Write format/mps.Write format/cplex.Write internal/run.allowed.Write"},
	{"pstar ../../fixtures/instances/three-tokens.json", "internal/run.(*Source).Read optimum.prefixOptimum"},
	{"pstar ../../fixtures/instances/independent.csv", "internal/input.parseCSV flow.MaxFlow"},
	{"scheme spectr ../../fixtures/instances/three-tokens.json", "format/jsontext.(*Reader).Read scheme.(*kseq).root"},
	{"scheme -compare ../../fixtures/instances/three-tokens.json", "internal/run.(*Source).Read scheme.planImportance scheme.(*rejections).visit"},
	{"steps -j 1 -k 2 ../../fixtures/instances/steps.jsonl", "steps.(*lineSource).line steps.(*stepsJob).stream steps.(*step).evaluate scheme.(*kseq).root"},
	{"figure ../../fixtures/figures/skewed.json -points 4 -o DIR/f.csv", "figures.parseFigure study.(*Family).Curve study.(*Samples).evaluate internal/run.allowed.Write"},
	{"bounds -k 2 -n 3 -instances 2", "lp.newForm study.(*BoundReport).compare"},
	{"crs -x 1/3,1/4,1/5 -split -certificate DIR/c.json", "internal/plane.(*rounded).guess single.Verify witness.Write internal/run.allowed.Write"},
	{"crs -upto 5 -certificate DIR/c.json", "single.VerifyUniformFrom witness.Write internal/run.allowed.Write"},
	{"knapsack ../../fixtures/contention/knapsack.json -certificate DIR/k.json", "internal/run.(*Source).Read knapsack.Verify witness.Write internal/run.allowed.Write"},
	{"ration ../../fixtures/contention/pantry.json -certificate DIR/r.json -simulate 10",
		"internal/run.(*Source).Read ration.LargestUniform ration.Allocate ration.(*Ration).Simulate witness.Write internal/run.allowed.Write"},
	{"ration ../../fixtures/contention/typeone.json -region -optimum", "ration.CheckTargets knapsack.enumerate[...] ration.ProjectRegion ration.offlineMost ration.onlineOptimum"},
	{"crs -prophet ../../fixtures/contention/prophet.json", "single.(*Prophet).largest single.Solve"},
	{"knapsack -hard 3", "knapsack.enumerate[...]"},
	{"orders -n 3 -best", "orders.Best"},
	{"units -k 2 -n 3", "units.Solve"},
}

// partial are the commands that tell what was settled before they were stopped.
var partial = []string{"crs", "knapsack", "ration", "orders", "units"}

// watched is a context that sees who looks at it, or derives another one from it.
type watched struct {
	context.Context
	asked func(stack []string)
}

// Err implements context.Context.
func (w watched) Err() error {
	w.asked(callers())
	return w.Context.Err()
}

// Value implements context.Context: contexts that are derived from this one look for its
// cancellation here.
func (w watched) Value(key any) any {
	w.asked(callers())
	return w.Context.Value(key)
}

// callers returns the functions of this module that are on the stack, innermost first.
func callers() (stack []string) {
	var counters [64]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters[:])])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "pstar/"); ours {
			stack = append(stack, name)
		}
	}
	return stack
}

// phaseRun is a run of a command, with all that it wrote.
type phaseRun struct {
	status    int
	text, out string
	files     map[string]string
}

// runPhased runs a command that nobody gives up. The context ends with the cause at the
// first look at it that end says.
func runPhased(t *testing.T, command string, cause error, end func(stack []string) bool) phaseRun {
	t.Helper()
	dir := t.TempDir()
	var out, talk bytes.Buffer
	c := run.New(commands(), strings.NewReader(""), &out, &talk)
	c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
		var lock sync.Mutex
		return watched{ctx, func(stack []string) {
			lock.Lock()
			defer lock.Unlock()
			if end(stack) {
				cancel(cause)
			}
		}}
	}
	err := c.Dispatch(strings.Fields(strings.ReplaceAll(command, "DIR", dir)))
	r := phaseRun{run.ExitStatus(err), run.Describe(err), out.String(), map[string]string{}}
	entries, dirErr := os.ReadDir(dir)
	if dirErr != nil {
		t.Fatal(dirErr)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		r.files[e.Name()] = string(text)
	}
	return r
}

// A command ends wherever it looks at its context, with the status and the words of the
// cause, and leaves whole files or none. Each function that looks is one place.
func TestCommandsStopInEveryPhase(t *testing.T) {
	for _, c := range phased {
		t.Run(c.command, func(t *testing.T) {
			t.Parallel()
			places := map[string]bool{}
			below := map[string]bool{}
			whole := runPhased(t, c.command, nil, func(stack []string) bool {
				places[stack[0]] = true
				for _, f := range stack {
					below[f] = true
				}
				return false
			})
			if whole.status != run.ExitVerified {
				t.Fatalf("without an end: status %d, %s", whole.status, whole.text)
			}
			for _, asked := range strings.Fields(c.asked) {
				if !slices.ContainsFunc(slices.Collect(maps.Keys(below)), func(f string) bool { return strings.HasSuffix(f, asked) }) {
					t.Errorf("%s does not look at the context", asked)
				}
			}
			for place := range places {
				stopAt(t, c.command, place, whole)
			}
		})
	}
}

func stopAt(t *testing.T, command, place string, whole phaseRun) {
	t.Helper()
	for status, cause := range map[int]error{run.ExitUndecided: &run.LimitError{Text: "time limit of 1s reached"}, run.ExitInterrupted: run.ErrInterrupted} {
		r := runPhased(t, command, cause, func(stack []string) bool { return stack[0] == place })
		if r.status != status || !strings.Contains(r.text, cause.Error()) {
			t.Errorf("%s: status %d, %q, want %d, %q", place, r.status, r.text, status, cause)
		}
		if slices.Contains(partial, strings.Fields(command)[0]) {
			checkPartial(t, place, r, whole)
		}
		for name, text := range r.files {
			if text != whole.files[name] {
				t.Errorf("%s: %s is left with %d bytes, want all %d or no file", place, name, len(text), len(whole.files[name]))
			}
		}
	}
}

// checkPartial is about what is printed before a stop: nothing while the input is read, and else what was settled, of which
// nothing becomes false by the stop; it is verified only if all was settled and the stop came while files were written.
func checkPartial(t *testing.T, place string, r, whole phaseRun) {
	t.Helper()
	reading := strings.Contains(place, "internal/run.(*Source)") || strings.Contains(place, "jsontext")
	switch {
	case r.out == whole.out || reading && r.out == "":
	case !strings.Contains(r.out, "verdict: undecided"):
		t.Errorf("%s: stopped there, it prints %q", place, r.out)
	case strings.Contains(r.out, "refuted"):
		t.Errorf("%s: the stop refutes something: %s", place, r.out)
	}
}
