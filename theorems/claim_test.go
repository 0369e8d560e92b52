package theorems

import (
	"encoding/json"
	"errors"
	"testing"
)

// A verdict is verified only if every claim is settled: refuted outweighs undecided, a
// claim without a status is undecided, and so is a run without claims.
func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		statuses []Status
		want     Verdict
	}{
		{nil, Open},
		{[]Status{Proved, Concluded, Checked}, Verified},
		{[]Status{Proved, Undecided}, Open},
		{[]Status{Proved, NoStatus}, Open},
		{[]Status{OutOfReach}, Open},
		{[]Status{Found, Proved}, Verified},
		{[]Status{Found, Vacuous}, Open},
		{[]Status{Undecided, Refuted, Proved}, Falsified},
	} {
		var claims Claims
		for _, s := range c.statuses {
			claims = append(claims, Claim{Tag: "X", Status: s})
		}
		if got := claims.Verdict(); got != c.want {
			t.Errorf("%v: %v, want %v", c.statuses, got, c.want)
		}
	}
}

func TestAddAndByStatus(t *testing.T) {
	var c Claims
	c.Add(nil, "B", Checked, "%d things", 2)
	c.Add(nil, "A", Proved, "all")
	c.Add(errors.New("one fails"), "C", Checked, "more")
	if c[0].Statement != "2 things" || c[2].Status != Refuted || c[2].Statement != "more: one fails" {
		t.Errorf("%+v", c)
	}
	if got, want := c.ByStatus(), "C refuted; A proved; B checked"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Words survive JSON, and a word that is no status does not come in.
func TestClaimJSON(t *testing.T) {
	want := Claim{Tag: "T", Status: Concluded, Statement: "s", Methods: []string{"m"}}
	data, err := json.Marshal(want)
	if err != nil || string(data) != `{"tag":"T","status":"concluded","statement":"s","methods":["m"]}` {
		t.Fatalf("%s, %v", data, err)
	}
	var got Claim
	if err := json.Unmarshal(data, &got); err != nil || got.Status != Concluded || got.Tag != "T" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`{"status":"true"}`), &got); err == nil {
		t.Error("the status \"true\" is read")
	}
}

func TestTotal(t *testing.T) {
	for _, c := range []struct {
		verdicts []Verdict
		missing  int
		want     Verdict
	}{
		{nil, 0, Open},
		{[]Verdict{Verified, Verified}, 0, Verified},
		{[]Verdict{Verified, Verified}, 1, Open},
		{[]Verdict{Verified, Open}, 0, Open},
		{[]Verdict{Verified, NoVerdict}, 0, Open},
		{[]Verdict{Open, Falsified}, 3, Falsified},
		{[]Verdict{Falsified, Open}, 0, Falsified},
	} {
		if got := Total(c.verdicts, c.missing); got != c.want {
			t.Errorf("%v, %d missing: %v, want %v", c.verdicts, c.missing, got, c.want)
		}
	}
}
