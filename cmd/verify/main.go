// Command verify settles theorems about linear programs exactly.
//
//	verify -k 3 -n 10
//
// verifies a cell of multi-draft speculative sampling; "verify -h" lists what
// else it does, and "verify NAME -h" explains one of the sub-commands.
//
// Standard output is the result; everything else goes to standard error. The
// exit status is 0 if everything was verified, 1 if a claim was refuted or a
// certificate is invalid, 2 for bad usage or input or an output that cannot be written,
// 3 if something is undecided within the limits given, 4 if the program finds itself at
// fault, and 130 if the command was interrupted.
package main

import (
	"os"

	"pstar/cmd/verify/internal/run"
)

func main() {
	letSmallHeapsGrow()
	os.Exit(run.New(commands(), os.Stdin, os.Stdout, os.Stderr).Main(os.Args[1:]))
}
