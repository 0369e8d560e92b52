package jsontext

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// However long a text is, little of it is in memory, and errors have the right line.
func TestJSONIsReadAsAStream(t *testing.T) {
	const numbers = 100000
	text := "{\"q\": [" + strings.Repeat("\n1/7,", numbers) + "\n1]}"
	text = strings.ReplaceAll(text, "1/7", `"1/7"`)
	for name, from := range map[string]io.Reader{
		"blocks": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)),
	} {
		r := New("f", 3, from)
		read := 0
		err := r.Whole(By("q", func(place string) error {
			return r.List(place, func(i int) error {
				if read = i; i == numbers {
					return r.Fail("q", "the last")
				}
				_, err := r.Rat("q")
				return err
			})
		}))
		if want := fmt.Sprintf("f:%d: q: the last", 3+numbers); err == nil || err.Error() != want {
			t.Errorf("%s: after %d numbers %v, want %s", name, read, err, want)
		}
		if cap(r.recent) > 1<<13 {
			t.Errorf("%s: %d bytes are kept", name, cap(r.recent))
		}
	}
}

// A value is never longer than MaxToken, with the blanks before it.
func TestJSONWithoutEndOfAValue(t *testing.T) {
	for name, start := range map[string]string{"number": `{"k": 1`, "text": `{"model": "1`, "blank": `{ `} {
		feed := start[len(start)-1:]
		r := New("f", 1, io.MultiReader(strings.NewReader(start), forever(feed[0])))
		err := r.Whole(By("k", func(place string) error {
			_, err := r.Token(place)
			return err
		}), By("model", func(place string) error {
			_, err := r.Text(place)
			return err
		}))
		if err == nil || !strings.Contains(err.Error(), "a value or blank has more than 4 MiB") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// forever is a stream of one byte.
type forever byte

// Read implements io.Reader.
func (f forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(f)
	}
	return len(p), nil
}
