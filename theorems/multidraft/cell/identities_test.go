package cell

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"pstar/theorems"
	"pstar/witness"
)

// A proof counts only if the checker accepts it, and a report is proved only with one.
func TestProofByIdentitiesIsChecked(t *testing.T) {
	proof, err := proveByIdentities(context.Background(), 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := proof.Write(&content); err != nil {
		t.Fatal(err)
	}
	wrong := witness.Proof(bytes.Replace(content.Bytes(), []byte(`"n":4`), []byte(`"n":5`), 1))
	var refused *witness.Refused
	if a, err := witness.Accept(t.Context(), wrong); a != nil || !errors.As(err, &refused) {
		t.Errorf("the proof of another cell: %v", err)
	}
	r := &Report{K: 3, N: 4, Exponent: 3, Options: Options{Identity: true, Instances: -1}}
	for _, c := range r.Claims() {
		if c.Status != theorems.Undecided {
			t.Errorf("%s is %v without a proof", c.Tag, c.Status)
		}
	}
	r.Identity = proof
	for _, c := range r.Claims() {
		if c.Status != theorems.Proved || strings.Join(c.Methods, " ") != MethodIdentity || c.Scope != "" {
			t.Errorf("%+v", c)
		}
	}
}
