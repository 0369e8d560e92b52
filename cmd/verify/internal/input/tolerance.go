package input

import (
	"pstar/cmd/verify/internal/run"
	"pstar/rational"
)

// A Tolerance is the flag -tolerance of the commands that test rules: how far from lossless still counts as lossless.
type Tolerance struct {
	text string
	// Value is the number, once [Tolerance.Read] has read it.
	Value rational.Rat
}

// Add adds the flag. What is measured is named in usage.
func (t *Tolerance) Add(f *run.FlagSet, usage string) { f.StringVar(&t.text, "tolerance", "0", usage) }

// TotalVariation is the usage of the flag where the law of the output is known.
const TotalVariation = "total `variation` from q that still counts as lossless"

// Read reads the flag exactly: 1e-3 is a thousandth, and comparisons with it have no rounding. The error is bad usage.
func (t *Tolerance) Read() error {
	x, err := run.Number("tolerance", t.text)
	if err != nil {
		return err
	}
	// Differences of probabilities are 1 at most: nothing would fail.
	if x.Sign() < 0 || x.Cmp(rational.NewRat(1, 1)) >= 0 {
		return run.UsageErrorf("-tolerance %s: expected a number from 0 to less than 1", t.text)
	}
	t.Value = x
	return nil
}
