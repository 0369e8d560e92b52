package certificate

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
)

// MaxDocument bounds the bytes of a decompressed document that is accepted.
const MaxDocument = 256 << 20

// Check reads one document from r to its end, gzip-compressed or plain, and
// checks it. It returns what the document establishes, or an [*Invalid] if it is
// rejected, or the error of r if it cannot be read.
//
// A nil error means: every claim of the report holds, provided that this package
// and the arguments of FORMAT.md are right. Check holds the document in memory,
// at most 256 MiB of it, and takes time that is nearly linear in its length and
// in the number of rows of the system of its statement.
func Check(r io.Reader) (*Report, error) {
	return checkLimited(r, MaxDocument)
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

func checkLimited(r io.Reader, limit int64) (*Report, error) {
	data, err := readDocument(r, limit)
	if err != nil {
		return nil, err
	}
	var report *Report
	if invalid := run(func() { report = check(data) }); invalid != nil {
		return nil, invalid
	}
	return report, nil
}

// readDocument reads and decompresses. What is wrong with the compressed bytes is
// the fault of the document; only errors of r itself are errors of another kind.
func readDocument(r io.Reader, limit int64) ([]byte, error) {
	source := &source{reader: r}
	buffered := bufio.NewReader(source)
	var plain io.Reader = buffered
	if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
		unzip, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, source.blame(err)
		}
		plain = unzip
	}
	data, err := io.ReadAll(io.LimitReader(plain, limit+1))
	if err != nil {
		return nil, source.blame(err)
	}
	if int64(len(data)) > limit {
		return nil, documentFault(fmt.Sprintf("the document has more than %d bytes", limit))
	}
	return data, nil
}

// source remembers whether the underlying reader failed.
type source struct {
	reader io.Reader
	err    error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.reader.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// blame returns the error of the underlying reader if it failed; else err lies in
// the compressed bytes.
func (s *source) blame(err error) error {
	if s.err != nil {
		return s.err
	}
	return documentFault("not a gzip file: " + err.Error())
}

func documentFault(reason string) *Invalid {
	return &Invalid{Place: "document", Line: 1, Reason: reason}
}
