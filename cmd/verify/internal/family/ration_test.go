package family_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestRation(t *testing.T) {
	pantry := contentionFixtures + "pantry.json"
	expect(t, run.ExitVerified, []string{"ration", pantry}, "largest uniform target 151/300", "CRS-D4    checked", "CRS-T1.1  checked", "τ forward", "verdict: verified")
	expect(t, run.ExitVerified, []string{"ration", "-uniform", pantry}, "151/300", "verdict: verified")
	expect(t, run.ExitVerified, []string{"ration", "-json", pantry}, `"largest_uniform": "151/300"`, `"alpha": "8805/11773"`)
	expect(t, run.ExitVerified, []string{"ration", "-optimum", "-json", pantry}, `"largest_uniform_of": {`, `"online": "31651/64400"`, `"offline": "113/225"`, `"region": "151/300"`,
		`"alpha_times_region": "84703300981875/252729214025242"`)
	expect(t, run.ExitVerified, []string{"ration", pantry, "-orders", "1,2,3,4/3,1,4,2", "-probabilities", "1/3,2/3"}, "in 2 orders of arrival, α = ", "CRS-REM2  checked")
	expect(t, run.ExitVerified, []string{"ration", pantry, "-orders", "1,2,3,4/4,3,2,1", "-json"}, `"in_orders": {`, `"orders": 2`, `"alpha": "8805/11773"`)
	for args, want := range map[string]string{
		"-probabilities 1/2,1/2 " + pantry:                     "-probabilities has no effect without -orders",
		"-orders 1,2,3 " + pantry:                              "-orders: order 1: expected every element from 1 to 4 once",
		"-orders 1,2,3,4 -probabilities 1/2 " + pantry:         "-orders: expected weights with sum 1, found 1/2",
		"-orders 1,2,3 " + contentionFixtures + "typeone.json": "-orders: expected agents of Types II and III, found agent 1 (kitchen) of Type I",
	} {
		expect(t, run.ExitUsage, append([]string{"ration"}, strings.Fields(args)...), "2>"+want)
	}
	expect(t, run.ExitVerified, []string{"ration", contentionFixtures + "typeone.json"}, "the knapsack scheme", "verdict: verified")
	expect(t, run.ExitRefuted, []string{"ration", contentionFixtures + "refused.json"}, "price of the supply", "CRS-D4    refuted")
	expect(t, run.ExitRefuted, []string{"ration", "-json", contentionFixtures + "refused.json"}, `"supply": "5/4"`, `"agents": [`)
	first := expect(t, run.ExitVerified, []string{"ration", "-simulate", "500", pantry}, "simulated, 500 runs with seed 1", "2 mill", "fit the expected services", "at most 1/1000000")
	if again := expect(t, run.ExitVerified, []string{"ration", "-simulate", "500", pantry}); again != first {
		t.Error("the same seed gives another result")
	}
	expect(t, run.ExitRefuted, []string{"ration", "-simulate", "5", contentionFixtures + "refused.json"}, "CRS-D4    refuted", "2>nothing to simulate")
}

// An agent who never wants anything is served whatever happens, and one whose demands no supply covers never is: both
// have their place in the region, in the algorithms and in the certificate.
func TestRationIdleAndHopelessAgents(t *testing.T) {
	file := write(t, "r.json", `{"agents": [{"service": "III", "target": 1, "demand": [{"value": 0, "probability": 1}]},
		{"service": "I", "target": 0, "demand": [{"value": 2, "probability": "1/2"}, {"value": 3, "probability": "1/2"}]},
		{"service": "II", "target": "1/2", "demand": [{"value": "1/2", "probability": 1}]}]}`)
	path := filepath.Join(t.TempDir(), "c.json")
	expect(t, run.ExitVerified, []string{"ration", "-region", "-certificate", path, file}, "β1 ≤ 1", "β2 ≤ 0", "CRS-REM1  checked", "CRS-T1.1  checked")
	expect(t, run.ExitVerified, []string{"check", path}, "CRS-D4 checked", "CRS-T1.1 checked")
}

// Whatever is too long for the format is left out of the certificate, and that it is missing is an output that could not be
// written: said even to who asked for quiet.
func TestRationLongOutcome(t *testing.T) {
	var agents []string
	for _, d := range []string{"1e-4000", "3e-4000", "7e-4000"} {
		agents = append(agents, `{"service": "II", "target": 1, "demand": [{"value": "`+d+`", "probability": 1}]}`)
	}
	file := write(t, "r.json", `{"agents": [`+strings.Join(agents, ", ")+`]}`)
	path := filepath.Join(t.TempDir(), "c.json")
	expect(t, run.ExitUsage, []string{"ration", "-q", "-certificate", path, file}, "CRS-T1.1  checked", "verdict: verified", "2>c.json, without CRS-T1.1 checked", "2>more than the 10000 digits")
	expect(t, run.ExitVerified, []string{"check", path}, "CRS-T1.1 concluded")
}

func TestRationBadInput(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{}`, "at least one agent"},
		{`{"agents": []}`, "at least one agent"},
		{`{"agents": [{"name": "a", "service": "V", "target": 1, "demand": []}]}`, ":1: agent 1 (a), service: expected service type I, II or III, found \"V\""},
		{`{"agents": [{"name": "a", "target": 1, "demand": []}]}`, "agent 1 (a), service: expected I, II or III, found nothing"},
		{`{"agents": [{"service": "I", "demand": []}]}`, "agent 1, target: expected a number, found nothing"},
		{`{"agents": [{"name": "b", "service": "I", "target": "5/4", "demand": [{"value": 1, "probability": 1}]}]}`, "agent 1 (b), target: expected a number between 0 and 1, found 5/4"},
		{`{"agents": [{"service": "I", "target": "-1/4", "demand": [{"value": 1, "probability": 1}]}]}`, "agent 1, target: expected a number between 0 and 1, found -1/4"},
		{"{\"agents\": [\n{\"service\": \"I\", \"target\": 1, \"demand\": []}]}", ":2: agent 1: expected at least one entry in \"demand\""},
		{`{"agents": [{"service": "I", "target": 1, "demand": [{"value": 1, "probability": 0.5}]}]}`, "agent 1, demand: expected probabilities with sum 1, found 1/2"},
		{`{"agents": [{"service": "I", "target": 1, "demand": [{"value": 1, "probability": 1.5}]}]}`, "agent 1, demand 1, probability: expected a number between 0 and 1, found 3/2"},
		{`{"agents": [{"service": "I", "target": 1, "demand": [{"value": -1, "probability": 1}]}]}`, "agent 1, demand 1, value: expected a number that is not negative"},
		{`{"agents": [{"service": "I", "target": 1, "demand": [{"value": "a", "probability": 1}]}]}`, "agent 1, demand 1, value"},
		{`{"agents": [{"service": "II", "target": 1, "demand": [{"value": 0, "probability": 1}]}]}`, "r.json:1: agent 1, demand: expected a positive mean for service of Type II, found 0"},
		{`{"agents": null}`, "r.json:1: agents: expected a list, found null"},
		{"{\"agents\": [{\"service\": \"I\",\n\"target\": 2,\n\"demand\": [{\"value\": 1, \"probability\": 1}]}]}", "r.json:2: agent 1, target: expected a number between 0 and 1, found 2"},
		{"{\"agents\": [{\"service\": \"I\", \"target\": 1, \"demand\": [\n{\"value\": 1, \"probability\": 1},\n{\"value\": 1, \"probability\": 2}]}]}", "r.json:3: agent 1, demand 2, probability: expected a number between 0 and 1, found 2"},
		{`{"agents": [{"service": "I", "service": "II"}]}`, "agent 1: member \"service\" is there twice"},
		{`{"agents": [{"type": "I"}]}`, "agent 1: unknown member \"type\""},
	} {
		expect(t, run.ExitUsage, []string{"ration", write(t, "r.json", c.text)}, "2>"+c.want)
	}
	expect(t, run.ExitUsage, []string{"ration"}, "2>expected one file, got 0")
	expect(t, run.ExitUsage, []string{"ration", "-simulate", "-1", "x"}, "2>-simulate -1")
	expect(t, run.ExitUsage, []string{"ration", "-simulate", "0", "x"}, "2>-simulate 0")
	expect(t, run.ExitUsage, []string{"ration", "-seed", "3", "x"}, "2>-seed has no effect without -simulate")
	expect(t, run.ExitUsage, []string{"ration", "/nowhere"}, "2>cannot read")
}

// A law of the supply that is too large: what Lemma 2.2 gives each agent is printed, and concluded.
func TestRationTooLarge(t *testing.T) {
	var agents []string
	for i := range 40 {
		agents = append(agents, fmt.Sprintf(`{"service": "%s", "demand": [{"value": "%d/97", "probability": "1/3"}, {"value": "%d/89", "probability": "1/3"}, {"value": 2, "probability": "1/3"}]}`,
			[]string{"II", "III"}[i%2], 7+i, 40+i))
	}
	file := write(t, "r.json", `{"agents": [`+strings.Join(agents, ", ")+`]}`)
	expect(t, run.ExitVerified, []string{"ration", "-uniform", file}, "α·β", "service forward", "is enclosed by laws of the supply on a grid", "CRS-T1.1  concluded  every agent is served with at least α·β", "a denominator of", "verdict: verified")
	expect(t, run.ExitVerified, []string{"ration", "-uniform", "-json", file}, `"alpha": `, `"service_at_least": [`, `"service_at_most": [`)
}
