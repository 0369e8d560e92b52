package crew

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Pieces is [Crew.Pieces] of a crew for one job.
func Pieces(workers, n, size int, f func(worker, from, to int)) {
	c := New(workers)
	defer c.Dismiss()
	c.Pieces(n, size, f)
}

// Crew is some workers that stay, for many short jobs one after the other: waking a goroutine takes as
// long as such a job. Between jobs that follow each other closely they look out for the next one, and
// go to sleep if none comes.
type Crew struct {
	workers int
	helpers []*helper // all but the caller, who is worker 0; none before the first job that is for them
	latest  atomic.Pointer[job]
}

// helper is a worker beside the caller.
type helper struct {
	asleep atomic.Bool   // whoever makes it false sends to wake, or is the helper
	wake   chan struct{} // with room for one
}

// New returns a crew of so many workers, of which the caller is one. It must be dismissed.
func New(workers int) *Crew { return &Crew{workers: workers} }

// Dismiss sends the workers away.
func (c *Crew) Dismiss() { c.publish(nil) }

// Pieces calls f for all of 0..n-1, so many at a time, and returns when all is done. Whoever is done with
// a piece takes the next one, so that nobody waits for who has the longer half. f is told which worker
// it is for, the caller being 0; no two calls of one worker run side by side. n that is one piece is
// done by the caller.
//
// A panic of f is that of [Group.Wait], after all have ended; pieces that nobody has begun are left. With
// one worker it is the panic itself.
func (c *Crew) Pieces(n, size int, f func(worker, from, to int)) {
	if c.workers <= 1 || n <= size {
		for from := 0; from < n; from += size {
			f(0, from, min(from+size, n))
		}
		return
	}
	j := &job{f: f, n: n, size: size}
	j.left.Store(int64(n))
	j.ended.Add(1)
	c.publish(j)
	for worker := len(c.helpers) + 1; worker < c.workers; worker++ {
		h := &helper{wake: make(chan struct{}, 1)}
		c.helpers = append(c.helpers, h)
		go c.help(worker, h, j)
	}
	j.work(0)
	j.wait()
}

// publish hands out a job, or none any more.
func (c *Crew) publish(j *job) {
	c.latest.Store(j)
	for _, h := range c.helpers {
		if h.asleep.CompareAndSwap(true, false) {
			h.wake <- struct{}{}
		}
	}
}

// help takes part in one job after the other, but for those that are done before it comes to them.
func (c *Crew) help(worker int, h *helper, j *job) {
	for j != nil {
		j.work(worker)
		j = c.after(h, j)
	}
}

// after returns the latest job when it is another one than that.
func (c *Crew) after(h *helper, last *job) *job {
	another := func() bool { return c.latest.Load() != last }
	if !lookOut(another) {
		h.asleep.Store(true)
		// A job that came before that has woken nobody.
		if !another() || !h.asleep.CompareAndSwap(true, false) {
			<-h.wake
		}
	}
	return c.latest.Load()
}

// patience is how long is looked out before going to sleep: some times as long as waking up takes.
const patience = 100 * time.Microsecond

// lookOut waits for a condition, with patience, and reports whether it holds.
func lookOut(holds func() bool) bool {
	for begin := time.Now(); ; runtime.Gosched() {
		for range 50 {
			if holds() {
				return true
			}
		}
		if time.Since(begin) > patience {
			return false
		}
	}
}

// job is a call of [Crew.Pieces] for several.
type job struct {
	f       func(worker, from, to int)
	n, size int
	next    atomic.Int64 // what nobody has begun
	left    atomic.Int64 // how many are not done
	ended   sync.WaitGroup
	once    sync.Once
	fault   error // the first panic
}

// work does pieces as long as there are some.
func (j *job) work(worker int) {
	for {
		to := int(j.next.Add(int64(j.size)))
		from := to - j.size
		if from >= j.n {
			return
		}
		to = min(to, j.n)
		done := to - from
		if fault := Try(func() { j.f(worker, from, to) }); fault != nil {
			j.once.Do(func() { j.fault = fault })
			done += max(j.n-int(j.next.Swap(int64(j.n))), 0) // nobody begins what is left
		}
		if j.left.Add(int64(-done)) == 0 {
			j.ended.Done()
		}
	}
}

// wait waits for pieces in hand. Most are done soon.
func (j *job) wait() {
	lookOut(func() bool { return j.left.Load() == 0 })
	j.ended.Wait()
	if j.fault != nil {
		panic(j.fault)
	}
}
