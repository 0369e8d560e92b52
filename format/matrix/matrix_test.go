package matrix

import (
	"fmt"
	"strings"
	"testing"
)

// A head names columns, of which the constant is no coordinate, first or last.
func TestHeadNamesCoordinates(t *testing.T) {
	for c, want := range map[Convention]string{ConstantFirst: "[b c]", Homogeneous: "[b c]", AtMost: "[a b]", AtLeast: "[a b]", Points: "[a b c]", Rays: "[a b c]", Flux: "[a b c]"} {
		p, _, names, err := Read(strings.NewReader("a,b,c\n1,-1,0\n"), "f", c)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(names); got != want || len(names) != p.Columns-1 {
			t.Errorf("%s: names %s, want %s, for %d columns", c, got, want, p.Columns)
		}
	}
	for _, c := range Conventions() {
		if _, _, names, err := Read(strings.NewReader("1,-1,0\n"), "f", c); err != nil || names != nil {
			t.Errorf("%s: without a head: names %v, %v", c, names, err)
		}
	}
}
