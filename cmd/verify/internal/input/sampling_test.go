package input

import (
	"testing"

	"pstar/rational"
)

func TestSamplingFlags(t *testing.T) {
	s := Sampling{Logits: true, temperature: "1/2,2", topK: "5", topP: "0.9,1", minP: "0.1"}
	draft, err := s.of(false)
	target, err2 := s.of(true)
	if err != nil || err2 != nil || !draft.temperature.Equal(rational.NewRat(1, 2)) || !target.temperature.Equal(rational.NewRat(2, 1)) || draft.TopK != 5 || target.TopK != 5 ||
		!draft.TopP.Equal(rational.NewRat(9, 10)) || !target.TopP.Equal(rational.NewRat(1, 1)) {
		t.Errorf("%+v, %+v, %v, %v", draft, target, err, err2)
	}
	if many, err := (&Sampling{topK: "1e30"}).of(false); err != nil || many.TopK < 1<<30 {
		t.Errorf("more tokens than any law has: %+v, %v", many, err)
	}
	for _, bad := range []Sampling{{temperature: "1"}, {Logits: true, temperature: "0"}, {Logits: true, temperature: "1e6"}, {topK: "1/2"}, {topK: "x"}, {topP: "2"}, {minP: "0.1,-1"}} {
		if bad.check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// What is refused is refused with what is expected.
func TestSamplingFlagsSayWhatIsExpected(t *testing.T) {
	for want, bad := range map[string]Sampling{
		"-temperature 1e6: expected a number above 1e-6 and below 1e6":      {Logits: true, temperature: "1e6"},
		"-top-k 1/2: expected a whole number":                               {topK: "1/2"},
		"-top-p 1.5: expected at most 1":                                    {topP: "1.5"},
		"-min-p 2: expected at most 1":                                      {minP: "2"},
		"-top-p 0: expected a positive number, or two separated by a comma": {topP: "0"},
	} {
		if err := bad.check(); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
