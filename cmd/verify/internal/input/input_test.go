package input

import (
	"bufio"
	"strings"
	"testing"
)

func FuzzInput(f *testing.F) {
	f.Add("a.json", `{"k": 2, "p": ["1/2", 0.5], "q": [1, 0]}`)
	f.Add("a.csv", "token,p,q\na,1/2,1\nb,1/2,0\n")
	f.Add("a.json", `{"law": [{"word": [1], "probability": 1}], "q": [1]}`)
	f.Fuzz(func(t *testing.T, name, text string) {
		raw, err := parseInput(name, bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return
		}
		raw.k = min(max(raw.k, 1), 3)
		if task, err := raw.Task(&Flags{Weights: true}); err == nil && task.Instance.N() < 1 {
			t.Error("an instance without tokens")
		}
	})
}
