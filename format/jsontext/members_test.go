package jsontext

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
)

// Every fault of an object is told with its line, its place and the key.
func TestObject(t *testing.T) {
	for text, want := range map[string]string{
		"{\"law\": [{\"word\": [2, 1],\n\"p\": \"1/3\"}], \"k\": 2}": "k=2 [1 0]:1/3",
		`{"law": []}`:                       "k=0",
		"{\"k\": 1,\n\"l\": 2}":             "f:2: unknown member \"l\"",
		"{\"k\": 1,\n\"k\": 1}":             "f:2: member \"k\" is there twice",
		`{"k": 0}`:                          "f:1: k: 0 drafts, want at least 1",
		`{"k": "1"}`:                        "f:1: k: expected a whole number, found 1",
		"{\"law\": [{\"p\": 1\n}]}":         "f:2: law[0]: member \"word\" is missing",
		"{\"law\": [{}]}":                   "f:1: law[0]: member \"word\" is missing",
		`{"law": [{"word": [], "q": 1}]}`:   "f:1: law[0]: unknown member \"q\"",
		`{"law": [{"word": [], "p": "x"}]}`: "f:1: law[0].p: cannot read \"x\": expected a number such as 3, 3/7, 0.25, 1e-3 or 0x1.8p-3",
		`{"law": [{"word": [1, 1.5]}]}`:     "f:1: law[0].word[1]: expected a whole number, found 1.5",
		`{"law": [{"word": [], "p": []}]}`:  "f:1: law[0].p: expected a number, found [",
		`{"law": [1]}`:                      "f:1: law[0]: expected an object, found 1",
		`{"law": {}}`:                       "f:1: law: expected a list, found {",
		`{"k": 1} 2`:                        "f:1: unexpected text after the object",
		`{"agent": {"name": "\n"}}`:         "f:1: agent, name: expected printable characters, found \"\\n\"",
	} {
		got, err := readSample(text)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// readSample reads an object with members of each sort, and prints them.
func readSample(text string) (string, error) {
	type entry struct {
		word []int
		p    rational.Rat
	}
	var k int
	var law []entry
	var name string
	r := New("f", 1, strings.NewReader(text))
	err := r.Whole(
		Keep("k", &k, r.Count("drafts")),
		Keep("law", &law, ListOf(r, func(place string) (e entry, err error) {
			err = r.Complete(place, Keep("word", &e.word, r.Tokens), Keep("p", &e.p, r.Rat))
			return e, err
		})),
		By("agent", func(place string) error {
			given, err := r.Object(place, Keep("name", &name, r.Title), Keep("k", &k, r.Integer))
			if err == nil && !slices.Equal([]bool{given["name"], given["k"]}, []bool{name != "", k != 0}) {
				err = fmt.Errorf("%v are given", given)
			}
			return err
		}))
	out := fmt.Sprintf("k=%d", k)
	for _, e := range law {
		out += fmt.Sprintf(" %v:%v", e.word, e.p)
	}
	return out, err
}
