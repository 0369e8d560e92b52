package certificate

import (
	"math/big"
	"math/bits"
)

// A TransportCell says that the system of a document is the transport polytope of
// K drafts over N tokens, and its result the list of MD-T2. FORMAT.md, "The family
// fm", has the order of the columns and rows.
type TransportCell struct {
	K, N int
}

// cellMeaning says what FM-C says.
const cellMeaning = `FM-C proved: for %[1]d drafts over %[2]d tokens, supports T of two or more tokens, and real b_T and q_i (the target law less b_{i}):
there are a_T(i) >= 0, i in T, with the sums b_T over i and q_i over T, if and only if MD-T2's rows hold: q(S) >= the sum of the b_T with T within S,
for all S, with equality for all tokens, and b_T >= 0. The system of the document is that of the a_T(i), and its result this list, each row once.
`

// transportCell is a cell whose system and result are compared with a document.
type transportCell struct {
	TransportCell
	supports  []set // 𝒯; the columns of b_T are 1, 2, ..
	variables int
}

func readCell(r *reader) *transportCell {
	c := &transportCell{}
	r.tuple(2, func(i int) {
		if i == 0 {
			c.K = int(r.size(2, MaxDrafts))
			return
		}
		c.N = int(r.size(2, MaxTokens))
		if countSupports(c.K, c.N).Cmp(big.NewInt(maxSystemVariables)) > 0 {
			r.beyondLast("the cell K=%d N=%d has too many supports", c.K, c.N)
		}
	})
	c.supports = newSupports(c.K, c.N).pairsUp()
	c.variables = c.kept()
	for _, t := range c.supports {
		c.variables += bits.OnesCount64(t)
	}
	return c
}

// kept counts the columns of the b_T and q_i. Those of the α follow.
func (c *transportCell) kept() int { return len(c.supports) + c.N }

// q is the column of q_i.
func (c *transportCell) q(token int) int { return len(c.supports) + token }

// transportEntry is an entry 1 or -1 of a row.
type transportEntry struct {
	column int
	value  int64
}

// rows are those of the transport polytope: α >= 0, then the equations.
func (c *transportCell) rows() (rows [][]transportEntry) {
	sums := make([][]transportEntry, c.kept())
	for v := range sums {
		sums[v] = []transportEntry{{1 + v, -1}}
	}
	alpha := 1 + c.kept()
	for j, t := range c.supports {
		for _, token := range tokensOf(t) {
			x := transportEntry{alpha, 1}
			rows = append(rows, []transportEntry{x})
			sums[j] = append(sums[j], x)
			sums[c.q(token)-1] = append(sums[c.q(token)-1], x)
			alpha++
		}
	}
	return append(rows, sums...)
}

// checkSystem compares the system of a document. Without a cell it does nothing, as
// the other checks.
func (c *transportCell) checkSystem(r *reader, f *linear) {
	if c == nil {
		return
	}
	rows := c.rows()
	if f.variables != c.variables || len(f.rows) != len(rows) {
		r.rejectNext("the cell K=%d N=%d has %d variables and %d rows, the document %d and %d", c.K, c.N, c.variables, len(rows), f.variables, len(f.rows))
	}
	for i, row := range f.rows {
		same := row.equal == (i >= c.variables-c.kept()) && !row.strict && len(row.entries) == len(rows[i])
		for k := 0; same && k < len(rows[i]); k++ {
			same = row.entries[k].index == rows[i][k].column && row.entries[k].small == rows[i][k].value
		}
		if !same {
			r.rejectNext("row %d is not that of the cell K=%d N=%d", i+1, c.K, c.N)
		}
	}
}

// checkEliminated checks that all α are eliminated and nothing else.
func (c *transportCell) checkEliminated(r *reader, f *linear) {
	if c == nil {
		return
	}
	for v := 1; v <= c.variables; v++ {
		if f.toGo[v] != (v > c.kept()) {
			r.rejectNext("the variables eliminated are not the α of the cell K=%d N=%d", c.K, c.N)
		}
	}
}

// checkResult checks that the rows are those of MD-T2, each once: the equation, and
// in any order inequalities without q_N.
func (c *transportCell) checkResult(r *reader, result []linearRow) {
	if c == nil {
		return
	}
	want := uint64(1)<<c.N - 1
	if c.N > 2 {
		want += uint64(len(c.supports))
	}
	if uint64(len(result)) != want || !c.isBalance(r, result[0]) {
		r.rejectNext("the result is not one equation and the %d inequalities of MD-T2 for K=%d N=%d", want-1, c.K, c.N)
	}
	seen := make(map[int64]bool) // sets S, and -j for the j-th support
	for i, row := range result[1:] {
		name := c.name(r, row)
		if name == 0 || seen[name] {
			r.rejectNext("row %d of the result is none of MD-T2 for K=%d N=%d, or is there twice", i+2, c.K, c.N)
		}
		seen[name] = true
	}
}

// isBalance says whether a row is a multiple of q(Ω) - Σ b_T = 0.
func (c *transportCell) isBalance(r *reader, row linearRow) bool {
	if !row.equal || len(row.entries) != c.kept() {
		return false
	}
	x := row.entries[len(row.entries)-1].value
	minus := new(big.Rat).Neg(x)
	for i, e := range row.entries {
		want := minus
		if i >= len(c.supports) {
			want = x
		}
		if e.index != i+1 || r.cmp(e.value, want) != 0 {
			return false
		}
	}
	return true
}

// supportCost is that of comparing a set with a support.
const supportCost = 10

// name recognises an inequality by the tokens A of its q_i, which all have the
// same coefficient x. If x > 0 it is, up to a factor, q(A) - B(A) >= 0, the name of
// which is A. If x < 0 it is, with S = Ω∖A, q(S) - B(S) >= 0 less q(Ω) - Σ b_T = 0:
// b_T over the T that meet A, less q(A). The name is S. Without q_i it is b_T >= 0.
// The name of any other row is 0.
func (c *transportCell) name(r *reader, row linearRow) int64 {
	if row.equal || row.strict || len(row.entries) == 0 || row.entries[0].index == 0 {
		return 0
	}
	split := 0 // the first entry of a q_i
	for split < len(row.entries) && row.entries[split].index <= len(c.supports) {
		split++
	}
	ofB, ofQ := row.entries[:split], row.entries[split:]
	if len(ofQ) == 0 {
		if c.N > 2 && len(ofB) == 1 && ofB[0].value.Sign() > 0 {
			return -int64(ofB[0].index)
		}
		return 0
	}
	x, a := ofQ[0].value, set(0)
	for _, e := range ofQ {
		if e.index >= c.q(c.N) || r.cmp(e.value, x) != 0 {
			return 0
		}
		a |= tokenBit(e.index - len(c.supports))
	}
	counts := func(t set) bool { return t&^a == 0 }
	name := a
	if x.Sign() < 0 {
		counts = func(t set) bool { return t&a != 0 }
		name = tokenBit(c.N)<<1 - 1 - a
	}
	minus, next := new(big.Rat).Neg(x), 0
	r.spend(len(c.supports), supportCost)
	for j, t := range c.supports {
		if !counts(t) {
			continue
		}
		if next == len(ofB) || ofB[next].index != j+1 || r.cmp(ofB[next].value, minus) != 0 {
			return 0
		}
		next++
	}
	if next < len(ofB) {
		return 0
	}
	return int64(name)
}
