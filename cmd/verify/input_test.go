package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"pstar/rational"
)

// npyBytes writes an array as NumPy does.
func npyBytes(kind, fortran string, shape []int, values ...float64) string {
	dims := ""
	for _, size := range shape {
		dims += fmt.Sprintf("%d, ", size)
	}
	if len(shape) > 1 {
		dims = strings.TrimSuffix(dims, ", ")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }", kind, fortran, strings.TrimSuffix(dims, " "))
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	data := []byte("\x93NUMPY" + "\x01\x00")
	data = binary.LittleEndian.AppendUint16(data, uint16(len(header)))
	data = append(data, header...)
	var order binary.AppendByteOrder = binary.LittleEndian
	if kind[0] == '>' {
		order = binary.BigEndian
	}
	for _, v := range values {
		if strings.HasSuffix(kind, "4") {
			data = order.AppendUint32(data, math.Float32bits(float32(v)))
		} else {
			data = order.AppendUint64(data, math.Float64bits(v))
		}
	}
	return string(data)
}

func npyFile(t *testing.T, kind string, shape []int, values ...float64) string {
	t.Helper()
	return write(t, "array.npy", npyBytes(kind, "False", shape, values...))
}

func FuzzInput(f *testing.F) {
	f.Add("a.json", `{"k": 2, "p": ["1/2", 0.5], "q": [1, 0]}`)
	f.Add("a.csv", "token,p,q\na,1/2,1\nb,1/2,0\n")
	f.Add("a.json", `{"law": [{"word": [1], "probability": 1}], "q": [1]}`)
	f.Fuzz(func(t *testing.T, name, text string) {
		raw, err := parseInput(name, bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return
		}
		raw.k = min(max(raw.k, 1), 3)
		if task, err := raw.task(true); err == nil && task.setting.N() < 1 {
			t.Error("a setting without tokens")
		}
	})
}

func TestDecimalsEnclose(t *testing.T) {
	for _, text := range []string{"1/3", "-1/3", "1/4", "0", "2/3", "-1/1000000"} {
		x, err := rational.ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		below, _ := rational.ParseRat(decimalBelow(x, 3))
		above, _ := rational.ParseRat(decimalAbove(x, 3))
		width := above.Sub(below)
		if below.Cmp(x) > 0 || above.Cmp(x) < 0 || width.Cmp(rational.NewRat(1, 1000)) > 0 {
			t.Errorf("%s lies between %v and %v", text, below, above)
		}
	}
}

// However long a text is, little of it is in memory, and errors have the right line.
func TestJSONIsReadAsAStream(t *testing.T) {
	const numbers = 100000
	text := "{\"q\": [" + strings.Repeat("\n1/7,", numbers) + "\n1]}"
	text = strings.ReplaceAll(text, "1/7", `"1/7"`)
	for name, from := range map[string]io.Reader{
		"blocks": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)),
	} {
		r := newJSONReader("f", 3, from)
		read := 0
		err := r.whole(func(string) (bool, error) {
			return true, r.list("q", func(i int) error {
				if read = i; i == numbers {
					return r.fail("q", "the last")
				}
				_, err := r.rat("q")
				return err
			})
		})
		if want := fmt.Sprintf("f:%d: q: the last", 3+numbers); err == nil || err.Error() != want {
			t.Errorf("%s: after %d numbers %v, want %s", name, read, err, want)
		}
		if cap(r.recent) > 1<<13 {
			t.Errorf("%s: %d bytes are kept", name, cap(r.recent))
		}
	}
}

// A value is never longer than maxToken, with the blanks before it.
func TestJSONWithoutEndOfAValue(t *testing.T) {
	for name, start := range map[string]string{"number": `{"k": 1`, "text": `{"model": "1`, "blank": `{ `} {
		feed := start[len(start)-1:]
		_, err := parseJSON("f", 1, io.MultiReader(strings.NewReader(start), &endlessReader{text: feed}))
		if err == nil || !strings.Contains(err.Error(), "a value or blank has more than 4 MiB") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
