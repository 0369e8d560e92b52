package multidraft

import (
	"slices"
	"strconv"
	"strings"
)

// EachWord calls visit with every word of length k over n tokens, in
// lexicographic order. The slice is reused between calls.
func EachWord(k, n int, visit func(word []int)) {
	word := make([]int, k)
	for {
		visit(word)
		place := k - 1
		// As an odometer: the last token that is not the highest goes up, those behind it begin
		// anew.
		for ; place >= 0 && word[place] == n-1; place-- {
			word[place] = 0
		}
		if place < 0 {
			return
		}
		word[place]++
	}
}

// SortedCopy returns the tokens in ascending order.
func SortedCopy(word []int) []int {
	c := slices.Clone(word)
	slices.Sort(c)
	return c
}

// TokenList writes tokens in the order given, numbered from 1: "1,3,3".
func TokenList(tokens []int) string {
	var b strings.Builder
	for j, x := range tokens {
		if j > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(x + 1))
	}
	return b.String()
}

// BoundedPower returns base^exponent for a base of at least 1, or 2^40 if it is larger than that.
func BoundedPower(base, exponent int) int64 {
	const large = 1 << 40
	power := int64(1)
	for ; exponent > 0 && base > 1; exponent-- {
		// Compared first: the product may overflow.
		if power > large/int64(base) {
			return large
		}
		power *= int64(base)
	}
	return power
}

// CompareTokens is the canonical order of sets as token lists.
func CompareTokens(a, b []int) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return slices.Compare(a, b)
}

// Must returns what is valid by construction, and panics with the error of what is not.
func Must[T any](x T, err error) T {
	if err != nil {
		panic("multidraft: " + err.Error())
	}
	return x
}
