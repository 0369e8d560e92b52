package cells

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
)

// The main job, with a report that has something wrong in it.
func TestCellCertificateThatTheCheckerRefuses(t *testing.T) {
	report, err := cell.Verify(context.Background(), 2, 3, cell.Options{
		Instances: 1, Models: multidraft.Models(), Seed: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	c := run.New(nil, nil, &stdout, &stderr)
	job := &cellJob{call: c, talk: run.NewTalk(&stderr, "off")}
	path := filepath.Join(t.TempDir(), "c.json.gz")
	if err := job.certify(report, path); err != nil {
		t.Fatal(err)
	}
	before := contentOf(t, path)
	report.Instances[0].Agreement.Value = rational.NewRat(1, 7)
	err = job.certify(report, path)
	if err == nil || run.ExitStatus(err) != run.ExitFault || !strings.Contains(err.Error(), "our own checker refuses the certificate, at statement") {
		t.Errorf("status %d, %v", run.ExitStatus(err), err)
	}
	if contentOf(t, path) != before {
		t.Error("the certificate that stood there is gone")
	}
	if status := run.ExitStatus(errors.Join(run.ErrRefuted, err)); status != run.ExitFault {
		t.Errorf("a refutation hides a fault: status %d", status)
	}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
