package multidraft

import "pstar/theorems"

// unreachedRows are the experiments with language models, and a list of symbols.
func unreachedRows() []theorems.Theorem {
	const (
		histogram = "it counts tokens of language models, whose probabilities are not published with the paper."
		speed     = "it is measured with language models, which the program does not run."
		quality   = "it scores texts of language models, which the program neither writes nor scores."
	)
	var rows []theorems.Theorem
	for _, r := range []struct {
		tag, paper, number, statement, why string
	}{
		{"IS-F3", "IS", "Figure 3", "effective alphabet sizes after top-p sampling, Llama 2", histogram},
		{"IS-TAB1", "IS", "Table 1", "block efficiency, token rate and ROUGE-2 of the schemes on XSUM", speed},
		{"MD-F3", "MD", "Figure 3", "block efficiency and token rate, the temperature of one draft varied", speed},
		{"MD-F4", "MD", "Figure 4", "block efficiency and token rate, the temperature of the target varied", speed},
		{"MD-F5", "MD", "Figure 5", "effective alphabet sizes after top-p sampling, XSum", histogram},
		{"MD-F6", "MD", "Figure 6", "effective alphabet sizes after top-p sampling, Dolly", histogram},
		{"MD-F7", "MD", "Figure 7", "effective alphabet sizes after top-p sampling, WMT", histogram},
		{"MD-F8", "MD", "Figure 8", "block efficiency and token rate, the temperature of both drafts varied", speed},
		{"MD-F9", "MD", "Figure 9", "block efficiency and token rate with three drafts", speed},
		{"MD-TAB1", "MD", "Table 1", "block efficiency and token rate against the sizes of Ω_0 and Ω_1", speed},
		{"MD-TAB2", "MD", "Table 2", "average acceptance of Optimal, IS, SpecTr and SpecInfer for K = 2, 4, 8", "it averages over steps of language models whose probabilities are not published; verify steps computes such averages exactly from arrays."},
		{"MD-TAB3", "MD", "Table 3", "block efficiency with top-k sampling for K = 2, 3", speed},
		{"MD-TAB4", "MD", "Table 4", "block efficiency for K = 2 to 6", speed},
		{"MD-TAB5", "MD", "Table 5", "ROUGE-L scores on XSum, identical drafts", quality},
		{"MD-TAB6", "MD", "Table 6", "BLEU scores on WMT, identical drafts", quality},
		{"MD-TAB7", "MD", "Table 7", "ROUGE-L scores on XSum, three drafts", quality},
		{"MD-TAB8", "MD", "Table 8", "BLEU scores on WMT, three drafts", quality},
		{"MD-TAB9", "MD", "Table 9", "the notation of the paper", "a list of symbols states nothing."},
	} {
		rows = append(rows, theorems.Theorem{
			Tag: r.tag, Statement: r.statement, Sources: []theorems.Source{{Paper: r.paper, Number: r.number}},
			Engine: theorems.OutOfReach, Scope: r.why,
		})
	}
	return rows
}
