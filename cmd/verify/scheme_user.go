package main

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// user checks a selection rule of the user's own.
func (job *schemeJob) user(ctx context.Context, t *task, path string) error {
	data, err := job.readInput(path)
	if err != nil {
		return err
	}
	rule, err := parseRule(path, data)
	if err != nil {
		return usageErrorf("%v", err)
	}
	s := t.setting
	if rule.k != 0 && rule.k != s.K() || rule.n != 0 && rule.n != s.N() {
		return usageErrorf("%s: the rule is for K = %d, n = %d, the instance has K = %d, n = %d", path, rule.k, rule.n, s.K(), s.N())
	}
	table := &rule.table
	if rule.beta && table.Accept == nil {
		if table, err = s.Speculative(table); err != nil {
			return usageErrorf("%s: %v", path, err)
		}
	}
	report, err := s.CheckRule(ctx, table)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		return usageErrorf("%s: %v", path, err)
	}
	if job.json {
		job.printJSON(userJSON(t, report))
	} else {
		job.printUser(t, report)
	}
	if !report.IsRule() || !report.Lossless() {
		return errRefuted
	}
	return nil
}

func (job *schemeJob) printUser(t *task, r *multidraft.RuleReport) {
	w := job.stdout
	printTask(w, t)
	if r.IsRule() {
		fmt.Fprintln(w, "selection rule: yes, each row is a probability law")
	}
	for j, fault := range r.Faults {
		if j == shownTokens {
			fmt.Fprintf(w, "selection rule: NO, and %d more faults\n", len(r.Faults)-j)
			break
		}
		fmt.Fprintf(w, "selection rule: NO, %s\n", fault)
	}
	fmt.Fprintf(w, "acceptance: %s\n", exact(r.Drafted))
	fmt.Fprintf(w, "P*(acc): %s\n", exact(r.Best))
	fmt.Fprintf(w, "gap to P*: %s\n", exact(r.Gap))
	printLaw(w, t, r.Law, r.Wrong)
	if r.Optimal() {
		fmt.Fprintln(w, "optimal: yes")
	} else {
		fmt.Fprintln(w, "optimal: no")
	}
}

type jsonUser struct {
	Rule       bool           `json:"rule"`
	Faults     []string       `json:"faults,omitempty"`
	Acceptance rational.Rat   `json:"acceptance"`
	Best       rational.Rat   `json:"best"`
	Gap        rational.Rat   `json:"gap"`
	Lossless   bool           `json:"lossless"`
	Optimal    bool           `json:"optimal"`
	Wrong      string         `json:"first_wrong_token,omitempty"`
	Law        []rational.Rat `json:"law"`
}

func userJSON(t *task, r *multidraft.RuleReport) jsonUser {
	j := jsonUser{Rule: r.IsRule(), Faults: r.Faults, Acceptance: r.Drafted, Best: r.Best, Gap: r.Gap,
		Lossless: r.Lossless(), Optimal: r.Optimal(), Law: r.Law}
	if !r.Lossless() {
		j.Wrong = t.name(r.Wrong)
	}
	return j
}

// userRule is a rule as its file gives it.
type userRule struct {
	k, n  int // 0: not given
	beta  bool
	words int // rows for words
	table multidraft.Table
}

// parseRule reads a rule from a JSON object.
func parseRule(name string, data []byte) (*userRule, error) {
	r := newJSONReader(name, 1, data)
	rule := &userRule{}
	given := ""
	err := r.object("", func(key string) (known bool, err error) {
		switch key {
		case "k":
			rule.k, err = r.integer("k")
		case "n":
			rule.n, err = r.integer("n")
		case "beta", "rule":
			if given != "" {
				return true, r.fail(key, "there is %q already", given)
			}
			given, rule.beta = key, key == "beta"
			err = rule.rows(r, key)
		case "accept":
			rule.table.Accept, err = r.rats("accept")
		case "residual":
			rule.table.Residual, err = r.rats("residual")
		default:
			return false, nil
		}
		return true, err
	})
	if err == nil {
		err = r.end()
	}
	switch {
	case err != nil:
		return nil, err
	case given == "":
		return nil, r.fail("", "expected \"beta\" or \"rule\"")
	case (rule.table.Accept == nil) != (rule.table.Residual == nil):
		return nil, r.fail("", "\"accept\" and \"residual\" go together")
	case !rule.beta && rule.table.Accept != nil:
		return nil, r.fail("", "\"accept\" goes with \"beta\": \"rule\" is the law of the output itself")
	case rule.words > 0 && rule.words < len(rule.table.Rows):
		return nil, r.fail(given, "some rows are for sets and some for words")
	}
	rule.table.ByWord = rule.words > 0
	return rule, nil
}

func (rule *userRule) rows(r *jsonReader, place string) error {
	return r.list(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		var row multidraft.Row
		chosen := false
		err := r.object(here, func(key string) (known bool, err error) {
			switch key {
			case "set", "word":
				if row.Drafts != nil {
					return true, r.fail(here, "both \"set\" and \"word\"")
				}
				if key == "word" {
					rule.words++
				}
				row.Drafts, err = r.tokens(here + "." + key)
			case "choose":
				chosen = true
				err = chooseRow(r, here+".choose", &row)
			default:
				return false, nil
			}
			return true, err
		})
		if err == nil && (len(row.Drafts) == 0 || !chosen) {
			err = r.fail(here, "expected \"set\" (or \"word\") and \"choose\"")
		}
		rule.table.Rows = append(rule.table.Rows, row)
		return err
	})
}

// chooseRow reads a list of pairs [token, weight].
func chooseRow(r *jsonReader, place string, row *multidraft.Row) error {
	return r.list(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		length := 0
		err := r.list(here, func(j int) (err error) {
			length++
			switch j {
			case 0:
				var token int
				token, err = r.integer(here)
				row.Tokens = append(row.Tokens, token-1)
			case 1:
				var weight rational.Rat
				weight, err = r.rat(here)
				row.Weights = append(row.Weights, weight)
			default:
				err = r.fail(here, "expected a pair [token, weight]")
			}
			return err
		})
		if err == nil && length != 2 {
			err = r.fail(here, "expected a pair [token, weight]")
		}
		return err
	})
}
