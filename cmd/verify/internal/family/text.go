package family

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"pstar/cmd/verify/internal/show"
	"pstar/internal/each"
	"pstar/theorems"
)

// printReport prints a report: title, what comes before the claims, one line for each of
// them, what comes after, and the verdict.
func (j *job) printReport(w io.Writer, r *theorems.Report) {
	// Claims of some families say by themselves what they are about.
	if r.Title != "" {
		fmt.Fprintln(w, r.Title)
	}
	printBlocks(w, r.Before)
	width := 0 // of tags, most of which are short
	for _, c := range r.Claims {
		// A single long tag moves its own line alone, and not the column of all.
		width = max(width, min(len(c.Tag), 8))
	}
	for _, c := range r.Claims {
		fmt.Fprintf(w, "%-*s  %s  %s%s\n", width, c.Tag, j.Painted(fmt.Sprintf("%-9s", c.Status)), c.Statement, basis(c))
	}
	printBlocks(w, r.After)
	fmt.Fprintf(w, "verdict: %s\n", verdict(j.Painted, r.Claims))
}

// printBlocks prints lines and tables.
func printBlocks(w io.Writer, blocks []theorems.Block) {
	for _, b := range blocks {
		if b.Table == nil {
			fmt.Fprintln(w, b.Line)
		} else {
			show.Table(w, b.Table)
		}
	}
}

// basis says what the status of a claim rests on.
func basis(c theorems.Claim) string {
	var parts []string
	// Grouped digits, as numbers of instances may have seven of them.
	if c.Scope != "" {
		parts = append(parts, show.Grouped(c.Scope))
	}
	if len(c.Methods) > 0 {
		parts = append(parts, strings.Join(c.Methods, ", "))
	}
	// The statement says all there is to say.
	if parts == nil {
		return ""
	}
	return "  [" + strings.Join(parts, "; ") + "]"
}

// verdict names the verdict and which claims are proved, checked and so on, unless a tag
// has two standings: for all instances and for this one.
func verdict(painted func(string) string, claims theorems.Claims) string {
	word := painted(claims.Verdict().String())
	seen := map[string]bool{}
	for _, c := range claims {
		// The list by status would have the tag twice, and say two things of it.
		if seen[c.Tag] {
			return word
		}
		seen[c.Tag] = true
	}
	// Where nothing was claimed there is no list.
	if len(claims) == 0 {
		return word
	}
	return fmt.Sprintf("%s (%s)", word, claims.ByStatus())
}

// lineWidth is that of a terminal, which lines of a grid fit.
const lineWidth = 80

// line is the line of a task in a grid; what does not fit goes on in the next one, further
// to the right. Colours are put in last: they have no width.
func (j *job) line(r *theorems.Report) string {
	unpainted := func(word string) string { return word }
	text := r.Title + ": " + withoutPrefixes(verdict(unpainted, r.Claims))
	// What goes on in the next line is indented, so that each task begins at the left.
	const further = "\n  "
	// In letters and not in bytes: statements have Greek ones.
	if utf8.RuneCountInString(text) > lineWidth {
		text = strings.ReplaceAll(show.Fill(text, lineWidth-len(further)+1), "\n", further)
	}
	if r.Summary != "" {
		summary, between := show.Grouped(r.Summary), "; "
		last := text[strings.LastIndex(text, "\n")+1:]
		// The summary is not broken, since it is a number with its unit.
		if utf8.RuneCountInString(last+between+summary) > lineWidth {
			between = ";" + further
		}
		text += between + summary
	}
	// The first place alone, behind the title: statements may have the same word.
	word := r.Claims.Verdict().String()
	return strings.Replace(text, r.Title+": "+word, r.Title+": "+j.Painted(word), 1)
}

// tagAfter is a list of tags, of two or more.
// Such as MD-T1, MD-T2.
var tagAfter = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b[A-Z]+-[^\s,;()]+(, [A-Z]+-[^\s,;()]+)+`)
})

// withoutPrefixes leaves out what a tag has in common with the one before it in a list:
// "MD-T1, T2, T3".
func withoutPrefixes(list string) string {
	return tagAfter().ReplaceAllStringFunc(list, func(tags string) string {
		// Tags of another paper in the list keep their prefix.
		prefix, _, _ := strings.Cut(tags, "-")
		return strings.ReplaceAll(tags, ", "+prefix+"-", ", ")
	})
}

// printTotal prints the last line of a grid, and which certificates are missing.
func (j *job) printTotal(w io.Writer, verdict string, done []*theorems.Report, g jsonGrid) {
	// Of those that are done: what is missing counts as asked for only.
	verified := each.Count(done, func(r *theorems.Report) bool { return r.Claims.Verdict() == theorems.Verified })
	fmt.Fprintf(w, "verdict: %s, %d of %d cells verified", j.Painted(verdict), verified, g.Asked)
	if len(g.Missing) > 0 {
		fmt.Fprintf(w, "; not written: %s, %s", show.Count(len(g.Missing), "certificate", "certificates"), strings.Join(g.Missing, " "))
	}
	fmt.Fprintln(w)
}
