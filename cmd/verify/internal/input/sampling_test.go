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
	for _, bad := range []Sampling{{temperature: "1"}, {Logits: true, temperature: "0"}, {Logits: true, temperature: "1e6"}, {topK: "1/2"}, {topK: "x"}, {topP: "2"}, {minP: "0.1,-1"}} {
		if bad.check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
