// Package formal holds the sources of the checker that Coq proved sound, for files that are to be read
// without the rest of this folder.
package formal

import "embed"

//go:embed checker/*.v
var checker embed.FS

// Checker are the names of the files of the checker and its proof, each after those that it needs.
var Checker = []string{"polynomial", "meaning", "describe", "kernel", "combine", "generate", "prefix", "farkas", "rules", "dual", "project",
	"steps", "sound", "integers"}

// Source is the text of one of them.
func Source(name string) string {
	text, err := checker.ReadFile("checker/" + name + ".v")
	if err != nil {
		panic("formal: " + err.Error())
	}
	return string(text)
}
