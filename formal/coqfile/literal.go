// Package coqfile turns certificates into what Coq, or the checker that Coq proved sound, can read. It is not
// trusted: what it writes is checked by whoever reads it.
package coqfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// document has the parts of a document of the kernel's format as they are written. The
// members stay as bytes, so that what is written again is the same.
type document struct {
	Format    string          `json:"format"`
	Statement json.RawMessage `json:"statement"`
	Proofs    json.RawMessage `json:"proofs"`
}

// read reads a document that the kernel accepts. Any other is an error.
func read(data []byte) (d document, s kernel.Statement, report *kernel.Report, err error) {
	// Whether the document is valid is the kernel's word.
	if report, err = kernel.Check(data, statement.Builders); err != nil {
		return
	}
	// The three members are kept as they stand.
	if err = json.Unmarshal(data, &d); err != nil {
		return
	}
	// By the same builders: the theorems that the kernel has checked.
	s, err = kernel.ReadStatement(d.Statement, statement.Builders)
	return
}

// Literal writes a document of the kernel's format again, its theorems written out where a builder states
// them. Proofs, and the digests of the theorems in them, stay as they are, but for the numbers of theorems, of
// which only those are written that the document shows something of; claims are their names. An error says why the document proves nothing.
//
// Whoever cannot trust the builders has the theorems in full; the document can be as
// much longer.
func Literal(data []byte) ([]byte, error) {
	d, s, report, err := read(data)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	// The statement is literal now, whatever builder it had.
	fmt.Fprintf(&b, "{\"format\":%q,\n\"statement\":{\"builder\":\"literal\",\"theorems\":[", kernel.Format)
	// Theorems that the document shows nothing of are left out: a builder may have some that are too
	// large to be stated.
	for k, shown := range report.Theorems {
		if k > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		s.Theorem(shown.Number).WriteLiteral(&b)
	}
	b.WriteString("]},\n\"claims\":[")
	// Only what is shown is claimed.
	for k, shown := range report.Theorems {
		if k > 0 {
			b.WriteByte(',')
		}
		// A claim of a literal statement is the name of a theorem.
		status := "proved"
		if shown.Outcome == kernel.Refuted {
			status = "refuted"
		}
		fmt.Fprintf(&b, "[\"%s\",\"%s\"]", shown.Name, status)
	}
	b.WriteString("],\n\"proofs\":[")
	// Proofs stand in the order of the report, and bear the numbers that theorems have here.
	var proofs []json.RawMessage
	if err := json.Unmarshal(d.Proofs, &proofs); err != nil {
		return nil, err
	}
	// What each begins with, up to the number of its theorem.
	numbered := regexp.MustCompile(`^\{[ \n]*"theorem"[ \n]*:[ \n]*[0-9]+`)
	for k, proof := range proofs {
		if k > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "{\"theorem\":%d", k)
		b.Write(proof[len(numbered.Find(proof)):])
	}
	b.WriteByte(']')
	sum := sha256.Sum256(b.Bytes())
	fmt.Fprintf(&b, ",\n\"sha256\":\"%s\"}\n", hex.EncodeToString(sum[:]))
	return b.Bytes(), nil
}
