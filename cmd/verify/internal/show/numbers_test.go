package show

import "testing"

func TestGrouped(t *testing.T) {
	for in, want := range map[string]string{"": "", "7": "7", "999": "999", "1000": "1 000", "1234.56789": "1 234.56789", "a 22843 b 1234567": "a 22 843 b 1 234 567",
		"about 1.16e-1263, 2e12345": "about 1.16e-1263, 2e12345", "e-1263 of 1000-1263": "e-1 263 of 1 000-1 263", "the-1000": "the-1 000"} {
		if got := Grouped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
