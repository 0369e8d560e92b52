package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// exit ends the program; tests replace it.
// It is called in a goroutine, which has nobody to return a status to.
var exit = os.Exit

// limitMemory ends the program when it holds more than so much, such as 300M.
// By looking, a hundred times a second: what the runtime holds is known to nobody else. It may
// be exceeded by what is taken between two looks.
// The status is then 3, of a limit. An error is a size that is none.
func (c *checker) limitMemory(size string) error {
	limit, err := parseSize(size)
	if err != nil {
		return err
	}
	// The collector works harder before the end comes.
	// An eighth below the limit, so that there is room between trying and giving up.
	debug.SetMemoryLimit(min(softMemory, limit/8*7))
	go func() {
		// Memory that has been given back to the system is not held.
		held := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		for range time.Tick(10 * time.Millisecond) {
			metrics.Read(held)
			if held[0].Value.Uint64()-held[1].Value.Uint64() > uint64(limit) {
				// The verdicts before this one have been printed; of the file at hand
				// nothing is known.
				fmt.Fprintf(c.stderr, "certcheck: not checked in %s of memory (--max-mem)\n", size)
				c.printObject()
				exit(exitLimit)
				// Tests replace exit by what returns.
				return
			}
		}
	}()
	return nil
}

// parseSize reads a number of bytes, with K, M or G for powers of 1024.
// Upper and lower case are the same. A size is positive and below a terabyte: what is more
// is a mistake.
func parseSize(text string) (int64, error) {
	// Letters from the end; two of them, such as KM, are no unit, and are refused below.
	digits := strings.TrimRight(strings.ToUpper(text), "KMG")
	n, err := strconv.ParseInt(digits, 10, 40)
	// The last condition is the product's: it stays below 2^40, and does not overflow.
	if unit, known := map[string]int64{"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[strings.ToUpper(text)[len(digits):]]; known && err == nil && n > 0 && n < 1<<40/unit {
		return n * unit, nil
	}
	return 0, fmt.Errorf("--max-mem %q: expected a size such as 300M", text)
}
