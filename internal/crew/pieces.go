package crew

import "sync/atomic"

// Pieces calls f for all of 0..n-1, so many at a time, on the caller and up to workers-1
// goroutines beside it, and returns when all is done. Whoever is done with a piece takes the next one,
// so that nobody waits for who has the longer half. f is told which worker it is for, the caller being
// 0; no two calls of one worker run side by side. n that is one piece starts no goroutine.
//
// A panic of f is that of [Group.Wait], after all have ended, unless it is the caller's own.
func Pieces(workers, n, size int, f func(worker, from, to int)) {
	var next atomic.Int64
	work := func(worker int) {
		for {
			to := int(next.Add(int64(size)))
			from := to - size
			if from >= n {
				return
			}
			f(worker, from, min(to, n))
		}
	}
	var group Group
	// Deferred, so that nobody works on what the caller has given up.
	defer group.Wait()
	for worker := 1; worker < workers && worker*size < n; worker++ {
		group.Go(func() { work(worker) })
	}
	work(0)
}
