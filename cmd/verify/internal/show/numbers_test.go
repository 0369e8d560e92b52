package show

import "testing"

func TestGrouped(t *testing.T) {
	for in, want := range map[string]string{"": "", "7": "7", "999": "999", "1000": "1 000", "1234.56789": "1 234.56789", "a 22843 b 1234567": "a 22 843 b 1 234 567"} {
		if got := Grouped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
