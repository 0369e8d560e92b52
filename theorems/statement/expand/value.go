package expand

import (
	"slices"
	"strings"
	"unicode"

	"pstar/rational"
)

// A kind is what a Value is.
type kind int

const (
	isNumber kind = iota
	isAtom
	isTuple
	isSet
	isTruth
)

// names of the kinds, in messages.
func (k kind) String() string {
	return [...]string{"a number", "a text", "a tuple", "a set", "a condition"}[k]
}

// A Value is a number, an atom, a tuple, a finite set of values in order without repetition, or the truth of a condition.
//
// Values are compared, sorted and looked up by content. They are not changed once
// built, so that parts are shared. The zero value is the number 0.
type Value struct {
	kind   kind
	number rational.Rat
	atom   string
	parts  []Value // of a tuple, or the elements of a set
	truth  bool
	// It bounds what a value costs to compare and to write; a set that is shared many
	// times counts each time.
	size int // how many numbers and atoms stand in parts, however deep
}

// Number is a number as a value.
func Number(x rational.Rat) Value { return Value{number: x} }

func integer(n int64) Value { return Number(rational.NewRat(n, 1)) }

func truth(b bool) Value { return Value{kind: isTruth, truth: b} }

// compare orders values: numbers, atoms, tuples, sets; tuples and sets by their length first.
//
// It is a total order of all values that can be in a set, and so sets have one form:
// equal sets have equal parts.
func compare(a, b Value) int {
	if a.kind != b.kind {
		return int(a.kind) - int(b.kind)
	}
	switch a.kind {
	case isNumber:
		return a.number.Cmp(b.number)
	case isAtom:
		return strings.Compare(a.atom, b.atom)
	case isTruth:
		return 0 // never in a set
	}
	if len(a.parts) != len(b.parts) {
		return len(a.parts) - len(b.parts)
	}
	for i, x := range a.parts {
		if c := compare(x, b.parts[i]); c != 0 {
			return c
		}
	}
	return 0
}

// setOf is the set of the elements, which it sorts in place. It costs a sort, n log n
// comparisons of values.
func setOf(elements []Value) Value {
	slices.SortFunc(elements, compare)
	return sorted(slices.CompactFunc(elements, func(a, b Value) bool { return compare(a, b) == 0 }))
}

// sorted is the set of elements in order, none of which is there twice. The caller
// answers for the order: contains searches by halves.
func sorted(elements []Value) Value {
	return Value{kind: isSet, parts: elements, size: sizeOf(elements)}
}

func tupleOf(parts []Value) Value { return Value{kind: isTuple, parts: parts, size: sizeOf(parts)} }

// Even an empty set within counts as one.
func sizeOf(parts []Value) (n int) {
	for _, v := range parts {
		n += max(v.size, 1)
	}
	return n
}

// contains reports whether x is an element of the set v. By halves: log n comparisons.
func (v Value) contains(x Value) bool {
	_, found := slices.BinarySearchFunc(v.parts, x, compare)
	return found
}

// within reports whether the set v is a subset of w.
func (v Value) within(w Value) bool {
	return !slices.ContainsFunc(v.parts, func(x Value) bool { return !w.contains(x) })
}

// String writes the value as indices show it: 1, a, (1,2), {1,2}.
//
// Names of symbols are made of it, so that two indices of a family are written
// differently: hence the quotes.
func (v Value) String() string {
	var b strings.Builder
	v.write(&b)
	return b.String()
}

func (v Value) write(b *strings.Builder) {
	switch v.kind {
	// Tuples and sets differ in their brackets.
	case isNumber:
		b.WriteString(v.number.String())
	case isAtom:
		if !plain(v.atom) { // "1" is not 1, nor "1,2" the pair
			b.WriteString(`"` + v.atom + `"`) // it holds no quote, and no escapes are known
			return
		}
		b.WriteString(v.atom)
	case isTruth:
		b.WriteString(map[bool]string{true: "true", false: "false"}[v.truth])
	default:
		b.WriteString(map[kind]string{isTuple: "(", isSet: "{"}[v.kind])
		for i, x := range v.parts {
			if i > 0 {
				b.WriteByte(',')
			}
			x.write(b)
		}
		b.WriteString(map[kind]string{isTuple: ")", isSet: "}"}[v.kind])
	}
}

// plain reports whether a text reads as a name, so that it cannot be taken for another
// value without its quotes. An index without quotes, such as a in x[a], is then a text
// and nothing else.
func plain(text string) bool {
	for i, c := range text {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return text != ""
}

// bracketed is name[i,j], or the name alone without indices.
//
// Where the only index is a tuple its brackets are left out, as the file may do.
func bracketed(name string, index []Value) string {
	if len(index) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(name + "[")
	if len(index) == 1 && index[0].kind == isTuple { // w[(1,2)] is w[1,2]
		index = index[0].parts
	}
	for i, x := range index {
		if i > 0 {
			b.WriteByte(',')
		}
		x.write(&b)
	}
	b.WriteByte(']')
	return b.String()
}

// key is a text that is equal for equal lists of indices only: atoms are quoted by their length, so that
// no atom looks like something else.
//
// In contrast to String it is not for people, and need not be read back; it is what
// maps of symbols are looked up by.
func key(index []Value) string {
	var b strings.Builder
	for _, x := range index {
		x.key(&b)
	}
	return b.String()
}

func (v Value) key(b *strings.Builder) {
	switch v.kind {
	case isNumber:
		b.WriteString(v.number.String())
	case isAtom:
		b.WriteByte('"')
		b.WriteString(v.atom) // holds no quote
		b.WriteByte('"')
	// No declared index holds a truth; the key of one that is asked for is that of
	// none.
	default:
		b.WriteString(map[kind]string{isTuple: "(", isSet: "{"}[v.kind])
		for _, x := range v.parts {
			x.key(b)
		}
		b.WriteByte(')')
	}
	b.WriteByte(',')
}
