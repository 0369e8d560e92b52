package certificate

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"

	"pstar/certificate/gunzip"
	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// MaxDocument bounds the bytes of a document that is accepted, and those of a compressed
// file.
const MaxDocument = kernel.MaxDocument

// Check reads one document from r to its end, gzip-compressed or plain, and
// checks it. It returns what the document establishes, or an [*Invalid] if it is
// rejected, or the error of r if it cannot be read.
//
// A nil error means: every claim of the report holds, provided that the packages of this
// folder are right. Check reads at most [MaxDocument]
// bytes and holds the document in memory.
func Check(r io.Reader) (*Report, error) { return CheckContext(context.Background(), r) }

// CheckContext is [Check] for somebody who may stop waiting: when ctx ends the error is its
// cause, and says nothing about the document. It does not end a Read that lasts.
func CheckContext(ctx context.Context, r io.Reader) (*Report, error) {
	return checkLimited(ctx, r, MaxDocument)
}

// CheckFile is [Check] for the file at path.
func CheckFile(path string) (*Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Check(file)
}

// CheckBytes is [CheckContext] for a document that is in memory, and not compressed.
func CheckBytes(ctx context.Context, data []byte) (*Report, error) {
	report, err := kernel.CheckContext(ctx, data, statement.Builders)
	var invalid *kernel.Invalid
	if errors.As(err, &invalid) {
		return nil, InvalidOf(data, invalid)
	}
	// The end of the context says nothing about the document.
	if err != nil {
		return nil, err
	}
	r := &Report{Digest: report.Digest, found: report}
	for k, c := range report.Claims {
		// The name of a theorem that is written out is its author's, and no tag of a paper.
		if report.Builder == "literal" {
			report.Claims[k].Tag = strconv.Quote(c.Tag)
		}
		r.Claims = append(r.Claims, Claim{report.Claims[k].Tag, c.Status})
	}
	return r, nil
}

// checkLimited is [CheckContext] with a limit that tests can reach.
func checkLimited(ctx context.Context, r io.Reader, limit int64) (*Report, error) {
	data, err := readLimited(ctx, r, limit)
	if err != nil {
		return nil, err
	}
	return CheckBytes(ctx, data)
}

// ReadDocument returns the bytes of the document that [Check] would check, decompressed. Its errors
// are those of Check for a file that holds no document.
func ReadDocument(ctx context.Context, r io.Reader) ([]byte, error) {
	return readLimited(ctx, r, MaxDocument)
}

// readLimited is [ReadDocument] with a limit that tests can reach. What is wrong with the bytes of a file is the fault of the
// document as a whole, of which no place can be named; only errors of r itself are errors of another kind.
func readLimited(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	data, err := gunzip.Document(ctx, r, limit)
	if fault, is := err.(*gunzip.Fault); is {
		return nil, &Invalid{Place: "document", Line: 1, Reason: fault.Reason, Limit: fault.Limit}
	}
	return data, err
}
