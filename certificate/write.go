package certificate

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"math/big"
	"strconv"
)

// write writes a document, of which body writes all that precedes the digest.
func write(w io.Writer, body func(e *encoder)) error {
	out := bufio.NewWriter(w)
	e := &encoder{out: out, digest: sha256.New()}
	body(e)
	digest := hex.EncodeToString(e.digest.Sum(nil))
	e.text(digestOpen)
	e.text(digest)
	e.text(digestClose)
	return out.Flush() // reports the first error of any write
}

// The bytes around the digest; the digest covers all that precede digestOpen.
const (
	digestOpen  = ",\n\"sha256\":\""
	digestClose = "\"}\n"
)

// encoder writes the pieces of a document and feeds them to the digest.
type encoder struct {
	out     *bufio.Writer
	digest  hash.Hash
	scratch []byte
}

func (e *encoder) text(s string) {
	e.scratch = append(e.scratch[:0], s...)
	e.flush()
}

func (e *encoder) flush() {
	e.digest.Write(e.scratch)
	e.out.Write(e.scratch)
}

func (e *encoder) integer(v int64) {
	e.scratch = strconv.AppendInt(e.scratch[:0], v, 10)
	e.flush()
}

func (e *encoder) quoted(s string) {
	for i := 0; i < len(s); i++ {
		if !isStringByte(s[i]) {
			panic("certificate: text with a byte outside the format: " + strconv.Quote(s))
		}
	}
	e.text(`"`)
	e.text(s)
	e.text(`"`)
}

func (e *encoder) bigInt(v *big.Int) {
	if v == nil {
		panic("certificate: nil integer")
	}
	e.quoted(v.String())
}

func (e *encoder) bigRat(v *big.Rat) {
	if v == nil {
		panic("certificate: nil rational")
	}
	e.quoted(v.RatString())
}

// list writes n elements in brackets, with separator between two of them.
func (e *encoder) list(n int, separator string, element func(i int)) {
	e.text("[")
	for i := range n {
		if i > 0 {
			e.text(separator)
		}
		element(i)
	}
	e.text("]")
}

func (e *encoder) ints(v []int) {
	e.list(len(v), ",", func(i int) { e.integer(int64(v[i])) })
}

func (e *encoder) rats(v []*big.Rat) {
	e.list(len(v), ",", func(i int) { e.bigRat(v[i]) })
}

func (e *encoder) claims(claims []Claim) {
	e.text(",\n\"claims\":")
	e.list(len(claims), ",\n", func(i int) {
		e.text("{\"tag\":")
		e.quoted(claims[i].Tag)
		e.text(",\"status\":")
		e.quoted(claims[i].Status)
		e.text("}")
	})
}

// isStringByte says whether a string of the format may hold c: printable ASCII
// except the quote and the backslash, so that no string needs an escape.
func isStringByte(c byte) bool {
	return c >= ' ' && c <= '~' && c != '"' && c != '\\'
}

// open writes the beginning of a document, up to the members of the statement.
func (e *encoder) open(family string) {
	e.text("{\n\"format\":")
	e.quoted(Format)
	e.text(",\n\"statement\":{\"family\":")
	e.quoted(family)
}
