package polyhedra

import (
	"fmt"
	"math"
	"time"
)

// pace estimates the time that is left from the times at which rows were taken
// in. Late rows cost more than early ones: if the time up to row k grows as a
// power of k, the power shows in the times at k and at k/2. Rows that have gone in
// before the first report, as those of the first phase of a conversion, count as
// none. There is no estimate until a third of the others are in. It decides nothing.
type pace struct {
	start time.Time
	first int // rows that are not counted, or -1 before the first report
	at    map[int]time.Duration
	now   func() time.Time
}

// newPace has no report yet, and the clock of the machine, which tests replace.
func newPace() *pace {
	return &pace{start: time.Now(), first: -1, at: map[int]time.Duration{}, now: time.Now}
}

// left notes that row of rows is done, and of the next one the given part of a
// whole (0 of 0 between rows), and returns ", perhaps ... left" or that there is no estimate.
func (p *pace) left(row, rows, part, whole int) string {
	// The clock starts at the first report: what was before has another cost per row.
	if p.first < 0 {
		// Since the first report, which the clock starts with too.
		p.start, p.first = p.now(), row
	}
	row, rows = row-p.first, rows-p.first
	spent := p.now().Sub(p.start)
	done := float64(row)
	// Within a row the count is a fraction, and its time is no time of a whole row: not
	// kept.
	if whole > 0 {
		done += float64(part) / float64(whole)
	} else {
		p.at[row] = spent
	}
	// Half of the rows is the only earlier point that is looked at. Without it, or with
	// times too short to compare, a power could be anything.
	half, ok := p.at[row/2]
	if !ok || half <= 0 || 3*row < rows {
		return ", no estimate yet"
	}
	// Time is taken as c·row^power, so that log(t/t_half)/log(row/half) is the power. A
	// power below 1 would promise that rows become cheaper, which they do only by chance.
	power := math.Max(1, math.Log(float64(spent)/float64(half))/math.Log(done/float64(row/2)))
	rest := float64(spent) * (math.Pow(float64(rows)/done, power) - 1)
	// Beyond this the number would be noise, and a duration could overflow.
	if rest > float64(1000*time.Hour) {
		return ", more than 1000 hours left at this pace"
	}
	return fmt.Sprintf(", perhaps %v left", time.Duration(rest).Round(time.Second))
}

// steady estimates the time that is left of work of which each piece takes as long as any other,
// as the check of rays does. It decides nothing.
type steady struct {
	start time.Time
	first int // pieces that were done at the first report
	now   func() time.Time
}

// left notes that so many pieces are done, and returns ", perhaps ... left", or nothing at the
// first report, which has nothing to compare with.
func (s *steady) left(done, of int) string {
	if s.start.IsZero() {
		s.start, s.first = s.now(), done
		return ""
	}
	// Nothing done since then: the quotient has no value.
	if done <= s.first {
		return ""
	}
	// As if each piece took what those so far took.
	spent := s.now().Sub(s.start)
	rest := time.Duration(float64(spent) / float64(done-s.first) * float64(of-done))
	return fmt.Sprintf(", perhaps %v left", rest.Round(time.Second))
}
