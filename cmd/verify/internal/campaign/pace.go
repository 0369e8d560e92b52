package campaign

import (
	"fmt"
	"sync"
	"time"

	"pstar/cmd/verify/internal/run"
)

// pace tells how far a run is: "cell 12 of 65, 3.2 s, about 10 s left: K = 2, n = 13". Engines
// ask it from goroutines of their own, and such as were left behind even later.
//
// The time left comes from a model of what tasks cost beside each other, scaled by what those
// cost that were done. Where the model is wrong by a factor of two, so is the time; that is
// enough to know whether to wait or to go home.
type pace struct {
	talk  *run.Talk
	tasks []Task
	mine  []int // of the tasks, those of the shard
	start time.Time

	lock     sync.Mutex
	finished map[int]bool // here or by others
	now      int          // the task, or -1
	// What this process has done itself, in the units of the cost model, and how long it took.
	// Tasks of others, and those of a run that was stopped, say nothing of this machine.
	ours  int64
	took  time.Duration
	begun time.Time // of the task that is being done
}

// newPace watches over the tasks of a run. Of a single one nothing is told: its engine says
// how far it is.
func newPace(t *run.Talk, tasks []Task, mine []int) *pace {
	// Of the shard alone: the time left is that of this run.
	p := &pace{talk: t, tasks: tasks, mine: mine, finished: map[int]bool{}, start: time.Now(), now: -1}
	if len(mine) > 1 {
		t.Prefix = p.prefix // before there is anybody who asks
	}
	return p
}

// work is what a task is thought to take beside others. Without a model all are alike.
func (p *pace) work(i int) int64 {
	if c := p.tasks[i].Cell; c != nil && c.Work > 0 {
		return c.Work
	}
	return 1
}

// begin says that a task is being done from now on, and shows it at once: long tasks are told
// by their names before their engine has anything to say.
func (p *pace) begin(i int) {
	p.lock.Lock()
	p.now, p.begun = i, time.Now()
	p.lock.Unlock()
	p.talk.Update("")
}

// done says that a task is finished, here or by another worker.
func (p *pace) done(i int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	// Measured here, and so a measure of this machine.
	if p.now == i {
		p.ours += p.work(i)
		p.took += time.Since(p.begun)
		p.now = -1
	}
	p.finished[i] = true
}

// wait says for whom the run waits, of several for the first, since one line has room for
// no more. It reads claims, and so is not called where nobody looks.
func (p *pace) wait(c *claims) {
	p.lock.Lock()
	p.now = -1
	p.lock.Unlock()
	if !p.talk.ShowProgress() {
		return
	}
	for _, holder := range c.holders() {
		p.talk.Update("waiting for %s", holder)
		return
	}
}

// prefix begins a line of progress. The most important stands first, since a narrow terminal
// cuts the line off.
func (p *pace) prefix() string {
	p.lock.Lock()
	defer p.lock.Unlock()
	text := fmt.Sprintf("%d of %d", len(p.finished)+1, len(p.mine))
	kind := "task"
	if p.tasks[0].Cell != nil {
		kind = "cell"
	}
	if p.now < 0 { // none is being done: so many are
		text = fmt.Sprintf("%d of %d", len(p.finished), len(p.mine))
	}
	text = kind + " " + text + ", " + roughly(time.Since(p.start))
	if left, known := p.left(); known {
		text += ", about " + roughly(left) + " left"
	}
	if p.now >= 0 && p.tasks[p.now].Label != "" {
		text += ": " + p.tasks[p.now].Label
	}
	return text
}

// left is the time that the tasks not finished are thought to take, by what those took that
// were done here, on one machine: others that share the work only make it shorter. Nothing is
// said before a tenth of the work is done: it would be a guess.
func (p *pace) left() (time.Duration, bool) {
	var all, open int64
	for _, i := range p.mine {
		// Tasks of this run, whoever has finished them.
		all += p.work(i)
		if !p.finished[i] {
			open += p.work(i)
		}
	}
	if p.ours == 0 || 10*p.ours < all {
		return 0, false
	}
	// In this order: nanoseconds times work may exceed 63 bits.
	left := time.Duration(int64(p.took) / p.ours * open)
	if p.now >= 0 {
		left -= time.Since(p.begun)
	}
	return left, left > 0 // else the task takes longer than was thought, nobody knows how much
}

// roughly is a time as people say it: with a digit behind the point while it runs fast, in
// minutes when nobody sits beside it.
func roughly(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%d.%d s", d/time.Second, d%time.Second/(100*time.Millisecond))
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%d h", d/time.Hour)
}
