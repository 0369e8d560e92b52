package complete

import "pstar/internal/crew"

// worthAGoroutine is how many rays or rows are, as they take a tenth of a microsecond at least.
const worthAGoroutine = 256

// together runs f on all of 0..n-1, in as many pieces as there are workers, or fewer if these were
// small. The first piece is done here.
func together(workers, n int, f func(from, to int)) {
	parts := max(1, min(workers, n/worthAGoroutine))
	each := (n + parts - 1) / parts
	var group crew.Group
	for from := each; from < n; from += each {
		group.Go(func() { f(from, min(from+each, n)) })
	}
	f(0, each)
	group.Wait()
}
