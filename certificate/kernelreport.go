package certificate

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
	builders "pstar/certificate/statement"
)

// isKernelDocument says whether a document names the format of package kernel. Its first
// member is the format.
func isKernelDocument(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 100)], []byte(`"`+kernel.Format+`"`))
}

// kernelLimit is the limit of the document that begins so: that of package kernel is lower.
func kernelLimit(r *bufio.Reader, limit int64) int64 {
	if start, _ := r.Peek(100); isKernelDocument(start) {
		return min(limit, kernel.MaxDocument)
	}
	return limit
}

// checkKernel checks a document of the format of package kernel.
func checkKernel(ctx context.Context, data []byte) (*Report, error) {
	report, err := kernel.CheckContext(ctx, data, builders.Builders)
	var invalid *kernel.Invalid
	if errors.As(err, &invalid) {
		return nil, &Invalid{Place: invalid.Place, Offset: int64(invalid.Offset),
			Line: 1 + bytes.Count(data[:invalid.Offset], []byte("\n")), Reason: invalid.Reason, Limit: invalid.Limit}
	}
	if err != nil {
		return nil, err
	}
	r := &Report{Digest: report.Digest, account: &kernelAccount{report}}
	for k, c := range report.Claims {
		// The name of a theorem that is written out is its author's, and no tag of a paper.
		if report.Builder == "literal" {
			report.Claims[k].Tag = strconv.Quote(c.Tag)
		}
		r.Claims = append(r.Claims, Claim{report.Claims[k].Tag, c.Status})
	}
	return r, nil
}

// kernelAccount is what the kernel reports, in words.
type kernelAccount struct{ *kernel.Report }

func (a *kernelAccount) title() string { return a.Builder + ", " + a.Title }

// statement has a line for each claim, and the theorems that it rests on. A theorem that is
// written out is printed whole, as nothing else says what it is.
func (a *kernelAccount) statement() string {
	var b strings.Builder
	for _, c := range a.Report.Claims {
		fmt.Fprintf(&b, "%s %s: %s\n", c.Tag, c.Status, c.Text)
	}
	for _, t := range a.Theorems {
		fmt.Fprintf(&b, "theorem %d, %q: sha256 %s\n", t.Number, t.Name, t.Digest)
		if t.Theorem != nil {
			b.WriteString(t.Theorem.Text())
		}
	}
	return b.String()
}

func (a *kernelAccount) figures() string {
	return fmt.Sprintf("rules of the kernel applied: %d\n", a.Steps)
}

// Theorems are those of a document whose theorems are written out, each with its outcome; others have
// none.
func (r *Report) Theorems() []kernel.Shown {
	if a, ok := r.account.(*kernelAccount); ok && a.Builder == "literal" {
		return a.Report.Theorems
	}
	return nil
}

// Built is the builder of a document's statement, with its theorems; nil for a document of another format.
func (r *Report) Built() (builder string, s *kernel.Statement) {
	if a, ok := r.account.(*kernelAccount); ok {
		return a.Builder, &a.Report.Statement
	}
	return "", nil
}
