package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pstar/internal/crew"
	"pstar/theorems"
)

// Of several ends the one that matters most decides; what has no class is a fault.
func TestExitStatusOfSeveral(t *testing.T) {
	unknown := errors.New("the sides differ")
	for _, c := range []struct {
		err    error
		status int
	}{
		{nil, ExitVerified},
		{errors.Join(nil, nil), ExitVerified},
		{unknown, ExitFault},
		{fmt.Errorf("cell: %w", &theorems.Unsettled{Reason: "too large"}), ExitUndecided},
		{errors.Join(&LimitError{"time"}, UsageErrorf("full")), ExitUsage},
		{errors.Join(ErrUndecided, errors.Join(UsageErrorf("full"), ErrRefuted)), ExitRefuted},
		{errors.Join(ErrRefuted, errors.Join(&LimitError{"time"}, unknown)), ExitFault},
		{errors.Join(unknown, ErrInterrupted), ExitInterrupted},
	} {
		if got := ExitStatus(c.err); got != c.status {
			t.Errorf("%v: status %d, want %d", c.err, got, c.status)
		}
		if said := strings.Contains(Describe(c.err), FaultText); said != strings.Contains(Describe(c.err), unknown.Error()) {
			t.Errorf("%v is described as %q", c.err, Describe(c.err))
		}
	}
}

// What a command has found stays when its context ends; errors that the end has brought
// about, of whatever kind, give way to the cause.
func TestConclude(t *testing.T) {
	limit := &LimitError{"time limit of 1s reached"}
	ctx, cancel := context.WithCancelCause(t.Context())
	torn := UsageErrorf("f.json:7: cannot read: %v", limit)
	if err := conclude(ctx, torn); err != torn {
		t.Errorf("before the end: %v", err)
	}
	cancel(limit)
	full := UsageErrorf("cannot write f: no space left on device")
	for _, c := range []struct {
		err    error
		status int
		text   string
	}{
		{nil, ExitVerified, ""},
		{torn, ExitUndecided, limit.Text},
		{context.Canceled, ExitUndecided, limit.Text},
		{fmt.Errorf("row 7: %w", context.Canceled), ExitUndecided, limit.Text},
		{errors.Join(ErrRefuted, torn), ExitRefuted, limit.Text},
		{errors.Join(ErrUndecided, limit), ExitUndecided, limit.Text},
		{errors.Join(full, limit), ExitUsage, limit.Text + "\n" + full.Error()},
		// What was told before the end stays as it was told, and what came of the end afterwards is told beside it.
		{&told{ErrRefuted}, ExitRefuted, ""},
		{errors.Join(&told{ErrUndecided}, nil), ExitUndecided, ""},
		{errors.Join(&told{ErrRefuted}, torn), ExitRefuted, limit.Text},
		{errors.Join(errors.Join(&told{full}, context.Canceled)), ExitUsage, full.Error() + "\n" + limit.Text},
	} {
		err := conclude(ctx, c.err)
		if ExitStatus(err) != c.status || Describe(err) != c.text {
			t.Errorf("%v: status %d, %q, want %d, %q", c.err, ExitStatus(err), Describe(err), c.status, c.text)
		}
	}
}

// A panic in what a command waits for is a fault, with the command's advice.
func TestFaultsComeWithAdvice(t *testing.T) {
	command := Command{Advice: "another -order may do", Run: func(c *Call, _ []string) error {
		_, err := crew.Await(c.Limited(), func() (int, error) { panic("engine: the answer is wrong") })
		return err
	}}
	var stderr strings.Builder
	status := New(Table{{Make: func() Command { return command }}}, strings.NewReader(""), io.Discard, &stderr).Main([]string{"-x"})
	for _, want := range []string{"verify: engine: the answer is wrong\n", "verify: " + FaultText + "\n", "verify: another -order may do\n"} {
		if status != ExitFault || !strings.Contains(stderr.String(), want) {
			t.Errorf("status %d, no %q in %s", status, want, stderr.String())
		}
	}
}
