package doubledesc

import (
	"path/filepath"
	"strings"
	"testing"

	"pstar/format/ine"

	"github.com/google/go-cmp/cmp"
)

// TestConvertFilesWithEquations compares files with equations or lines with the lists
// that other programs give (beside them, as .want), in every order and with one and
// two workers.
func TestConvertFilesWithEquations(t *testing.T) {
	wants, err := filepath.Glob("../fixtures/polyhedra/equations/*.want")
	if err != nil || len(wants) != 9 {
		t.Fatalf("%d fixtures, %v; want 9", len(wants), err)
	}
	other := map[string]string{".ine": ".ext", ".ext": ".ine"}
	for _, path := range wants {
		target := strings.TrimSuffix(path, ".want")
		base := strings.TrimSuffix(target, filepath.Ext(target))
		in, err := ine.Open(base + other[filepath.Ext(target)])
		if err != nil {
			t.Fatal(err)
		}
		want, err := ine.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, order := range Orders() {
			for workers := 1; workers <= 2; workers++ {
				got := converted(t, &in.Polyhedron, Options{Order: order, Workers: workers})
				if diff := cmp.Diff(text(t, &want.Polyhedron), text(t, got.Out)); diff != "" {
					t.Errorf("%s, order %v (%d), %d workers (-want +got):\n%s", base, order, i, workers, diff)
				}
			}
		}
	}
}
