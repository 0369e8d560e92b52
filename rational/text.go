package rational

import (
	"math/bits"
	"strconv"
)

// Append appends x in decimal.
func (x Int) Append(text []byte) []byte {
	if x.wide == nil {
		return strconv.AppendInt(text, x.small, 10)
	}
	// Numbers of two words, of up to 38 digits, are what long lists of rays consist of; package big takes
	// several times as long for each.
	w, ok := x.twoWords()
	if !ok || w[1] >= tenTo19 {
		return x.wide.Append(text, 10)
	}
	if x.wide.Sign() < 0 {
		text = append(text, '-')
	}
	// Two halves of at most 19 digits each.
	high, low := bits.Div64(w[1], w[0], tenTo19)
	if high == 0 {
		return strconv.AppendUint(text, low, 10)
	}
	text = strconv.AppendUint(text, high, 10)
	at := len(text)
	// The lower half is written from its end, into zeros, so that those in front of it stay.
	text = append(text, "0000000000000000000"...)
	for i := len(text) - 1; i >= at; i-- {
		text[i] = '0' + byte(low%10)
		low /= 10
	}
	return text
}

// tenTo19 is the greatest power of 10 in a word.
const tenTo19 = 1e19

// Append appends what [Rat.String] returns.
func (x Rat) Append(text []byte) []byte {
	text = x.num.Append(text)
	if x.den.IsZero() || x.den.IsOne() {
		return text
	}
	return x.den.Append(append(text, '/'))
}

// Text encodings, so that numbers inside larger values are written and read in
// full by encoding/json and the like.

// MarshalText returns x.String().
func (x Int) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads what [ParseInt] reads.
func (x *Int) UnmarshalText(text []byte) error {
	// Strictly, as in any other file.
	v, err := ParseInt(string(text))
	// A receiver of a failed reading keeps what it had.
	if err == nil {
		*x = v
	}
	return err
}

// MarshalText returns x.String().
func (x Rat) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads what [ParseRat] reads.
func (x *Rat) UnmarshalText(text []byte) error {
	v, err := ParseRat(string(text))
	if err == nil {
		*x = v
	}
	return err
}
