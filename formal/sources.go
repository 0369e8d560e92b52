// Package formal holds the sources of the checker that Coq proved sound, for files that are to be read
// without the rest of this folder.
package formal

import "embed"

//go:embed checker/*.v definitions/multidraft.v model/identities.v model/transport.v
var files embed.FS

// Checker are the files of the checker and its proof, each after those that it needs. The rule block rests on the theorem of
// transport, which stands with the model, and on the definitions of this; all rest on the tactics of model/identities.v.
var Checker = []string{"model/identities", "definitions/multidraft", "model/transport", "checker/polynomial", "checker/meaning", "checker/describe", "checker/kernel",
	"checker/combine", "checker/exponential", "checker/generate", "checker/prefix", "checker/farkas", "checker/rules", "checker/dual", "checker/project", "checker/blocks",
	"checker/steps", "checker/sound", "checker/integers"}

// Source is the text of one of them.
func Source(name string) string {
	text, err := files.ReadFile(name + ".v")
	if err != nil {
		panic("formal: " + err.Error())
	}
	return string(text)
}
