package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"pstar/certificate"
	"pstar/certificate/kernel"
)

var versionCommand = command{
	name:    "version",
	summary: "prints the version and the certificate format",
	long:    "Prints the version of the program, of Go, and of the certificate format.",
	run: func(c *call, args []string) error {
		if err := c.flags().noArguments(args); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.stdout, "verify %s\n%s %s/%s\n%s, %s\n",
			version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, certificate.Format, kernel.Format)
		return err
	},
}

// version is the module version, or the commit if it was built from a checkout.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (text == "" || text == "(devel)") {
			text = "(devel) " + s.Value
		}
	}
	return text
}
