package reading

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// What a builder reads as linear is linear.
func TestLinear(t *testing.T) {
	for text, linear := range map[string]bool{"[]": true, "[[3]]": true, "[[3],[1,0],[2,1]]": true, "[[1,0,1]]": false, "[[1,0],[1,1,1]]": false} {
		for _, read := range []func() error{
			func() (err error) {
				defer Catch(&err)
				New(context.Background(), []byte(text)).Linear(2)
				return nil
			},
			func() (err error) {
				defer Catch(&err)
				New(context.Background(), []byte(`[">=",`+text+`]`)).LinearFact(2)
				return nil
			},
		} {
			err := read()
			var invalid *Invalid
			if linear != (err == nil) || !linear && (!errors.As(err, &invalid) || !strings.Contains(invalid.Reason, "linear")) {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// A term of 64 symbols is read, and one of 65 is not.
func TestDegrees(t *testing.T) {
	for degree, want := range map[int]string{MaxDegree: "", MaxDegree + 1: "a term has more than 64 symbols"} {
		err := func() (err error) {
			defer Catch(&err)
			New(context.Background(), []byte("[[1"+strings.Repeat(",0", degree)+"]]")).Poly(1)
			return nil
		}()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("a term of %d symbols: %v", degree, err)
		}
	}
}
