package ine

import (
	"io"
	"strings"
	"testing"
)

// An object is read as the file that it stands for.
func TestReadObject(t *testing.T) {
	object := "\ufeff \n" + `{"verdict": "solved", "representation": "H-representation", "columns": 3, "linearity": [2],
		"rows": [["1", "-1/2", 0], ["0", 0.1, "-2.5e1"]], "other": [{"rows": 1}]}`
	file := "H-representation\nlinearity 1 2\nbegin\n2 3 rational\n1 -1/2 0\n0 1/10 -25\nend\n"
	if got, want := written(t, readString(t, "a.json", object)), written(t, readString(t, "a.ine", file)); got != want {
		t.Errorf("the object is read as\n%s\nwant\n%s", got, want)
	}
	strict := `{"representation": "H-representation", "columns": 2, "rows": [[1, 1]], "strict_inequality": [1]}`
	if f, err := ReadStrict(strings.NewReader(strict), "s"); err != nil || !f.Rows[0].Strict {
		t.Errorf("%v, %v", f, err)
	}
}

func TestReadObjectErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                            "o:1: unexpected end of JSON input",
		"{\n\n1":                       "o:3: invalid character '1'",
		`{"command": "lp", "rows": 3}`: `o:1: this looks like JSON, but not of a polyhedron: member "representation" is missing`,
		`{"representation": 1}`:        "o:1: representation: expected a string, found number",
		`{"a": 1}`:                     `o:1: this looks like JSON, but not of a polyhedron: member "representation" is missing`,
		`{"representation": "H-representation", "rows": [[1, 2]]}`:                                                                `o:1: this looks like JSON, but not of a polyhedron: member "columns"`,
		`{"representation": "H-representation", "columns": 2, "rows": null}`:                                                      `o:1: this looks like JSON, but not of a polyhedron: member "rows"`,
		"{\"representation\": \"H-representation\", \"columns\": 2, \"rows\": [[1, 2]],\n\"linearity\": [\"1\"]}":                 "o:2: linearity: expected a whole number, found string",
		`{"representation": "H-representation", "columns": 2, "rows": {}}`:                                                        "o:1: rows: expected a list, found object",
		`{"representation": "H-representation", "columns": 2, "rows": [[1, 2], [1]]}`:                                             "o:1: row 2: expected a list of 2 numbers",
		`{"representation": "H-representation", "columns": 2, "rows": [[1, "2\nend"]]}`:                                           `o:1: row 1, column 2: cannot read`,
		`{"representation": "H-representation\nhull-representation", "columns": 2, "rows": []}`:                                   "o:1: representation: expected \"H-representation\" or \"V-representation\", found",
		`{"representation": "H-representation", "columns": 2, "rows": [[1, "1/0"]]}`:                                              "o:1: row 1, column 2: cannot read",
		`{"representation": "H-representation", "columns": 2, "rows": [[1, 1]], "linearity": [2]}`:                                "o:1: row 2 is in",
		`{"representation": "H-representation", "columns": 2, "rows": [[1, 1]], "strict_inequality": [1]}`:                        "o:1: ",
		"{\"representation\": \"H-representation\", \"columns\": 2, \"rows\": [[1, 1]],\n\"rows\": [[1, 2]]}":                     `o:2: member "rows" is there twice`,
		"{\"representation\": \"H-representation\", \"columns\": 2, \"rows\": [[1, 1]],\n\"Linearity\": [],\n\"linearity\": [1]}": `o:3: member "linearity" is there twice`,
		"{\"representation\": \"H-representation\",\n\"columns\": 2.5, \"rows\": [[1, 1]], \"linearity\": []}":                    "o:2: ",
	} {
		if _, err := Read(strings.NewReader(text), "o"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

// Representatives are read as a list, and not as a polyhedron.
func TestReadListed(t *testing.T) {
	const file = "V-representation\nbegin\n 1 2 integer\n 1 -1\nend\n"
	const object = `{"representation": "V-representation", "columns": 2, "rows": [[1, -1]], "symmetry": {"rows": "2"}}`
	for _, text := range []string{Representatives + "1 row\n" + file, object} {
		f, err := ReadListed(strings.NewReader(text), "r")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := written(t, f), written(t, readString(t, "a.ext", file)); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		for _, read := range []func(io.Reader, string) (*File, error){Read, ReadStrict} {
			if _, err := read(strings.NewReader(text), "r"); err == nil || !strings.HasPrefix(err.Error(), "r:1: the rows stand for orbits") {
				t.Errorf("error %v", err)
			}
		}
	}
}
