package show

import "testing"

// A name among others is quoted where it could be taken for another, or for several.
func TestInList(t *testing.T) {
	for name, want := range map[string]string{"a": "a", "ä b": "ä b", "": `""`, "a,b": `"a,b"`, "}": `"}"`, "a: b": `"a: b"`, " a": `" a"`, "\u202eb": `"\u202eb"`, "\xff": `"\xff"`} {
		if got := InList(name); got != want {
			t.Errorf("%q is written %s, want %s", name, got, want)
		}
	}
}
