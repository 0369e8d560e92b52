package main

import (
	"fmt"
	"runtime"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/cmd/verify/internal/build"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "prints version, commit, Go version and the certificate formats",
		long: `Prints the version of the program, the commit it was built from, the version of Go, and
the formats of certificates. "verify -version" does the same.`,
		run: func(c *call, args []string) error {
			if err := c.flags().noArguments(args); err != nil {
				return err
			}
			built, commit := build.Version()
			_, err := fmt.Fprintf(c.stdout, "verify %s\ncommit %s\n%s %s/%s\n%s, %s\n",
				built, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH, certificate.Format, kernel.Format)
			return err
		},
	}
}
