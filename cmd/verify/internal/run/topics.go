package run

// topics are what "verify help TOPIC" explains besides commands. Each fits a screen, begins with
// an example if it is about something to do, and says where to read on: these texts are for who
// is in the middle of something, and docs/ for who begins. A test holds their size. They are sorted.
var topics = []struct{ name, text string }{
	{"campaigns", `example: verify -k 2..6 -n 2..14 -certificate out -state run
Runs of many tasks keep finished ones in a folder with -state: the same command
goes on where it was stopped, any number of runs share the work, and what is
printed is the same.
  -shard 2/8        every eighth task from the second, where no folder is shared
  -shard slurm/8    the number from SLURM_ARRAY_TASK_ID; k8s/8 from Kubernetes
  -task-timeout 1m  leave a task undecided then, and go on
  -lease 1m         take over a task whose worker on another machine is silent
  verify report run run2 -o page.html   merges, names what is missing, a page
docs/campaigns.md has more; deploy/ has files for Slurm, Kubernetes, parallel
and make.
`},
	{"cells", `example: verify -k 3 -n 10 -certificate k3-n10.json.gz
A cell of multi-draft speculative sampling is a number K of drafts and a number
n of tokens; its theorems MD-T1 to MD-T4 are proved for all p, q and draft laws.
  verify -k 3 -n 10               one cell
  verify -k 2..6 -n 2..14         a grid; -certificate names a folder then
  verify -k 3 -n 4 -exponent 2    p(S)^2 for p(S)^3: a claim that is false
  verify -k 3 -h                  the flags
docs/cells.md says what a line rests on.
`},
	{"certificates", `example: verify -k 3 -n 4 -certificate c.json.gz, then certcheck c.json.gz
A certificate is a document that proves its claims by a few rules. certcheck
reads it and shares no code with the programs that find proofs; it alone has to
be trusted.
  verify check FILE...              the same checker
  certcheck --against MODEL FILE    is it about your theorem or program?
  verify export FILE -smt2 F        for z3 and cvc5; -vipr, -coq and more
docs/certificates.md, and certificate/kernel/FORMAT.md for another checker.
`},
	{"exit", exitText},
	{"flags", `example: verify -k 2..3 -n 2..6 -timeout 10m -state run -json
-certificate FILE   the certificate (.gz: packed)
-o FILE             the result, of dd, redund, fm, figure and report
-json               one object with "verdict" and "claims"; docs/output.md
-timeout 30s        stop in order then, with status 3; -task-timeout for a task
-max-mem 4G         stop in order when so much memory is in use
-q, -v              say less, or more, on standard error (-quiet if -q is a law)
-progress off|on    progress on standard error: else on a terminal only
-j N                so many workers, where there are; no result depends on it
-seed N             of random instances; the same seed, the same bytes
-state DIR          keep finished tasks and go on there; -shard I/M, -lease 1m
"-" is standard input or output. Flags may follow arguments; "--" ends them.
NO_COLOR, if it is set, leaves out colours.
`},
	{"words", `proved     a complete argument for every value of what it does not name
concluded  by a named lemma or estimate whose premise was decided or proved
checked    on the instances stated, exactly
refuted    false, with numbers
found      of what a theorem file asks for: this is all, proved
vacuous    proved to speak of nothing
undecided  not settled within the limits
A run is refuted if one of its statements is, else undecided if one is that or
vacuous, else verified. The same words stand in results, in certificates and in
what the checker says.
`},
}
