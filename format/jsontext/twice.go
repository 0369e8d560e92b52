package jsontext

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// A TwiceError is the error of an object that has a member twice.
type TwiceError struct {
	Line   int // of the second, from 1
	Member string
}

// Error implements error.
func (e *TwiceError) Error() string { return fmt.Sprintf("member %q is there twice", e.Member) }

// Unmarshal is [json.Unmarshal], but an object that has a member twice, at any depth, is a
// [*TwiceError]: encoding/json takes the last one and loses the others. In the outermost object the names of a
// struct are the same in either case, as they are to encoding/json. Of JSON that is faulty in another way
// the error is that of encoding/json.
//
// Time is that of one more pass over the bytes, which is a small part of the whole.
func Unmarshal(data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return err
	}
	t := reflect.TypeOf(v).Elem()
	return Once(data, t.Kind() == reflect.Struct)
}

// Once looks for a member that an object has twice, in JSON that has been read, of one value or several. With fold
// the names of outermost objects are the same in either case.
func Once(data []byte, fold bool) error {
	s := scan{data: data, fold: fold}
	for s.at < len(data) {
		switch data[s.at] {
		case '{', '[':
			s.open(data[s.at] == '{')
		case '}', ']':
			s.depth--
			s.named = false // an object may be empty
		case ',':
			s.named = s.depth > 0 && s.levels[s.depth-1].object
		case '"':
			if err := s.text(); err != nil {
				return err
			}
		}
		s.at++
	}
	return nil
}

// scan is a pass over valid JSON. It looks at nothing but brackets, commas and texts.
type scan struct {
	data   []byte
	at     int
	fold   bool
	levels []level // those above depth are kept for their maps
	depth  int
	named  bool // the next text is the name of a member
}

// A level is an object or a list that is open.
type level struct {
	object bool
	seen   map[string]bool
}

// open begins an object or a list.
func (s *scan) open(object bool) {
	if s.depth == len(s.levels) {
		s.levels = append(s.levels, level{})
	}
	s.levels[s.depth].object = object
	clear(s.levels[s.depth].seen)
	s.depth++
	s.named = object
}

// text passes over a text up to its last quotation mark, and takes note of it if it is a name.
func (s *scan) text() error {
	start := s.at
	// Valid texts end; what stands behind a backslash ends none.
	for s.at++; s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	if !s.named {
		return nil
	}
	s.named = false
	name := string(s.data[start+1 : s.at])
	// A name may be written in several ways.
	if strings.Contains(name, `\`) {
		if err := json.Unmarshal(s.data[start:s.at+1], &name); err != nil {
			panic("jsontext: a text of valid JSON")
		}
	}
	key := name
	if s.fold && s.depth == 1 {
		key = strings.Map(least, name)
	}
	l := &s.levels[s.depth-1]
	if l.seen[key] {
		return &TwiceError{Line: 1 + bytes.Count(s.data[:start], []byte("\n")), Member: name}
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[key] = true
	return nil
}

// least is the least of the letters that differ from c in case alone.
func least(c rune) rune {
	for {
		next := unicode.SimpleFold(c)
		if next <= c {
			return next
		}
		c = next
	}
}
