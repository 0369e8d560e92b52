package theorems

import (
	"bytes"
	"encoding/json"
)

// A Head begins the JSON object of a run; the figures of the command follow it.
type Head struct {
	// Verdict is the word of a [Verdict], or of a command that verifies no statement
	// one of its own, such as "solved".
	Verdict string  `json:"verdict"`
	Claims  Claims  `json:"claims"`
	Command string  `json:"command"`        // the name of the sub-command, "" for the main job
	Seed    *uint64 `json:"seed,omitempty"` // of a command that has one
	Version string  `json:"version"`        // of the program
}

// JSON returns one indented object: the members of the head, then those of figures,
// which must be a struct or a map, and have none of the names of the head. Letters
// such as < stand for themselves.
func (h Head) JSON(figures any) ([]byte, error) {
	line, err := h.Line(figures)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", "  "); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Line is [Head.JSON] on one line, for objects with long lists of numbers.
func (h Head) Line(figures any) ([]byte, error) {
	// In JSON a list, also where nothing is claimed.
	if h.Claims == nil {
		h.Claims = Claims{}
	}
	line, err := merged(h, figures)
	return append(line, '\n'), err
}

// merged is one object with the members of two.
func merged(first, second any) ([]byte, error) {
	head, err := compact(first)
	if err != nil {
		return nil, err
	}
	tail, err := compact(second)
	if err != nil {
		return nil, err
	}
	if len(tail) > len("{}") { // one object in place of two: "…,…"
		head = append(append(head[:len(head)-1], ','), tail[1:]...)
	}
	return head, nil
}

// compact is an object on one line, with letters such as < as they are.
func compact(object any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
