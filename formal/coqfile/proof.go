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
type node struct {
	list    []node
	members map[string]node
	text    string
}

func parse(data []byte) (node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return convert(v), err
}

func convert(v any) (n node) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			n.list = append(n.list, convert(x))
		}
	case map[string]any:
		n.members = map[string]node{}
		for name, x := range v {
			n.members[name] = convert(x)
		}
	case json.Number:
		n.text = v.String()
	case string:
		n.text = v
	}
	return n
}

func (n node) has(name string) bool {
	_, there := n.members[name]
	return there
}

func (n node) int() int {
	var k int
	fmt.Sscan(n.text, &k)
	return k
}

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

func (p *proofWriter) proof(n node) error {
	if t := p.theorem; len(t.Exponentials) > 0 || t.Process != nil && len(t.Process.Exponentials) > 0 {
		return unknown("a theorem with exponentials")
	}
	p.hints(p.theorem)
	if n.has("refuted") {
		return p.refutation(n.members["refuted"])
	}
	p.int(0)
	if err := p.steps(n.members["rows"]); err != nil {
		return err
	}
	return p.steps(n.members["exists"]) // none in kind implied
}

func (p *proofWriter) refutation(n node) error {
	row := n.members["row"].int()
	p.int(map[bool]int64{true: 1, false: 2}[row >= 0])
	point := n.members["point"].list
	p.int(int64(len(point)))
	for _, v := range point {
		p.symbol(v.list[0].int())
		p.num(v.list[1])
	}
	if row >= 0 {
		p.symbol(row)
		return nil
	}
	return p.steps(n.members["steps"])
}

func (p *proofWriter) num(n node) { p.number(n.rat()) }

func (p *proofWriter) polyNode(n node) {
	p.int(int64(len(n.list)))
	for _, t := range n.list {
		p.term(t.list[0].rat(), len(t.list)-1)
		for _, s := range t.list[1:] {
			p.symbol(s.int())
		}
	}
}

func (p *proofWriter) factNode(n node) {
	p.int(int64(theorem.Relations[n.list[0].text]))
	p.polyNode(n.list[1])
}

func (p *proofWriter) factNodes(n node) {
	p.int(int64(len(n.list)))
	for _, f := range n.list {
		p.factNode(f)
	}
}

// reference: fact r is r+1, the sign of symbol s, −1−s in both.
func (p *proofWriter) reference(n node) {
	if r := n.int(); r >= 0 {
		p.symbol(r)
	} else {
		p.int(int64(r))
	}
}

func (p *proofWriter) references(list []node) {
	p.int(int64(len(list)))
	p.each(list)
}

func (p *proofWriter) each(list []node) {
	for _, r := range list {
		p.reference(r)
	}
}

// factor writes the member, or 1.
func (p *proofWriter) factor(n node, name string) {
	if n.has(name) {
		p.num(n.members[name])
	} else {
		p.number(big.NewRat(1, 1))
	}
}
