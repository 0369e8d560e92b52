package each

import (
	"slices"
	"testing"
)

func TestListsAgainstLoops(t *testing.T) {
	for n := range 5 {
		var list, squares, sums, even []int
		for i := range n {
			list, squares, sums = append(list, i+1), append(squares, (i+1)*(i+1)), append(sums, 2*i+1)
			if i%2 == 1 {
				even = append(even, i+1)
			}
		}
		isEven := func(x int) bool { return x%2 == 0 }
		for what, pair := range map[string][2][]int{
			"Of":       {Of(list, func(x int) int { return x * x }), squares},
			"Numbered": {Numbered(list, func(i, x int) int { return i + x }), sums},
			"To":       {To(n, func(i int) int { return i + 1 }), list},
			"Where":    {Where(list, isEven), even},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("n = %d: %s is %v, want %v", n, what, pair[0], pair[1])
			}
		}
		if got := Count(list, isEven); got != len(even) {
			t.Errorf("n = %d: Count is %d, want %d", n, got, len(even))
		}
	}
	// JSON tells an empty list from none.
	if Of([]int(nil), func(x int) int { return x }) == nil || Where([]int{1}, func(int) bool { return false }) != nil {
		t.Error("what has no members is nil for Where alone")
	}
}
