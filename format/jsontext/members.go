package jsontext

import "strings"

// A Member is a member that an object may have: its key, and what reads its value, which
// stands at the place. Members may come in any order, and any of them may be missing.
type Member struct {
	key  string
	read func(place string) error
}

// By is a member that is read by a function.
func By(key string, read func(place string) error) Member { return Member{key, read} }

// Keep is a member whose value is kept. The value is set with an error too, which ends the
// reading.
func Keep[T any](key string, to *T, read func(place string) (T, error)) Member {
	return By(key, func(place string) (err error) {
		*to, err = read(place)
		return err
	})
}

// Object reads an object of some of the members and returns the keys of those that are
// given. A member that nobody knows, or that is there twice, is an error: ignoring it
// would ignore a misspelt one, and two would be two answers to one question.
func (r *Reader) Object(place string, members ...Member) (given map[string]bool, err error) {
	if err := r.open(place, '{', "an object"); err != nil {
		return nil, err
	}
	given = map[string]bool{}
	for r.decoder.More() {
		token, err := r.Token(place)
		if err != nil {
			return nil, err
		}
		// The decoder has refused all keys but strings.
		key := token.(string)
		if given[key] {
			return nil, r.Fail(place, "member %q is there twice", key)
		}
		given[key] = true
		if err := r.member(place, key, members); err != nil {
			return nil, err
		}
	}
	// The closing brace.
	_, err = r.Token(place)
	return given, err
}

// member reads the value of a key by the member of that key.
func (r *Reader) member(place, key string, members []Member) error {
	for _, m := range members {
		if m.key == key {
			return m.read(inside(place, key))
		}
	}
	return r.Fail(place, "unknown member %q", key)
}

// inside is the place of a member. A path such as "law[2]" goes on as a path, and words
// such as "agent 2" as words.
func inside(place, key string) string {
	switch {
	case place == "":
		return key
	case strings.HasSuffix(place, "]"):
		return place + "." + key
	}
	return place + ", " + key
}

// Complete reads an object of which no member may be missing. One that is left out would
// be taken for zero.
func (r *Reader) Complete(place string, members ...Member) error {
	given, err := r.Object(place, members...)
	for _, m := range members {
		if err == nil && !given[m.key] {
			err = r.Fail(place, "member %q is missing", m.key)
		}
	}
	return err
}

// Whole reads an object after which nothing follows.
func (r *Reader) Whole(members ...Member) error {
	if _, err := r.Object("", members...); err != nil {
		return err
	}
	return r.End()
}
