// Command dist builds archives of a release: for each platform the programs, the pages of
// the manual, completions, the README, the documentation and the files of deploy/. Their
// bytes depend on the commit and the version of Go alone, so that whoever does not trust an
// archive builds it again and compares. Each thing that could differ is made not to:
//
//   - names are sorted, times are that of the commit, and nobody owns a file;
//   - permissions are those that a kind of file is to have, not those of the clone;
//   - programs are built without C, without paths of the machine and without a build number;
//   - files are those that git knows, whatever else lies in the clone;
//   - archives are packed by Go, not by programs of the system.
//
// This holds for a clone without changes; the version in the programs tells of others.
//
//	go run ./deploy/dist -o dist
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// platforms are those for which people asked; others build from the sources.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64"}

// main reads flags and nothing else; 2 is the status of bad usage and of what cannot be built.
func main() {
	out := flag.String("o", "dist", "write archives into this `folder`")
	only := flag.String("platforms", strings.Join(platforms, ","), "for these `platforms`")
	flag.Parse()
	if err := run(*out, strings.Split(*only, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(2)
	}
}

// file is one of an archive: its name in the folder of the release, with slashes.
// Contents are in memory: an archive has some tens of megabytes.
type file struct {
	name    string
	content []byte
	mode    fs.FileMode // of programs and scripts 0755, of all else 0644
}

// run writes an archive for each platform into a folder, and the digests of all into SHA256SUMS,
// which it prints, too. It is to run in the top folder of a clone.
func run(out string, platforms []string) error {
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	version, err := release()
	if err != nil {
		return err
	}
	when, err := committed()
	if err != nil {
		return err
	}
	// The same for all: pages and completions come from the command table, not the platform.
	common, err := texts(version)
	if err != nil {
		return err
	}
	// As sha256sum -c reads them.
	var sums strings.Builder
	for _, platform := range platforms {
		// As Go calls them.
		system, machine, _ := strings.Cut(platform, "/")
		files, err := programs(system, machine, version)
		if err != nil {
			return err
		}
		files = append(files, common...)
		// By name, whatever the order of maps and folders.
		slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
		name := fmt.Sprintf("pstar-%s-%s-%s", version, system, machine)
		// What people of a platform can open without asking.
		pack, ending := tarball, ".tar.gz"
		if system == "windows" {
			pack, ending = zipped, ".zip"
		}
		data, err := pack(name, files, when)
		// An archive that was there is replaced: it is the same, or of another commit.
		if err == nil {
			err = os.WriteFile(filepath.Join(out, name+ending), data, 0o666)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name+ending)
	}
	fmt.Print(sums.String())
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

// release is the newest number in the change log, which is its only place: the Makefile reads
// it from there, too.
func release() (string, error) {
	text, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return "", err
	}
	// Releases have three numbers. Headings of other kinds, such as of what is not released
	// yet, are passed over.
	m := regexp.MustCompile(`(?m)^## ([0-9]+\.[0-9]+\.[0-9]+)`).FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("CHANGELOG.md has no release")
	}
	return string(m[1]), nil
}

// committed is the time of the commit: the one time that everybody who builds it has.
func committed() (time.Time, error) {
	// That of the commit that is checked out.
	text, err := exec.Command("git", "log", "-1", "--format=%ct").Output()
	if err != nil {
		return time.Time{}, fmt.Errorf("git log: %w", err)
	}
	// In seconds, which is as fine as archives have it.
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return time.Unix(seconds, 0).UTC(), err
}

// programs are the commands for a platform, compiled for it on this one.
func programs(system, machine, release string) (list []file, err error) {
	dir, err := os.MkdirTemp("", "dist")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"verify", "certcheck"} {
		path := filepath.Join(dir, name)
		// Without C, so that no compiler and no library of this machine is in the program.
		if err := compile(name, release, path, "GOOS="+system, "GOARCH="+machine, "CGO_ENABLED=0"); err != nil {
			return nil, fmt.Errorf("%s for %s/%s: %v", name, system, machine, err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		// Windows starts no file without it.
		if system == "windows" {
			name += ".exe"
		}
		list = append(list, file{"bin/" + name, content, 0o755})
	}
	return list, nil
}

// compile builds a command. What the machine is called on which it is built, and where the
// sources are, is not in it: -trimpath and an empty -buildid see to that.
func compile(name, release, path string, environment ...string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=auto", "-ldflags=-s -w -buildid= -X pstar/internal/build.release="+release, "-o", path, "./cmd/"+name)
	cmd.Env = append(os.Environ(), environment...)
	if text, err := cmd.CombinedOutput(); err != nil {
		// With what the compiler said, which names file and line.
		return fmt.Errorf("%v\n%s", err, text)
	}
	return nil
}

// texts are what is the same for all platforms. The command that writes pages and completions
// is built like those of the archives, so that pages name the release and its day.
func texts(release string) (list []file, err error) {
	dir, err := os.MkdirTemp("", "dist")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	native := filepath.Join(dir, "verify.exe") // a name that every platform starts
	if err := compile("verify", release, native); err != nil {
		return nil, err
	}
	if text, err := exec.Command(native, "man", "-o", filepath.Join(dir, "man")).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%v\n%s", err, text)
	}
	// Under the names that shells look for.
	for shell, name := range map[string]string{"bash": "verify", "zsh": "_verify", "fish": "verify.fish"} {
		text, err := exec.Command(native, "completion", shell).Output()
		if err != nil {
			return nil, err
		}
		list = append(list, file{"completions/" + shell + "/" + name, text, 0o644})
	}
	// Files that git knows, so that what lies about in a clone does not get into an archive.
	// Theorem files are the examples of the documentation.
	tracked, err := exec.Command("git", "ls-files", "README.md", "CHANGELOG.md", "CITATION.cff", "docs", "deploy", "fixtures/theorems", "certificate/kernel/FORMAT.md").Output()
	if err != nil {
		return nil, err
	}
	paths := map[string]string{} // in the archive, to those here
	for name := range strings.FieldsSeq(string(tracked)) {
		// Commands of deploy/ build archives and pages: they are for a clone.
		if !strings.HasSuffix(name, ".go") {
			paths[name] = name
		}
	}
	pages, err := filepath.Glob(filepath.Join(dir, "man", "*.1"))
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		paths["man/man1/"+filepath.Base(page)] = page
	}
	// In no order: who packs them sorts.
	for name, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		// Not those of the files here, which are a matter of the umask.
		mode := fs.FileMode(0o644)
		if strings.HasSuffix(name, ".sh") {
			mode = 0o755
		}
		list = append(list, file{name, content, mode})
	}
	return list, nil
}

// tarball packs files below a folder. Neither names of users nor the time at which it was packed
// are in it: headers have them only if they are set.
func tarball(folder string, files []file, when time.Time) ([]byte, error) {
	var b bytes.Buffer
	// Without a name and a time in its header, which gzip on a command line would put there.
	packed, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(packed)
	// PAX, which has no limits on names and is the format that Go writes the same each time.
	for _, f := range files {
		h := &tar.Header{Name: folder + "/" + f.name, Mode: int64(f.mode), Size: int64(len(f.content)), ModTime: when, Format: tar.FormatPAX}
		if err := w.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, err
		}
	}
	// The archive ends first, within what is packed.
	err = errors.Join(w.Close(), packed.Close())
	return b.Bytes(), err
}

// zipped is tarball for platforms that have zip. Its times have no zone: they are given in UTC.
func zipped(folder string, files []file, when time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: when}
		h.SetMode(f.mode)
		part, err := w.CreateHeader(h)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}
