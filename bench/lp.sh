#!/bin/sh
# Compares exact solvers of linear programs on the same files, in one run.
#
#   bench/lp.sh FILE.lp...      files in the CPLEX LP format, such as verify lp -write-lp writes
#
# Prints, for each file and tool, seconds of processor time of the whole process, and the
# optimum that the tool states. LIMIT is the time limit in seconds (default 120).
#
#   verify   this module, built first
#   QSopt_ex esolver: exact, reads fractions
#   glpsol   --exact: reads numbers as doubles, so its optimum is that of a slightly different
#            program; fractions are rounded to 17 digits for it
#   z3, cvc5 decide the query of verify lp -smt2: they are given the optimum and answer unsat
set -eu
cd "$(dirname "$0")/.."
limit=${LIMIT:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/verify" ./cmd/verify

# timed LABEL COMMAND...: runs the command, keeps its output, prints the line.
timed() {
	label=$1
	shift
	if ! command -v "$1" >/dev/null 2>&1; then
		printf '  %-9s not installed\n' "$label"
		return
	fi
	status=0
	( TIMEFORMAT='%U %S'; export TIMEFORMAT
	  bash -c 'time timeout "$0" "$@" >"'"$work"'/out" 2>&1' "$limit" "$@" ) 2>"$work/time" || status=$?
	if [ "$status" -ge 124 ]; then
		printf '  %-9s over %s s\n' "$label" "$limit"
		return
	fi
	seconds=$(awk 'NF == 2 { s = $1 + $2 } END { printf "%.2f", s }' "$work/time")
	answer=$(awk '/^optimum: /            { a = "optimum " $NF }
	              /LP Value: /            { a = "optimum " $3; sub(",", "", a) }
	              /^ *Objective:/         { a = "optimum " $4 }
	              /^unsat$|^sat$|^unknown$/ { a = $1 }
	              /INFEASIBLE|: infeasible$|UNBOUNDED|: unbounded$/ { if (a == "") a = tolower($NF) }
	              END { print a == "" ? "no answer" : a }' "$work/out")
	printf '  %-9s %8s s  %s\n' "$label" "$seconds" "$answer"
}

for file in "$@"; do
	echo "$file"
	timed verify "$work/verify" lp "$file"
	"$work/verify" lp "$file" -smt2 "$work/query.smt2" -write-mps "$work/exact.mps" >/dev/null
	awk '{ for (i = 2; i <= NF; i++) if ($i ~ /^-?[0-9]+\/[0-9]+$/) { split($i, f, "/"); $i = sprintf("%.17g", f[1] / f[2]) }
	       print (/^ /) ? " " $0 : $0 }' "$work/exact.mps" >"$work/rounded.mps"
	timed QSopt_ex esolver -L "$file"
	timed glpsol glpsol --exact --freemps "$work/rounded.mps" -o /dev/stdout
	timed z3 z3 "$work/query.smt2"
	timed cvc5 cvc5 "$work/query.smt2"
done
