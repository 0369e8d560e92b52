package theorems_test

import (
	"context"
	"flag"
	"fmt"

	"pstar/theorems"
)

// A family of one theorem, and what a command makes of it: flags, tasks, a report, a
// verdict.
func ExampleFamily() {
	sums := theorems.Family{
		Name:    "sums",
		Command: "sums",
		Theorems: []theorems.Theorem{{
			Tag: "S-1", Statement: "1 + … + n = n(n+1)/2", Engine: theorems.Checked, Scope: "for the n given",
			Commands: []theorems.Command{{Line: "verify sums -n 5", Shows: "S-1 checked"}},
		}},
		Parameters: func(f *theorems.Flags) theorems.Verify {
			var n theorems.Range
			f.Var(&n, "n", "a `number`, or a range")
			return func(*theorems.Run) ([]theorems.Task, error) {
				return theorems.Grid(n, theorems.Range{First: 1, Last: 1}, func(n, _ int) theorems.Task {
					return theorems.Task{Name: fmt.Sprintf("n%d", n), Title: fmt.Sprintf("n = %d", n), Do: func(context.Context) (*theorems.Report, error) {
						sum, r := 0, &theorems.Report{}
						for i := 1; i <= n; i++ {
							sum += i
						}
						var wrong error
						if sum != n*(n+1)/2 {
							wrong = fmt.Errorf("the sum is %d", sum)
						}
						r.Claims.Add(wrong, "S-1", theorems.Checked, "1 + … + %d = %d", n, n*(n+1)/2)
						return r, nil
					}}
				}), nil
			}
		},
	}
	registry := theorems.NewRegistry(nil, sums)
	row, _ := registry.Find("s-1")
	fmt.Println(row.Statement, "is", row.Engine)

	flags := flag.NewFlagSet("sums", flag.ContinueOnError)
	verify := sums.Parameters(&theorems.Flags{FlagSet: flags})
	if err := flags.Parse([]string{"-n", "3..4"}); err != nil {
		fmt.Println(err)
		return
	}
	tasks, _ := verify(&theorems.Run{})
	for _, t := range tasks {
		r, _ := t.Do(context.Background())
		fmt.Println(t.Title+":", r.Claims[0].Statement, r.Claims.Verdict())
	}
	// Output:
	// 1 + … + n = n(n+1)/2 is checked
	// n = 3: 1 + … + 3 = 6 verified
	// n = 4: 1 + … + 4 = 10 verified
}
