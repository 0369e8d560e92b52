package main

import (
	"flag"
	"regexp"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// A flag that several commands have means the same in all of them: it takes the same kind of value,
// or none. The one exception is -q, the target q where a command has one and quiet elsewhere: a
// value is needed there, and nothing but numbers is one.
func TestFlagsHaveOneMeaning(t *testing.T) {
	type meaning struct{ kind, text, command string }
	first, used := map[string]meaning{}, map[string]bool{}
	for _, command := range run.DescribeAll(commands()) {
		for _, g := range command.Flags {
			kind, text := flag.UnquoteUsage(g)
			m := meaning{strings.ToLower(kind), text, "verify " + command.Name}
			other, seen := first[g.Name]
			switch {
			case !seen:
				first[g.Name] = m
			case g.Name == "q" && (m.kind == "" || m.kind == "numbers"):
			case oneMeaning[g.Name] != "":
				used[g.Name] = true
			case other.kind != m.kind || differs(other.text, m.text):
				t.Errorf("-%s %s is %q in %s and -%s %s %q in %s", g.Name, other.kind, other.text, other.command, g.Name, m.kind, m.text, m.command)
			}
		}
	}
	for name := range oneMeaning {
		if !used[name] {
			t.Errorf("-%s has one text, and needs no meaning here", name)
		}
	}
	expect(t, run.ExitUsage, words("pstar -q x.json"), "2>-q", "2>-quiet")
}

// differs tells whether two texts of one flag begin differently: what follows the first comma,
// semicolon, colon or parenthesis is about the command.
func differs(a, b string) bool {
	cut := func(s string) string {
		return strings.TrimSpace(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;:(", r) })[0])
	}
	return cut(a) != cut(b)
}

// oneMeaning is what flags mean that commands put in words of their own, as each of them was read.
var oneMeaning = map[string]string{
	"certificate": "where the certificate goes, or the folder for many",
	"drafts":      "the draft model, or models where several are taken",
	"instances":   "the number of random instances",
	"json":        "one JSON object in place of all else",
	"k":           "the K or k of the theorem: drafts of a step, units of a resource",
	"method":      "the method, or methods where several are taken",
	"n":           "the n of the theorem: tokens of an alphabet, elements that arrive",
	"o":           "where the result goes",
	"order":       "the order in which an engine takes what it works on",
	"orders":      "the orders in which elements arrive",
	"p":           "the draft law",
	"relax":       "ignore that variables should be integers",
	"rho":         "the sum of the probabilities of elements",
	"rule":        "the file of a selection rule that is read",
	"seed":        "the seed of what is random",
	"simulate":    "the number of simulated runs",
	"smt2":        "the file that gets queries in SMT-LIB 2",
	"state":       "the folder that keeps what is done",
	"tex":         "the file that gets the result in LaTeX",
	"vipr":        "the file that gets a proof in the format VIPR",
	"write-lp":    "the file that gets the linear program",
}

// A flag with an empty value looks like one that is not there: it is an error.
func TestEmptyFlagValues(t *testing.T) {
	for _, args := range [][]string{
		{"pstar", "-q", "", "x.json"},
		{"pstar", "-drafts", "", "x.json"},
		{"pstar", "-p", "", "x.json"},
		{"scheme", "spectr", "-gamma="},
		{"figure", "2", "-o", ""},
		{"crs", "-x", ""},
	} {
		expect(t, run.ExitUsage, args, "2>the value is empty, want ")
	}
}

// A flag that has taken the next one for its value is told so, also where -q is the target law.
func TestFlagsAsValues(t *testing.T) {
	for args, want := range map[string]string{
		"pstar -q -k 2 -p 1/3,2/3": "-q: the value is missing before -k, want numbers",
		"blocks -q -length 2":      "-q: the value is missing before -length",
		"dd -o -j 2 x.ine":         "-o: the value is missing before -j",
	} {
		expect(t, run.ExitUsage, words(args), "2>"+want)
	}
}

// What a flag takes is said where it cannot be read, whatever its type.
func TestUnreadableFlagValues(t *testing.T) {
	for args, want := range map[string]string{
		"blocks -k 1..3":        `invalid value "1..3" for flag -k: expected a whole number such as 3; "verify blocks -h" explains`,
		"bounds -instances 1e3": `invalid value "1e3" for flag -instances: expected a whole number such as 3`,
		"-k 2 -n 2 -seed x":     `invalid value "x" for flag -seed: expected a whole number such as 3`,
		"pstar -json=maybe":     `invalid boolean value "maybe" for -json: expected true or false`,
		"-k 2 -n 2 -timeout 1":  `invalid value "1" for flag -timeout: expected a duration such as 30s or 2h`,
	} {
		expect(t, run.ExitUsage, words(args), "2>"+want)
	}
}

// The text of a command names no flag that it does not have, but for those of commands that it
// names, and what messages say to give is there.
func TestHelpNamesFlagsThatExist(t *testing.T) {
	named := regexp.MustCompile(`(?:^|[\s(])-([a-z][a-z0-9-]*)`)
	// Those of certcheck and of man, and what stands for the command version.
	all := map[string]bool{"h": true, "against": true, "l": true, "version": true}
	list := run.DescribeAll(commands())
	for _, d := range list {
		for _, f := range d.Flags {
			all[f.Name] = true
		}
	}
	for _, d := range list {
		for _, m := range named.FindAllStringSubmatch(d.Long, -1) {
			if !all[m[1]] {
				t.Errorf("the help of %q names -%s, a flag that no command has", d.Name, m[1])
			}
		}
	}
	expect(t, run.ExitUsage, words("lp fixtures/polyhedra/square.ine"), "2>say which format it is with -from")
}

func TestQuietTalk(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"figure 2 -q -v", "-v has no effect with -q"},
		{"bounds -k 2 -n 2 -progress on -q", "-progress has no effect with -q"},
		{"pstar -quiet -v", "-v has no effect with -quiet"},
	} {
		expect(t, run.ExitUsage, words(c.args), "2>"+c.want)
	}
	expect(t, run.ExitVerified, words("pstar -k 2 -p 1 -q 1 -quiet=false -v"), "2>P* found after")
}
