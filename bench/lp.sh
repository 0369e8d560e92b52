#!/bin/sh
# Compares exact solvers of linear programs on the same files, in one run.
#
#   bench/lp.sh PROGRAM...   each a file that verify lp reads, such as verify -k K -n N
#                            -write-lp FILE writes, or cell:K,N or ugly:ROWS,COLS, which
#                            bench/programs makes
#
# Each file is first rewritten in the free MPS format, since the dialects of the tools differ
# most in the CPLEX LP format: QSopt_ex reads no ranges 1 <= x + y <= 2 there. Prints, for
# each file and tool, seconds of processor time of the whole process, and the optimum
# that the tool states. LIMIT is the time limit in seconds (default 120); TOOLS names those
# to run, such as "verify QSopt_ex" (default all).
#
#   verify   this module, built first
#   flow     this module, for cells: builds and solves the transport problem instead
#   QSopt_ex esolver: exact, reads fractions, but no constant in the objective
#   glpsol   --exact: reads numbers as doubles, so its optimum is that of a slightly different
#            program; fractions are rounded to 17 digits for it, and it is told the sense
#   z3, cvc5 decide the query of verify lp -smt2: they are given the optimum and answer unsat
set -eu
cd "$(dirname "$0")/.."
limit=${LIMIT:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/verify" ./cmd/verify
go build -o "$work/programs" ./bench/programs

# timed LABEL COMMAND...: runs the command, keeps its output, prints the line.
timed() {
	label=$1
	shift
	case " ${TOOLS:-$label} " in
	*" $label "*) ;;
	*) return ;;
	esac
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
	answer=$(awk '/^optimum: /               { a = "optimum " $NF }
	              /LP Value: /               { split("optimum infeasible unbounded", w); a = w[$5]; if ($5 == 1) a = a " " $3; sub(",", "", a) }
	              /^Status: /                { status = $2 }
	              /^Objective: .* = /        { a = status == "OPTIMAL" ? "optimum " $4 : tolower(status) }
	              /^unsat$|^sat$|^unknown$/  { a = $1 }
	              /: (infeasible|unbounded)$/ { a = $NF }
	              END { print a == "" ? "no answer" : a }' "$work/out")
	printf '  %-9s %8s s  %s\n' "$label" "$seconds" "$answer"
}

for program in "$@"; do
	echo "$program"
	file=$program
	cell=
	case $program in
	cell:* | ugly:*)
		cell=$(echo "$program" | sed -n 's/^cell:\(.*\),\(.*\)/\1 \2/p')
		file=$work/program.lp
		# shellcheck disable=SC2046
		"$work/programs" $(echo "$program" | tr ':,' '  ') >"$file"
		;;
	esac
	"$work/verify" lp "$file" -smt2 "$work/query.smt2" -write-mps "$work/exact.mps" >/dev/null
	awk '/^OBJSENSE/ { getline; next }
	     { indent = /^ / ? " " : ""
	       for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\/[0-9]+$/) { split($i, f, "/"); $i = sprintf("%.17g", f[1] / f[2]) }
	       sub(/^ /, ""); print indent $0 }' "$work/exact.mps" >"$work/rounded.mps"
	sense=--min
	if grep -q '^OBJSENSE' "$work/exact.mps"; then sense=--max; fi
	timed verify "$work/verify" lp "$work/exact.mps"
	if [ -n "$cell" ]; then
		# shellcheck disable=SC2086
		timed flow "$work/programs" flow $cell
	fi
	timed QSopt_ex esolver "$work/exact.mps"
	timed glpsol glpsol --exact --freemps "$work/rounded.mps" "$sense" -o /dev/stdout
	timed z3 z3 "$work/query.smt2"
	timed cvc5 cvc5 "$work/query.smt2"
done
