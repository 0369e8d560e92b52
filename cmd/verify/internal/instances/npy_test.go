package instances_test

import (
	"encoding/binary"
	"math"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// Where a text is wanted an array is told from one.
func TestArraysAreNoTexts(t *testing.T) {
	const want = "2>expected a text: an array is given with flags such as -p and -q"
	for _, line := range []string{"pstar -k 2 laws.npy", "scheme user rule.npy -k 2 -p 1 -q 1", "scheme is laws.npz:p"} {
		expect(t, run.ExitUsage, words(line), want)
	}
}

// Arrays in archives, logits, several drafts at each step, and a rule at each step.
func TestArraysOfEngineers(t *testing.T) {
	p3 := npyFile(t, "<f8", []int{2, 2, 2}, 0.5, 0.5, 0.25, 0.75, 1, 0, 0.5, 0.5)
	q := npyFile(t, "<f8", []int{2, 2}, 0.5, 0.5, 0.125, 0.875)
	// By hand: P* is the least over S of q(S) + 1 - p1(S) p2(S), for S = {1} in the second step.
	expect(t, run.ExitVerified, []string{"steps", "-p", p3, "-q", q, "-schemes", "optimal"}, "1,1.000000000000\n2,0.625000000000\n")
	expect(t, run.ExitUsage, []string{"steps", "-p", q, "-q", p3, "-schemes", "optimal"}, "2>has [2 2 2]")
	// No drafts at all: bad input, with -state too.
	none := npyFile(t, "<f8", []int{2, 0, 2})
	expect(t, run.ExitUsage, []string{"steps", "-p", none, "-q", q}, "2>has the shape [2 0 2]")
	expect(t, run.ExitUsage, []string{"steps", "-p", none, "-q", q, "-state", t.TempDir()}, "2>has the shape [2 0 2]")

	rule := write(t, "r.json", `{"k": 2, "n": 2, "classes": 1, "levels": [{"ratio": 1, "class": [[1, 1]]}]}`)
	expect(t, run.ExitVerified, []string{"steps", "-k", "2", "-p", q, "-q", q, "-schemes", "ss", "-rule", rule}, "step,ss,user\n1,1.000000000000,1.000000000000\n")
	other := write(t, "r.json", `{"k": 3, "n": 2, "beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [1, 2], "choose": [[1, 1]]}]}`)
	expect(t, run.ExitVerified, []string{"steps", "-k", "2", "-p", q, "-q", q, "-schemes", "ss", "-rule", other, "-v"},
		"1,1.000000000000,not defined\n", "2>it is for another K or n")
	lossy := write(t, "r.json", `{"rule": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [1, 2], "choose": [[1, 1]]}]}`)
	expect(t, run.ExitVerified, []string{"steps", "-k", "2", "-p", q, "-q", q, "-schemes", "ss", "-rule", lossy, "-v"},
		"1,1.000000000000,not defined\n", "2>its output is not lossless: total variation 1/4")

	// A law of words is exact: only the target moves P*.
	words := write(t, "law.json", `{"law": [{"word": [1, 2, 1, 2], "probability": 1}], "q": [0, 1]}`)
	expect(t, run.ExitVerified, []string{"pstar", "-logits", words}, "q: softmax at temperature 1, off by at most 4.8e-13", "P* is off by at most 4.8e-13")
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-logits", "-temperature", "1,2", "-p", "0,0", "-q", "0,0"}, "softmax at temperature 2, off by at most", "P* is off by at most", "P*(acc) = 1\n")
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-top-k", "1,2", "-p", "0.5,0.3,0.2", "-q", "0.5,0.25,0.25"},
		"normalised: p: 1 of 3 tokens kept\n", "normalised: q: 2 of 3 tokens kept\n", "P*(acc) = 2/3 ")
	expect(t, run.ExitUsage, []string{"pstar", "-k", "2", "-temperature", "2", "-p", "1", "-q", "1"}, "2>-temperature goes with -logits")
	expect(t, run.ExitUsage, []string{"pstar", "-k", "2", "-p", "missing.npz:p", "-q", "1"}, "2>cannot read missing.npz")
}

// A safetensors file that was cut off is not read, also where the tensor that is asked for is whole.
func TestSafetensorsCutOff(t *testing.T) {
	header := `{"p":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"q":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}`
	whole := string(binary.LittleEndian.AppendUint64(nil, uint64(len(header)))) + header
	for _, x := range []float32{0.5, 0.5, 0.25, 0.75} {
		whole += string(binary.LittleEndian.AppendUint32(nil, math.Float32bits(x)))
	}
	for cut, status := range map[int]int{0: run.ExitVerified, 1: run.ExitUsage, 8: run.ExitUsage} {
		path := write(t, "m.safetensors", whole[:len(whole)-cut])
		texts := []string{"P*(acc) = 3/4"}
		if cut > 0 {
			texts = []string{"2>the file is cut off: "}
		}
		expect(t, status, []string{"pstar", "-k", "1", "-p", path + ":p", "-q", "1/4,3/4"}, texts...)
	}
}
