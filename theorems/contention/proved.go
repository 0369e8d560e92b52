package contention

import (
	"bytes"
	"strings"
	"sync"

	"pstar/certificate"
	"pstar/theorems"
	"pstar/witness"
)

// Prove adds to the findings what certificates prove for all instances: the claims with
// these tags, and those that rest on the same theorems. The proofs are written and checked, once. What the checker refuses, which a correct program
// never lets happen, is a finding that does not hold.
//
// It takes some hundredths of a second for each list of tags, the first time, and nothing after that.
// A tag that no certificate proves, in full or by a step that is concluded, is a mistake of
// the caller.
func Prove(found *theorems.Claims, tags ...string) {
	// The documents do not depend on the instance: each list of tags is proved once in a process.
	key := strings.Join(tags, " ")
	claims, known := proved.Load(key)
	// Two callers may prove the same at once; both get the same claims, and one is kept.
	if !known {
		claims = prove(tags)
		proved.Store(key, claims)
	}
	// The list is appended to a slice of the caller; the claims that are kept are not
	// changed.
	*found = append(*found, claims.(theorems.Claims)...)
}

var proved sync.Map // claims by tags

// The claims that the checker found are all of the document's, which may be more than the
// tags.
func prove(tags []string) (found theorems.Claims) {
	// Without an instance: what holds for all of them.
	document, err := witness.Contention(tags, witness.ContentionInstance{})
	var report *certificate.Report
	if err == nil {
		report, err = certificate.Check(bytes.NewReader(document))
	}
	// A fault is told for each tag, so that no claim is missing from what is printed.
	if err != nil {
		for _, tag := range tags {
			found.Add(err, tag, theorems.Proved, "%s", Statement(tag))
		}
		return found
	}
	// The words of the checker, so that both say the same.
	texts := witness.ContentionTexts()
	for _, c := range report.Claims {
		// The checker knows words, not statuses; every other word is a proof.
		status := theorems.Proved
		if c.Status == theorems.Concluded.String() {
			status = theorems.Concluded
		}
		found.Add(nil, c.Tag, status, "%s", texts[c.Tag])
	}
	return found
}
