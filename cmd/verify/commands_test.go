package main

import (
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// Names that do not exist say what may have been meant.
func TestDidYouMean(t *testing.T) {
	for args, want := range map[string]string{
		"knapsak x":          `unknown sub-command "knapsak"; "verify -h" lists them; did you mean "verify knapsack"?`,
		"hlep":               `did you mean "verify help"?`,
		"help crx":           `did you mean "verify help crs"?`,
		"-kk 3 -n 4":         `flag provided but not defined: -kk; "verify -h" explains; did you mean -k?`,
		"help words extra":   `unexpected argument "extra"`,
		"dd -verfy x.ine":    `flag provided but not defined: -verfy; "verify dd -h" explains; did you mean -verify?`,
		"-K 3 -n 4":          "did you mean -k?",
		"pstar -normalise x": "did you mean -normalize?",
	} {
		expect(t, run.ExitUsage, words(args), "2>"+want)
	}
	if _, _, stderr := verify("nonsense"); strings.Contains(stderr, "did you mean") {
		t.Errorf("nonsense is near something: %s", stderr)
	}
}

// The three ways to ask for the version say the same.
func TestVersion(t *testing.T) {
	want := expect(t, run.ExitVerified, words("version"), "verify ", "\ncommit ", "\ngo1.", "\npstar-certificate/2")
	for _, args := range []string{"-version", "--version"} {
		if _, got, _ := verify(args); got != want {
			t.Errorf("%s prints %q, version %q", args, got, want)
		}
	}
	expect(t, run.ExitUsage, words("--version now"), "2>unexpected argument")
}

func TestHelp(t *testing.T) {
	for _, args := range []string{"-h", "help", "--help"} {
		expect(t, run.ExitVerified, []string{args}, "check      checks certificates", "verify help NAME|")
	}
	expect(t, run.ExitVerified, []string{"-k", "3", "-h"}, "-exponent", "undecided")
	for i, command := range commands().All() {
		if name := commands()[i].Name; command.Name != name {
			t.Errorf("the command %q stands in the table as %q", command.Name, name)
		}
		if command.Name == "" {
			continue
		}
		for _, args := range [][]string{{command.Name, "-h"}, {"help", command.Name}} {
			expect(t, run.ExitVerified, args, "usage: verify "+command.Name, "Exit status")
		}
		if command.Summary == "" || command.Long == "" || command.Run == nil {
			t.Errorf("sub-command %s is not described", command.Name)
		}
	}
}
