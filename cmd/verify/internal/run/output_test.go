package run

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func saying(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func TestWriteFileReplacesAsAWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := new(Call).WriteFile(path, saying("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken off")
	err := new(Call).WriteFile(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("half", 10_000))
		return broken
	})
	if err == nil || ExitStatus(err) != ExitUsage || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("a failed write gives %v", err)
	}
	if got := contentOf(t, path); got != "old" {
		t.Errorf("a failed write leaves %d bytes", len(got))
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
}

func TestWriteFileFollowsLinksAndKeepsPermissions(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	if err := new(Call).WriteFile(link, saying("new")); err != nil {
		t.Fatal(err)
	}
	if got := contentOf(t, target); got != "new" {
		t.Errorf("the target of the link has %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if info, _ := os.Stat(target); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v", info.Mode())
	}
	defer umask(t, 0o077)()
	fresh := filepath.Join(dir, "fresh")
	if err := new(Call).WriteFile(fresh, saying("x")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(fresh); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions of a new file under umask 077: %v", info.Mode())
	}
}

// A link to what is not there yet stays, and its target is made.
func TestWriteFileMakesTheTargetOfALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, l := range [][2]string{{"../target", "a/second"}, {"a/second", "first"}, {"a/b", "folder"}, {"../third", "a/b/up"}} {
		if err := os.Symlink(l[0], filepath.Join(dir, l[1])); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"first": "target", "folder/up": "a/third", "folder/../fourth": "a/fourth"} {
		path := dir + "/" + name // not joined: that would shorten it
		if err := new(Call).CheckWritable(path); err != nil {
			t.Fatal(err)
		}
		if err := new(Call).WriteFile(path, saying(name)); err != nil {
			t.Fatal(err)
		}
		if got := contentOf(t, filepath.Join(dir, target)); got != name {
			t.Errorf("%s: the target has %q", name, got)
		}
	}
	for _, name := range []string{"first", "a/second", "a/b/up"} {
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the link %s is gone: %v", name, err)
		}
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := new(Call).WriteFile(loop, saying("x")); err == nil {
		t.Error("a link to itself can be written")
	}
}

// litter are files of runs that were killed: two beside c.json, one beside other, and
// three that only look like it.
var litter = []string{".c.json.verify-1-0.tmp", ".c.json.verify-99999999-3.tmp", ".other.verify-1-0.tmp", ".c.json.verify-1.tmp", "c.json.verify-1-0.tmp", ".c.json.tmp1-0"}

// What killed runs have left goes; what runs that last are writing stays.
func TestLitterOfKilledRuns(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "c.json")
	for _, name := range litter {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := new(Call)
	lasting, err := other.temps.create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := new(Call).CheckWritable(path); err != nil {
		t.Fatal(err)
	}
	left := strings.Join(litter[2:], " ")
	if got := listing(t, dir, lasting.Name()); got != left {
		t.Errorf("left: %s, want %s", got, left)
	}
	if _, err := os.Stat(lasting.Name()); err != nil {
		t.Errorf("the file of a run that lasts is gone: %v", err)
	}
	other.temps.giveUp()
	ClearLitter(dir + "/")
	if got, want := listing(t, dir, ""), strings.Join(litter[3:], " "); got != want {
		t.Errorf("left in the folder: %s, want %s", got, want)
	}
	if err := other.WriteFile(path, saying("x")); err == nil {
		t.Error("a command that has been given up writes a file")
	}
}

// listing returns the names in a folder but for one, in the order of litter.
func listing(t *testing.T, dir, but string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if filepath.Join(dir, e.Name()) != but {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Index(litter, a) - slices.Index(litter, b) })
	return strings.Join(names, " ")
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
