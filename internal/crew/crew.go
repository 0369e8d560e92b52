// Package crew runs functions side by side. A panic in one of them, which is how an engine
// says that its own answer is wrong, does not end the process but reaches whoever waits.
package crew

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// Panic is what a function panicked with, and where.
// Only the first panic of a group is kept.
type Panic struct {
	Value any
	Stack []byte
}

// Error implements error.
func (p *Panic) Error() string { return fmt.Sprintf("%v\n%s", p.Value, p.Stack) }

// Unwrap returns the error that the function panicked with, if it was one.
// So errors.Is and errors.As see through a panic with an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// Try calls f. If it panics, that is the error: a [*Panic].
// The stack is that of the panic, taken while it unwinds. A call of runtime.Goexit is no
// panic, and is not caught.
func Try(f func()) (err error) {
	defer func() {
		if value := recover(); value != nil {
			inner, again := value.(*Panic) // of a group in f: the first stack tells more
			if !again {
				inner = &Panic{value, debug.Stack()}
			}
			err = inner
		}
	}()
	f()
	return nil
}

// Group is a set of functions that run side by side. Its zero value has none.
// It must not be copied after the first use, and not be used again after Wait has panicked.
type Group struct {
	group sync.WaitGroup
	once  sync.Once
	err   error // the first panic
}

// Go runs f beside the caller.
// f must not wait for a function that has not been started: nothing limits how many run,
// and nothing orders them.
func (g *Group) Go(f func()) {
	g.group.Go(func() {
		// Only the first panic is told: others are most likely of the same cause.
		if err := Try(f); err != nil {
			g.once.Do(func() { g.err = err })
		}
	})
}

// Wait waits for all functions. If one has panicked, so does it, with a [*Panic].
// It panics in the caller's goroutine, where [Try] or a deferred function can catch it.
func (g *Group) Wait() {
	g.group.Wait()
	if g.err != nil {
		panic(g.err)
	}
}
