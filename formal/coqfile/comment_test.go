package coqfile

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// commentEnd is the place behind the comment with which a text begins, as Coq reads it: comments nest, and strings are read in
// them, where "" is a quotation mark. It is -1 if the comment does not end.
func commentEnd(text string) int {
	depth, quoted := 0, false
	for at := 0; at < len(text); at++ {
		switch rest := text[at:]; {
		case rest[0] == '"':
			quoted = !quoted // twice for ""
		case quoted:
		case strings.HasPrefix(rest, "(*"):
			depth++
			at++
		case strings.HasPrefix(rest, "*)"):
			depth--
			at++
			if depth == 0 {
				return at + 1
			}
		}
	}
	return -1
}

// Every short text of the characters that matter stays in its comment, beside what stands before and behind it in a file, and keeps all
// characters but quotation marks, and blanks.
func TestCommentHoldsAnyText(t *testing.T) {
	for _, text := range []string{"(* a *) b", "(* (* a *) *)", `(* "*)" *)`, "(*)*)", "(***)"} {
		if end := commentEnd(text + " Axiom."); end != len(strings.TrimSuffix(text, " b")) {
			t.Errorf("the comment of %s ends at %d", text, end)
		}
	}
	const characters, longest = "(*)\" x\n", 6
	texts, all := []string{""}, 1
	for range longest {
		var longer []string
		for _, text := range texts {
			for _, c := range characters {
				longer = append(longer, text+string(c))
			}
		}
		texts, all = longer, all+len(longer)
		for _, text := range texts {
			safe := comment(text)
			for _, around := range [][2]string{{"(* ", ", the certificate *)"}, {"(* theorem 0, ", ": sha256 *)"}, {"(* names\n", "\n*)"}} {
				whole := around[0] + safe + around[1]
				if end := commentEnd(whole + " Axiom f : False."); end != len(whole) {
					t.Fatalf("%q is in a comment as %q, which ends at %d of %d", text, whole, end, len(whole))
				}
			}
			if without := strings.NewReplacer(" ", "", `"`, "'").Replace; without(safe) != without(text) {
				t.Fatalf("%q is %q in a comment", text, safe)
			}
		}
	}
	if all != 137257 {
		t.Errorf("%d texts", all)
	}
}

// named is the file for Coq of a theorem of that name, about a symbol of that name.
func named(t *testing.T, name string) string {
	t.Helper()
	fact := kernel.Fact{Relation: kernel.GE, Poly: kernel.Poly{{C: kernel.Int(1), M: kernel.Product(0)}}}
	th := &kernel.Theorem{Name: name, Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: name}}, Facts: []kernel.Fact{fact}, Rows: []kernel.Fact{fact}}
	var document bytes.Buffer
	document.WriteString(`{"format":"pstar-certificate/2","statement":{"builder":"literal","theorems":[`)
	th.WriteLiteral(&document)
	fmt.Fprintf(&document, `]},"claims":[["%s","proved"]],"proofs":[{"theorem":0,"sha256":"%s","rows":[{"rule":"combine","goal":0,"products":[[1,0]],"equations":[]}]}]`, name, th.Digest())
	fmt.Fprintf(&document, ",\n\"sha256\":\"%x\"}\n", sha256.Sum256(document.Bytes()))
	path := filepath.Join(t.TempDir(), "c.json")
	if err := os.WriteFile(path, document.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return written(t, path)
}

// Names of a document that look like ends of comments leave no text outside of one; Coq finds no axiom in the file.
func TestNamesStayInComments(t *testing.T) {
	for _, name := range []string{"(*) Axiom f : False. x", "*) Axiom f : False. (*", "**) Axiom f : False. (*", "(*", "*)*)", "((*))"} {
		text := named(t, name)
		at := strings.Index(text, "\n(* theorem 0, ")
		end := at + 1 + commentEnd(text[at+1:])
		if at < 0 || !strings.HasPrefix(text[end:], "\nDefinition statement_0 ") || strings.Contains(text[end:], "Axiom") {
			t.Errorf("%s:\n%s", name, text[at:])
		}
	}
}
