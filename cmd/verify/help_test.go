package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pstar/cmd/verify/internal/run"
)

// Help of each command fits a terminal of 24 lines and 80 columns and has an example, which
// comes first; so do the list of all commands and the topics. All of the help of a command
// may be longer, but is as narrow.
func TestHelpFitsAScreen(t *testing.T) {
	calls := [][]string{{"-h"}}
	for _, c := range commands() {
		calls = append(calls, append(strings.Fields(c.Name), "-h"))
	}
	for _, topic := range words("campaigns cells certificates exit flags words") {
		calls = append(calls, []string{"help", topic})
	}
	for _, args := range calls {
		out := expect(t, run.ExitVerified, args)
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if len(lines) > 24 {
			t.Errorf("%v has %d lines:\n%s", args, len(lines), out)
		}
		narrow(t, args, lines)
		if args[len(args)-1] == "-h" && !strings.Contains(strings.ToLower(lines[0]), "example: verify ") {
			t.Errorf("%v does not begin with an example: %s", args, lines[0])
		}
	}
	for _, c := range commands()[1:] {
		args := []string{"help", c.Name}
		narrow(t, args, strings.Split(expect(t, run.ExitVerified, args, "usage: verify "+c.Name), "\n"))
	}
	expect(t, run.ExitVerified, words("help help"), "verify help NAME|")
	expect(t, run.ExitUsage, words("help word"), `2>unknown sub-command or topic "word"; topics are campaigns, cells, certificates, exit, flags, words; did you mean "verify help words"?`)
}

// narrow checks that no line is longer than a terminal is wide.
func narrow(t *testing.T, args, lines []string) {
	t.Helper()
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > 80 {
			t.Errorf("%v has a line of %d characters: %s", args, n, line)
		}
	}
}

// The example of each command can be typed as it is, in a fresh clone.
func TestExamplesOfHelp(t *testing.T) {
	t.Chdir("../..")
	for _, c := range commands() {
		if c.Group == "" || c.Example == "" {
			t.Errorf("%q has no group or no example in the table", c.Name)
			continue
		}
		if name, _, _ := strings.Cut(c.Example, " "); name != c.Name && c.Name != "" {
			t.Errorf("the example of %q is one of %q", c.Name, name)
		}
		if status, _, stderr := verify(words(c.Example)...); status != run.ExitVerified {
			t.Errorf("verify %s: status %d\n%s", c.Example, status, stderr)
		}
	}
}

// Pages of the manual have every command and flag, and are what man(7) accepts.
func TestManual(t *testing.T) {
	dir := t.TempDir()
	expect(t, run.ExitVerified, []string{"man", "-o", dir})
	for _, c := range commands() {
		name := "verify.1"
		if c.Name != "" {
			name = "verify-" + c.Name + ".1"
		}
		page := contents(t, filepath.Join(dir, name))
		for _, flag := range []string{"timeout", "json", "method"} {
			has := strings.Contains(page, `\fB\-`+flag+`\fR`)
			if _, out, _ := verify("help", c.Name); c.Name != "" && c.Name != "prove" && has != strings.Contains(out, "\n  -"+flag+" ") && has != strings.Contains(out, "\n  -"+flag+"\n") {
				t.Errorf("%s and help do not agree on -%s", name, flag)
			}
		}
		if out := expect(t, run.ExitVerified, append([]string{"man"}, strings.Fields(c.Name)...)); out != page {
			t.Errorf("verify man %s is another page", c.Name)
		}
	}
	if _, err := exec.LookPath("mandoc"); err != nil {
		t.Skip("mandoc is not installed: pages are not read by it")
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "*.1"))
	if len(pages) != len(commands())+1 {
		t.Errorf("%d pages", len(pages))
	}
	out, _ := exec.Command("mandoc", append([]string{"-T", "lint", "-W", "warning"}, pages...)...).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "missing date") && !strings.Contains(line, "blank line in fill mode") {
			t.Error(line)
		}
	}
	for _, path := range pages {
		shown, err := exec.Command("mandoc", "-T", "utf8", "-O", "width=78", path).Output()
		text := regexp.MustCompile(`.\x08`).ReplaceAllString(string(shown), "") // bold by striking twice
		if err != nil || strings.HasSuffix(path, "verify-dd.1") && !strings.Contains(text, "list the pairs of the result that are") {
			t.Errorf("%v\n%s", err, shown)
		}
		narrow(t, []string{"man", filepath.Base(path)}, strings.Split(text, "\n"))
	}
}

// Shells complete commands and flags by what the command writes for them.
func TestCompletion(t *testing.T) {
	dir := t.TempDir()
	for _, shell := range []string{"bash", "zsh", "fish"} {
		script := filepath.Join(dir, "verify."+shell)
		replaceText(t, script, expect(t, run.ExitVerified, []string{"completion", shell}))
		path, err := exec.LookPath(shell)
		if err != nil {
			t.Logf("%s is not installed: its completion is not tried", shell)
			continue
		}
		for line, want := range map[string]string{"verify knap": "knapsack", "verify dd -adj": "-adjacency", "verify -exp": "-exponent", "verify prove -reg": "-regions",
			"verify help cel": "cells", "verify completion z": "zsh", "verify man knap": "knapsack", "verify scheme spec": "spectr", "verify scheme us": "user",
			"verify steps -schemes opt": "optimal", "verify scheme -baseline specin": "specinfer",
			"verify steps -schemes ss,opt": "ss,optimal", "verify steps -schemes ss,is,spect": "ss,is,spectr", "verify steps -schemes ss,": "ss,greedy"} {
			fields := words(line)
			last := fields[len(fields)-1]
			var program string
			switch shell {
			case "bash":
				program = "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + string(rune('0'+len(fields)-1)) + "; _verify; echo \"${COMPREPLY[@]}\""
			case "zsh": // with a stand-in for what completes in an interactive shell
				program = "compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -l -- $before$^@ }; " +
					"compset() { [[ $1$2 == '-P*,' ]] && before=${words[CURRENT]%${words[CURRENT]##*,}} }; _describe() { print -l -- ${(P)2} }; _files() {}; service=verify; words=(" + line + "); CURRENT=" + string(rune('0'+len(fields))) +
					"; source " + script
			case "fish":
				program = "source " + script + "; complete -C '" + line + "'"
			}
			cmd := exec.Command(path, "-c", program)
			cmd.Env = append(os.Environ(), "HOME="+dir)
			out, err := cmd.CombinedOutput()
			found := false
			for _, word := range strings.Fields(string(out)) {
				word, _, _ = strings.Cut(word, ":")
				found = found || word == want
			}
			if err != nil || !found {
				t.Errorf("%s: %q is not completed to %q: %v\n%s", shell, last, want, err, out)
			}
		}
	}
	// certcheck is another program: its flags are those of the first line of its help.
	_, usage, _ := strings.Cut(contents(t, "../certcheck/main.go"), "`usage: certcheck ")
	usage, _, _ = strings.Cut(usage, "\n")
	_, bash, _ := strings.Cut(contents(t, filepath.Join(dir, "verify.bash")), "_certcheck()")
	flags := regexp.MustCompile(`--[a-z-]+`).FindAllString(usage, -1)
	for _, flag := range flags {
		if !strings.Contains(bash, flag) {
			t.Errorf("%s of certcheck is not completed", flag)
		}
	}
	if len(flags) < 4 {
		t.Errorf("flags of certcheck: %q", flags)
	}
	expect(t, run.ExitUsage, words("completion csh"), "2>expected one of bash, zsh, fish")
}
