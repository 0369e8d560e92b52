package run

import (
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// fileMemory is how many kilobytes of files are in the memory of this process.
func fileMemory(t *testing.T) int {
	text, err := os.ReadFile("/proc/self/status")
	found := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(text)
	if err != nil || found == nil {
		t.Skip("this system does not tell")
	}
	n, _ := strconv.Atoi(string(found[1]))
	return n
}

// Everything goes on as before: what is needed is read again, and constants are what they were.
func TestGiveBack(t *testing.T) {
	before, text := fileMemory(t), constantText
	for range 3 {
		giveBack()
		if after := fileMemory(t); after >= before {
			t.Errorf("%d kB of files before, %d kB after", before, after)
		}
		if !strings.HasSuffix(text, "as it was") {
			t.Errorf("a constant is now %q", text)
		}
	}
}

const constantText = "what stands in the file of the program is as it was"

// Of what can be written to nothing is given back: it would be lost.
func TestConstantMappings(t *testing.T) {
	list := constant()
	if len(list) == 0 {
		t.Skip("this system does not tell")
	}
	text, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		row := regexp.MustCompile("(?m)^0*" + strconv.FormatUint(uint64(m.begin), 16) + "-.*$").FindString(string(text))
		if f := strings.Fields(row); len(f) < 6 || f[1] != "r-xp" && f[1] != "r--p" || !strings.HasPrefix(f[5], "/") {
			t.Errorf("given back: %s", row)
		}
	}
}

// Where little is in use nothing is looked for.
func TestReleaseProgram(t *testing.T) {
	held := make([]byte, tinyHeap)
	runtime.GC()
	if !ReleaseProgram() {
		t.Error("not given back, with much in use")
	}
	runtime.KeepAlive(held)
	held = nil
	runtime.GC()
	if inUse() < tinyHeap && ReleaseProgram() {
		t.Error("given back, with little in use")
	}
}
