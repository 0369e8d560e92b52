package witness

import (
	"slices"
	"testing"

	"pstar/certificate"
	"pstar/theorems"
)

// A proof covers a check and a conclusion of the same tag, and no refutation; names of theorems count by what they begin with.
func TestUncovered(t *testing.T) {
	found := theorems.Claims{
		{Tag: "A", Status: theorems.Checked}, {Tag: "B", Status: theorems.Refuted}, {Tag: "C", Status: theorems.Concluded},
		{Tag: "D", Status: theorems.Undecided}, {Tag: "E", Status: theorems.Proved}, {Tag: "E", Status: theorems.Proved}, {Tag: "F", Status: theorems.Proved},
	}
	claims := []certificate.Claim{{Tag: "A", Status: certificate.Proved}, {Tag: "B", Status: certificate.Proved}, {Tag: "C", Status: certificate.Concluded},
		{Tag: "E", Status: certificate.Checked}, {Tag: `"F, n = 2"`, Status: certificate.Proved}, {Tag: `"FF"`, Status: certificate.Proved}}
	if got, want := Uncovered(found, claims), []string{"B refuted", "E proved"}; !slices.Equal(got, want) {
		t.Errorf("not covered: %q, want %q", got, want)
	}
	if got, want := Uncovered(found, nil), []string{"A checked", "B refuted", "C concluded", "E proved", "F proved"}; !slices.Equal(got, want) {
		t.Errorf("without a certificate: %q, want %q", got, want)
	}
}
