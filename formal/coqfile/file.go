package coqfile

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"pstar/certificate/kernel"
	"pstar/formal"
)

// Write writes a file for Coq 8.16 with the libraries ssreflect and algebra of mathcomp, and nothing else: the
// checker and its proof, the theorems of a document of the kernel's format with their proofs as texts of integers, and for each
// theorem that it is true, or false, over every ordered field (every real closed field, where roots are used). An error says why the document
// proves nothing, or which part of the format the checker in Coq does not know.
//
// The file stands alone: who compiles it needs nothing of this project, and trusts Coq
// and the definition of meaning that is in it.
func Write(w io.Writer, data []byte) error {
	return write(w, data, func(int) bool { return true })
}

// WriteOne writes the theorem with this number only, counted from 0 as the document counts them. That the document shows none is an error.
func WriteOne(w io.Writer, data []byte, number int) error {
	return write(w, data, func(k int) bool { return k == number })
}

// asked says which theorems are wanted, by their numbers in the statement; the file is
// the document's whole checker in any case.
func write(w io.Writer, data []byte, asked func(number int) bool) error {
	// The kernel in Go has accepted the document, so that what follows need not look
	// for mistakes.
	d, s, report, err := read(data)
	if err != nil {
		return err
	}
	// As nodes, once for all theorems. Numbers are texts in them.
	proofs, err := parse(d.Proofs)
	if err != nil {
		return err
	}
	var texts, names []string
	for k, shown := range report.Theorems {
		// Proofs are in the order of the report.
		if !asked(shown.Number) {
			continue
		}
		names = append(names, fmt.Sprintf("theorem_%d", shown.Number))
		// The statement, as the builder makes it, and the proof that the document has
		// for it.
		text, err := theoremText(s.Theorem(shown.Number), shown, proofs.list[k])
		if err != nil {
			return fmt.Errorf("theorem %q: %w", shown.Name, err)
		}
		texts = append(texts, text)
	}
	// WriteOne was asked for a theorem that is not there; Write cannot come here with a
	// document that proves something.
	if len(texts) == 0 {
		return fmt.Errorf("the certificate shows no theorem with that number")
	}
	// Nothing is written before all theorems are there as texts: an error leaves no
	// part of a file.
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "(* %s, the certificate with the digest\n   %s.\n   The theorems are at the end; what each says is meaning, in the module meaning.  Check: coqc FILE.v *)\n",
		comment(report.Title), report.Digest)
	// The checker is longer than most theorems, some thousand lines.
	writeChecker(out)
	for _, text := range texts {
		out.WriteString(text)
	}
	// Coq prints what the theorems rest on: nothing, if all is well.
	fmt.Fprintf(out, "\nDefinition theorems := (%s).\nPrint Assumptions theorems.\n", strings.Join(names, ", "))
	return out.Flush()
}

// writeChecker writes the files of the checker as modules.
func writeChecker(out *bufio.Writer) {
	// The files require libraries by name, which as modules of one file they import instead, or,
	// where their names would hide others, only name. Several names may stand in one line; the
	// blank between them is kept.
	required, named := regexp.MustCompile(`(?m)^Require Import ([a-z ]+)\.$`), regexp.MustCompile(`(?m)^Require [a-z ]+\.$`)
	// Libraries of others stay required; the checker's own are modules by now.
	out.WriteString("Set Warnings \"-all\". (* the libraries are required within modules, and redefine notations *)\n")
	for _, name := range formal.Checker {
		source := required.ReplaceAllString(named.ReplaceAllString(formal.Source(name), ""), "Import $1.")
		module := path.Base(name)
		fmt.Fprintf(out, "Module %s.\n%s\nEnd %s.\n", module, source, module)
	}
	out.WriteString("From Coq Require Import ZArith.\nFrom mathcomp Require Import all_ssreflect ssralg ssrnum.\nImport polynomial meaning kernel integers.\n")
}

// comment is a text that ends no comment of Coq, and begins none or a string, where blanks or line feeds stand around it. Such
// texts come from names, which a document chooses.
//
// A blank stands between any two characters that are a mark together: of the three of (*), too, which hold both marks, so
// that marks cannot be replaced one after the other.
func comment(text string) string {
	var b strings.Builder
	var before rune
	for _, c := range text {
		switch {
		case before == '(' && c == '*', before == '*' && c == ')':
			b.WriteByte(' ')
		case c == '"': // strings are read in comments
			c = '\''
		}
		b.WriteRune(c)
		before = c
	}
	return b.String()
}

// pieceBytes is how long a string of Coq is at most: it parses longer ones with too deep a stack.
const pieceBytes = 1400

// writePieces defines name as a list of strings which together are the text. The reader
// in Coq puts them together again.
func writePieces(b *strings.Builder, name, text string) {
	// The last piece is followed by the empty list.
	fmt.Fprintf(b, "Definition %s : list text := (", name)
	// Integers have no quotation mark among their characters.
	for len(text) > 0 {
		n := min(pieceBytes, len(text))
		b.WriteString("\n\"" + text[:n] + "\"%text ::")
		text = text[n:]
	}
	b.WriteString(" nil)%list.\n")
}

// theoremText is what one theorem comes to: its text as a comment, the integers of
// statement and proof, the run of the checker, and the theorem that follows by its
// soundness.
func theoremText(t *kernel.Theorem, shown kernel.Shown, proof node) (string, error) {
	// The proof is written first, since only it knows whether roots occur.
	p := &proofWriter{theorem: t}
	if err := p.proof(proof); err != nil {
		return "", err
	}
	// The theorem is written without its names: they are in the comment.
	statement := &integers{}
	statement.theorem(t)
	var b strings.Builder
	k := shown.Number
	fmt.Fprintf(&b, "\n(* theorem %d, %s: sha256 %s\n", k, comment(shown.Name), shown.Digest)
	// Longer ones, of some hundred rows, are no help to a reader. It is a comment only;
	// the statement stands below in full.
	if text := t.Text(); len(text) < 20000 {
		b.WriteString(comment(text))
	}
	b.WriteString("*)\n")
	writePieces(&b, fmt.Sprintf("statement_%d", k), statement.String())
	writePieces(&b, fmt.Sprintf("proof_%d", k), p.String())
	proved := shown.Outcome == kernel.Proved
	// The run of the checker is for the outcome as the kernel has found it.
	accepts := fmt.Sprintf("accepts %v %v", p.roots, proved)
	field, lemma, not := "realFieldType", "accepted", ""
	// The lemma of the checker that is used depends on the outcome, and on whether
	// roots occur: these need a field that has them.
	if !proved {
		lemma, not = "refuted", "~ "
	}
	if p.roots {
		field, lemma = "rcfType", lemma+"_roots"
	}
	// vm_cast_no_check lets Coq's machine run the checker once, when the lemma is
	// closed.
	fmt.Fprintf(&b, "Lemma checked_%d : %s statement_%d proof_%d = true.\nProof. vm_cast_no_check (eq_refl true). Qed.\n", k, accepts, k, k)
	fmt.Fprintf(&b, "Theorem theorem_%d (R : %s) : %smeaning R (read_theorem statement_%d).\nProof. exact (@%s _ _ checked_%d R). Qed.\n",
		k, field, not, k, lemma, k)
	return b.String(), nil
}
