package witness

import (
	"fmt"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// The documents of all cells of the grid that are small prove all four theorems.
func TestCellDocuments(t *testing.T) {
	for k := 2; k <= 6; k++ {
		for n := 2; n <= 8; n++ {
			t.Run(fmt.Sprintf("K=%d,N=%d", k, n), func(t *testing.T) {
				document, err := Cell(t.Context(), k, n)
				if err != nil {
					t.Fatal(err)
				}
				report, err := kernel.Check(document, statement.Builders)
				if err != nil {
					t.Fatal(err)
				}
				if len(report.Claims) != 4 || len(report.Theorems) != 4 {
					t.Errorf("claims %v", report.Claims)
				}
			})
		}
	}
}

func BenchmarkCellCheck(b *testing.B) {
	document, err := Cell(b.Context(), 6, 14)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d bytes", len(document))
	for b.Loop() {
		if _, err := kernel.Check(document, statement.Builders); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCellMake(b *testing.B) {
	for b.Loop() {
		if _, err := Cell(b.Context(), 6, 14); err != nil {
			b.Fatal(err)
		}
	}
}
