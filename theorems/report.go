package theorems

import (
	"bytes"
	"encoding/json"
)

// A Report is the head of the JSON object of a run; the figures of the command follow it.
type Report struct {
	// Verdict is the word of a [Verdict], or of a command that verifies no statement
	// one of its own, such as "solved".
	Verdict string  `json:"verdict"`
	Claims  Claims  `json:"claims"`
	Command string  `json:"command"`        // the name of the sub-command, "" for the main job
	Seed    *uint64 `json:"seed,omitempty"` // of a command that has one
	Version string  `json:"version"`        // of the program
}

// JSON returns one indented object: the members of the report, then those of figures,
// which must be a struct or a map, and have none of the names of the report. Letters
// such as < stand for themselves.
func (r Report) JSON(figures any) ([]byte, error) {
	line, err := r.Line(figures)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", "  "); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Line is [Report.JSON] on one line, for objects with long lists of numbers.
func (r Report) Line(figures any) ([]byte, error) {
	if r.Claims == nil {
		r.Claims = Claims{}
	}
	head, err := compact(r)
	if err != nil {
		return nil, err
	}
	tail, err := compact(figures)
	if err != nil {
		return nil, err
	}
	if len(tail) > len("{}") { // one object in place of two: "…,…"
		head = append(append(head[:len(head)-1], ','), tail[1:]...)
	}
	return append(head, '\n'), nil
}

func compact(object any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
