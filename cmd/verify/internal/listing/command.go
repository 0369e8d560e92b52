package listing

import (
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/cmd/verify/internal/suggest"
	"pstar/theorems"
)

// ListCommand lists the rows of a registry.
//
// The registry is asked for when the command runs: to make it takes time that other
// commands need not spend.
func ListCommand(registry func() *theorems.Registry) run.Command {
	return run.Command{
		Name:    "list",
		Usage:   "[TAG-PREFIX]",
		Summary: "lists every statement of the papers with its standing",
		Long: `Lists the theorems, lemmas, algorithms, examples, figures and tables of the three papers,
and some statements that they do not number, one line each: tag, number, the best standing
that the commands reach, whether Coq proves it in general, and the statement. Statements
that no command settles are "out of reach"; "verify explain TAG" says why, and by which
command the others are shown.`,
		Run: func(c *run.Call, args []string) error { return runList(c, args, registry()) },
	}
}

// runList prints the rows that the flags choose.
//
// Wrong keys, statuses and tags are bad usage, with what may have been meant.
func runList(c *run.Call, args []string, registry *theorems.Registry) error {
	var filter Filter
	var paper, status string
	var asJSON, whole bool
	f := c.Flags()
	// What is not given chooses all rows.
	f.StringVar(&paper, "paper", "", "only the `paper` with this key: IS, MD or CRS, or ours for what is in none")
	f.StringVar(&status, "status", "", "only rows of this `status` of the engine: "+standings())
	f.BoolVar(&whole, "whole", false, "do not cut statements at 110 letters")
	f.JSON(&asJSON)
	// Two prefixes could mean either or both.
	prefix, err := f.AtMostOne(args)
	if err != nil {
		return err
	}
	filter.Prefix = prefix
	// Keys and statuses are few, and a wrong one is told with all that there are.
	if err := filter.Parse(registry, paper, status); err != nil {
		return run.UsageErrorf("%v", err)
	}
	// In the order of the registry.
	list := filter.Chosen(registry)
	// An empty list is an answer where paper or status was asked for; of a tag it is a slip.
	if len(list) == 0 && filter == (Filter{Prefix: filter.Prefix}) {
		return run.UsageErrorf("no tag begins with %q%s", filter.Prefix, suggest.DidYouMean(filter.Prefix, tags(registry), show.Quoted))
	}
	if asJSON {
		c.PrintReport(run.Solved, nil, struct {
			Papers   []theorems.Paper   `json:"papers"`
			Theorems []theorems.Theorem `json:"theorems"`
		}{registry.Papers, list})
		return nil
	}
	// One row stays on one line of a wide terminal; the statement is cut, not the standing.
	width := 110
	if whole {
		width = 0
	}
	List(c.Stdout, registry.Papers, filter.Paper, list, width)
	return nil
}

// tags lists all tags, for what may have been meant.
func tags(registry *theorems.Registry) (list []string) {
	for _, t := range registry.All() {
		list = append(list, t.Tag)
	}
	return list
}

// ExplainCommand explains one row of a registry.
//
// It decides nothing: what it says is what the registry has.
func ExplainCommand(registry func() *theorems.Registry) run.Command {
	return run.Command{
		Name:    "explain",
		Usage:   "TAG",
		Summary: "explains one statement: source, standing, command",
		Long: `Says what is known about the statement with this tag ("verify list" has them), or with a
number in a paper such as MD Theorem 3: where it stands, how far the commands get and what
Coq proves in general, side by side, the command that shows it, and the misprint if the
printed statement or its proof has one.`,
		Run: func(c *run.Call, args []string) error { return runExplain(c, args, registry()) },
	}
}

// runExplain prints one row in full.
func runExplain(c *run.Call, args []string, registry *theorems.Registry) error {
	var asJSON bool
	// -json and -h are all its flags.
	f := c.Flags()
	f.JSON(&asJSON)
	rest, err := f.Parse(args)
	if err != nil {
		return err
	}
	// No default: to explain all rows is what the list is for.
	if len(rest) == 0 {
		return run.UsageErrorf("which statement? give a tag, such as MD-T3; \"verify list\" has them")
	}
	// A place such as MD Theorem 3 is three arguments.
	name := strings.Join(rest, " ")
	// By tag, or by place in a paper.
	t, ok := registry.Find(name)
	if !ok {
		return run.UsageErrorf("no statement has the tag %q; \"verify list\" has them%s", name, suggest.DidYouMean(name, tags(registry), show.Quoted))
	}
	// The whole row, with what the text arranges in columns.
	if asJSON {
		c.PrintReport(run.Solved, nil, t)
	} else {
		Explain(c.Stdout, t)
	}
	return nil
}
