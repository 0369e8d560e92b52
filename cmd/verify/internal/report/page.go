package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"pstar/cmd/verify/internal/show"
	"pstar/theorems"
)

// What a page is made of. The style and the script go into it, so that it is one file.
var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string
)

// pageTemplate escapes what it is given for the place where it stands: titles and statements are
// texts of whoever wrote a theorem file. It is parsed when there is a page to write, not in every run
// of every command.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"grouped": grouped, "seconds": seconds}).Parse(pageText))
})

// grouped writes a number with spaces between groups of three digits. It takes any whole number,
// as templates do not convert them.
func grouped(n any) string { return show.Grouped(fmt.Sprint(n)) }

// seconds writes milliseconds in seconds.
func seconds(ms int64) string { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }

// page is what the template shows: the numbers of -json, and what is made of them to look at.
type page struct {
	*summary
	Style  template.CSS
	Script template.JS
	Chart  template.HTML
	Words  string // the counts, in words
	Facts  []fact // numbers of the head
	Rows   []*row // in the order of the run
	Tags   []*tag // in the order in which tasks have them
	Maps   []*heatMap
	Hosts  string // where it ran, and how many tasks each did
	// Measured and Certified say whether a task has times, and a certificate.
	Measured, Certified bool
	links               map[string]string // to certificates, by their names
}

// fact is a number of the head of the page, with its name.
type fact struct{ Name, Value string }

// row is a task of the table. Number is where it stands before anybody sorts, from 1, and ID
// what squares of maps lead to.
type row struct {
	*item
	Number int
	ID     string
}

// Name is what the task is called.
func (r *row) Name() string { return r.name() }

// Shown is what the command printed of the task: all of it where that was kept, since a line of
// a grid leaves out the numbers of a counterexample.
func (r *row) Shown() string {
	if r.Detail != "" {
		return r.Detail
	}
	return r.Text
}

// Short is what the claims come to, in a line.
func (r *row) Short() string {
	// Commands without claims have a summary at most, and one without either can be opened.
	text := r.Claims.ByStatus()
	if r.Summary != "" {
		text += "; " + show.Grouped(r.Summary)
	}
	return cmp.Or(strings.TrimPrefix(text, "; "), "details")
}

// StoppedOnes reports whether a task was stopped by its own limit.
func (p *page) StoppedOnes() bool {
	return slices.ContainsFunc(p.Rows, func(r *row) bool { return r.Stopped != "" })
}

// Why says why the task is undecided: at which limit, or which of its claims are open.
func (r *row) Why() string { return cmp.Or(r.Stopped, r.Claims.ByStatus()) }

// Wraps reports whether the name needs more than a line of its column.
func (r *row) Wraps() bool { return wraps(r.Name()) }

// wraps is about what is left for a name beside numbers on a desk.
func wraps(name string) bool { return utf8.RuneCountInString(name) > 24 }

// tag is a claim over all tasks.
type tag struct {
	Tag, Statement string
	Counts         []int  // by Statuses
	Of             string // the task that the statement is of, where another has it with other numbers
	first          string // the first task that has it
	tasks          int
	methods        []string       // in the order in which they first occur
	used           map[string]int // by methods: in how many tasks
}

// Wraps reports whether the name of the claim needs more than a line of its column.
func (t *tag) Wraps() bool { return wraps(t.Tag) }

// By lists the methods by which a claim was settled, with the number of tasks for those that
// were not at work in all.
func (t *tag) By() string {
	var list []string
	for _, m := range t.methods {
		if n := t.used[m]; n < t.tasks {
			m += " (" + grouped(n) + ")"
		}
		list = append(list, m)
	}
	return strings.Join(list, ", ")
}

// Statuses are the columns of the table of claims: those that a claim has, the worst first. A
// column of zeros would only make the table wider than a telephone.
func (r *summary) Statuses() []theorems.Status {
	unused := func(s theorems.Status) bool {
		return !slices.ContainsFunc(r.Items, func(x *item) bool {
			return slices.ContainsFunc(x.Claims, func(c theorems.Claim) bool { return c.Status == s })
		})
	}
	return slices.DeleteFunc([]theorems.Status{theorems.Refuted, theorems.Vacuous, theorems.Undecided, theorems.Proved, theorems.Found, theorems.Concluded, theorems.Checked}, unused)
}

// KnowsCommit reports whether the program that ran knew its commit. Files of -json have none.
func (r *summary) KnowsCommit() bool { return r.Commit != "" && r.Commit != "unknown" }

// LinkOf is where a certificate is.
func (p *page) LinkOf(file string) string { return p.links[file] }

// Refuted and Undecided list the tasks of a verdict, each in the order of the run.
func (p *page) Refuted() []*row   { return p.of(theorems.Falsified) }
func (p *page) Undecided() []*row { return p.of(theorems.Open) }

func (p *page) of(v theorems.Verdict) (list []*row) {
	for _, r := range p.Rows {
		if r.Verdict == v.String() {
			list = append(list, r)
		}
	}
	return list
}

// writePage writes the page: one file, with its style, its script and its figures in it.
func (r *summary) writePage(w io.Writer) error {
	p := &page{summary: r, Style: template.CSS(pageStyle), Script: template.JS(pageScript), Words: r.Counts.words(), links: map[string]string{}}
	hosts := map[string]int{} // tasks, by the machine
	var processor, clock, size int64
	for i, x := range r.Items {
		p.Rows = append(p.Rows, &row{x, i + 1, fmt.Sprintf("task-%d", i+1)})
		if m := x.Run; m != nil {
			p.Measured = true
			hosts[m.Host]++
			processor, clock = processor+m.Processor, clock+m.Milliseconds
		}
		if c := x.Certificate; c != nil {
			p.Certified = true
			size += c.Bytes
			p.links[c.File] = x.Link
		}
	}
	// The head of the page, in the order in which people ask.
	p.Facts = append(p.Facts, fact{"done", fmt.Sprintf("%s of %s", grouped(len(r.Items)), grouped(r.Tasks))})
	// Files of -json have neither times nor machines: what is not known is not shown.
	if p.Measured {
		// Processor time is the sum over threads, and may exceed that by the clock.
		p.Facts = append(p.Facts, fact{"processor time", seconds(processor) + " s"}, fact{"by the clock, task by task", seconds(clock) + " s"})
		var list []string
		// Sorted, so that the page of a run is the same each time it is made.
		for _, host := range slices.Sorted(maps.Keys(hosts)) {
			list = append(list, fmt.Sprintf("%s (%s)", host, show.Count(hosts[host], "task", "tasks")))
		}
		p.Hosts = strings.Join(list, ", ")
	}
	if p.Certified {
		p.Facts = append(p.Facts, fact{"certificates", fmt.Sprintf("%s, %s bytes", show.Count(len(p.links), "file", "files"), grouped(size))})
	}
	// All of it is made before anything is written: an error leaves no half page.
	p.Tags = r.tags(p.Statuses())
	p.Maps = p.heatMaps()
	p.Chart = p.chart()
	return pageTemplate().Execute(w, p)
}

// tags counts the statuses of each claim over all tasks. Claims of one tag are one statement,
// with other numbers in each task perhaps; it is shown as in the first task.
func (r *summary) tags(statuses []theorems.Status) (list []*tag) {
	// The second claim of a tag within a task is another statement than the first: the claims of
	// a theorem file all have its title.
	type place struct {
		tag string
		nth int
	}
	known := map[place]*tag{}
	// How a method ends that was at work on some of the instances of a task. How many is said where
	// the task is.
	onSome := regexp.MustCompile(` on [0-9]+$`)
	for _, x := range r.Items {
		before := map[string]int{} // claims of the task, by tag
		for _, c := range x.Claims {
			at := place{c.Tag, before[c.Tag]}
			before[c.Tag]++
			// The first task that has the claim gives it its place in the list and its words.
			t := known[at]
			if t == nil {
				t = &tag{Tag: c.Tag, Statement: c.Statement, first: x.name(), Counts: make([]int, len(statuses)), used: map[string]int{}}
				known[at] = t
				list = append(list, t)
			}
			// Else it would be read as if it were proved, or refuted, of all tasks in these words.
			if c.Statement != t.Statement {
				t.Of = t.first
			}
			// A status that is none of the columns is of no claim that a page counts.
			if i := slices.Index(statuses, c.Status); i >= 0 {
				t.Counts[i]++
			}
			t.tasks++
			for _, m := range c.Methods {
				m = onSome.ReplaceAllString(m, "")
				if t.used[m]++; t.used[m] == 1 {
					t.methods = append(t.methods, m)
				}
			}
		}
	}
	return list
}
