package witness

import (
	_ "embed" // contention_proofs.txt
	"strings"
	"sync"
)

//go:embed contention_proofs.txt
var contentionProofText string

// contentionProofs are the proofs of the theorems of the builder "contention", by their names;
// see scripted for the language.
var contentionProofs = sync.OnceValue(func() map[string]string {
	proofs, parts := map[string]string{}, map[string]string{}
	into, name := proofs, ""
	// Proofs are listed by theorem; parts that several share stand once and are put in by
	// "use".
	for line := range strings.Lines(contentionProofText) {
		switch word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word {
		case "#":
		case "proof":
			into, name = proofs, rest
		case "part":
			into, name = parts, rest
		case "use":
			into[name] += parts[rest]
		default:
			into[name] += line
		}
	}
	return proofs
})
