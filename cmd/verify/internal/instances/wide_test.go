package instances

import (
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
)

// What is known less narrowly than the default says is undecided as what -within asks is; recursive rejection of eight drafts, which is, takes half a minute.
func TestDefaultWidthsArePromises(t *testing.T) {
	of := func(width int64) enclose.Interval {
		return enclose.Interval{Lo: rational.NewRat(1, 2), Hi: rational.NewRat(1, 2).Add(rational.NewRat(1, width))}
	}
	s := multidraft.Must(multidraft.Generate(1, 0, 3, 3, multidraft.ModelWithoutReplacement))
	for _, c := range []struct {
		name             string
		acceptance, best enclose.Interval
		o                scheme.Options
		status           int
	}{
		{scheme.RecursiveDistinct, of(1e9), of(1e9), scheme.Options{}, run.ExitVerified},
		{scheme.RecursiveDistinct, of(1e8), of(1e9), scheme.Options{}, run.ExitUndecided},
		{scheme.RecursiveDistinct, of(1e9), of(1e8), scheme.Options{}, run.ExitUndecided},
		{scheme.KSEQ, of(1e5), of(1e9), scheme.Options{Bits: 20}, run.ExitVerified},
		{scheme.KSEQ, of(1e5), of(1e8), scheme.Options{Bits: 20}, run.ExitUndecided},
	} {
		chosen, err := scheme.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		job := &schemeJob{options: c.o}
		err = job.wide(compared{scheme: chosen, e: &scheme.Evaluation{Instance: s, Acceptance: c.acceptance, Best: c.best}})
		if status := run.ExitStatus(err); status != c.status {
			t.Errorf("%s with %+v, widths %v and %v: %v, status %d, want %d", c.name, c.o, c.acceptance.Width(), c.best.Width(), err, status, c.status)
		}
	}
}
