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

// Write writes d as one JSON document, the same bytes for the same contents, and
// computes the digest that ends it. It uses memory for a buffer only.
//
// It does not check the proof; what it writes may be rejected by [Check]. It
// returns the errors of w, and panics if a number is nil or a text holds a byte
// that the format does not have.
func (d *Document) Write(w io.Writer) error {
	return write(w, func(e *encoder) { e.document(d) })
}

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

// document writes everything before the digest member.
func (e *encoder) document(d *Document) {
	e.text("{\n\"format\":")
	e.quoted(Format)
	e.text(",\n\"statement\":{\"family\":")
	e.quoted(d.Statement.Family)
	e.text(",\"k\":")
	e.integer(int64(d.Statement.K))
	e.text(",\"n\":")
	e.integer(int64(d.Statement.N))
	e.text(",\"exponent\":")
	e.integer(int64(d.Statement.Exponent))
	e.text("}")
	e.claims(d.Claims)
	if d.Feasibility != nil {
		e.text(",\n\"feasibility\":")
		e.conePart(d.Feasibility)
	}
	if d.Optimum != nil {
		e.text(",\n\"optimum\":")
		e.conePart(d.Optimum)
	}
	if d.Elimination != nil {
		e.text(",\n\"elimination\":")
		e.elimination(d.Elimination)
	}
	if d.Identity != nil {
		e.text(",\n\"identity\":")
		e.identity(d.Identity)
	}
	if len(d.Instances) > 0 {
		e.text(",\n\"instances\":")
		e.list(len(d.Instances), ",\n", func(i int) {
			e.text("{")
			e.instance(&d.Instances[i])
			e.text("}")
		})
	}
	if d.Counterexample != nil {
		e.text(",\n\"counterexample\":{")
		e.instance(&d.Counterexample.Instance)
		e.text(",\n\"claimed\":")
		e.bigRat(d.Counterexample.Claimed)
		e.text("}")
	}
}

// claims writes the member of the claims.
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

func (e *encoder) conePart(c *ConePart) {
	e.text("{\"rows\":")
	e.ints(c.Rows)
	e.text(",\n\"rays\":")
	e.list(len(c.Rays), ",\n", func(j int) {
		ray := c.Rays[j]
		e.list(len(ray), ",", func(i int) {
			e.text("[")
			e.integer(int64(ray[i].Coordinate))
			e.text(",")
			e.integer(ray[i].Value)
			e.text("]")
		})
	})
	e.text(",\n\"count\":")
	e.bigInt(c.Count)
	e.text("}")
}

func (e *encoder) identity(d *Identity) {
	e.text("{\"supports\":")
	e.list(len(d.Supports), ",\n", func(t int) {
		terms := d.Supports[t]
		e.list(len(terms), ",", func(i int) {
			e.text("[")
			e.ints(terms[i].Exponents)
			e.text(",")
			e.bigInt(terms[i].Coefficient)
			e.text("]")
		})
	})
	e.text("}")
}

// instance writes the members of an instance without its braces.
func (e *encoder) instance(x *Instance) {
	e.text("\"drafts\":")
	e.drafts(&x.Drafts)
	e.text(",\n\"q\":")
	e.rats(x.Q)
	e.text(",\n\"value\":")
	e.bigRat(x.Value)
	e.text(",\n\"coupling\":")
	e.list(len(x.Coupling), ",\n", func(i int) {
		m := &x.Coupling[i]
		e.text("[")
		e.ints(m.Support)
		e.text(",")
		e.integer(int64(m.Token))
		e.text(",")
		e.bigInt(m.Amount)
		e.text("]")
	})
	e.text(",\n\"cut\":")
	e.ints(x.Cut)
}

func (e *encoder) drafts(d *Drafts) {
	e.text("{\"model\":")
	e.quoted(d.Model)
	switch d.Model {
	case Independent:
		e.text(",\"p\":")
		e.list(len(d.Ps), ",", func(k int) { e.rats(d.Ps[k]) })
	case Joint:
		e.text(",\"law\":")
		e.list(len(d.Law), ",\n", func(i int) {
			e.text("[")
			e.ints(d.Law[i].Tokens)
			e.text(",")
			e.bigRat(d.Law[i].Probability)
			e.text("]")
		})
	default:
		e.text(",\"p\":")
		e.rats(d.P)
	}
	e.text("}")
}

// isStringByte says whether a string of the format may hold c: printable ASCII
// except the quote and the backslash, so that no string needs an escape.
func isStringByte(c byte) bool {
	return c >= ' ' && c <= '~' && c != '"' && c != '\\'
}
