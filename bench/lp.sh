#!/bin/sh
# Compares exact solvers of linear programs on the same files, in one run.
#
#   bench/lp.sh PROGRAM...   each a file that verify lp reads, such as verify -k K -n N
#                            -write-lp FILE writes, or cell:K,N or ugly:ROWS,COLS, which
#                            bench/programs makes
#
#   bench/lp.sh -table PROGRAM...   prints a table of this module beside QSopt_ex instead, with
#                            the ratio, its geometric mean over programs of more than 0.02 s
#                            for either, and the worst; all without what each takes for
#                            a file of one row, which is printed first
#   bench/lp.sh -table -hard        the programs on which exact solvers differ most
#
# cell and ugly are kinds of bench/programs; all others of its kinds work the same way.
#
# Each file is first rewritten in the free MPS format, which all tools are given, since the dialects of the tools differ
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
table=
if [ "${1-}" = -table ]; then
	table=1
	shift
fi
if [ "${1-}" = -hard ]; then
	set -- wide:100,20 wide:200,8 game:60,22 game:100,22 game:60,60 queue:300,150 growth:2000,375 geo:500,18 cell:6,12 cell:6,14 cell:6,16
else
	for program; do
		shift
		case $program in
		*:*,*) set -- "$@" "$program" ;;
		*) set -- "$@" "$(realpath -e "$program")" ;;
		esac
	done
fi
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
	: >"$work/solution" # of the one before
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
	              END { print a == "" ? "no answer" : a }' "$work/out" "$work/solution")
	printf '  %-9s %8s s  %s\n' "$label" "$seconds" "$answer"
}

# seconds COMMAND...: processor time, or TO.
seconds() {
	status=0
	( TIMEFORMAT='%3U %3S'; export TIMEFORMAT
	  bash -c 'time timeout "$0" "$@" >"'"$work"'/out" 2>&1' "$limit" "$@" ) 2>"$work/time" || status=$?
	if [ "$status" -ge 124 ]; then
		echo TO
	else
		awk 'NF == 2 { s = $1 + $2 } END { printf "%.3f", s }' "$work/time"
	fi
}

# start COMMAND...: the least of five times for a file of one row.
start() {
	for _ in 1 2 3 4 5; do seconds "$@" "$work/start.mps"; echo; done | sort -n | head -1
}

if [ -n "$table" ]; then
	printf 'NAME\nROWS\n N c\n G r\nCOLUMNS\n x c 1 r 1\nRHS\n b r 1\nENDATA\n' >"$work/start.mps"
	our_start=$(start "$work/verify" lp -q)
	their_start=$(start esolver)
	printf 'without the start: %s s, QSopt_ex %s s\n\n' "$our_start" "$their_start"
	printf '| program | verify | QSopt_ex | ratio |\n|---|---|---|---|\n'
	: >"$work/table"
fi
for program in "$@"; do
	[ -n "$table" ] || echo "$program"
	file=$program
	cell=
	case $program in
	*:*,*)
		cell=$(echo "$program" | sed -n 's/^cell:\(.*\),\(.*\)/\1 \2/p')
		file=$work/program.lp
		# shellcheck disable=SC2046
		"$work/programs" $(echo "$program" | tr ':,' '  ') >"$file"
		;;
	esac
	if [ -n "$table" ]; then
		rm -f "$work/exact.mps"
		timeout "$limit" "$work/verify" lp -relax -q "$file" -timeout 10s -write-mps "$work/exact.mps" >/dev/null || [ -s "$work/exact.mps" ]
		ours=$(seconds "$work/verify" lp -q "$work/exact.mps")
		theirs=$(seconds esolver "$work/exact.mps")
		awk -v n="$(basename "$program" .mps.gz)" -v a="$ours" -v b="$theirs" -v s="$our_start" -v t="$their_start" 'BEGIN {
			if (a != "TO") { a -= s; a = sprintf("%.3f", a > 0.001 ? a : 0.001) }
			if (b != "TO") { b -= t; b = sprintf("%.3f", b > 0.001 ? b : 0.001) }
			r = a == "TO" || b == "TO" ? "" : sprintf("%.2f", a / b)
			print "| " n " | " a " | " b " | " r " |" }' | tee -a "$work/table"
		continue
	fi
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
	# A file, and not /dev/stdout: glpsol removes what it writes to where it fails, and root may.
	timed glpsol glpsol --exact --freemps "$work/rounded.mps" "$sense" -o "$work/solution"
	timed z3 z3 "$work/query.smt2"
	timed cvc5 cvc5 "$work/query.smt2"
done
if [ -n "$table" ]; then
	awk -F '|' '$5 + 0 > 0 && ($3 > 0.02 || $4 > 0.02) { n++; s += log($5); if ($5 > w) { w = $5; at = $2 } }
	     END { if (n > 0) printf "%d of %d programs over 0.02 s: geometric mean %.2f, worst %.2f (%s)\n", n, NR, exp(s / n), w, at }' "$work/table"
fi
