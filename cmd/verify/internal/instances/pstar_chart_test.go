package instances_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

var (
	svgFrame = regexp.MustCompile(`<clipPath[^>]*><rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"`)
	svgMark  = regexp.MustCompile(`<circle cx="([^"]+)" cy="([^"]+)" r="([^"]+)"`)
	svgUp    = regexp.MustCompile(`text-anchor="end"[^>]*>([0-9.−]+)<`)
)

// floats reads what a pattern has found.
func floats(t *testing.T, found []string) (list []float64) {
	t.Helper()
	for _, text := range found {
		v, err := strconv.ParseFloat(strings.Replace(text, "−", "-", 1), 64)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// The marks lie within the frame, which would cut them, and the axis marks probabilities: none above 1 or below 0.
func TestPStarFigureHasRoomForItsMarks(t *testing.T) {
	for _, c := range []struct {
		args  string
		marks int
	}{
		{"-k 1..8 -p 1/3,1/3,1/3 -q 1/3,0,2/3", 8},
		{"-k 1..3 -p 1/2,1/2 -q 1/2,1/2", 3},
		{"-k 1..3 -p 1,0 -q 0,1", 3},
		{"-k 2 -p 1/2,1/2 -q 1/4,3/4", 1},
		{"-k 1..300 -p 1/2,1/2 -q 1/4,3/4", 300},
		{"-k 1..2 -p 99/100,1/100 -q 98/100,2/100", 2},
	} {
		file := filepath.Join(t.TempDir(), "k.svg")
		expect(t, run.ExitVerified, append(strings.Fields("pstar "+c.args), "-figure", file))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := svgFrame.FindStringSubmatch(string(data))
		if found == nil {
			t.Fatalf("%s: no frame in\n%.500s", c.args, data)
		}
		frame := floats(t, found[1:])
		marks := svgMark.FindAllStringSubmatch(string(data), -1)
		if len(marks) != c.marks {
			t.Errorf("%s: %d marks, want %d", c.args, len(marks), c.marks)
		}
		for _, m := range marks {
			at := floats(t, m[1:])
			x, y, r := at[0]-frame[0], at[1]-frame[1], at[2]
			if x < r || y < r || x > frame[2]-r || y > frame[3]-r {
				t.Errorf("%s: the frame %v cuts the mark %v", c.args, frame, at)
			}
		}
		labels := svgUp.FindAllStringSubmatch(string(data), -1)
		if len(labels) < 2 {
			t.Errorf("%s: %d labels at the axis", c.args, len(labels))
		}
		for _, label := range labels {
			if v := floats(t, label[1:])[0]; v < 0 || v > 1 {
				t.Errorf("%s: a probability of %v is marked", c.args, v)
			}
		}
	}
}
