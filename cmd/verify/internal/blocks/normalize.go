package blocks

import (
	"fmt"
	"maps"
	"slices"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
)

// normalize divides the laws by their sums, and says by which. Laws that code of float32 made sum to 1 but for their
// rounding, each by another number; one whose sum that does not explain is an error, as it is for P*.
func (in *blocksInput) normalize() (sums []string, err error) {
	divide := func(name string, law *[]rational.Rat) (sum rational.Rat, changed bool, err error) {
		divided, sum, err := input.Normalised(name, *law)
		if err != nil {
			return sum, false, run.UsageErrorf("%v", err)
		}
		*law = divided
		return sum, !sum.Equal(rational.NewRat(1, 1)), nil
	}
	for _, law := range []struct {
		name string
		of   *[]rational.Rat
	}{{"q", &in.q}, {"p", &in.p}} {
		sum, changed, err := divide(law.name, law.of)
		if err != nil {
			return nil, err
		}
		if changed {
			sums = append(sums, fmt.Sprintf("%s summed to %s", law.name, input.DescribeSum(sum)))
		}
	}
	// Of thousands of laws the sum that is farthest from 1 tells how much was normalised.
	count, far := 0, rational.NewRat(1, 1)
	for _, prefix := range slices.Sorted(maps.Keys(in.after)) {
		laws := in.after[prefix]
		for j, name := range []string{"p", "q"} {
			sum, changed, err := divide(fmt.Sprintf("after the prefix (%s): %s", prefix, name), &laws[j])
			if err != nil {
				return nil, err
			}
			if changed {
				count++
			}
			if off(sum).Cmp(off(far)) > 0 {
				far = sum
			}
		}
		in.after[prefix] = laws
	}
	if count > 0 {
		sums = append(sums, fmt.Sprintf("%s after prefixes, the farthest from 1 summed to %s", show.Count(count, "law", "laws"), input.DescribeSum(far)))
	}
	return sums, nil
}

// off is how far a sum is from 1.
func off(sum rational.Rat) rational.Rat { return sum.Sub(rational.NewRat(1, 1)).Abs() }

// describeRatios says how far values of a rule exceeded what they are part of, and fails if rounding does not explain it.
func describeRatios(ratios []rational.Rat) (string, error) {
	if len(ratios) == 0 {
		return "", nil
	}
	far := ratios[0]
	for _, ratio := range ratios {
		far = rational.MaxRat(far, ratio)
	}
	if err := input.CheckNear("what the rule accepts, as a part of what is drafted or accepted before,", far, ""); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s of values of the rule, the largest %s times what it is part of", show.Count(len(ratios), "sum", "sums"), input.DescribeSum(far)), nil
}
