#!/bin/bash
# Measures projection by elimination beside cddlib: the transport polytope of a
# cell onto (q,b), each program in turn, one thread, whole processes. Prints CPU
# seconds, our peak number of rows (without the equation), and cddlib's time
# divided by ours.
#
#   bench/fm.sh [K,N...]          default: 2,5 2,6 3,4 3,5
#
# Installs nothing. cddlib's projection_gmp (block elimination) lies in a private
# directory of Debian's libcdd-tools; the columns are ours by elimination, ours
# through two double descriptions, cddlib's, and the ratio. LIMIT is the limit in
# seconds on the clock for each run (default 120): (2,7) needs some 100 s of
# cddlib's, (3,6) some 60 s, on an idle machine.
set -u
cd "$(dirname "$0")/.." || exit 2
LIMIT=${LIMIT:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
VERIFY=${VERIFY:-$work/verify}
[ -x "$VERIFY" ] || go build -o "$VERIFY" ./cmd/verify || exit 2
go build -o "$work/transport" ./bench/transport || exit 2
CDD=
for d in /usr/lib/cdd-tools /usr/libexec/cdd-tools; do
  [ -x "$d/projection_gmp" ] && CDD=$d/projection_gmp
done
[ $# -eq 0 ] && set -- 2,5 2,6 3,4 3,5
export GOMAXPROCS=1 TIMEFORMAT='%U %S'

cpu() { # input, command...: CPU seconds, or TO
  local in=$1 status spent
  shift
  spent=$({ time timeout "$LIMIT" "$@" < "$in" > "$work/out" 2> "$work/err"; echo $? > "$work/status"; } 2>&1)
  status=$(cat "$work/status")
  [ "$status" = 124 ] && { echo TO; return; }
  [ "$status" = 0 ] || { echo "failed"; return; }
  echo "$spent" | awk '{printf "%.2f", $1 + $2}'
}

printf '%-8s %10s %8s %10s %10s %8s\n' cell fm peak dd cddlib ratio
for cell; do
  file=$work/cell.ine
  "$work/transport" "${cell%,*}" "${cell#*,}" > "$file" || exit 2
  fm=$(cpu /dev/null "$VERIFY" fm -v "$file")
  peak=$(sed -n 's/.*at most \([0-9]*\) rows between.*/\1/p' "$work/err")
  dd=$(cpu /dev/null "$VERIFY" fm -method dd "$file")
  cdd=-
  if [ -n "$CDD" ]; then
    grep -v '^eliminate' "$file" > "$work/plain.ine"
    sed -n 's/^eliminate //p' "$file" | tr ' ' '\n' > "$work/answers"
    cdd=$(cpu "$work/answers" "$CDD" "$work/plain.ine")
  fi
  ratio=$(echo "$cdd $fm" | awk '$1 + 0 > 0 { printf "%.0f", $1 / ($2 > 0 ? $2 : 0.01) }')
  printf '%-8s %10s %8s %10s %10s %8s\n' "$cell" "$fm" "$peak" "$dd" "$cdd" "$ratio"
done
