package input

import (
	"encoding/json"
	"fmt"
	"io"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// ParseJSON reads an instance from a JSON object that begins on the line.
func ParseJSON(name string, line int, from io.Reader) (*Raw, error) {
	// The reader checks that nothing follows the object, and that no member comes twice.
	r := jsontext.New(name, line, from)
	raw := &Raw{}
	return raw, r.Whole(raw.member(r))
}

// member reads the members of an instance.
func (raw *Raw) member(r *jsontext.Reader) func(key string) (bool, error) {
	return func(key string) (known bool, err error) {
		// Members may come in any order; which law has been read already decides whether the next one
		// contradicts it.
		switch key {
		case "k":
			// Here and not only in the instance: here the line is known.
			raw.k, err = r.Count("k", "drafts")
		case "model":
			raw.model, err = r.Text("model")
		case "p":
			if raw.law != nil {
				return true, r.Fail("p", "there is \"law\" already, which says all about the drafts")
			}
			raw.P, err = rows(r, "p")
		case "q":
			var values []rational.Rat
			values, err = r.Rats("q")
			q := exactVector(values)
			raw.Q = &q
		// A law gives the probability of each word, the drafts in their order, and so leaves p nothing to
		// say.
		case "law":
			if raw.P != nil {
				return true, r.Fail("law", "there is \"p\" already; a law says all about the drafts")
			}
			raw.law, err = law(r, "law")
		// Whoever calls may know more members, and refuses those that nobody knows.
		default:
			return false, nil
		}
		return true, err
	}
}

// rows reads a distribution, or a list of them.
func rows(r *jsontext.Reader, place string) ([]Vector, error) {
	// Either numbers, or lists of numbers: the first element decides, and the others must agree.
	var flat []rational.Rat
	var list []Vector
	err := r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		// Read token by token, so that a long vocabulary is not held twice.
		token, err := r.Token(here)
		if err != nil {
			return err
		}
		if token != json.Delim('[') {
			// A number after lists, or the other way round below, is most likely a missing bracket.
			if list != nil {
				return r.Fail(here, "expected a list like the ones before")
			}
			x, err := r.RatFrom(here, token)
			flat = append(flat, x)
			return err
		}
		if flat != nil {
			return r.Fail(here, "expected a number like the ones before")
		}
		row, err := restOfRow(r, here)
		list = append(list, exactVector(row))
		return err
	})
	// A list of numbers is one distribution; the empty list too, which is refused later as such.
	if list == nil {
		list = []Vector{exactVector(flat)}
	}
	return list, err
}

// restOfRow reads numbers up to the end of a list that has been opened.
func restOfRow(r *jsontext.Reader, place string) ([]rational.Rat, error) {
	var row []rational.Rat
	for r.More() {
		x, err := r.Rat(fmt.Sprintf("%s[%d]", place, len(row)))
		if err != nil {
			return nil, err
		}
		row = append(row, x)
	}
	// The closing bracket, or an error of the text.
	_, err := r.Token(place)
	return row, err
}

// law reads the words of a joint law.
func law(r *jsontext.Reader, place string) ([]multidraft.Word, error) {
	// Not nil even if it is empty: a law was given, and the instance says what is wrong with it.
	list := []multidraft.Word{}
	err := r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		var word multidraft.Word
		// The reader refuses a member that comes twice, so that two are both.
		members := 0
		err := r.Object(here, func(key string) (known bool, err error) {
			members++
			switch key {
			case "word":
				word.Tokens, err = r.Tokens(here + ".word")
			case "probability":
				word.Probability, err = r.Rat(here + ".probability")
			default:
				return false, nil
			}
			return true, err
		})
		if err == nil && members != 2 {
			err = r.Fail(here, "expected both \"word\" and \"probability\"")
		}
		list = append(list, word)
		return err
	})
	return list, err
}
