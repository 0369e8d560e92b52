package witness

import (
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
