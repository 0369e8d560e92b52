package input

import (
	"strconv"
	"strings"

	"pstar/internal/each"
	"pstar/theorems/multidraft"
)

// ShownTokens is the largest number of tokens of a set that are printed; -json
// gives all.
const ShownTokens = 20

// Set prints a set of tokens by their names.
func (t *Task) Set(tokens multidraft.TokenSet) string {
	// The first ones, in the order of the set, not the likeliest.
	// A set of a vocabulary may have 100 000 tokens: its size is what one wants to see then.
	shown := make([]string, 0, ShownTokens)
	for i := range tokens.All() {
		if len(shown) == ShownTokens {
			break
		}
		shown = append(shown, t.Shown(i))
	}
	text := strings.Join(shown, ",")
	if left := tokens.Len() - len(shown); left > 0 {
		text += ",... " + strconv.Itoa(left) + " more"
	}
	return "{" + text + "}"
}

// NamesOf lists what the tokens are called.
func (t *Task) NamesOf(tokens []int) []string {
	return each.Of(tokens, t.Name)
}
