package run

import (
	"fmt"

	"pstar/certificate/kernel"
	"pstar/internal/build"
)

// VersionCommand says what the program was built from.
func VersionCommand() Command {
	return Command{
		Name:    "version",
		Summary: "prints version, commit, Go version and the certificate format",
		Long: `Prints the version of the program, the commit it was built from, the version of Go, and
the format of certificates. "verify -version" does the same.`,
		Run: func(c *Call, args []string) error {
			// "verify version 1.2" asks for something else than what would be printed.
			if err := c.Flags().NoArguments(args); err != nil {
				return err
			}
			// Go and the system are there for reports of faults; the format says with which
			// certificates the program can be used.
			_, err := fmt.Fprintf(c.Stdout, "%s%s\n", build.About("verify"), kernel.Format)
			return err
		},
	}
}
