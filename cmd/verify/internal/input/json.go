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
	word := func(place string) (word multidraft.Word, err error) {
		err = r.Complete(place, jsontext.Keep("word", &word.Tokens, r.Tokens), jsontext.Keep("probability", &word.Probability, r.Rat))
		return word, err
	}
	return raw, r.Whole(
		// Here and not only in the instance: here the line is known.
		jsontext.Keep("k", &raw.k, r.Count("drafts")),
		jsontext.Keep("model", &raw.model, r.Text),
		// Members may come in any order; which law has been read already decides whether the next one
		// contradicts it.
		jsontext.By("p", func(place string) (err error) {
			if raw.law != nil {
				return r.Fail(place, "there is \"law\" already, which says all about the drafts")
			}
			raw.P, err = rows(r, place)
			return err
		}),
		jsontext.By("q", func(place string) error {
			values, err := r.Rats(place)
			q := exactVector(values)
			raw.Q = &q
			return err
		}),
		// A law gives the probability of each word, the drafts in their order, and so leaves p nothing to
		// say.
		jsontext.By("law", func(place string) (err error) {
			if raw.P != nil {
				return r.Fail(place, "there is \"p\" already; a law says all about the drafts")
			}
			// Not nil even if it is empty: a law was given, and the instance says what is wrong with it.
			raw.law, err = jsontext.ListOf(r, word)(place)
			return err
		}))
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
