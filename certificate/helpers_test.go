package certificate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// smallComplete is a document.
func smallComplete() fixture { return "../fixtures/contention/certificates/accepted/phi.json" }

type fixture string

// Write writes the file.
func (f fixture) Write(w io.Writer) error {
	data, err := os.ReadFile(string(f))
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func written(d interface{ Write(io.Writer) error }) []byte {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// The bytes around the digest; the digest covers all that precede digestOpen.
const (
	digestOpen  = ",\n\"sha256\":\""
	digestClose = "\"}\n"
)

// body is a written document without its digest member.
func body(document []byte) string {
	s, _, found := strings.Cut(string(document), digestOpen)
	if !found {
		panic("no digest")
	}
	return s
}

// seal gives a body the digest that fits, so that only the proof is on trial.
func seal(body string) []byte {
	sum := sha256.Sum256([]byte(body))
	return []byte(body + digestOpen + hex.EncodeToString(sum[:]) + digestClose)
}

// rejected checks bytes that must be rejected and returns where and why.
func rejected(t *testing.T, name string, document []byte) *Invalid {
	t.Helper()
	report, err := Check(bytes.NewReader(document))
	var invalid *Invalid
	if report != nil || !errors.As(err, &invalid) {
		t.Fatalf("%s: accepted or not judged: report %v, error %v", name, report, err)
	}
	if invalid.Place == "" || invalid.Reason == "" || invalid.Line < 1 {
		t.Errorf("%s: incomplete verdict %+v", name, *invalid)
	}
	return invalid
}

// expectReject wants the document rejected at the place for the reason.
func expectReject(t *testing.T, name string, document []byte, place, reason string) {
	t.Helper()
	invalid := rejected(t, name, document)
	if invalid.Place != place || !strings.Contains(invalid.Reason, reason) {
		t.Errorf("%s:\n got %v\nwant at %s: ...%s...", name, invalid, place, reason)
	}
}
