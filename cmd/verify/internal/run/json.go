package run

import (
	"encoding/json"

	"pstar/cmd/verify/internal/build"
	"pstar/theorems"
)

// PrintJSON prints one JSON object.
func (c *Call) PrintJSON(object any) {
	encoder := json.NewEncoder(c.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(object); err != nil {
		panic("verify: object without a JSON form: " + err.Error())
	}
}

// PrintReport prints the JSON object of a run: verdict, claims, what was run, and the
// figures of the command.
func (c *Call) PrintReport(verdict string, claims theorems.Claims, figures any) {
	r := theorems.Report{Verdict: verdict, Claims: claims, Command: c.command.Name, Seed: c.seed}
	r.Version, _ = build.Version()
	data, err := r.JSON(figures)
	if err != nil {
		panic("verify: figures without a JSON form: " + err.Error())
	}
	c.Stdout.Write(data)
}
