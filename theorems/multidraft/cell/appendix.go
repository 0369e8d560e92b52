package cell

import (
	"fmt"
	"math/big"
	"strings"

	"pstar/internal/each"
	"pstar/theorems/multidraft"
)

// appendix is what a text in LaTeX has besides the claims: programs, cones, orbits of their
// rays, the identity that proves the theorems, and the instances.
func (r *Report) appendix() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	// The numbers of the cell, which the text has in place of letters.
	k, n := r.K, r.N
	line(`\subsection*{The program}`)
	line(`Let $\Omega = \{1, \dots, %d\}$, let $b_T$ be the probability that $T$ is the set of drafted tokens, $1 \le |T| \le %d$,`, n, min(k, n))
	line(`$B(S) = \sum_{T \subseteq S} b_T$ and $q(S) = \sum_{i \in S} q_i$; for iid drafts $B(S) = p(S)^{%d}$. Then`, k)
	line(`\[ M = \max \sum_{T} \sum_{i \in T} x_{T,i} \quad\text{subject to}\quad \sum_{i \in T} x_{T,i} \le b_T, \quad \sum_{T \ni i} x_{T,i} \le q_i, \quad x \ge 0. \]`)
	// What follows proves the theorem with K.
	if r.Exponent != k {
		return b.String()
	}
	line(`\subsection*{The identity}`)
	line(`By duality $M$ is the least $\sum_i z_i q_i + \sum_T (1 - \min_{i \in T} z_i)\, b_T$ over $0 \le z_i \le 1$. The tokens may be`)
	line(`renamed so that $0 = z_0 \le z_1 \le \dots \le z_{%d} \le z_{%d} = 1$. With $S_j = \{j, \dots, %d\}$, $S_{%d} = \emptyset$, and $\sum_T b_T = 1$,`, n, n+1, n, n+1)
	line(`\[ \sum_{i=1}^{%d} z_i q_i + \sum_T \bigl(1 - \min_{i \in T} z_i\bigr) b_T = \sum_{j=1}^{%d} (z_j - z_{j-1}) \bigl(q(S_j) + 1 - B(S_j)\bigr), \]`, n, n+1)
	line(`a mean of the bounds $q(S_j) + 1 - B(S_j)$ with nonnegative weights: none is smaller than their minimum, and each is attained.`)
	r.cones(line)
	r.instanceTable(line)
	return b.String()
}

// cones describes the two cones and the orbits of their rays under renaming of tokens.
func (r *Report) cones(line func(string, ...any)) {
	// Both tables have a row for each size of S, and one for each size of T.
	for _, c := range []struct {
		proof               *ConeProof
		title, cone, ray, b string
		first, last         int // sizes of S
	}{
		{r.Feasibility, "The cone of feasibility", `\{(u, v) : u_i + v_T \ge 0 \text{ for } 2 \le |T| \le %d,\ i \in T\}`,
			`u = 1_S$, $v_T = -1$ for $T \subseteq S$ and $0$ else`, `q(S) \ge B(S)`, 1, r.N - 1},
		{r.Optimum, "The cone of the optimum", `\{(z, z_0, v) : 0 \le z_i \le z_0,\ v_T \ge z_i \text{ for } 2 \le |T| \le %d,\ i \in T\}`,
			`z_0 = 1$, $z = 1_{\Omega \setminus S}$, $v_T = 1$ for $T \not\subseteq S$ and $0$ else`, `M \le q(S) + 1 - B(S)`, 0, r.N},
	} {
		// Not asked for, or not finished.
		if c.proof == nil {
			continue
		}
		line(`\subsection*{%s}`, c.title)
		// Supports have at most so many tokens, however many drafts there are.
		line(`\[ `+c.cone+` \]`, min(r.K, r.N))
		line(`has %s extreme rays, modulo its lines, in these orbits of the permutations of $\Omega$:`, c.proof.Rays())
		line(`\begin{center}\begin{tabular}{rll}`)
		line(`rays & representative & says \\ \hline`)
		// The orbit of S has a ray for each set of that size.
		for size := c.first; size <= c.last; size++ {
			line(`%s & $|S| = %d$ & $%s$ \\`, binomial(r.N, size), size, c.b)
		}
		for _, size := range trivialSizes(r.N, min(r.K, r.N), c.proof.Trivial) {
			line(`%s & $|T| = %d$ & $b_T \ge 0$ \\`, binomial(r.N, size), size)
		}
		line(`\end{tabular}\end{center}`)
		line(`That of $S$ is $%s; that of $T$ is $v_T = 1$ and $0$ else. Found by: %s.`, c.ray, strings.Join(c.proof.Methods, ", "))
	}
}

func binomial(n, k int) *big.Int { return new(big.Int).Binomial(int64(n), int64(k)) }

// trivialSizes are the sizes of the supports T of at least two tokens whose rays are extreme:
// all, unless there are fewer such rays, as for n = 2.
func trivialSizes(n, largest int, count *big.Int) (sizes []int) {
	total := new(big.Int)
	for t := 2; t <= largest; t++ {
		total.Add(total, binomial(n, t))
		sizes = append(sizes, t)
	}
	// The table would claim orbits that are not extreme: it lists none.
	if total.Cmp(count) != 0 {
		return nil
	}
	return sizes
}

// tableRows bounds the table of instances.
const tableRows = 64

// instanceTable lists the instances with the optimum that all methods gave.
func (r *Report) instanceTable(line func(string, ...any)) {
	// An instance whose task was not reached has no agreement.
	// Only what came out: an optimum that two methods dispute is no row.
	done := each.Where(r.Instances, func(in CheckedInstance) bool { return in.Agreement != nil })
	// A cell without instances has no such section.
	if len(done) == 0 {
		return
	}
	line(`\subsection*{The instances}`)
	line(`For each of %d instances of the seed %d all methods named gave the same $P^*$, which is exact; here it is rounded.`, len(done), r.Options.Seed)
	// Tables that fit a page.
	for first := 0; first < min(len(done), tableRows); first += 32 {
		line(`\begin{center}\footnotesize\begin{tabular}{rlllr}`)
		line(`& drafts & $P^*$ & least minimising $S$ & methods \\ \hline`)
		for i := first; i < min(len(done), tableRows, first+32); i++ {
			// Rounded: exact values may be hundreds of digits long.
			in := done[i]
			line(`%d & %s & %s & $\{%s\}$ & %d \\`, i+1, in.Instance.Model(), in.Agreement.Value.Approximate(decimals), multidraft.TokenList(in.Agreement.Minimiser.Tokens()), len(in.Agreement.Methods))
		}
		line(`\end{tabular}\end{center}`)
	}
	if len(done) > tableRows {
		line(`The others are not listed.`)
	}
}
