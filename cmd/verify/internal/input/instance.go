package input

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/jsontext"
	"pstar/internal/crew"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/sampling"
)

// Raw is an instance as files and flags give it.
type Raw struct {
	// Each member is as it was given, or has its zero value: that may still come from a flag.
	k     int // 0: not given
	model string
	P     []Vector
	Q     *Vector
	law   []multidraft.Word // of joint drafts, instead of p
	names []string          // of the tokens; nil: their numbers
	Place string            // for errors; "" if the caller names the file

	replaced []string // what flags have put in place of what the file said, in words
}

// Flags are the flags that give an instance, in part or as a whole. They
// take precedence over a file.
type Flags struct {
	// The flags are looked at again when it matters whether one was given.
	flags     *run.FlagSet
	Counts    theorems.Range // of -k: more than one number only if Several is set
	Several   bool
	P         listFlag
	Q         string
	model     string
	Normalize bool
	Weights   bool
	Sampling  Sampling
}

// NewFlags adds the flags to those of a command.
func NewFlags(f *run.FlagSet) *Flags {
	in := &Flags{flags: f}
	f.Var(&in.Counts, "k", "number of drafts `K`")
	f.Var(&in.P, "p", "draft distribution: `numbers` separated by commas, or an array; for independent drafts repeat it for each draft, or give an array of two dimensions")
	f.StringVar(&in.Q, "q", "", "target distribution: `numbers` separated by commas, or an array")
	f.StringVar(&in.model, "drafts", "", "draft `model`: "+strings.Join(multidraft.Models(), ", ")+" (default iid; joint laws come from a JSON file)")
	f.BoolVar(&in.Normalize, "normalize", false, "divide p and q, which are rounded, by their sums, and report the sums; they are to be 1 up to 1/1000")
	f.BoolVar(&in.Weights, "weights", false, "divide p and q by their sums, whatever these are, and report the sums")
	in.Sampling.flags(f)
	return in
}

// Text is what help says of where instances come from, the same for each command that reads them.
const Text = `Instances come from flags, or from a file: JSON, {"k": 2, "model": "iid", "p": [...],
"q": [...]} ("p" is a list of lists for independent drafts; for joint drafts "law" is a
list of {"word": [1, 2], "probability": "1/3"}), or CSV with the columns token, p, q (p1,
p2, ... for independent drafts). Numbers are read exactly: 3/7, 0.25, 1e-3, 0x1.8p-3, and
the values of arrays of float16, bfloat16, float32 or float64: FILE.npy, FILE.npz:NAME,
FILE.safetensors:NAME. A flag counts in place of what a file says, with a remark. Probabilities must sum to exactly 1, or -normalize divides by their
sums; -logits takes the softmax, and -top-k, -top-p, -min-p truncate.`

// listFlag collects the values of a flag that may be repeated.
type listFlag []string

// String implements flag.Value.
func (l *listFlag) String() string { return strings.Join(*l, " ") }

// Set implements flag.Value.
func (l *listFlag) Set(s string) error {
	*l = append(*l, s)
	return nil
}

// Task is an instance ready to work on.
type Task struct {
	Instance *multidraft.Instance
	// Remarks belong to the result: they say which instance was solved in place of the one given.
	Sums []string // what was normalised, in words
	// The bound holds for P* itself, not only for the laws: see [sampling.Moved].
	Off   rational.Rat // by how much P* may be off, with the largest K of a range: not 0 only for logits
	names []string
	// Replaced says of each flag that was given which member of the file it stands in place of.
	Replaced []string
	Place    string // of a step of a sequence, for messages
}

// Name is what token i is called.
func (t *Task) Name(i int) string {
	// Numbers of tokens begin with 1 in everything printed.
	if t.names == nil {
		return strconv.Itoa(i + 1)
	}
	return t.names[i]
}

// Shown is that name in a line of text.
func (t *Task) Shown(i int) string { return show.InList(t.Name(i)) }

// Read builds the instance from a file, if one is given, and the flags.
func (in *Flags) Read(c *run.Call, path string) (*Task, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	// A raw instance without anything, which flags may fill.
	raw := &Raw{}
	// Without a file all must come from the flags; what is missing is said when all is together.
	if path != "" {
		err := Read(c, path, func(r *bufio.Reader) (err error) {
			raw, err = parseInput(path, r)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if err := in.override(c, raw); err != nil {
		return nil, err
	}
	for j, text := range raw.replaced {
		raw.replaced[j] = path + ": " + text
	}
	// A large vocabulary takes seconds to sum up, in which nothing looks at the context.
	t, err := crew.Await(c.Limited(), func() (*Task, error) { return raw.Task(in) })
	if err != nil {
		// The flags may be at fault as well, but the file is where most of the instance is.
		if path != "" {
			err = fmt.Errorf("%s: %w", path, err)
		}
		return nil, run.UsageErrorf("%v", err)
	}
	return t, nil
}

// Check reports a range of numbers where one is wanted.
func (in *Flags) Check() error {
	// A range is for tables, where one sort serves all numbers of drafts.
	if !in.Counts.Single() && !in.Several {
		return run.UsageErrorf("-k %v: want one number of drafts", &in.Counts)
	}
	if err := in.Sampling.check(); err != nil {
		return err
	}
	return nil
}

// parseInput reads JSON or CSV: by the name, or by the first byte.
func parseInput(path string, r *bufio.Reader) (*Raw, error) {
	// A name that ends in .csv is believed, whatever the file begins with; any other file is
	// JSON if it begins like an object, so that standard input can be either.
	if !strings.EqualFold(filepath.Ext(path), ".csv") && jsontext.Begins(r) {
		return ParseJSON(path, 1, r)
	}
	return parseCSV(path, r)
}

// override puts what the flags give in place of what the file gave.
func (in *Flags) override(c *run.Call, raw *Raw) error {
	// A flag says what is wanted now, a file what was once written down.
	in.OverrideModel(raw)
	if len(in.P) > 0 {
		raw.replace("-p", raw.P != nil || raw.law != nil, "its law of the drafts")
		// A law in the file says all about the drafts, and so contradicts any p.
		raw.P, raw.law = nil, nil
		// An array of two dimensions has a row for each draft, as a repeated flag has a value for each.
		for _, text := range in.P {
			rows, err := in.readVectors(c, "-p", text)
			if err != nil {
				return err
			}
			raw.P = append(raw.P, rows...)
		}
	}
	if in.Q != "" {
		q, err := in.readVectors(c, "-q", in.Q)
		// There is one target, whatever the number of drafts.
		if err == nil && len(q) != 1 {
			err = run.UsageErrorf("-q %s: %d rows, want one", in.Q, len(q))
		}
		if err != nil {
			return err
		}
		raw.replace("-q", raw.Q != nil, "its target")
		raw.Q = &q[0]
	}
	return nil
}

// OverrideModel puts -k and -drafts in place of what a file said; lines of a stream have laws of
// their own, but not these.
func (in *Flags) OverrideModel(raw *Raw) {
	if in.Counts.First != 0 {
		raw.replace("-k "+in.Counts.String(), raw.k != 0 && !(in.Counts.Single() && in.Counts.First == raw.k), fmt.Sprintf("its \"k\": %d", raw.k))
		raw.k = in.Counts.First
	}
	if in.model != "" {
		raw.replace("-drafts "+in.model, raw.model != "" && raw.model != in.model, fmt.Sprintf("its \"model\": %q", raw.model))
		raw.model = in.model
	}
}

// replace notes that a flag counts in place of a member of the file, if that has one that says something else: what is
// worked out is not the instance of the file then.
func (raw *Raw) replace(flag string, differs bool, member string) {
	if differs {
		raw.replaced = append(raw.replaced, flag+" counts in place of "+member)
	}
}

// readVectors reads the value of -p or -q: numbers, or the name of an array file.
func (in *Flags) readVectors(c *run.Call, flag, text string) ([]Vector, error) {
	// The ending decides: a file with the name of a number cannot be given in any other way.
	if IsArray(text) {
		rows, err := readArray(c, text, in.Sampling.Logits)
		if err != nil {
			return nil, run.UsageErrorf("%s: %v", flag, err)
		}
		return rows, nil
	}
	values, err := rational.ParseRats(text)
	switch {
	case err != nil && flag == "-q" && isWord(text): // quiet, in commands without a target
		return nil, run.UsageErrorf("%s: %v; -quiet is to say less", flag, err)
	case err != nil:
		return nil, run.UsageErrorf("%s: %v", flag, err)
	}
	return []Vector{exactVector(values)}, nil
}

// isWord reports whether a value is one word that is no number, as a name of a file is, and not a list of numbers with one that cannot be read.
func isWord(text string) bool {
	number := strings.TrimLeft(strings.ToLower(text), "+-")
	switch number {
	case "", "nan", "inf", "infinity":
		return false
	}
	return !strings.ContainsAny(text, ",[") && !strings.ContainsAny(number[:1], ".0123456789")
}

// ReadVector reads one list of numbers, or an array of one row.
func ReadVector(c *run.Call, flag, text string) (Vector, error) {
	rows, err := (&Flags{}).readVectors(c, flag, text)
	if err == nil && len(rows) != 1 {
		err = run.UsageErrorf("%s %s: %d rows, want one", flag, text, len(rows))
	}
	if err != nil {
		return Vector{}, err
	}
	return rows[0], nil
}

// Task checks that everything is there and fits together: a target, a law for each draft or
// one for all, and what the model demands, such as enough tokens to draw from without
// replacement. Each law is sampled by itself, draft and target perhaps by different values of a
// flag; the errors of all of them make up the bound on P*, which is printed rounded up by a
// tenth. A law with another sum than 1 is an error, unless dividing by the sum was asked for.
// Messages about one of several drafts say which.
func (raw *Raw) Task(in *Flags) (*Task, error) {
	switch {
	case raw.Q == nil:
		return nil, errors.New("no target distribution q: give -q, or a file")
	case len(raw.P) == 0 && raw.law == nil:
		return nil, errors.New("no draft distribution p: give -p, or a file")
	}
	t := &Task{names: raw.names, Replaced: raw.replaced, Place: raw.Place}
	// Sums are told only where -normalize changed something: they are part of the result then.
	var laws []*sampling.Law // q, then p
	take := func(name string, v Vector) (multidraft.Distribution, error) {
		// Without replacement the tokens drawn before are gone, and what was small becomes large: those
		// weights are not to lose digits.
		l, err := in.Sampling.apply(name, v, name == "q", name != "q" && raw.model == multidraft.ModelWithoutReplacement)
		if l.note != "" {
			t.Sums = append(t.Sums, l.note)
		}
		if err != nil {
			return multidraft.Distribution{}, err
		}
		laws = append(laws, l.law)
		// Of what was truncated the sum is no matter.
		d, sum, err := l.distribution(name, in.Normalize, in.Weights || l.note != "")
		if l.note != "" {
			return d, err
		}
		if err == nil && !sum.Equal(rational.NewRat(1, 1)) {
			t.Sums = append(t.Sums, fmt.Sprintf("%s summed to %s", name, DescribeSum(sum)))
		}
		return d, err
	}
	q, err := take("q", *raw.Q)
	if err != nil {
		return nil, err
	}
	var p []multidraft.Distribution
	for j, v := range raw.P {
		name := "p"
		if len(raw.P) > 1 {
			name = fmt.Sprintf("p of draft %d", j+1)
		}
		d, err := take(name, v)
		if err != nil {
			return nil, err
		}
		p = append(p, d)
	}
	if t.Instance, err = raw.instance(p, q); err != nil {
		return nil, err
	}
	if in.Sampling.Logits {
		t.Off = sampling.Moved(laws[0], laws[1:], max(t.Instance.K(), in.Counts.Last), t.Instance.Model())
		t.Sums = append(t.Sums, "what follows is of these laws, as rounded; P* is off by at most "+AtMost(t.Off)+" by the softmax")
	}
	// Names of a file would otherwise stand at the tokens of another law.
	if t.names != nil && len(t.names) != t.Instance.N() {
		t.names = nil // p and q were replaced by flags
	}
	return t, nil
}

// instance guesses what is not said: joint drafts from a law, and independent
// ones from several distributions.
func (raw *Raw) instance(p []multidraft.Distribution, q multidraft.Distribution) (*multidraft.Instance, error) {
	// What is said explicitly is never guessed, even where it contradicts the rest: that is an error.
	model, k := raw.model, raw.k
	if model == "" {
		switch {
		case raw.law != nil:
			model = multidraft.ModelJoint
		case len(p) > 1:
			model = multidraft.ModelIndependent
		// One law for all drafts; that they are independent is the usual case, and is printed.
		default:
			model = multidraft.ModelIID
		}
	}
	// K is implied where each draft stands in the input; for equal drafts nobody can know it.
	if k == 0 {
		switch {
		case model == multidraft.ModelJoint && len(raw.law) > 0:
			k = len(raw.law[0].Tokens)
		case model == multidraft.ModelIndependent:
			k = len(p)
		default:
			return nil, errors.New("no number of drafts: give -k")
		}
	}
	// Only a file can give a law of words: there is no flag for it.
	if model == multidraft.ModelJoint {
		if raw.law == nil {
			return nil, errors.New("joint drafts need a law: give a JSON file with \"law\"")
		}
		return multidraft.NewJointInstance(k, raw.law, q)
	}
	// Such a law with -drafts iid would be passed over without a word.
	if raw.law != nil {
		return nil, fmt.Errorf("a law of words is for joint drafts, not for %s ones", model)
	}
	return multidraft.New(model, k, p, q)
}
