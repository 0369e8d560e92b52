package doubledesc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pstar/cone"
	"pstar/format/ine"
)

// tooLarge are the files of the collections of lrslib and cddlib that take more than some
// seconds, by what makes them so. CORPUS_LONG tries them too, for ten minutes each.
var tooLarge = map[string]string{
	"ine_cocoa13_bv7.ine": "a Birkhoff polytope", "ine_cocoa13_bv8.ine": "a Birkhoff polytope", "ine_cocoa13_bv9.ine": "a Birkhoff polytope",
	"ine_cocoa13_bv10.ine": "a Birkhoff polytope", "ine_test-062_bv7.ine": "a Birkhoff polytope",
	"ine_cocoa13_perm8.ine": "a permutahedron", "ine_cocoa13_perm9.ine": "a permutahedron", "ine_cocoa13_perm10.ine": "a permutahedron", "ine_test-062_perm10.ine": "a permutahedron",
	"ine_cocoa13_mit.ine": "729 degenerate rows", "ine_mit_mit.ine": "729 degenerate rows", "ine_test_mit.ine": "729 degenerate rows",
	"ine_test-062_mit.ine": "729 degenerate rows", "ext_test_Mit.ext": "729 degenerate rows",
	"ine_mit_mit708-9.ine": "many facets", "ine_mit_mit71-61.ine": "many vertices", "ine_test-062_mit71-61.ine": "many vertices", "ine_mit_mit90-86.ine": "many vertices",
	"ine_test-062_fq48-19.ine": "many vertices", "ine_test-062_zfw91.ine": "many vertices", "ine_test-062_zfw91nn.ine": "many vertices",
	"ext_metric_cp7.ext":     "116 764 facets",
	"ine_cocoa13_c28-14.ext": "a cyclic polytope", "ine_cocoa13_c30-15.ext": "a cyclic polytope", "ine_cocoa13_c40-20.ext": "a cyclic polytope",
	"ext_test_c30-15.ext": "a cyclic polytope", "ine_test-062_c30-15.ext": "a cyclic polytope", "ine_test-062_c40-20.ext": "a cyclic polytope",
	"ext_test_cyclic25_13.ext": "a cyclic polytope",
}

// errTooMuch ends a conversion that takes more than the test allows.
var errTooMuch = errors.New("takes more than this test allows")

// TestCorpus converts the files of a folder that POLYHEDRA names, such as the examples
// of lrslib and cddlib, with one worker and two in different orders, and compares the
// number of rows with the file counts.tsv there, where that has one: name, rows that
// lcdd prints, totals of lrs. With lrs or scdd installed it compares the rows themselves,
// of files that are not large. A file of which the conversion takes more than a minute
// or a million rays in between, and which is not known as too large, fails the test.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("POLYHEDRA")
	if folder == "" {
		t.Skip("POLYHEDRA names no folder")
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*.*e*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d files in %s, %v", len(paths), folder, err)
	}
	counts := readCounts(t, filepath.Join(folder, "counts.tsv"))
	long := os.Getenv("CORPUS_LONG") != ""
	done := 0
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			why, large := tooLarge[name]
			if large && !long {
				t.Skip(why)
			}
			in, err := ine.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			limit, rays := time.Minute, 1_000_000
			if large {
				limit, rays = 10*time.Minute, math.MaxInt
			}
			first, err := convertWithin(t, in, Options{Workers: 1}, limit, rays)
			if errors.Is(err, errTooMuch) && large {
				t.Skipf("%s: not done in %v", why, limit)
			}
			if err != nil {
				t.Fatal(err)
			}
			second, err := convertWithin(t, in, Options{Workers: 2, Order: LexMin}, min(limit, 10*time.Second), rays)
			if err == nil && text(t, first.Out) != text(t, second.Out) {
				t.Error("two orders give different rows")
			} else if err != nil && !errors.Is(err, errTooMuch) {
				t.Error(err)
			}
			if want, ok := counts[name]; ok {
				if problem := want.differs(first.Out); problem != "" {
					t.Error(problem)
				}
			}
			comparePeers(t, path, in, first.Out)
			done++
		})
	}
	if known := len(paths) - len(tooLarge); done < known {
		t.Errorf("%d files done, want %d", done, known)
	}
}

// The rows that lrs and cddlib print, of the polyhedra among the fixtures.
func TestConversionsAgreeWithPeers(t *testing.T) {
	paths, err := filepath.Glob("../fixtures/polyhedra/*.*e*")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	for _, path := range paths {
		in, err := ine.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		comparePeers(t, path, in, converted(t, &in.Polyhedron, Options{}).Out)
	}
}

// convertWithin converts within limits of time and of rays in between.
func convertWithin(t *testing.T, in *ine.File, o Options, limit time.Duration, rays int) (*Conversion, error) {
	t.Helper()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	ctx, stop := context.WithTimeoutCause(ctx, limit, errTooMuch)
	defer stop()
	o.Progress = func(p Progress) {
		if p.Rays > rays {
			cancel(errTooMuch)
		}
	}
	return Convert(ctx, &in.Polyhedron, o)
}

// expected is what other programs say of a file.
type expected struct {
	lcdd string         // rows printed, or "-"
	lrs  map[string]int // totals, "facets" among them
}

var total = regexp.MustCompile(`(?:^| )([a-z]+)=([0-9]+)`)

// readCounts reads the file of counts, if there is one.
func readCounts(t *testing.T, path string) map[string]expected {
	t.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]expected{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		e := expected{lcdd: cells[1], lrs: map[string]int{}}
		for _, m := range total.FindAllStringSubmatch(strings.ReplaceAll(cells[2], "+", ""), -1) {
			e.lrs[m[1]], _ = strconv.Atoi(m[2])
		}
		counts[cells[0]] = e
	}
	return counts
}

// differs compares the kinds of rows with what others count. They count in their own way:
// lcdd prints no apex of a cone, of which the only vertex is the origin, and the row 1 >= 0
// of what is unbounded; lrs stops where an option after the rows tells it to, prints a ray
// once for each vertex that it leaves, and writes its options into the same file, so that its
// count is taken only where lcdd has none.
func (e expected) differs(out *cone.Polyhedron) string {
	vertices, others, lines, origin := 0, 0, 0, false
	for _, r := range out.Rows {
		switch {
		case r.Linear:
			lines++
		case out.Representation == cone.VRepresentation && r.IsVertex():
			vertices++
			origin = origin || len(r.Vector) == 1
		default:
			others++
		}
	}
	rows := vertices + others + lines
	if want, err := strconv.Atoi(e.lcdd); err == nil {
		apex := vertices == 1 && origin && rows-1 == want
		if rows != want && !apex {
			return fmt.Sprintf("%d rows, lcdd prints %d", rows, want)
		}
		return ""
	}
	if n, ok := e.lrs["facets"]; ok && n != others {
		return fmt.Sprintf("%d facets, lrs prints %d", others, n)
	}
	if n, ok := e.lrs["vertices"]; ok && n != vertices {
		return fmt.Sprintf("%d vertices, lrs prints %d", vertices, n)
	}
	return ""
}

// comparePeers converts a file by the other programs that are installed and compares the
// polyhedra that they print with ours, converted once more from both sides.
func comparePeers(t *testing.T, path string, in *ine.File, ours *cone.Polyhedron) {
	const rows, limit = 400, 5 * time.Second
	if len(ours.Rows) > rows || len(in.Rows) > rows {
		return
	}
	want := text(t, ours)
	if len(ours.Rows) == 0 || emptyRows(ours) {
		return // the programs print what is empty each in its own way
	}
	for _, peer := range [][]string{{"lrs"}, {"lcdd_gmp"}, {"cddexec_gmp", "--rep"}} {
		command, err := exec.LookPath(peer[0])
		if err != nil {
			continue
		}
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		cmd := exec.CommandContext(ctx, command, peer[1:]...)
		bare, err := bareFile(in)
		if err != nil {
			t.Fatal(err)
		}
		if peer[0] == "lrs" || peer[0] == "lcdd_gmp" {
			name := filepath.Join(t.TempDir(), "bare.ine")
			if err := os.WriteFile(name, bare, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd.Args = append(cmd.Args, name)
		} else {
			cmd.Stdin = bytes.NewReader(bare)
		}
		out, err := cmd.Output()
		cancel()
		if err != nil || !bytes.Contains(out, []byte("\nend")) {
			t.Logf("%s gives no answer: %v", peer[0], err)
			continue
		}
		// lrs begins anew, in the middle of a line, when its numbers grow too long.
		out = out[max(0, bytes.LastIndex(out, []byte("-representation"))-1):]
		theirs, err := ine.Read(bytes.NewReader(out), peer[0])
		if err != nil {
			t.Errorf("%s: %v", peer[0], err)
			continue
		}
		if got := text(t, again(t, again(t, &theirs.Polyhedron))); got != want {
			t.Errorf("%s prints another polyhedron:\n%s\nours:\n%s", peer[0], got, want)
		}
	}
}

// bareFile writes a file anew without its options, which can tell lrs to stop early.
func bareFile(in *ine.File) ([]byte, error) {
	var b bytes.Buffer
	bare := ine.File{Polyhedron: in.Polyhedron}
	err := bare.Write(&b)
	return b.Bytes(), err
}

// again converts a polyhedron.
func again(t *testing.T, p *cone.Polyhedron) *cone.Polyhedron {
	t.Helper()
	return converted(t, p, Options{}).Out
}

// emptyRows reports whether rows say -1 >= 0.
func emptyRows(p *cone.Polyhedron) bool {
	return p.Representation == cone.HRepresentation && slices.ContainsFunc(p.Rows, func(r cone.Row) bool {
		return len(r.Vector) == 1 && r.Vector[0].Index == 0 && r.Vector[0].Value.Sign() < 0
	})
}
