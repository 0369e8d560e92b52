package rational

// Text encodings, so that numbers inside larger values are written and read in
// full by encoding/json and the like.

// MarshalText returns x.String().
func (x Int) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads what [ParseInt] reads.
func (x *Int) UnmarshalText(text []byte) error {
	v, err := ParseInt(string(text))
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
