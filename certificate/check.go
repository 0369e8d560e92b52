package certificate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A family is the checker of one kind of statement.
type family interface {
	// readStatement reads the members of the statement after "family".
	readStatement(r *reader)
	// checkParts reads and checks the proof parts.
	checkParts(r *reader)
	// finish returns what the checked parts establish.
	finish() Report
}

// families are the kinds of statement that the checker knows.
var families = []struct {
	name string
	new  func() family
}{}

// statedClaims are the claims of the document. They count for nothing until they
// have been derived.
type statedClaims struct {
	offset  int // of the list
	claims  []Claim
	offsets []int // of each claim
}

// check reads a whole document. It returns, in its last line only, if each part
// has been checked, the claims are exactly those that the parts establish, and
// the digest binds every byte.
func check(ctx context.Context, data []byte) *Report {
	r := &reader{data: data, ctx: ctx}
	r.exactly('{') // no space before it
	r.path = append(r.path, level{})
	r.member("format", func() {
		if found := r.text(); found != Format {
			r.rejectLast("expected %q, found %s", Format, clip(found))
		}
	})
	var f family
	r.member("statement", func() { f = statement(r) })
	var stated statedClaims
	r.member("claims", func() { stated = readClaims(r) })
	f.checkParts(r)
	report := f.finish()
	compareClaims(r, stated, report.Claims)
	report.Digest = digest(r)
	return &report
}

// statement reads the statement with the checker of its family.
func statement(r *reader) family {
	var f family
	r.object(func() {
		r.member("family", func() {
			name := r.text()
			for _, known := range families {
				if known.name == name {
					f = known.new()
				}
			}
			if f == nil {
				r.rejectLast("unknown family %s", clip(name))
			}
		})
		f.readStatement(r)
	})
	return f
}

// maxClaims bounds the list of claims; there are fewer tags than that.
const maxClaims = 100

func readClaims(r *reader) statedClaims {
	r.space()
	stated := statedClaims{offset: r.at}
	r.list(maxClaims, func(int) {
		r.space()
		stated.offsets = append(stated.offsets, r.at)
		var c Claim
		r.object(func() {
			r.member("tag", func() { c.Tag = r.text() })
			r.member("status", func() { c.Status = r.text() })
		})
		stated.claims = append(stated.claims, c)
	})
	return stated
}

// compareClaims accepts claims that are, in order, exactly the derived ones, and
// at least one.
func compareClaims(r *reader, stated statedClaims, derived []Claim) {
	if len(derived) == 0 {
		reject(r.data, "document", r.at, "the proof parts establish no claim")
	}
	for i, c := range stated.claims {
		if i == len(derived) || c != derived[i] {
			reject(r.data, fmt.Sprintf("claims[%d]", i), stated.offsets[i], "the proof parts establish exactly: %s", describe(derived))
		}
	}
	if len(stated.claims) < len(derived) {
		reject(r.data, "claims", stated.offset, "claims are missing; the proof parts establish exactly: %s", describe(derived))
	}
}

// digest reads the last member. The document ends with exactly the bytes that the
// writer puts there, so none is left that the digest does not bind.
func digest(r *reader) string {
	r.space()
	body := r.data[:r.at]
	sum := sha256.Sum256(body)
	want := hex.EncodeToString(sum[:])
	r.member("sha256", func() {
		if found := r.text(); found != want {
			r.rejectLast("the bytes before have digest %s", want)
		}
	})
	if end := string(r.data[len(body):]); end != digestOpen+want+digestClose {
		r.rejectNext("the document does not end with exactly a line feed, the digest, a brace and a line feed")
	}
	return want
}
