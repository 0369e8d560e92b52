package theorems

import "testing"

func TestHeadJSON(t *testing.T) {
	seed := uint64(7)
	r := Head{Verdict: Verified.String(), Claims: Claims{{Tag: "T", Status: Proved, Statement: "a < b"}}, Command: "crs", Seed: &seed, Version: "v1"}
	got, err := r.JSON(struct {
		N int `json:"n"`
	}{3})
	const want = `{
  "verdict": "verified",
  "claims": [
    {
      "tag": "T",
      "status": "proved",
      "statement": "a < b"
    }
  ],
  "command": "crs",
  "seed": 7,
  "version": "v1",
  "n": 3
}
`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	// Without claims and figures the list of claims is there and empty.
	got, err = Head{Verdict: "solved"}.JSON(struct{}{})
	if err != nil || string(got) != "{\n  \"verdict\": \"solved\",\n  \"claims\": [],\n  \"command\": \"\",\n  \"version\": \"\"\n}\n" {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := r.JSON(make(chan int)); err == nil {
		t.Error("a channel has a JSON form")
	}
}
