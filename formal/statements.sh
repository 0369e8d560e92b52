#!/bin/sh
# statements.sh -- the list of what is proved, statements.tsv: tag, name in Coq, what it says in words,
# assumptions, file, digest of the statement as Coq prints it.
#   statements.sh list NAME    the Coq file that prints the statements of one list and their assumptions
#   statements.sh text NAME    what Coq printed (standard input), with the words of the list before each
#   statements.sh check        fails unless the lists say what Coq printed last
#   statements.sh accept       makes them say it; read every row that it names again before you commit
set -eu
cd "$(dirname "$0")"
lists="model schemes contention exponential checker"

# rows NAME: name, file, tag, words, assumptions and digest of the rows of one list
rows() {
  awk -F'\t' -v list="$1" '!/^#/ {
    l = $5; sub("/.*", "", l)
    if (l == "multidraft") l = "schemes"
    if ($5 == "contention/expinst.v") l = "exponential"
    if (l == list) print $2 "\t" $5 "\t" $1 "\t" $3 "\t" $4 "\t" $6
  }' statements.tsv
}

list() {
  echo "From mathcomp Require Import all_ssreflect ssralg ssrnum."
  case $1 in
    model) echo "Require Import multidraft integral." ;;
    schemes) echo "Require Import multidraft programs schemes integral clocks." ;;
    contention|exponential) echo "Require Import multidraft programs contention sizes demands region integral." ;;
    checker) echo "Require Import polynomial meaning kernel." ;;
  esac
  rows "$1" | awk -F'\t' '{ m = $2; sub(".*/", "", m); sub("[.]v$", "", m); print "Require " m "." }' | sort -u
  echo "Unset Printing Implicit Defensive. Set Printing Width 100. Open Scope ring_scope."
  rows "$1" | awk -F'\t' '{ m = $2; sub(".*/", "", m); sub("[.]v$", "", m)
    print "Check " m "." $1 ". Print Assumptions " m "." $1 "." }'
}

# Coq prints a statement as its name alone on a line, then "     : ...", then its assumptions.
text() {
  rows "$1" > "$1.rows.now"
  awk -F'\t' -v rows="$1.rows.now" 'BEGIN { while ((getline < rows) > 0) { words[$1] = $3 ": " $4 } }
    { n = $0; sub(/^[a-z0-9_]*[.]/, "", n)
      if (n in words && !(n in seen)) { seen[n] = 1; if (NR > 1) print ""; print "(* " words[n] " *)"; print n; next }
      print }'
  rm -f "$1.rows.now"
}

# printed: name, assumptions, digest of every statement in statements/*.now
printed() {
  dir=$(mktemp -d)
  cat statements/*.now | awk -v dir="$dir" '
    function done() { if (name != "") print name "\t" (ax == "" ? "none" : ax) > (dir "/.assumed"); name = "" }
    /^\(\* / { done(); getline; name = $1; ax = ""; print > (dir "/" name); part = 1; next }
    /^Closed under the global context/ { part = 0; next }
    /^Axioms:/ { part = 2; next }
    part == 2 && /^[^ ]/ { sub(/ :.*/, ""); ax = ax (ax == "" ? "" : ", ") $1 }
    part == 1 && /[^ ]/ { print > (dir "/" name) }
    END { done() }'
  (cd "$dir" && sha256sum *) | awk -v a="$dir/.assumed" -F'\t' 'BEGIN { while ((getline < a) > 0) as[$1] = $2 }
    { split($0, x, "  "); print x[2] "\t" as[x[2]] "\t" substr(x[1], 1, 12) }' | sort
  rm -r "$dir"
}

case ${1:-} in
list) list "$2" ;;
text) text "$2" ;;
check)
  awk -F'\t' '!/^#/ && NF != 6 { print "statements.tsv:" NR ": expected 6 columns"; bad = 1 } END { exit bad }' statements.tsv
  for l in $lists; do diff -u "statements/$l.txt" "statements/$l.now"; done
  awk -F'\t' '!/^#/ { print $2 "\t" $4 "\t" $6 }' statements.tsv | sort > listed.now
  printed > printed.now
  diff -u listed.now printed.now
  rm listed.now printed.now
  # Only the statements about the real exponential may assume anything.
  ! awk -F'\t' '!/^#/ && $4 != "none" && $5 != "contention/expinst.v"' statements.tsv | grep . ;;
accept)
  for l in $lists; do cp "statements/$l.now" "statements/$l.txt"; done
  printed > printed.now
  awk -F'\t' -v OFS='\t' 'BEGIN { while ((getline < "printed.now") > 0) { as[$1] = $2; dg[$1] = $3 } }
    /^#/ { print; next }
    { if ($6 != dg[$2]) print $2 " has changed: do the words still say it?" > "/dev/stderr"
      $4 = as[$2]; $6 = dg[$2]; print }' statements.tsv > tsv.now
  mv tsv.now statements.tsv; rm printed.now ;;
*) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
