package elimination

import (
	"bytes"
	"slices"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// tagsOf are those of the claims of a document, which the checker accepts.
func tagsOf(t *testing.T, document []byte) (tags []string) {
	t.Helper()
	report, err := kernel.Check(document, statement.Builders)
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range report.Claims {
		tags = append(tags, claim.Tag)
	}
	return tags
}

// The unknowns of the lemmas are eliminated one after the other where they are few enough.
func TestMDL2_MDL3_MDL4_OneByOne(t *testing.T) {
	largest := map[int]int{2: 9, 3: 7, 4: 6, 5: 5, 6: 5, 7: 5}
	for k, most := range largest {
		for n := 2; n <= most; n++ {
			document, err := Lemmas(t.Context(), k, n, n == 3)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{"MD-L2", "MD-L3", "MD-L4"}
			if n == 3 {
				want = append([]string{"FM-C"}, want...)
			}
			if tags := tagsOf(t, document); !slices.Equal(tags, want) {
				t.Errorf("K = %d, N = %d: %v", k, n, tags)
			}
			if steps := bytes.Count(document, []byte(`"rule":"project"`)); steps != len(want) || bytes.Contains(document, []byte(`"rule":"block"`)) {
				t.Errorf("K = %d, N = %d: %d theorems of %d by elimination", k, n, steps, len(want))
			}
		}
		if explicit(k, most+1) {
			t.Errorf("K = %d, N = %d is not tested", k, most+1)
		}
	}
}

// Beyond, and wherever one likes, blocks are dropped at once.
func TestMDL2_MDL3_MDL4_ByBlocks(t *testing.T) {
	for _, c := range []struct{ k, n int }{{2, 3}, {2, 10}, {4, 7}, {6, 8}, {6, 14}} {
		document, err := Blocks(t.Context(), c.k, c.n)
		if err != nil {
			t.Fatal(err)
		}
		if tags := tagsOf(t, document); !slices.Equal(tags, []string{"MD-L2", "MD-L3", "MD-L4"}) {
			t.Errorf("%v: %v", c, tags)
		}
		if again, err := Lemmas(t.Context(), c.k, c.n, false); err != nil || bytes.Equal(again, document) == explicit(c.k, c.n) {
			t.Errorf("%v: the document of the cell is another one", c)
		}
	}
}
