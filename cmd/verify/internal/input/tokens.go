package input

import (
	"strconv"
	"strings"

	"pstar/internal/each"
)

// ShownTokens is the largest number of tokens of a set that are printed; -json
// gives all.
const ShownTokens = 20

// Set prints a set of tokens by their names.
func (t *Task) Set(tokens []int) string {
	// The first ones, in the order of the set, not the likeliest.
	// A set of a vocabulary may have 100 000 tokens: its size is what one wants to see then.
	text := strings.Join(each.Of(tokens[:min(len(tokens), ShownTokens)], t.Shown), ",")
	if left := len(tokens) - ShownTokens; left > 0 {
		text += ",... " + strconv.Itoa(left) + " more"
	}
	return "{" + text + "}"
}

// NamesOf lists what the tokens are called.
func (t *Task) NamesOf(tokens []int) []string {
	return each.Of(tokens, t.Name)
}
