package coqfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// A node is a value of a proof: a list, an object, or a number or string as text. The kernel has accepted the proof, so that
// what stands in it is what the format demands.
//
// So there are no errors for wrong kinds of values: a member that is not there is an
// empty node, whose list is empty and whose number is 0, as the format has it for
// members that may be left out.
type node struct {
	list    []node
	members map[string]node
	text    string
}

// parse reads JSON; numbers keep their digits.
func parse(data []byte) (node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return convert(v), err
}

// convert makes nodes of what the decoder has made.
func convert(v any) (n node) {
	switch v := v.(type) {
	case []any:
		// The order of a list is part of its meaning.
		for _, x := range v {
			n.list = append(n.list, convert(x))
		}
	case map[string]any:
		// Order does not matter within an object.
		n.members = map[string]node{}
		for name, x := range v {
			n.members[name] = convert(x)
		}
	case json.Number:
		// As it is written, of any length.
		n.text = v.String()
	case string:
		n.text = v
	}
	return n
}

// has reports whether a member is there; some mean something by that alone.
func (n node) has(name string) bool {
	_, there := n.members[name]
	return there
}

// int is the number of the text; it has been read by the kernel before.
func (n node) int() int {
	var k int
	fmt.Sscan(n.text, &k)
	return k
}

// rat is the number of the text, a fraction perhaps.
func (n node) rat() *big.Rat {
	r, _ := new(big.Rat).SetString(n.text)
	return r
}

// proofWriter writes a proof of a theorem.
type proofWriter struct {
	integers
	theorem *kernel.Theorem
	roots   bool // a root is used
}

// unknown is the error of a part of the format that the checker in Coq does not have.
func unknown(what string) error { return fmt.Errorf("%s has no proof in Coq", what) }

// proof writes what shows a theorem: the hints for its symmetries, a tag, and the steps
// or the refutation.
func (p *proofWriter) proof(n node) error {
	// For the rule image, which asks where a generator takes facts.
	p.hints(p.theorem)
	// It stands in place of rows and exists.
	if n.has("refuted") {
		return p.refutation(n.members["refuted"])
	}
	// The tag 0 is for a proof; the rows come before the unknowns.
	p.int(0)
	if err := p.steps(n.members["rows"]); err != nil {
		return err
	}
	return p.steps(n.members["exists"]) // none in kind implied
}

// refutation writes the point, and the row that fails or the steps that there are no
// unknowns.
func (p *proofWriter) refutation(n node) error {
	row := n.members["row"].int()
	// The tag says which of the two follows.
	p.int(map[bool]int64{true: 1, false: 2}[row >= 0])
	point := n.members["point"].list
	p.int(int64(len(point)))
	for _, v := range point {
		// Coordinates that are not written are 0.
		p.symbol(v.list[0].int())
		p.num(v.list[1])
	}
	// A row fails; its number is enough.
	if row >= 0 {
		p.symbol(row)
		return nil
	}
	return p.steps(n.members["steps"])
}

// num writes a number of the proof.
func (p *proofWriter) num(n node) { p.number(n.rat()) }

// polyNode writes a polynomial of the proof as poly does one of the theorem.
func (p *proofWriter) polyNode(n node) {
	p.int(int64(len(n.list)))
	for _, t := range n.list {
		// A term is a factor and its symbols.
		if len(t.list) == 2 {
			p.singles(t.list[0].rat(), []int{t.list[1].int()})
			continue
		}
		p.term(t.list[0].rat(), len(t.list)-1)
		for _, s := range t.list[1:] {
			p.symbol(s.int())
		}
	}
}

// factNode writes a fact of the proof.
func (p *proofWriter) factNode(n node) {
	p.int(int64(theorem.Relations[n.list[0].text]))
	p.polyNode(n.list[1])
}

// factNodes writes a list of them.
func (p *proofWriter) factNodes(n node) {
	p.int(int64(len(n.list)))
	for _, f := range n.list {
		p.factNode(f)
	}
}

// reference: fact r is r+1, the sign of symbol s, −1−s in both. Documents count facts of
// the scope from 0 on, and signs of symbols from −1 downwards.
func (p *proofWriter) reference(n node) {
	if r := n.int(); r >= 0 {
		p.symbol(r)
	} else {
		p.int(int64(r))
	}
}

// references writes how many there are, and each.
func (p *proofWriter) references(list []node) {
	p.int(int64(len(list)))
	p.each(list)
}

// each writes references whose number is known to the reader.
func (p *proofWriter) each(list []node) {
	for _, r := range list {
		p.reference(r)
	}
}

// factor writes the member, or 1: most steps leave it out.
func (p *proofWriter) factor(n node, name string) {
	// Numerator and denominator are both written, also those of 1.
	if n.has(name) {
		p.num(n.members[name])
	} else {
		p.number(big.NewRat(1, 1))
	}
}
