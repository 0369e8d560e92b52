package witness

import (
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/theorems"
)

// Claims are what a certificate establishes, as claims of a run.
func Claims(r *certificate.Report) (claims theorems.Claims) {
	texts := r.Texts()
	for i, c := range r.Claims {
		status, err := theorems.ParseStatus(c.Status)
		if err != nil {
			panic("witness: " + err.Error()) // a fault: both sides have the same words
		}
		claims = append(claims, theorems.Claim{Tag: c.Tag, Status: status, Statement: texts[i]})
	}
	return claims
}

// Uncovered lists which of the claims that hold are not among those of a certificate, in
// the same words, by tag and status; what is proved for all instances is for one of them. A theorem that is
// written out is that of a tag if its name begins with it and a comma.
func Uncovered(found theorems.Claims, claims []certificate.Claim) (missing []string) {
	for _, x := range found {
		text := x.Tag + " " + x.Status.String()
		// A proof for all instances covers a check of one, but no refutation.
		covered := func(c certificate.Claim) bool {
			same := c.Tag == x.Tag || strings.HasPrefix(c.Tag, `"`+x.Tag+`, `)
			return same && (c.Status == x.Status.String() || c.Status == certificate.Proved && x.Status != theorems.Refuted)
		}
		// What is undecided is in no certificate, and nobody expects it there.
		if x.Status != theorems.Undecided && !slices.ContainsFunc(claims, covered) && !slices.Contains(missing, text) {
			missing = append(missing, text)
		}
	}
	return missing
}
