package optimum

import (
	"context"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// The TLSR program, z ranging over all of Ω, has the optimum of the importance
// sampling program, at every level of detail: words, multisets, supports.
func TestMDT1_ProgramsAgreeAtEveryLevelOfDetail(t *testing.T) {
	programsAgree(t, multidraft.ModelIID)
}

func TestMDT4_ProgramsAgreeForOtherDrafts(t *testing.T) {
	for _, model := range multidraft.Models()[1:] {
		programsAgree(t, model)
	}
}

func programsAgree(t *testing.T, model string) {
	for _, cell := range [][2]int{{1, 3}, {2, 2}, {2, 3}, {3, 3}} {
		k, n := cell[0], cell[1]
		oracle.Generated(t, 8, 16, k, n, model, func(in *multidraft.Instance) {
			d, q := in.Drafts(), in.Target().Rats()
			want := MinByEnumeration(in).Value
			for _, c := range []Columns{WordColumns(d), multisetColumns(d), SupportColumns(d)} {
				if got := oracle.Solve(t, programOf(TLSRProgram, c, q)); !got.Equal(want) {
					t.Fatalf("%v: selection rules over %s give %v, the closed form %v", in, c.Name, got, want)
				}
				if got := oracle.Solve(t, programOf(ImportanceProgram, c, q)); !got.Equal(want) {
					t.Fatalf("%v: importance sampling over %s gives %v, the closed form %v", in, c.Name, got, want)
				}
			}
		})
	}
}

func TestColumnsAreLawsOfTheDrafts(t *testing.T) {
	oracle.SmallCells(3, 3, func(k, n int, model string) {
		oracle.Generated(t, 9, 4, k, n, model, func(in *multidraft.Instance) {
			d := in.Drafts()
			law := d.SupportLaw()
			for _, c := range []Columns{WordColumns(d), multisetColumns(d), SupportColumns(d)} {
				merged := make([]rational.Rat, len(law))
				for j, set := range c.Sets {
					place := multidraft.SupportIndex(n, set)
					merged[place] = merged[place].Add(c.Mass[j])
				}
				for j := range law {
					if !merged[j].Equal(law[j]) {
						t.Fatalf("%v: %s give %v probability %v, want %v", in, c.Name, multidraft.Supports(k, n)[j], merged[j], law[j])
					}
				}
			}
		})
	})
}

func TestProgramsHaveTheStatedSizes(t *testing.T) {
	d := multidraft.Must(multidraft.NewIID(3, oracle.Rats(t, "1/2,1/4,1/8,1/8")))
	q := oracle.Rats(t, "1/4,1/4,1/4,1/4")
	for _, c := range []struct {
		columns              Columns
		outcomes, importance int
	}{
		{WordColumns(d), 64, 4 + 4*1 + 36*2 + 24*3},
		{multisetColumns(d), 20, 4 + 4*1 + 12*2 + 4*3},
		{SupportColumns(d), 14, 4 + 4*1 + 6*2 + 4*3},
	} {
		tlsr, importance := programOf(TLSRProgram, c.columns, q), programOf(ImportanceProgram, c.columns, q)
		if len(tlsr.Variables) != 4*c.outcomes || len(tlsr.Rows) != 4+c.outcomes {
			t.Errorf("%s: %d variables, %d rows", tlsr.Name, len(tlsr.Variables), len(tlsr.Rows))
		}
		if len(importance.Variables) != c.importance || len(importance.Rows) != 4+c.outcomes {
			t.Errorf("%s: %d variables, %d rows", importance.Name, len(importance.Variables), len(importance.Rows))
		}
	}
}

// multisetColumns has one outcome for each multiset of K tokens, in the order
// of listMultisets, so that columns of the programs repeat ([MD] App. D.1). There
// are C(n+K-1, K); the probabilities are summed over all n^K words.
func multisetColumns(d multidraft.Drafts) Columns {
	multisets := listMultisets(d.K(), d.N())
	places := make(map[string]int, len(multisets))
	c := Columns{Name: "multisets", Mass: make([]rational.Rat, len(multisets)),
		Label: func(c int) string { return multidraft.TokenList(multisets[c]) }}
	for j, m := range multisets {
		places[multidraft.TokenList(m)] = j
		c.Sets = append(c.Sets, multidraft.SetOf(m...))
	}
	multidraft.EachWord(d.K(), d.N(), func(word []int) {
		place := places[multidraft.TokenList(multidraft.SortedCopy(word))]
		c.Mass[place] = c.Mass[place].Add(d.Word(word))
	})
	return c
}

// listMultisets lists the multisets of k tokens out of n, each as a nondecreasing list, in
// lexicographic order.
func listMultisets(k, n int) (list [][]int) {
	multidraft.EachWord(k, n, func(word []int) {
		if slices.IsSorted(word) {
			list = append(list, slices.Clone(word))
		}
	})
	return list
}

// programOf makes a program without end.
func programOf(program Program, c Columns, q []rational.Rat) *lp.Problem {
	return multidraft.Must(program(context.Background(), c, q))
}
