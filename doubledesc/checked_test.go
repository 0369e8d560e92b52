package doubledesc

import (
	"context"
	"errors"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// A conversion that lies does not get past the check.
func TestWrongConversionsAreNoticed(t *testing.T) {
	h := feasibilityCone(2, 3)
	for name, lie := range map[string]func(v *cone.V){
		"a ray outside": func(v *cone.V) { v.Rays[0] = v.Rays[0].Neg() },
		"a ray that is not extreme": func(v *cone.V) {
			v.Rays[0] = cone.Combine(rational.NewInt(1), v.Rays[0], rational.NewInt(1), v.Rays[1])
		},
		"a ray twice":          func(v *cone.V) { v.Rays[0] = v.Rays[1] },
		"a line missing":       func(v *cone.V) { v.Lines = nil },
		"a line too many":      func(v *cone.V) { v.Lines = append(v.Lines, v.Rays[0]) },
		"a line as a ray":      func(v *cone.V) { v.Rays[0] = v.Lines[0] },
		"another dimension":    func(v *cone.V) { v.Dim++ },
		"the zero vector":      func(v *cone.V) { v.Rays[0] = nil },
		"a line off the space": func(v *cone.V) { v.Lines[0] = v.Rays[0] },
		"a ray modulo the line": func(v *cone.V) {
			v.Rays[0] = cone.Combine(rational.NewInt(1), v.Rays[1], rational.NewInt(2), v.Lines[0])
		},
	} {
		_, _, err := checked(context.Background(), h, Options{}, func(ctx context.Context, h *cone.H, o Options) (*cone.V, error) {
			v, err := convert(ctx, h, o)
			if err == nil {
				lie(v)
			}
			return v, err
		})
		var fault *Fault
		if !errors.As(err, &fault) {
			t.Errorf("%s is not noticed as a fault: %v", name, err)
		}
	}
	if _, _, err := checked(context.Background(), h, Options{}, convert); err != nil {
		t.Error(err)
	}
}
