package polyhedra

import (
	"context"
	"errors"
	"time"

	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/orbits"
)

// ddState is the folder of -state.
type ddState struct {
	*campaign.Flags
	run *campaign.Run

	ctx   context.Context // of the conversion, whose end is time for a checkpoint
	begun time.Time       // when the conversion of this run began
	next  time.Time       // before which no checkpoint is written
}

// asideOfState are flags that change what is written, and how it is checked, but nothing
// that the folder keeps.
//
// A folder belongs to a command with its input; these flags are left out where it is
// compared.
var asideOfState = []string{"o", "to", "all-rows", "verify", "adjacency", "incidence"}

// ddPart is the name of the checkpoint of a conversion.
//
// There is one, which each checkpoint replaces whole.
const ddPart = "rays"

// Between two checkpoints there is a tenth of a second at least, and twenty times what one
// takes: they cost a twentieth of a run. In a run that is younger than that it is its age, so
// that runs of which each is soon killed come on all the same.
const (
	// Without a least pause, checkpoints that take microseconds would be written all the
	// time.
	leastPause = 100 * time.Millisecond
	pauseRatio = 20
)

// done is what a conversion came to.
type done struct {
	*doubledesc.Conversion
	orbits   *orbits.Listing // if the rows are representatives
	complete bool            // nothing is missing
}

// kept converts with a folder. Its one task is the conversion; the work on orbits is shared
// with other runs, part by part, before it.
//
// The bytes that come out are those of a run without a folder. An error is of the folder,
// of the task, or the end of ctx; what has been kept stays.
func (d *ddRun) kept(ctx context.Context, in *cone.Polyhedron, path string) (result *done, err error) {
	// The verdict is what is kept of the task; the rays themselves are in the checkpoint.
	task := campaign.Task{Name: "conversion", Label: path, Do: func(ctx context.Context) (*campaign.Result, error) {
		if result == nil { // by symmetry all has been done before
			if result, err = d.convertOnce(ctx, in, d.resumed()); err != nil {
				return nil, err
			}
		}
		return &campaign.Result{Title: path, Verdict: run.Solved}, nil
	}}
	// The input is part of what the folder is of: with another one it is refused.
	if d.state.run, err = d.state.Open(d.Call, d.talk, []campaign.Task{task}, path); err != nil {
		return nil, err
	}
	// Outside the task, which one run alone would do while others wait.
	if d.symmetry.use {
		if result, err = d.convertOnce(ctx, in, nil); err != nil {
			return nil, err
		}
	}
	var failed error
	// One error is of the task itself, the other of the campaign, such as a limit.
	ended := d.state.run.Each(ctx, func(_ *campaign.Task, _ *campaign.Result, err error) { failed = err })
	switch {
	case failed != nil:
		return nil, failed
	case ended != nil:
		return nil, ended
	// The last checkpoint has the rays of the result, so that this is quick: only checks
	// are left.
	case result == nil: // the folder has it, from an earlier run or another one
		return d.convertOnce(ctx, in, d.resumed())
	}
	return result, nil
}

// resumed returns the checkpoint of the folder, nil if there is none.
//
// What cannot be read is noted, and is no error: the input is still there.
func (d *ddRun) resumed() *doubledesc.Checkpoint {
	text := d.state.run.Part(ddPart)
	if text == nil { // a first run, or one that was killed early
		return nil
	}
	// It is only read here; whether it is of this input the engine looks at.
	c, err := doubledesc.ReadCheckpoint(text)
	if err != nil { // of another version, say: nothing is lost but time
		d.talk.Note("%v; the conversion is begun anew", err)
		return nil
	}
	// A final one has extreme rays of the cone, others have those of the rows taken in so
	// far, which may be more.
	if rays, final := c.Rays(); final {
		d.talk.Say("goes on with %d rays of the result", rays)
	} else {
		d.talk.Say("goes on with %d rays of the rows taken in so far", rays)
	}
	return c
}

// keep writes a checkpoint if it is time for one, and the last one always.
//
// state is only called if a checkpoint is written: it copies all rays.
func (d *ddRun) keep(last bool, state func() *doubledesc.Checkpoint) error {
	// Its time is over, or somebody stopped it: not if memory is short, of which a copy of the rays
	// would take more.
	ctx, put := d.state.ctx, d.state.run.KeepPart
	ended := errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(context.Cause(ctx), run.ErrInterrupted)
	if ended {
		put = d.state.run.KeepLastPart
	}
	if !last && !ended && time.Now().Before(d.state.next) {
		return nil
	}
	// The time that it takes decides when the next one is due.
	begun := time.Now()
	// The pause is measured from the end, and an attempt that failed counts as well.
	err := put(ddPart, state().Write)
	d.state.next = time.Now().Add(max(leastPause, min(time.Since(d.state.begun), pauseRatio*time.Since(begun))))
	// Here and now, as what the conversion would do until it looks is not kept.
	if err == nil && ended && !last {
		err = context.Cause(ctx)
	}
	return err
}

// doPart finds the neighbours of an orbit, unless this or another run has found them.
func (d *ddRun) doPart(ctx context.Context, name string, work func(context.Context) ([]byte, error)) ([]byte, error) {
	content, elsewhere, err := d.state.run.DoPart(ctx, name, work)
	// Another run holds the lease on this orbit: the workers take another one and come
	// back.
	if err == nil && elsewhere {
		err = orbits.ErrElsewhere
	}
	return content, err
}

// convertOnce converts, and goes on from a checkpoint if there is one that fits.
func (d *ddRun) convertOnce(ctx context.Context, in *cone.Polyhedron, from *doubledesc.Checkpoint) (*done, error) {
	result, err := d.convert(ctx, in, from)
	// Once only: without a checkpoint the error could not come again.
	if from != nil && errors.Is(err, doubledesc.ErrCheckpoint) {
		d.talk.Note("%v; the conversion is begun anew", err)
		// From the beginning, with the same options: the checkpoint was of another run.
		result, err = d.convert(ctx, in, nil)
	}
	return result, err
}
