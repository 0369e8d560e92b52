package input

import (
	"strconv"
	"strings"
)

// ShownTokens is the largest number of tokens of a set that are printed; -json
// gives all.
const ShownTokens = 20

// Set prints a set of tokens by their names.
func (t *Task) Set(tokens []int) string {
	names := []string{}
	// The first ones, in the order of the set, not the likeliest.
	for _, i := range tokens[:min(len(tokens), ShownTokens)] {
		names = append(names, t.Shown(i))
	}
	// A set of a vocabulary may have 100 000 tokens: its size is what one wants to see then.
	text := strings.Join(names, ",")
	if left := len(tokens) - ShownTokens; left > 0 {
		text += ",... " + strconv.Itoa(left) + " more"
	}
	return "{" + text + "}"
}

// NamesOf lists what the tokens are called.
func (t *Task) NamesOf(tokens []int) []string {
	names := make([]string, len(tokens))
	for j, i := range tokens {
		names[j] = t.Name(i)
	}
	return names
}
