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

	next time.Time // before which no checkpoint is written
}

// asideOfState are flags that change what is written, and how it is checked, but nothing
// that the folder keeps.
var asideOfState = []string{"o", "to", "expand", "verify", "adjacency", "incidence"}

// ddPart is the name of the checkpoint of a conversion.
const ddPart = "rays"

// Between two checkpoints there is a tenth of a second at least, and twenty times what one
// takes: they cost a twentieth of a run.
const (
	leastPause = 100 * time.Millisecond
	pauseRatio = 20
)

// done is what a conversion came to.
type done struct {
	*doubledesc.Conversion
	orbits   *orbitList // if the rows are representatives
	complete bool       // nothing is missing
}

// kept converts with a folder. Its one task is the conversion; the work on orbits is shared
// with other runs, part by part, before it.
func (d *ddRun) kept(ctx context.Context, in *cone.Polyhedron, path string) (result *done, err error) {
	task := campaign.Task{Name: "conversion", Label: path, Do: func(ctx context.Context) (*campaign.Result, error) {
		if result == nil { // by symmetry all has been done before
			if result, err = d.convertOnce(ctx, in, d.resumed()); err != nil {
				return nil, err
			}
		}
		return &campaign.Result{Title: path, Verdict: run.Solved}, nil
	}}
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
	ended := d.state.run.Each(ctx, func(_ *campaign.Task, _ *campaign.Result, err error) { failed = err })
	switch {
	case failed != nil:
		return nil, failed
	case ended != nil:
		return nil, ended
	case result == nil: // the folder has it, from an earlier run or another one
		return d.convertOnce(ctx, in, d.resumed())
	}
	return result, nil
}

// resumed returns the checkpoint of the folder, nil if there is none.
func (d *ddRun) resumed() *doubledesc.Checkpoint {
	text := d.state.run.Part(ddPart)
	if text == nil { // a first run, or one that was killed early
		return nil
	}
	c, err := doubledesc.ReadCheckpoint(text)
	if err != nil { // of another version, say: nothing is lost but time
		d.talk.Note("%v; the conversion is begun anew", err)
		return nil
	}
	if rays, final := c.Rays(); final {
		d.talk.Say("goes on with %d rays of the result", rays)
	} else {
		d.talk.Say("goes on with %d rays of the rows taken in so far", rays)
	}
	return c
}

// keep writes a checkpoint if it is time for one, and the last one always.
func (d *ddRun) keep(last bool, state func() *doubledesc.Checkpoint) error {
	if !last && time.Now().Before(d.state.next) {
		return nil
	}
	begun := time.Now()
	err := d.state.run.KeepPart(ddPart, state().Write)
	d.state.next = time.Now().Add(max(leastPause, pauseRatio*time.Since(begun)))
	return err
}

// doPart finds the neighbours of an orbit, unless this or another run has found them.
func (d *ddRun) doPart(ctx context.Context, name string, work func(context.Context) ([]byte, error)) ([]byte, error) {
	content, elsewhere, err := d.state.run.DoPart(ctx, name, work)
	if err == nil && elsewhere {
		err = orbits.ErrElsewhere
	}
	return content, err
}

// convertOnce converts, and goes on from a checkpoint if there is one that fits.
func (d *ddRun) convertOnce(ctx context.Context, in *cone.Polyhedron, from *doubledesc.Checkpoint) (*done, error) {
	result, err := d.convert(ctx, in, from)
	if from != nil && errors.Is(err, doubledesc.ErrCheckpoint) {
		d.talk.Note("%v; the conversion is begun anew", err)
		result, err = d.convert(ctx, in, nil)
	}
	return result, err
}
