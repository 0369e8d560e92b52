package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"pstar/certificate/reading"
)

// Format names the format of FORMAT.md.
const Format = "pstar-certificate/2"

// A Statement is a list of theorems, and the claims that follow from them.
// It is made of the parameters of a document by a builder that knows no proof, and has no part
// in checking one.
type Statement struct {
	Title string
	Count int
	// Theorem makes theorem k, 0 ≤ k < Count.
	// Made when its proof is read, and forgotten after it: those of a large cell are not held
	// together.
	Theorem func(k int) *Theorem
	// Claims are those that the outcomes, one for each theorem, establish.
	// The words of a claim are trusted as much as a rule is: they say in the language of a
	// paper what the theorems say in polynomials.
	Claims func(outcomes []Outcome) []Claim
	// Whole: the theorems are to be kept in the report, as nothing else says what they are.
	// So of a literal statement, which only its author knows.
	Whole bool
}

// A Builder makes a statement of the members after "builder", which it reads.
type Builder func(r *Reader) Statement

// Outcome is what is known of a theorem.
type Outcome byte

// The outcomes.
const (
	// The zero value is no verdict: what is not looked at is open.
	Open Outcome = iota
	Proved
	Refuted
)

// A Claim is what a document establishes: a tag, "proved" or "refuted", and its words.
// Text is for people, and not in the document.
type Claim struct{ Tag, Status, Text string }

// A Report is what a document establishes.
type Report struct {
	Builder, Title string
	Claims         []Claim
	Theorems       []Shown
	Digest         string // of the document
	Steps          int    // rules that were applied
	Statement      Statement
}

// Shown is a theorem with an outcome.
type Shown struct {
	Number  int
	Outcome Outcome
	// Digest is the SHA-256 of the theorem written out without spaces.
	Digest, Name string
	// Theorem is nil unless the statement says that it is to be kept.
	Theorem *Theorem
	// Unused are facts that the proof makes no use of; in kind feasible of those without
	// unknowns only.
	Unused []int
}

// ReadStatement reads the object that a document has as its statement, for a prover that needs
// to know the theorems.
func ReadStatement(data []byte, builders map[string]Builder) (s Statement, err error) {
	defer reading.Catch(&err)
	return newDocument(context.Background(), data).statement(builders, &Report{}), nil
}

// document is a document that is being checked.
type document struct {
	*Reader
	// applied counts the rules that have been applied.
	applied int
	explain *Told        // or nil
	sum     *reading.Sum // empty between any two uses
}

func newDocument(ctx context.Context, data []byte) *document {
	r := reading.New(ctx, data)
	if len(data) > reading.MaxDocument {
		r.Exceed("it is longer than the format allows")
	}
	return &document{Reader: r, sum: reading.NewSum(&r.Limits)}
}

// Check reads a whole document. The error is an [*Invalid] that says why it proves nothing. A
// nil error means that every claim of the report holds, if this package is right and the
// builder states what its claims say. There is no result besides an error: a nil report and an
// error, or a report and none.
func Check(data []byte, builders map[string]Builder) (report *Report, err error) {
	return CheckContext(context.Background(), data, builders)
}

// CheckContext is [Check] for somebody who may stop waiting: when ctx ends the error is its
// cause, and says nothing about the document.
func CheckContext(ctx context.Context, data []byte, builders map[string]Builder) (report *Report, err error) {
	defer reading.Catch(&err)
	return newDocument(ctx, data).check(builders), nil
}

// It returns if all has been read, from the first byte to the last, and every comparison has
// been made: this is the one place from which a report comes.
func (r *document) check(builders map[string]Builder) *Report {
	report := &Report{}
	if r.Open('{'); r.At() > 1 {
		r.Fail(`expected "{" as the first byte`)
	}
	if r.Member("format").Text() != Format {
		r.Fail("expected the format %q", Format)
	}
	r.Member("statement")
	statement := r.statement(builders, report)
	r.Member("claims")
	// What is stated counts for nothing until it has been derived.
	stated, place := r.claims(), r.At()
	r.Member("proofs")
	outcomes := make([]Outcome, statement.Count)
	// Theorems without a proof stay open.
	last := -1
	for range r.List() {
		shown := r.proof(&statement, last)
		last = shown.Number
		outcomes[last] = shown.Outcome
		report.Theorems = append(report.Theorems, shown)
	}
	report.Statement, report.Title, report.Steps = statement, statement.Title, r.applied
	report.Claims = statement.Claims(outcomes)
	// Last, since it is of everything that stands before.
	report.Digest = r.digest()
	r.compare(stated, report.Claims, place)
	return report
}

// statement reads the statement with its builder.
func (r *document) statement(builders map[string]Builder, report *Report) Statement {
	r.Enter("statement", -1)
	defer r.Leave()
	r.Open('{')
	report.Builder = r.Member("builder").Name()
	build := builders[report.Builder]
	// The kernel's own, so that it can be used without any builder.
	if report.Builder == "literal" {
		build = literal
	}
	// An unknown name is rejected, not passed over.
	if build == nil {
		r.Fail("there is no such builder")
	}
	s := build(r.Reader)
	r.Close('}')
	return s
}

// claims reads the claims of a document, which count for nothing until they are derived.
func (r *document) claims() []Claim {
	var list []Claim
	for range r.Lists() {
		tag := r.Name()
		list = append(list, Claim{Tag: tag, Status: r.Name()})
		r.Hold(4)
	}
	return list
}

// compare rejects a document that claims something else than what has been derived.
// Less than what is established is rejected as well as more: a document says what it is.
func (r *document) compare(stated, derived []Claim, at int) {
	r.Enter("claims", -1)
	r.Return(at)
	// A document that proves nothing is invalid, lest "valid" be read as "true".
	if len(derived) == 0 {
		r.Fail("the proofs establish no claim")
	}
	for k, c := range derived {
		if k >= len(stated) || stated[k].Tag != c.Tag || stated[k].Status != c.Status {
			r.Fail("claim %d should be %q %q", k, c.Tag, c.Status)
		}
	}
	if len(stated) > len(derived) {
		r.Fail("claim %d does not follow", len(derived))
	}
	r.Leave()
}

// digest reads the end of the document, which binds all before it.
// It guards against accidents, and names the document in print; it proves nothing, as anybody
// can compute it.
func (r *document) digest() string {
	before, end := r.Split()
	sum := sha256.Sum256(before)
	digest := hex.EncodeToString(sum[:])
	if string(end) != ",\n\"sha256\":\""+digest+"\"}\n" {
		r.Fail("the end of the document is not a comma, a line feed, and the digest %s of all before", digest)
	}
	return digest
}

// literal reads theorems that are written out. What each claims is its own name.
func literal(r *Reader) Statement {
	var list []*Theorem
	names := map[string]bool{}
	for range r.Member("theorems").List() {
		r.Enter("theorem", len(list))
		t := r.Theorem()
		// A claim is its theorem's name: two theorems of one name would be told apart by
		// nobody.
		if names[t.Name] {
			r.Fail("the name %q stands for two theorems", t.Name)
		}
		names[t.Name] = true
		r.TextLimit(t)
		r.Hold(16)
		list = append(list, t)
		r.Leave()
	}
	return Statement{
		Title:   "theorems written out",
		Whole:   true,
		Count:   len(list),
		Theorem: func(k int) *Theorem { return list[k] },
		Claims: func(outcomes []Outcome) []Claim {
			var claims []Claim
			for k, o := range outcomes {
				if o != Open {
					status := [...]string{Proved: "proved", Refuted: "refuted"}[o]
					claims = append(claims, Claim{list[k].Name, status, "the theorem as it is written out"})
				}
			}
			return claims
		},
	}
}
