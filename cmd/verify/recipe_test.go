package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// The recipe for Python does what its last lines say, where NumPy is installed.
func TestPythonRecipe(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import numpy").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		t.Skip("no python3 with NumPy")
	}
	binary := filepath.Join(t.TempDir(), "verify")
	build(t, "../..", binary, "./cmd/verify")
	cmd := exec.Command(python, "-B", "../../fixtures/recipes/pstar.py")
	cmd.Env = append(cmd.Environ(), "VERIFY="+binary)
	out, err := cmd.CombinedOutput()
	want := "P* = 0.8600000075\nlossless within 1e-6: True\nwith q for the residual: False 1.50000e-1\n" +
		"two drafts, lossless within 1e-6: True\ntwo drafts, lossless within 1e-6: False\n"
	if err != nil || string(out) != want {
		t.Errorf("%v, it prints\n%s, want\n%s", err, out, want)
	}
}
