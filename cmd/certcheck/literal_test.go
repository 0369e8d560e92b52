package main

import (
	"bytes"
	"strings"
	"testing"
)

// A statement that no builder knows is printed whole, and its name in quotes, so that it does
// not pass for a tag. The file is the first document of certificate/kernel/testdata/dualise.txt.
func TestLiteralStatement(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if status := run([]string{"testdata/literal.json"}, nil, &stdout, &stderr); status != exitValid {
		t.Fatalf("status %d\n%s%s", status, stdout.String(), stderr.String())
	}
	for _, want := range []string{
		`valid: literal, theorems written out: "two" proved, "strictly" proved`,
		"\n\"two\" proved: ", "  3 parameters, 2 unknowns, 3 facts, 3 rows\n", "unknowns: x1 >= 0, x2 >= 0", "    -t + x1 + x2 = 0\n",
		"for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold:\n    q1 >= 0\n",
		"permutations that these make:\n    q1->q2 q2->q1 x1->x2 x2->x1\n",
	} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, stdout.String())
		}
	}
}
