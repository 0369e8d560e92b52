package jsontext

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A member that is there twice is told with its line, at any depth and however its name is written; what
// only looks like one is none.
func TestMembersTwice(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1, "b": {"a": 2}, "c": [{"a": 1}, {"a": 1}]}`:      "",
		"{\"a\": 1,\n\"b\": 2,\n\"a\": 3}":                        `3: member "a" is there twice`,
		"{\"b\": [1, {\"x\": {}, \"y\": [],\n\"x\": 0}]}":         `2: member "x" is there twice`,
		`{"a": "a", "b": "a", "c": ["a", "a", "b"]}`:              "",
		`{"a\"": 1, "a\\": 1, "\"a": "}{", "a": "\\"}`:            "",
		`{"rows": 1, "r\u006fws": 2}`:                             `1: member "rows" is there twice`,
		`{"rows": 1, "Rows": 2}`:                                  `1: member "Rows" is there twice`,
		`{"rows": 1, "row\u017f": 2}`:                             `1: member "rowſ" is there twice`,
		`{"more": {"rows": 1, "Rows": 2}}`:                        "",
		`{"": 1, "": 2}`:                                          `1: member "" is there twice`,
		`{"a": {"b": {"c": 1}, "d": [[], [{}]]}, "b": 1, "c": 1}`: "",
		`[{"a": 1}, "a", {"a": 1, "b": 0, "a": 1}]`:               "json: cannot unmarshal array into Go value of type struct { Rows int }",
	} {
		got := ""
		err := Unmarshal([]byte(text), &struct{ Rows int }{})
		if twice := new(TwiceError); errors.As(err, &twice) {
			got = fmt.Sprintf("%d: %v", twice.Line, err)
		} else if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	// Names of a map are no fields, and differ by their case.
	if err := Unmarshal([]byte(`{"A": 1, "a": 2}`), &map[string]int{}); err != nil {
		t.Error(err)
	}
	// Several values, as in a file of objects.
	if err := Once([]byte(`{"a": 1} {} "a" {"a": 1} [] "a" {"b": 0, "b": 0}`), false); err == nil {
		t.Error("the last object has a member twice")
	}
}

// Members are found to be there twice where the decoder's tokens say so, in texts at random.
func TestMembersTwiceAtRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	twice := 0
	for range 20000 {
		text := randomValue(r, 3)
		want := decoderTwice(json.NewDecoder(strings.NewReader(text)))
		if got := Once([]byte(text), false) != nil; got != want {
			t.Fatalf("%s: %v, want %v", text, got, want)
		}
		if want {
			twice++
		}
	}
	if twice < 1000 || twice > 10000 {
		t.Errorf("%d of 20000 have a member twice", twice)
	}
}

// randomValue writes a value with few names, of marks that could be taken for others.
func randomValue(r *rand.Rand, depth int) string {
	words := []string{`"a"`, `"\""`, `"\\"`, `"\u0061"`, `"{"`, `"b,"`, `"c:"`, `"]"`, `""`, `"\\\""`}
	kind := r.IntN(4)
	if depth == 0 {
		kind %= 2
	}
	var parts []string
	switch kind {
	case 0:
		return words[r.IntN(len(words))]
	case 1:
		return []string{"1", "-2e5", "null", "true"}[r.IntN(4)]
	case 2:
		for range r.IntN(4) {
			parts = append(parts, randomValue(r, depth-1))
		}
		return "[" + strings.Join(parts, " ,\n") + "]"
	}
	for range r.IntN(4) {
		parts = append(parts, words[r.IntN(len(words))]+[]string{":", " : "}[r.IntN(2)]+randomValue(r, depth-1))
	}
	return "{" + strings.Join(parts, ",") + " }"
}

// decoderTwice reads one value token by token.
func decoderTwice(d *json.Decoder) bool {
	token, err := d.Token()
	if err != nil {
		panic(err)
	}
	twice := false
	seen := map[any]bool{}
	switch token {
	case json.Delim('{'):
		for d.More() {
			name, err := d.Token()
			if err != nil {
				panic(err)
			}
			twice = seen[name] || twice
			seen[name] = true
			twice = decoderTwice(d) || twice
		}
	case json.Delim('['):
		for d.More() {
			twice = decoderTwice(d) || twice
		}
	default:
		return false
	}
	if _, err := d.Token(); err != nil {
		panic(err)
	}
	return twice
}
