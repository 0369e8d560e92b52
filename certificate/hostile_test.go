package certificate

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// Every digit of the document, changed to every other digit: the document is
// rejected, and where the digest is made to fit, for the sake of the proof alone.
func TestRejectsEveryChangedDigit(t *testing.T) {
	document := written(smallComplete())
	end := len(body(document))
	semantic, byDigest := 0, 0
	for at, old := range document {
		if old < '0' || old > '9' {
			continue
		}
		for digit := byte('0'); digit <= '9'; digit++ {
			if digit == old {
				continue
			}
			changed := bytes.Clone(document)
			changed[at] = digit
			name := fmt.Sprintf("byte %d from %c to %c", at, old, digit)
			if rejected(t, name, changed).Place == "sha256" {
				byDigest++
			} else {
				semantic++
			}
			if at < end {
				if place := rejected(t, name, seal(string(changed[:end]))).Place; place == "sha256" {
					t.Errorf("%s: the digest was made to fit", name)
				}
			}
		}
	}
	t.Logf("%d changes rejected by a rule, %d by the digest", semantic, byDigest)
	if inDigest := 9 * strings.Count(digits(string(document[end+len(digestOpen):])), "d"); byDigest != inDigest {
		t.Errorf("%d changes outside of the digest are left to it", byDigest-inDigest)
	}
}

// digits replaces the digits that may be changed by d.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return 'd'
		}
		return '.'
	}, s)
}

// Every byte changed in one way, inserted or deleted, without a new digest.
func TestRejectsEveryChangedByte(t *testing.T) {
	document := written(smallComplete())
	for at := range document {
		changed := bytes.Clone(document)
		changed[at] ^= 1
		rejected(t, fmt.Sprintf("byte %d flipped", at), changed)
		rejected(t, fmt.Sprintf("byte %d deleted", at), append(bytes.Clone(document[:at]), document[at+1:]...))
		for _, c := range " 0" {
			longer := append(append(bytes.Clone(document[:at]), byte(c)), document[at:]...)
			rejected(t, fmt.Sprintf("%q inserted at %d", c, at), longer)
		}
	}
}

func TestRejectsTruncation(t *testing.T) {
	document := written(smallComplete())
	for n := range document {
		rejected(t, fmt.Sprintf("first %d bytes", n), document[:n])
	}
}

func TestRejectsTrailingData(t *testing.T) {
	document := written(smallComplete())
	for _, more := range []string{"\n", " ", "{}", "\x00", string(document)} {
		expectReject(t, fmt.Sprintf("%q", more), append(bytes.Clone(document), more...), "sha256", "the document does not end with exactly")
	}
	expectReject(t, "without the last line feed", document[:len(document)-1], "sha256", "the document does not end with exactly")
}

// White space between values is no error where the digest covers it.
func TestSpaceBetweenValues(t *testing.T) {
	loose := strings.NewReplacer(",", " ,\n ", ":", " : ", "[", "[ ", "]", " ]", "{", "{\n", "}", " }").Replace(body(written(smallComplete())))
	if _, err := Check(bytes.NewReader(seal(loose))); err != nil {
		t.Error(err)
	}
	for _, c := range "\t\r\v\ufeff" {
		rejected(t, fmt.Sprintf("%q", c), seal(strings.Replace(loose, " :", string(c)+":", 1)))
		rejected(t, fmt.Sprintf("%q first", c), seal(string(c)+loose))
	}
	for _, c := range " \n" {
		expectReject(t, fmt.Sprintf("%q first", c), seal(string(c)+loose), "document", "expected '{', found")
	}
}

func TestRejectsBadSyntax(t *testing.T) {
	good := body(written(smallComplete()))
	for _, c := range []struct{ old, new, place, reason string }{
		{`"format"`, `"Format"`, "document", `expected member "format", found "Format"`},
		{`pstar-certificate/1`, `pstar-certificate/3`, "format", `expected "pstar-certificate/1"`},
		{`"k":2`, `"k":02`, "statement.k", "without leading zeros"},
		{`"k":2`, `"k":-0`, "statement.k", "without leading zeros"},
		{`"k":2`, `"k":+2`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":2.0`, "statement.k", `expected ','`},
		{`"k":2`, `"k":2e0`, "statement.k", `expected ','`},
		{`"k":2`, `"k":"2"`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":true`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":null`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":-`, "statement.k", "expected an integer"},
		{`"k":2`, `"k":1000000000000000000`, "statement.k", "at most 18 digits"},
		{`"k":2`, `"k":999999999999999999`, "statement.k", "from 2 to 64"},
		{`"k":2`, `"k":[2]`, "statement.k", "expected an integer"},
		{`"k":2`, `"k" 2`, "statement.k", `expected ':'`},
		{`"k":2`, `k:2`, "statement", `expected '"', found 'k'`},
		{`"k":2,`, `"k":2`, "statement.k", `expected ','`},
		{`"k":2,`, `"k":2,,`, "statement", `expected '"'`},
		{`"k":2,`, `"k":2,"k":2,`, "statement", `expected member "n", found "k"`},
		{`"k":2,`, ``, "statement", `expected member "k", found "n"`},
		{`"multidraft"`, `"multi\u0064raft"`, "statement.family", "without backslash, found '\\\\'"},
		{`"multidraft"`, `"multidräft"`, "statement.family", "printable ASCII"},
		{`"multidraft"`, "\"multi\ndraft\"", "statement.family", "printable ASCII"},
		{`"exponent":2}`, `"exponent":2,}`, "statement", `expected '}', found ','`},
		{`"exponent":2}`, `"exponent":2]`, "statement", `expected '}', found ']'`},
		{`"rows":[1,`, `"rows":[1,]`, "feasibility.rows[1]", "expected an integer"},
		{`"rows":[1,`, `"rows":[,1`, "feasibility.rows[0]", "expected an integer"},
		{`"rows":[1,`, `"rows":[1 `, "feasibility.rows[0]", `expected ','`},
		{`"rows":[`, `"rows":{`, "feasibility.rows", `expected '['`},
		{`"rows":[`, strings.Repeat("[", 100000), "feasibility", `expected '"', found '['`},
		{`"count":"9"`, `"count":9`, "feasibility.count", `expected '"'`},
		{`"count":"9"`, `"count":"09"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":"0x9"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":""`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":"-"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":"+9"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":"9_0"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":" 9"`, "feasibility.count", "expected an integer in a string"},
		{`"count":"9"`, `"count":"` + strings.Repeat("9", 10001) + `"`, "feasibility.count", "at most 10000 digits"},
		{`"count":"9"`, `"count":"` + strings.Repeat("9", 10000) + `"`, "feasibility.count", "9999... (10000 characters)"},
		{`"q":["1/10"`, `"q":["2/20"`, "instances[0].q[0]", `fraction "2/20" is not in lowest terms`},
		{`"q":["1/10"`, `"q":["1/0"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1/1"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1/-10"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1/"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["/10"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1/10/1"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1/010"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["01/10"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["0.1"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1e-1"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["1e1000000"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["-0"`, "instances[0].q[0]", "b > 1"},
		{`"q":["1/10"`, `"q":["0/10"`, "instances[0].q[0]", "lowest terms"},
		{`"q":["1/10"`, `"q":["-1/10"`, "instances[0].q[0]", "negative"},
		{`"instances":[`, `"instances":[],"instances":[`, "instances", "the list of instances is empty"},
		{`"optimum"`, `"optimal"`, "feasibility", ``},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("no %s in the document", c.old)
		}
		document := seal(strings.Replace(good, c.old, c.new, 1))
		if c.reason == "" {
			rejected(t, c.new, document)
			continue
		}
		name := c.new
		if len(name) > 60 {
			name = name[:60]
		}
		expectReject(t, name, document, c.place, c.reason)
	}
	for _, s := range []string{"", " ", "{", "{}", "[]", "null", "0", `"x"`, "\xef\xbb\xbf{", "\x1f", "{\n\"format\""} {
		rejected(t, fmt.Sprintf("%q", s), []byte(s))
	}
}

// A tree of JSON that keeps the order of members.
type node struct {
	open    json.Delim // '{', '[' or 0
	keys    []string
	kids    []*node
	literal string
}

func parseTree(d *json.Decoder) *node {
	token, err := d.Token()
	if err != nil {
		panic(err)
	}
	open, ok := token.(json.Delim)
	if !ok {
		literal, _ := json.Marshal(token)
		return &node{literal: string(literal)}
	}
	n := &node{open: open}
	for d.More() {
		if open == '{' {
			key, _ := d.Token()
			n.keys = append(n.keys, key.(string))
		}
		n.kids = append(n.kids, parseTree(d))
	}
	d.Token()
	return n
}

func (n *node) write(b *strings.Builder) {
	if n.open == 0 {
		b.WriteString(n.literal)
		return
	}
	b.WriteRune(rune(n.open))
	for i, kid := range n.kids {
		if i > 0 {
			b.WriteByte(',')
		}
		if n.open == '{' {
			fmt.Fprintf(b, "%q:", n.keys[i])
		}
		kid.write(b)
	}
	b.WriteRune(rune(n.open + 2)) // the closing bracket
}

func (n *node) each(visit func(n *node)) {
	visit(n)
	for _, kid := range n.kids {
		kid.each(visit)
	}
}

// Every member and every list element: deleted, doubled, swapped with the next,
// moved to the front, renamed, or replaced by a value of another kind.
func TestRejectsChangedStructure(t *testing.T) {
	for name, d := range map[string]*Document{
		"complete": smallComplete(),
		"counterexample": prove(cell{k: 3, n: 3, exponent: 2, counterexample: &asked{
			Drafts{Model: IID, P: over(3, 1, 1, 1)}, over(27, 2, 12, 13)}}),
	} {
		decoder := json.NewDecoder(strings.NewReader(body(written(d)) + "}"))
		decoder.UseNumber()
		root := parseTree(decoder)
		text := func() string {
			var b strings.Builder
			root.write(&b)
			return b.String()[:b.Len()-1]
		}
		original := text()
		if _, err := Check(bytes.NewReader(seal(original))); err != nil {
			t.Fatal(name, err)
		}
		tried := 0
		root.each(func(n *node) {
			keys, kids := n.keys, n.kids
			instances := n.open == '[' && len(kids) > 0 && len(kids[0].keys) > 0 && kids[0].keys[0] == "drafts"
			laws := n.open == '[' && len(kids) > 0 && len(kids[0].kids) > 0 && strings.HasPrefix(kids[0].kids[0].literal, `"`)
			try := func(what string, i int, newKeys []string, newKids []*node) {
				n.keys, n.kids = newKeys, newKids
				if changed := text(); changed != original {
					tried++
					rejected(t, fmt.Sprintf("%s, %s %d of %v: %s", name, what, i, keys, changed), seal(changed))
				}
				n.keys, n.kids = keys, kids
			}
			for i := range kids {
				if !instances { // they may come in any order and number
					try("deleting", i, without(keys, i), without(kids, i))
					try("doubling", i, doubled(keys, i), doubled(kids, i))
				}
				if i > 0 && !instances && !laws { // independent drafts commute
					try("swapping", i, swapped(keys, i, i-1), swapped(kids, i, i-1))
					try("moving", i, swapped(keys, i, 0), swapped(kids, i, 0))
				}
				if n.open == '{' {
					renamed := append([]string(nil), keys...)
					renamed[i] = strings.ToUpper(keys[i])
					try("renaming", i, renamed, kids)
				}
				for _, literal := range []string{`"x"`, "-1", "null", "[]"} {
					other := append([]*node(nil), kids...)
					other[i] = &node{literal: literal}
					try("replacing by "+literal, i, keys, other)
				}
			}
		})
		t.Logf("%s: %d changes", name, tried)
	}
}

func without[T any](v []T, i int) []T {
	if v == nil {
		return nil
	}
	return append(append([]T(nil), v[:i]...), v[i+1:]...)
}

func doubled[T any](v []T, i int) []T {
	if v == nil {
		return nil
	}
	return append(append([]T(nil), v[:i+1]...), v[i:]...)
}

func swapped[T any](v []T, i, j int) []T {
	if v == nil {
		return nil
	}
	w := append([]T(nil), v...)
	w[i], w[j] = w[j], w[i]
	return w
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func TestRejectsBadGzip(t *testing.T) {
	good := zipped(written(smallComplete()))
	for n := 2; n < len(good); n++ {
		expectReject(t, fmt.Sprintf("first %d bytes", n), good[:n], "document", "not a gzip file")
	}
	expectReject(t, "trailing byte", append(bytes.Clone(good), 0), "document", "goes on after its first member")
	expectReject(t, "gzip twice", zipped(good), "document", "expected '{'")
	changed := bytes.Clone(good)
	changed[len(changed)-6] ^= 1 // in the checksum
	expectReject(t, "checksum", changed, "document", "not a gzip file")
	expectReject(t, "two documents", append(bytes.Clone(good), good...), "document", "goes on after its first member")
	expectReject(t, "an empty member more", append(bytes.Clone(good), zipped(nil)...), "document", "goes on after its first member")
}

// Compressed bytes that go on for ever, and unpack to nothing, end at the limit.
func TestRejectsEndlessInput(t *testing.T) {
	empty := zipped(nil)
	header, block := empty[:10], []byte{0, 0, 0, 0xff, 0xff} // a stored block of no bytes
	for name, c := range map[string]struct {
		first, again []byte
		reason       string
	}{
		"empty members": {nil, empty, "goes on after its first member"},
		"empty blocks":  {header, block, "more than 1048576 bytes"},
		"spaces":        {[]byte("{"), []byte(" "), "more than 1048576 bytes"},
		"zeros":         {nil, []byte{0}, "more than 1048576 bytes"},
	} {
		r := &repeating{first: c.first, again: c.again}
		_, err := checkLimited(context.Background(), r, 1<<20)
		var invalid *Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, c.reason) {
			t.Errorf("%s: %v", name, err)
		}
		if r.read > 1<<21 {
			t.Errorf("%s: %d bytes read", name, r.read)
		}
	}
}

// repeating has first, and then the same bytes again and again.
type repeating struct {
	first, again []byte
	rest         []byte
	read         int
}

func (r *repeating) Read(p []byte) (int, error) {
	n := copy(p, r.first)
	r.first = r.first[n:]
	for n < len(p) {
		if len(r.rest) == 0 {
			r.rest = r.again
		}
		k := copy(p[n:], r.rest)
		r.rest = r.rest[k:]
		n += k
	}
	r.read += n
	return n, nil
}

// A few bytes that unpack to more than the limit.
func TestRejectsBombs(t *testing.T) {
	bomb := zipped(make([]byte, 1<<22))
	_, err := checkLimited(context.Background(), bytes.NewReader(bomb), 1<<20)
	var invalid *Invalid
	if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, "more than 1048576 bytes") {
		t.Errorf("bomb: %v", err)
	}
	document := written(smallComplete())
	if _, err := checkLimited(context.Background(), bytes.NewReader(document), int64(len(document))); err != nil {
		t.Errorf("document of exactly the limit: %v", err)
	}
	if _, err := checkLimited(context.Background(), bytes.NewReader(document), int64(len(document))-1); !errors.As(err, &invalid) {
		t.Errorf("document over the limit: %v", err)
	}
}

// An error of the disk is not a verdict on the document.
func TestReadErrorsAreNotVerdicts(t *testing.T) {
	var invalid *Invalid
	broken := errors.New("broken disk")
	for name, data := range map[string][]byte{"plain": written(smallComplete()), "gzip": zipped(written(smallComplete()))} {
		for _, n := range []int{0, 1, 2, 5, 20, len(data) / 2, len(data)} {
			r := io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken))
			if report, err := Check(r); report != nil || !errors.Is(err, broken) || errors.As(err, &invalid) {
				t.Errorf("%s, %d bytes: report %v, error %v", name, n, report, err)
			}
		}
	}
	if _, err := CheckFile(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent file: %v", err)
	}
	if _, err := CheckFile(t.TempDir()); err == nil || errors.As(err, &invalid) {
		t.Errorf("folder: %v", err)
	}
}

func TestOtherPanicsAreNotVerdicts(t *testing.T) {
	defer func() {
		if v := recover(); v != "bug" {
			t.Errorf("recovered %v", v)
		}
	}()
	run(func() { panic("bug") })
}

func TestWriteReportsErrors(t *testing.T) {
	broken := errors.New("full disk")
	if err := smallComplete().Write(failingWriter{broken}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWritePanicsOnMisuse(t *testing.T) {
	for name, d := range map[string]*Document{
		"nil integer":  {Optimum: &ConePart{}},
		"nil rational": {Instances: []Instance{{}}},
		"quote":        {Claims: []Claim{{Tag: `"`}}},
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "certificate: ") {
					t.Errorf("%s: recovered %v", name, s)
				}
			}()
			d.Write(io.Discard)
		}()
	}
}
