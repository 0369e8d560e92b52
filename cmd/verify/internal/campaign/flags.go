package campaign

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"pstar/cmd/verify/internal/run"
)

// Flags are those of a command with many tasks.
type Flags struct {
	set     *run.FlagSet
	dir     string
	shard   Shard
	perTask time.Duration
	lease   time.Duration
	aside   []string // flags on which nothing depends that is kept, besides those of every command
}

// Add adds -state, -shard, -task-timeout and -lease.
func Add(f *run.FlagSet) *Flags {
	// A minute is longer than file servers keep what they know of files to themselves, and
	// short beside the tasks for which a second machine is worth while.
	g := &Flags{set: f, lease: time.Minute}
	f.StringVar(&g.dir, "state", "", "keep finished tasks in `dir`: the same command goes on where it was stopped, and any number of runs share the work")
	f.Var(&g.shard, "shard", "with -state, do only every m-th task from the i-th: `i/m`, or slurm/m or k8s/m, where the array task or the pod says which")
	f.TimeLimitVar(&g.perTask, "task-timeout", "leave a task undecided after this `duration`, and go on with the next (0: no limit)")
	f.TimeLimitVar(&g.lease, "lease", "with -state, take over a task whose worker, of another machine, has been silent for this `duration`")
	return g
}

// AddKept adds -state and -lease, for a command that is one task, of which parts are kept. Nothing
// that is kept depends on the flags named.
func AddKept(f *run.FlagSet, aside ...string) *Flags {
	g := &Flags{set: f, lease: time.Minute, aside: aside}
	f.StringVar(&g.dir, "state", "", "keep what is done in `dir`: the same command goes on where it was stopped, and with -symmetry any number of runs share the work")
	f.TimeLimitVar(&g.lease, "lease", "with -state, take over work whose worker, of another machine, has been silent for this `duration`")
	return g
}

// Kept reports whether what is finished is kept.
func (g *Flags) Kept() bool { return g.dir != "" }

// Limit returns a context that ends, for one task, when -task-timeout says; see [run.TaskLimit].
func (g *Flags) Limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return run.TaskLimit(ctx, g.perTask)
}

// Check reports flags that have no effect.
func (g *Flags) Check() error {
	if g.dir == "" {
		return g.set.RefuseUnused("without -state", "shard", "lease") // -shard where there is one
	}
	// Claims are renewed four times within a lease; more often than that is a load, not care.
	if g.lease < 100*time.Millisecond {
		return run.UsageErrorf("-lease %v: expected at least 100ms", g.lease)
	}
	return nil
}

// A Shard is a part of the tasks: of every Of ones the one numbered Number, from 1. The
// zero value is all tasks.
type Shard struct{ Number, Of int }

// String implements flag.Value: "2/8", also where the number came from a scheduler; "" of
// all tasks.
func (s *Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Number, s.Of)
}

// maxShards bounds the number of shards: more than there are tasks help nobody.
const maxShards = 1_000_000

// engines are the schedulers that number the runs of an array: the variable in which they
// tell a run its number, and the number of the first run. What they tell of the total is not
// looked at: of an array that is submitted again for the tasks 3 and 5 it is 2, and a pod is
// never told.
var engines = []struct {
	name, variable, what string
	first                int
}{
	{"slurm", "SLURM_ARRAY_TASK_ID", "--array=1-%d", 1},
	{"k8s", "JOB_COMPLETION_INDEX", "completionMode: Indexed, completions: %d", 0},
}

// Set implements flag.Value. Both numbers are asked for: a run that guesses one of them does
// the wrong part of the work and looks as if it had done its own.
func (s *Shard) Set(text string) error {
	number, of, both := strings.Cut(text, "/")
	// Parsed although it may be unused: both numbers are wanted.
	m, err := strconv.Atoi(of)
	if !both || err != nil || m < 1 || m > maxShards {
		return fmt.Errorf("expected i/m, both numbers, such as 2/8; or slurm/8, k8s/8")
	}
	i, err := strconv.Atoi(number)
	for _, e := range engines {
		if e.name != number {
			continue
		}
		value, there := os.LookupEnv(e.variable)
		if !there {
			return fmt.Errorf("%s is not set: is this a run of "+e.what+"?", e.variable, m)
		}
		i, err = strconv.Atoi(value)
		if err != nil || i < e.first || i >= e.first+m {
			return fmt.Errorf("%s is %q, expected %d to %d, as of "+e.what, e.variable, value, e.first, e.first+m-1, m)
		}
		i += 1 - e.first // shards are numbered from 1, whoever runs them
	}
	if err != nil || i < 1 || i > m {
		return fmt.Errorf("expected a number from 1 to %d before the /", m)
	}
	*s = Shard{i, m}
	return nil
}

// has reports whether the task numbered i, from 0, is one of the shard. Every m-th task, not
// a block of them: neighbours in a grid take about as long, so that shards do, too.
func (s Shard) has(i int) bool { return s.Of == 0 || i%s.Of == s.Number-1 }
