package instances_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestPStar(t *testing.T) {
	for _, c := range []struct {
		args  string
		texts []string
	}{
		{"-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3", []string{"P*(acc) = 8/9 ≈ 0.8888888889\n", "P* = 1: no\n", "S: {2}\n", "binding sets: 2: {2} {1,2}\n"}},
		{"-k 2 -p 1/3,1/3,1/3 -q 1/3,1/4,5/12", []string{"P*(acc) = 1\n", "P* = 1: yes"}},
		{"-k 2 -p 373/1000,29/50,47/1000 -q 309/500,177/500,7/250", []string{"P*(acc) = 988871/1000000 = 0.9888710000\n"}},
		{"-k 3 -p 62/125,17/125,151/1000,1/125,209/1000 -q 37/250,21/500,149/200,1/20,3/200", []string{"P*(acc) = 610176679/1000000000"}},
		{"-k 3 -p 62/125,17/125,151/1000,1/125,209/1000 -q 37/250,21/500,149/200,1/20,3/200 -drafts without-replacement", []string{"4440878158613/5062093092000"}},
		{instanceFixtures + "three-tokens.json", []string{"K = 2 iid drafts, n = 3 tokens\n", "8/9"}},
		{instanceFixtures + "named-tokens.csv -k 3", []string{"P*(acc) = 1\n"}},
		{instanceFixtures + "named-tokens.csv -k 1", []string{"S: {a,an}\n"}},
		{instanceFixtures + "independent.csv", []string{"K = 2 independent drafts", "P*(acc) = 1\n"}},
		{instanceFixtures + "joint.json", []string{"K = 2 joint drafts", "binding sets: 4: {} {2} {1,2} {1,2,3}\n", "method: max-flow\n"}},
		// Neither 0 nor 1, which ten digits would say.
		{"-k 2 -p 1,0 -q 1/30000000000000,29999999999999/30000000000000", []string{"P*(acc) = 1/30000000000000 ≈ 3.3e-14\n"}},
		{"-k 1 -p 1/30000000000000,29999999999999/30000000000000 -q 0,1", []string{"P*(acc) = 29999999999999/30000000000000 ≈ 1 - 3.3e-14\n"}},
		{"-k 2 -p 1,2,0x1p0 -q 0.5,1e-1,0.4 -weights", []string{"normalised: p summed to 4\n"}},
	} {
		expect(t, run.ExitVerified, append([]string{"pstar"}, words(c.args)...), c.texts...)
	}
}

// The certificate of the flow and the cut is accepted, and the rule passes the
// check of a user's rule.
func TestPStarWitnesses(t *testing.T) {
	for _, instance := range []string{"-k 2 " + instanceFixtures + "three-tokens.json", instanceFixtures + "independent.csv", instanceFixtures + "joint.json",
		"-k 3 -p 62/125,17/125,151/1000,1/125,209/1000 -q 37/250,21/500,149/200,1/20,3/200 -drafts without-replacement"} {
		dir := t.TempDir()
		rule, proof := filepath.Join(dir, "rule.json"), filepath.Join(dir, "proof.json.gz")
		args := append([]string{"pstar", "-write-rule", rule, "-certificate", proof}, words(instance)...)
		expect(t, run.ExitVerified, args)
		expect(t, run.ExitVerified, []string{"check", proof}, "valid: instances, ", "P* proved")
		expect(t, run.ExitVerified, append([]string{"scheme", "user", rule}, words(instance)...),
			"selection rule: yes", "lossless: yes", "gap to P*: 0\n", "optimal: yes")
	}
}

func TestPStarJSON(t *testing.T) {
	_, out, _ := verify("pstar", "-json", instanceFixtures+"three-tokens.json")
	var got struct {
		K, N     int
		Value    string
		One      bool
		Smallest []string
		Count    string `json:"binding_sets"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Value != "8/9" || got.One || strings.Join(got.Smallest, ",") != "2" || got.Count != "2" || got.K != 2 || got.N != 3 {
		t.Errorf("%+v", got)
	}
}

func TestPStarErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "no target distribution q"},
		{"-q 1/2,1/2 -k 2", "no draft distribution p"},
		{"-q 1/2,1/2 -p 1/2,1/2", "no number of drafts: give -k"},
		{"-k -1 -q 1/2,1/2 -p 1/2,1/2", "invalid value \"-1\" for flag -k"},
		{"-k 0 " + instanceFixtures + "three-tokens.json", "invalid value \"0\" for flag -k"},
		{"-k 65537 -q 1/2,1/2 -p 1/2,1/2", "K = 65537 drafts, want 1..65536"},
		{"-k 65 -certificate x.json -drafts without-replacement " + instanceFixtures + "three-tokens.json", "want at least K = 65"},
		{"-k 65 -certificate x.json -p 1/2,1/2 -q 1/2,1/2", "certificates are for at most 64 drafts, not 65"},
		{"-k 2 -within 1e-60000 -q 1/2,1/2 -p 1/2,1/2", `-within: cannot read "1e-60000": expected an exponent of at most 4096 in absolute value`},
		{"-k 2 -within x -q 1/2,1/2 -p 1/2,1/2", `-within: cannot read "x": expected a number such as`},
		{"-k 2 -write-rule x -gap 1e-60000 -q 1/2,1/2 -p 1/2,1/2", `-gap: cannot read "1e-60000": expected an exponent of at most 4096 in absolute value`},
		{"-k 2 -q 1/2,1/2 -p 1/3,1/3,1/3", "q has 2 entries, p has 3"},
		{"-k 2 -q 1/2,1/2 -p 3/2,-1/2", "p_2 = -1/2 is negative"},
		{"-k 2 -q 1/2,1/2 -p 3/2,-1/2 -normalize", "p_2 = -1/2 is negative"},
		{"-k 2 -q 1/2,1/3 -p 1/2,1/2", "q sums to 5/6, want exactly 1; -normalize divides by the sum"},
		{"-k 2 -q 0,0 -p 1/2,1/2", "q: all weights are zero"},
		{"-k 2 -q 0,0 -p 1/2,1/2 -normalize", "q: all weights are zero"},
		{"-k 2 -q 1/2,1/3 -p 1/2,1/2 -normalize", "q sums to 5/6, which is off by more than 1/1000: -normalize is for rounded probabilities"},
		{"-k 2 -q 1/2,NaN -p 1/2,1/2", "-q: number 2 of 2"},
		{"-k 2 -q 1/2,inf -p 1/2,1/2", "-q: number 2 of 2"},
		{"-k 2 -q 1/2,,1/2 -p 1/2,1/2", "-q: number 2 of 3"},
		{"-k 2 -q 1/2,1/2 -p 1/2,1/2 -drafts none", `unknown draft model "none", want one of iid, independent`},
		{"-k 2 -q 1/2,1/2 -p 0.5,0.4999999999999999999999999999999999999999999999999999999999999", "p sums to 1 - 1/1000000000000"},
		{"-k 2 -p 1/2,1/2 -q 0x1p-1,0x1.0000000000001p-1,0x1p-1074", "q sums to 1 + about 1.11022e-16, want exactly 1"},
		{"-k 2 -q 1/2,1/2 -p 1,0 -drafts without-replacement", "want at least K = 2 without replacement"},
		{"-k 3 -q 1/2,1/2 -p 1,0 -p 0,1", "2 draft distributions, want 3 for K = 3 independent drafts"},
		{"-k 2 -q 1/2,1/2 -p 1/2,1/2 -drafts joint", "joint drafts need a law"},
		{"nowhere.json", "cannot read nowhere.json"},
		{"a.json b.json", `unexpected argument "b.json"`},
		{"-k 2 -q 1/2,1/2 -p 1/2,1/2 -certificate /nowhere/at/all", "cannot write"},
	} {
		expect(t, run.ExitUsage, append([]string{"pstar"}, words(c.args)...), "2>"+c.want)
	}
}

// Some programs begin a text in UTF-8 with a byte order mark.
func TestByteOrderMark(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv":   "token,p,q\na,1/2,1/4\nb,1/2,3/4\n",
		"a.json":  `{"p": ["1/2", "1/2"], "q": ["1/4", "3/4"]}`,
		"a.jsonl": `{"p": ["1/2", "1/2"], "q": ["1/4", "3/4"]}`,
	} {
		command := "pstar"
		if name == "a.jsonl" {
			command = "steps"
		}
		expect(t, run.ExitVerified, []string{command, "-k", "2", write(t, name, "\ufeff"+text)}, "1")
	}
}

// A single draft has a certificate in every model.
func TestPStarOfSingleDraft(t *testing.T) {
	for _, model := range []string{"iid", "independent", "without-replacement"} {
		proof := filepath.Join(t.TempDir(), "proof.json")
		expect(t, run.ExitVerified, words("pstar -k 1 -p 1/2,1/4,1/4 -q 1/4,1/4,1/2 -drafts "+model+" -certificate "+proof), "P*(acc) = 3/4 = ")
		expect(t, run.ExitVerified, []string{"check", proof}, "valid: vocabulary, K = 1 draft, iid, N = 3 tokens: MIN proved, P* concluded", "is 3/4\n")
	}
}

// Every kind of bad file names the file and the place.
func TestInputFileErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.csv", "", ":1: expected the header token,p,q, found an empty file"},
		{"a.csv", "p,q\n1,1\n", ":1: expected the header token,p,q"},
		{"a.csv", strings.Repeat("x", 1000) + ",y\n", strings.Repeat("x", 80) + "\"\n"},
		{"a.csv", "token,p,q\na,1/2,1/2\na,1/2,1/2\n", `:3: token "a" is on line 2 already`},
		{"a.csv", "token,p,q\na,1/2,1/2\nb,,1/2\n", `:3: token "b": a probability is missing`},
		{"a.csv", "token,p,q\na,1/2,1/2\nb,1/2\n", ":3: the row does not have as many fields as the header"},
		{"a.csv", "token,p,q\na,1/2,NaN\n", `:2: token "a": cannot read "NaN"`},
		{"a.csv", "token,p,q\na,1/2,1/2\nb,1/2,1/3\n", "q sums to 5/6"},
		{"a.json", "{", ":1: unexpected end of the text"},
		{"a.json", "{\"p\": [1,\n 0, NaN]}", ":2: p[2]: not JSON"},
		{"a.json", "{\"p\": [1], \"p\": [1]}", `member "p" is there twice`},
		{"a.json", "{\"r\": 1}", `unknown member "r"`},
		{"a.json", "{\"p\": [1, 0],\n \"law\": []}", `a.json:2: law: there is "p" already`},
		{"a.json", "{\"law\": [],\n \"p\": [1, 0]}", `a.json:2: p: there is "law" already`},
		{"a.json", "{\"p\": [1, [1]]}", "p[1]: expected a number like the ones before"},
		{"a.json", "{\"p\": [[1], 1]}", "p[1]: expected a list like the ones before"},
		{"a.json", "{\"p\": [true]}", "p[0]: expected a number, found true"},
		{"a.json", "{\"p\": [null]}", "p[0]: expected a number, found null"},
		{"a.json", "{\"p\": [\"1/0\"]}", "p[0]: cannot read \"1/0\""},
		{"a.json", "{\"k\": 0}", "k: 0 drafts, want at least 1"},
		{"a.json", "{\"k\": 2.5}", "k: expected a whole number"},
		{"a.json", "{} {}", "unexpected text after the object"},
		{"a.json", "{\"q\": [1, 0], \"law\": [{\"word\": [1, 3], \"probability\": 1}]}", "word 1: draft 2 is token 3, want 1..2"},
		{"a.json", "{\"q\": [1, 0], \"law\": [{\"word\": [1, 2], \"probability\": 1}, {\"word\": [1, 2], \"probability\": 0}]}", "word 2 is listed twice"},
		{"a.json", "{\"q\": [1, 0], \"law\": [{\"word\": [1, 2]}]}", `law[0]: member "probability" is missing`},
		{"a.json", "{\"q\": [1, 0], \"law\": []}", "law: empty distribution"},
	} {
		path := write(t, c.name, c.text)
		expect(t, run.ExitUsage, []string{"pstar", "-k", "2", path}, "2>"+filepath.Base(path), "2>"+c.want)
	}
}

func TestPStarOfArrays(t *testing.T) {
	p := npyFile(t, "<f4", []int{4}, 0.5, 0.25, 0.125, 0.125)
	q := npyFile(t, "<f8", []int{4}, 0.25, 0.25, 0.25, 0.25)
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-p", p, "-q", q}, "P*(acc) = 15/16 =", "S: {1,2}")
	swapped := npyFile(t, ">f8", []int{4}, 0.25, 0.25, 0.25, 0.25)
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-p", npyFile(t, ">f4", []int{4}, 0.5, 0.25, 0.125, 0.125), "-q", swapped}, "P*(acc) = 15/16 =")
	// Two rows are the laws of independent drafts.
	two := npyFile(t, "<f4", []int{2, 4}, 1, 0, 0, 0, 0, 0.5, 0.5, 0)
	expect(t, run.ExitVerified, []string{"pstar", "-p", two, "-q", q}, "K = 2 independent drafts", "P*(acc) = 3/4 =")
	// float32(0.1) is not 1/10, and the sums are told exactly.
	tenths := npyFile(t, "<f4", []int{2}, float64(float32(0.1)), float64(float32(0.9)))
	expect(t, run.ExitUsage, []string{"pstar", "-k", "2", "-p", tenths, "-q", tenths}, "2>sums to 134217725/134217728, want exactly 1")
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-p", tenths, "-q", tenths, "-normalize"},
		"normalised: p summed to 134217725/134217728\n", "P*(acc) = 1\n")
}

func TestArrayErrors(t *testing.T) {
	good := npyBytes("<f4", "False", []int{2}, 0.5, 0.5)
	for _, c := range []struct {
		name string
		data string
		want string
	}{
		{"empty", "", "not an .npy file"},
		{"other", "PK\x03\x04 and so on", "not an .npy file"},
		{"version", good[:6] + "\x09" + good[7:], ".npy version 9"},
		{"header cut off", good[:20], "the header is cut off"},
		{"long header", good[:6] + "\x02\x00\xff\xff\xff\xff" + good[12:], "want at most 65536"},
		{"no dictionary", strings.Replace(good, "'descr'", "'color'", 1), "cannot read the header"},
		{"type", npyBytes("<i4", "False", []int{2}, 1, 0), `numbers of type "<i4"`},
		{"complex", npyBytes("<c8", "False", []int{2}, 1, 0), `numbers of type "<c8", want <f2, <f4, <f8, >f2, >f4 or >f8`},
		{"no byte order", npyBytes("f4", "False", []int{2}, 1, 0), `numbers of type "f4"`},
		{"dimensions", npyBytes("<f4", "False", []int{1, 1, 2}, 1, 0), "3 dimensions, want one or two"},
		{"no dimension", npyBytes("<f4", "False", nil, 1), "want one to three dimensions"},
		{"no numbers", npyBytes("<f4", "False", []int{0}), "0 numbers in a row"},
		{"columns", npyBytes("<f4", "True", []int{2, 2}, 1, 0, 0, 1), "fortran_order"},
		{"cut off", good[:len(good)-1], "cut off in row 1 of 1 after 1 numbers of 2"},
		{"too long", good + "x", "bytes after the 1 x 2 numbers"},
		{"NaN", npyBytes("<f4", "False", []int{2}, 1, math.NaN()), "number 2 is NaN"},
		{"infinity", npyBytes("<f8", "False", []int{2}, math.Inf(1), 0), "number 1 is +Inf"},
		{"negative", npyBytes("<f8", "False", []int{2}, 1, -1e-300), "number 2 is -1e-300"},
		{"zeros", npyBytes("<f8", "False", []int{2}, 0, 0), "all weights are zero"},
	} {
		path := write(t, "bad.npy", c.data)
		status, _, stderr := verify("pstar", "-k", "2", "-p", path, "-q", "1/2,1/2")
		if status != run.ExitUsage || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: status %d, %q, want %q", c.name, status, stderr, c.want)
		}
	}
}

// Two independent drafts over a vocabulary, which no flow fits.
func TestPStarOfIndependentVocabulary(t *testing.T) {
	const n = 1500
	values := make([]float64, 3*n)
	for i := range values {
		values[i] = float64(1 + i*i%97)
	}
	expect(t, run.ExitVerified, []string{"pstar", "-weights", "-p", npyFile(t, "<f4", []int{2, n}, values[:2*n]...),
		"-q", npyFile(t, "<f8", []int{n}, values[2*n:]...)}, "K = 2 independent drafts, n = 1500 tokens", "method: tangents")
	many := append(append(append(values, values...), values...), values...)
	expect(t, run.ExitVerified, []string{"pstar", "-weights", "-p", npyFile(t, "<f4", []int{3, n}, many[:3*n]...),
		"-q", npyFile(t, "<f8", []int{n}, many[2*n:3*n]...)}, "P*(acc) = 1\n", "a minimising set S: {}\n", "method: boxes")
	expect(t, run.ExitUndecided, []string{"pstar", "-weights", "-p", npyFile(t, "<f4", []int{9, n}, many[:9*n]...),
		"-q", npyFile(t, "<f8", []int{n}, many[2*n:3*n]...)}, "2>too many for exact flows at K = 9")
}

// Beyond the tables of supports the certificate of iid drafts is compact.
func TestPStarCertificateOfVocabulary(t *testing.T) {
	const n = 2000
	p, q := make([]float64, n), make([]float64, n)
	for i := range p {
		p[i], q[i] = float64(1+i*i%97), float64(1+i%89)
	}
	proof := filepath.Join(t.TempDir(), "proof.json")
	expect(t, run.ExitVerified, []string{"pstar", "-k", "5", "-weights", "-certificate", proof,
		"-p", npyFile(t, "<f4", []int{n}, p...), "-q", npyFile(t, "<f8", []int{n}, q...)}, "method: prefix")
	expect(t, run.ExitVerified, []string{"check", proof}, "valid: vocabulary, K = 5 drafts, iid, N = 2000 tokens: MIN proved, P* concluded")
}

func TestPStarTable(t *testing.T) {
	figure := filepath.Join(t.TempDir(), "k.svg")
	expect(t, run.ExitUsage, []string{"pstar", "-k", "1..4", "-p", "1", "-q", "1", "-figure", "a.png"}, "2>ends in .svg")
	expect(t, run.ExitVerified, []string{"pstar", "-k", "1..4", "-p", "1/3,1/3,1/3", "-q", "1/3,0,2/3", "-figure", figure},
		"K = 1..4 iid drafts, n = 3 tokens\n", "  2  0.8888888889  8/9 ", "  4  0.9876543210  80/81 ")
	if svg, err := os.ReadFile(figure); err != nil || !strings.Contains(string(svg), "number of drafts K") {
		t.Errorf("the figure: %v, %.200s", err, svg)
	}
	expect(t, run.ExitVerified, []string{"pstar", "-k", "1..3", "-p", "1/3,1/3,1/3", "-q", "1/3,0,2/3", "-drafts", "without-replacement", "-json"},
		`"optima"`, `"value": "1"`)
	for args, want := range map[string]string{
		"-k 1..4 -drafts without-replacement -p 1/3,1/3,1/3 -q 1/3,0,2/3": "K",
		"-k 1..2 -drafts independent -p 1/2,1/2 -p 1/2,1/2 -q 1/2,1/2":    "independent",
		"-k 1..2 -p 1/2,1/2 -q 1/2,1/2 -write-rule rule.json":             "one number of drafts",
		"-k 2 -p 1/2,1/2 -q 1/2,1/2 -within 0":                            "positive number",
		"-k 5..1004 -p 1/2,1/2 -q 1/2,1/2 -drafts independent":            "independent",
		"-k 5..1005 -p 1/2,1/2 -q 1/2,1/2":                                "1001 numbers of drafts, want at most 1000",
	} {
		if status, _, stderr := verify(append([]string{"pstar"}, strings.Fields(args)...)...); status != run.ExitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %q, want %q", args, status, stderr, want)
		}
	}
}

// Tokens without p and q double the sets that bind: their number is told as a power of two where it would fill the screen.
func TestPStarCountsBindingSets(t *testing.T) {
	for q, want := range map[string]string{"2/5,3/5": "2^251", "1/4,3/4": "3 · 2^250"} {
		zeros := strings.Repeat(",0", 250)
		expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-p", "1/2,1/2" + zeros, "-q", q + zeros}, "binding sets: "+want+", the largest {1,2,3,4,")
	}
	expect(t, run.ExitVerified, []string{"pstar", "-k", "2", "-p", "1/2,1/2,0,0,0,0,0,0,0", "-q", "1/2,1/2,0,0,0,0,0,0,0"}, "binding sets: 256, the largest")
}

// Drafts without replacement over a vocabulary, which no flow fits, are never better than
// what a flow finds for more of them, and the interval is as wide as is asked.
func TestPStarWithoutReplacement(t *testing.T) {
	const n = 1500
	values := make([]float64, 2*n)
	for i := range values {
		values[i] = float64(1 + i*i%97)
	}
	p, q := npyFile(t, "<f8", []int{n}, values[:n]...), npyFile(t, "<f8", []int{n}, values[n:]...)
	args := []string{"pstar", "-drafts", "without-replacement", "-weights", "-p", p, "-q", q}
	expect(t, run.ExitVerified, append(args, "-k", "2"), "method: prefix, harmonic sums\n", "P* = 1: no\n")
	expect(t, run.ExitVerified, append(args, "-k", "3"), "P*(acc) is between 0.", "method: prefix, exponential clocks\n")
	expect(t, run.ExitUndecided, append(args, "-k", "3", "-within", "1e-16"), "P*(acc) is between 0.")
	expect(t, run.ExitVerified, append(args, "-k", "3", "-json"), `"verdict": "solved"`, `"lower"`, `"upper"`)
	expect(t, run.ExitUndecided, append(args, "-k", "3", "-within", "1e-16", "-json"), `"verdict": "undecided"`, `"lower"`, `"upper"`)
	expect(t, run.ExitUndecided, append(args, "-k", "2..3", "-within", "1e-16", "-json"), `"verdict": "undecided"`, `"optima"`)
	expect(t, run.ExitVerified, append(args, "-k", "2..3", "-json"), `"verdict": "solved"`)
	expect(t, run.ExitVerified, append([]string{"scheme", "ss"}, append(args[1:], "-k", "3")...), "P*(acc) for these drafts: between 0.", "gap to P*: between ")

	// Wider than asked is undecided of schemes, too, and nothing is where nothing was asked.
	call := append([]string{"scheme", "ss", "-k", "3"}, args[1:]...)
	expect(t, run.ExitUndecided, append(call, "-within", "1e-16"), "P*(acc) for these drafts: between 0.", "2>verify: scheme ss: the interval of the acceptance or of P* is wider than asked\n")
	expect(t, run.ExitUndecided, append(call, "-within", "1e-16", "-json"), `"verdict": "undecided"`, `"best_within"`)
	expect(t, run.ExitVerified, append(call, "-within", "1e-8", "-json"), `"verdict": "solved"`, `"best_within"`)
	expect(t, run.ExitVerified, append(call, "-json"), `"verdict": "solved"`)
	// Of an acceptance that -bits leaves wide.
	rough := words("scheme spectr -bits 20 " + thirds)
	expect(t, run.ExitVerified, rough, "acceptance: between ")
	expect(t, run.ExitVerified, append(rough, "-within", "1e-5"), "acceptance: between ")
	expect(t, run.ExitUndecided, append(rough, "-within", "1e-9"), "acceptance: between ", "2>verify: scheme spectr: the interval of the acceptance or of P* is wider than asked\n")
	compare := words("scheme -compare -bits 20 -json " + thirds)
	expect(t, run.ExitVerified, compare, `"verdict": "solved"`)
	expect(t, run.ExitUndecided, append(compare, "-within", "1e-9"), `"verdict": "undecided"`, "2>verify: scheme spectr: the interval ")
}

// With so many drafts that P* is enclosed there is no rule by classes, which is said at once and after P*.
func TestNoRuleOfLongFractions(t *testing.T) {
	rule := filepath.Join(t.TempDir(), "rule.json")
	expect(t, run.ExitUndecided, words("pstar -k 65536 -compact -p 1/1000000,999999/1000000 -q 1,0 -write-rule "+rule),
		"P*(acc) is between 0.0634", "2>a rule by classes for K = 65536 drafts: its fractions would be too long")
}

// Where P* is below 1 by less than any digits show, no decimal says that it is 1, of one number of drafts, of several and of a comparison.
func TestNoDecimalSaysOneFalsely(t *testing.T) {
	const laws = " -p 1e-30,0.999999999999999999999999999999 -q 0,1"
	for _, args := range []string{"pstar -json -k 65536", "pstar -json -k 2", "pstar -k 49..50", "scheme -compare -k 65536", "scheme -compare -json -k 65536", "scheme -compare -csv -k 65536"} {
		_, out, _ := verify(words(args + laws)...)
		if !strings.Contains(out, "99..1.0000000000") {
			t.Errorf("%s prints no ends:\n%s", args, out)
		}
		for _, word := range strings.FieldsFunc(out, func(r rune) bool { return strings.ContainsRune(" \"\n,", r) }) {
			if strings.HasPrefix(word, "1.00000") {
				t.Errorf("%s says %s", args, word)
			}
		}
	}
}

// The sets that bind are told of enclosed powers, too, and where they are not decided that is said.
func TestWhatIsNotDecidedOfBindingSetsIsSaid(t *testing.T) {
	thousand := func(law string) string { return strings.TrimSuffix(strings.Repeat(law+",", 1000), ",") }
	for _, c := range []struct{ args, text, json string }{
		{"-k 65536 -p 0.333333333333,0.666666666667,0 -q 1e-13,0.9999999999999,0", "binding sets: 4: {} {3} {1,2} {1,2,3}\n", `"largest":["1","2","3"],"binding_sets":"4","binding":[[],["3"],["1","2"],["1","2","3"]],"method"`},
		// Of tokens that q does not have all are in the smallest set, whether digits show what each adds or not.
		{"-k 65536 -p 1e-30,2e-30,0.999999999999999999999999999997 -q 0,0,1", "binding sets: 1: {1,2}\n", `"smallest":["1","2"],"largest":["1","2"],"binding_sets":"1","binding":[["1","2"]],"method"`},
		{"-k 3 -drafts without-replacement -weights -p " + thousand("1,2,3") + " -q " + thousand("3,1,2"), "binding sets: not decided\n", `"not_decided":["largest","binding_sets"]`},
	} {
		expect(t, run.ExitVerified, append([]string{"pstar"}, words(c.args)...), c.text)
		_, out, _ := verify(append([]string{"pstar", "-json"}, words(c.args)...)...)
		if compact := strings.Join(strings.Fields(out), ""); !strings.Contains(compact, c.json) {
			t.Errorf("%s: %.1000s, want %s", c.args, compact, c.json)
		}
	}
}

// What a file says gives way to flags, and that is told, once for each; what says the same is no news.
func TestFlagsInPlaceOfTheFile(t *testing.T) {
	path := write(t, "i.json", `{"k": 3, "model": "without-replacement", "p": ["1/2", "1/4", "1/4"], "q": ["1/4", "1/4", "1/2"]}`)
	const k, model = "i.json: -k 2 counts in place of its \"k\": 3\n", "i.json: -drafts iid counts in place of its \"model\": \"without-replacement\"\n"
	for _, command := range [][]string{{"pstar"}, {"scheme", "ss"}, {"scheme", "-compare"}} {
		call := append(command, path, "-drafts", "iid")
		status, _, stderr := verify(append(call, "-k", "2")...)
		if status != run.ExitVerified || strings.Count(stderr, "counts in place of") != 2 || !strings.Contains(stderr, k) || !strings.Contains(stderr, model) {
			t.Errorf("%v: status %d, says\n%s", command, status, stderr)
		}
		if _, _, stderr := verify(append(call, "-k", "2", "-quiet")...); stderr != "" {
			t.Errorf("%v -quiet says\n%s", command, stderr)
		}
		if _, _, stderr := verify(append(command, path, "-k", "3", "-drafts", "without-replacement")...); strings.Contains(stderr, "counts") {
			t.Errorf("%v: the same is told:\n%s", command, stderr)
		}
	}
	expect(t, run.ExitVerified, []string{"pstar", path, "-k", "1..3", "-drafts", "iid"}, "2>i.json: -k 1..3 counts in place of its \"k\": 3\n")
	expect(t, run.ExitVerified, []string{"pstar", path, "-p", "1/3,1/3,1/3", "-q", "1,0,0"}, "2>i.json: -p counts in place of its law of the drafts\n", "2>i.json: -q counts in place of its target\n")
	if _, _, stderr := verify("pstar", "-k", "2", "-p", "1/2,1/2", "-q", "1,0"); stderr != "" {
		t.Errorf("without a file it says\n%s", stderr)
	}
}

// Who gives -q a name may have meant -quiet; of a list with a bad number that is not said.
func TestHintAboutQuiet(t *testing.T) {
	for _, c := range []struct {
		value string
		hint  bool
	}{{"x.json", true}, {"quiet", true}, {"NaN", false}, {"-inf", false}, {"nan,1/2", false}, {"1/2,x", false}, {"1/0", false}, {".5.", false}, {"[1,0]", false}} {
		for _, call := range [][]string{{"pstar", "-k", "2", "-p", "1/2,1/2", "-q", c.value}, {"scheme", "ss", "-k", "2", "-p", "1/2,1/2", "-q", c.value}} {
			status, _, stderr := verify(call...)
			if status != run.ExitUsage || !strings.HasPrefix(stderr, "verify: -q: number ") || strings.Contains(stderr, "-quiet") != c.hint {
				t.Errorf("%v: status %d, hint wanted: %v\n%s", call, status, c.hint, stderr)
			}
		}
	}
}

// A table that is interrupted is not told as one that is whole, whenever the interrupt comes.
func TestTableInterrupted(t *testing.T) {
	figure := filepath.Join(t.TempDir(), "table.svg")
	for _, more := range []string{"-drafts iid", "-drafts without-replacement", "-drafts without-replacement -json", "-drafts without-replacement -figure " + figure} {
		// Too many tokens for a flow: the draws of two are enclosed.
		file := write(t, "p.json", `{"p": [`+strings.Repeat("1,", 399)+`2], "q": [3`+strings.Repeat(",1", 399)+`]}`)
		args := append(words("pstar -weights -k 1..2 "+more), file)
		whole := expect(t, run.ExitVerified, args)
		interrupted, solved := 0, false
		for looks := int32(1); !solved && looks < 2000; looks++ {
			var out, talk bytes.Buffer
			c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
			c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
			}
			switch status := c.Main(args); {
			case status == run.ExitInterrupted:
				interrupted++
			case status != run.ExitVerified || out.String() != whole:
				t.Fatalf("%v, at look %d: status %d, it prints\n%s%s", args, looks, status, out.String(), talk.String())
			default:
				solved = true
			}
		}
		if interrupted == 0 || !solved {
			t.Errorf("%v: interrupted %d times, solved: %v", args, interrupted, solved)
		}
	}
}

// With logits the interval that is to be narrow is that of P* of the logits, with the errors of the softmax in it.
func TestPStarOfLogitsWithin(t *testing.T) {
	for _, k := range []string{"2", "1..2"} {
		call := words("pstar -logits -p 0,1,2 -q 1,0,3 -json -k " + k)
		expect(t, run.ExitVerified, call, `"verdict": "solved"`)
		expect(t, run.ExitVerified, append(call, "-within", "1e-9"), `"verdict": "solved"`)
		expect(t, run.ExitUndecided, append(call, "-within", "1e-15"), `"verdict": "undecided"`, "2>K = 2: the interval of P* of the logits is wider than asked")
	}
}

// One token and one draft are named as one.
func TestOneOfEach(t *testing.T) {
	expect(t, run.ExitVerified, words("pstar -k 1 -p 1 -q 1"), "K = 1 iid draft, n = 1 token\n")
	expect(t, run.ExitVerified, words("pstar -k 2 -p 1 -q 1"), "K = 2 iid drafts, n = 1 token\n")
	figure := filepath.Join(t.TempDir(), "k.svg")
	expect(t, run.ExitVerified, words("pstar -k 1 -p 1 -q 1 -figure "+figure), "K = 1 iid draft, n = 1 token\n")
	expect(t, run.ExitVerified, words("pstar -k 1..2 -p 1 -q 1"), "K = 1..2 iid drafts, n = 1 token\n")
	rule := write(t, "rule.json", `{"n": 1, "beta": []}`)
	expect(t, run.ExitUsage, words("scheme user "+rule+" -k 1 -p 1/2,1/2 -q 1/2,1/2"), "2>the rule is for n = 1 token, the instance has n = 2")
}

// The object has the verdict of the whole run: a rule or a certificate that was not finished leaves it undecided, and P* is there. Of a
// file that cannot be written the answer stands.
func TestVerdictOfPStarIsThatOfItsFiles(t *testing.T) {
	laws := " -json -k 2 -p 1/2,1/3,1/6 -q 1/6,1/3,1/2"
	rule, proof := filepath.Join(t.TempDir(), "rule.json"), filepath.Join(t.TempDir(), "proof.json")
	expect(t, run.ExitVerified, words("pstar -compact -write-rule "+rule+laws), `"verdict": "solved"`)
	expect(t, run.ExitUndecided, words("pstar -compact -gap 1e-300 -write-rule "+rule+laws),
		`"verdict": "undecided"`, `"error": "-write-rule: `, `"value": "`, "2>levels leave a gap of about")
	nowhere := filepath.Join(t.TempDir(), "nowhere", "f.json")
	expect(t, run.ExitUsage, words("pstar -write-rule "+nowhere+laws), `"verdict": "solved"`, `"value": "`)
	// The status is that of what is graver.
	expect(t, run.ExitUsage, words("pstar -compact -gap 1e-300 -write-rule "+rule+" -certificate "+nowhere+laws), `"verdict": "undecided"`)
	expect(t, run.ExitUsage, words("pstar -json -compact -drafts without-replacement -k 2 -p 1/2,1/2 -q 1/2,1/2 -write-rule "+rule), "2>-compact is for iid drafts")
	// Whenever it is interrupted.
	between := 0
	for looks, whole := int32(1), false; !whole && looks < 1000; looks++ {
		var out, talk bytes.Buffer
		c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
		c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
			left := new(atomic.Int32)
			left.Store(looks)
			return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
		}
		status := c.Main(words("pstar -compact -write-rule " + rule + " -certificate " + proof + laws))
		var object struct{ Verdict, Error, Value string }
		err := json.Unmarshal(out.Bytes(), &object)
		whole = status == run.ExitVerified
		if want := map[int]string{run.ExitVerified: "solved", run.ExitInterrupted: "undecided"}[status]; err != nil || object.Verdict != want || want == "" || whole != (object.Error == "") {
			t.Fatalf("at look %d: status %d, %v, it prints\n%s%s", looks, status, err, out.String(), talk.String())
		}
		if object.Value != "" && !whole {
			between++
		}
	}
	if between < 2 {
		t.Errorf("interrupted %d times between P* and the end", between)
	}
}

// A table tells the P* that are known, and names the others: of more drafts than an integral is for, and of a run that is stopped.
func TestPStarTableInPart(t *testing.T) {
	var weights []string
	for i := range 40 {
		weights = append(weights, fmt.Sprint(1+i*i%17))
	}
	law, other := strings.Join(weights, ","), strings.Join(weights[1:], ",")+",1"
	args := []string{"pstar", "-drafts", "without-replacement", "-weights", "-p", law, "-q", other, "-k", "31..34"}
	expect(t, run.ExitUndecided, args, "\n  32  ", "\n  33  undecided ", "\n  34  undecided ", "2>verify: 33 drafts without replacement over 40 tokens: at most 32 drafts\nverify: 34 drafts ")
	expect(t, run.ExitUndecided, append(args, "-json"), `"verdict": "undecided"`, `"error": "33 drafts without`, `"k": 32`, "\"not_decided\": [\n    33,\n    34\n  ]")
	figure := filepath.Join(t.TempDir(), "k.svg")
	expect(t, run.ExitUsage, append(args, "-figure", figure), "\n  33  undecided ", "2>cannot draw "+figure+": not every P* is known")
	// Of none nothing is printed but that.
	if out := expect(t, run.ExitUndecided, append(args, "-k", "33..34"), "2>33 drafts without"); out != "" {
		t.Errorf("it prints\n%s", out)
	}
	parts := map[int]int{}
	for looks := int32(1); looks < 60; looks++ {
		var out, talk bytes.Buffer
		c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
		c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
			left := new(atomic.Int32)
			left.Store(looks)
			return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
		}
		status := c.Main(append(words("pstar -json -k 1..4"), words(thirds)[2:]...))
		var object struct {
			Verdict    string
			Optima     []struct{ K int }
			NotDecided []int `json:"not_decided"`
		}
		if err := json.Unmarshal(out.Bytes(), &object); err != nil || (object.Verdict == "solved") != (status == run.ExitVerified) {
			t.Fatalf("at look %d: status %d, %v, it prints\n%s", looks, status, err, &out)
		}
		if n := len(object.Optima); n > 0 {
			if parts[n]++; n+len(object.NotDecided) != 4 || object.Optima[n-1].K != n {
				t.Errorf("at look %d it prints\n%s", looks, &out)
			}
		}
	}
	if len(parts) != 4 {
		t.Errorf("it tells so many of them: %v", parts)
	}
}
