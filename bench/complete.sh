#!/bin/bash
# Measures the proofs of completeness that verify dd runs by default against the
# conversions: for each file the milliseconds of both (the least of REPEAT runs, default
# 3, one processor), their quotient, and whether the proof was completed or given up.
#
#   bench/complete.sh            the standard families and our cells
#   bench/complete.sh FILE...
set -u
files=()
for file; do files+=("$(realpath -e "$file")") || exit 2; done
cd "$(dirname "$0")/.." || exit 2
REPEAT=${REPEAT:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
VERIFY=${VERIFY:-$work/verify}
[ -x "$VERIFY" ] || go build -o "$VERIFY" ./cmd/verify || exit 2
if [ ${#files[@]} = 0 ]; then
  mkdir "$work/families"
  go run ./bench/families "$work/families" || exit 2
  files=("$work"/families/*)
fi
printf '%-24s%12s%12s%10s\n' file conversion proof quotient
for file in "${files[@]}"; do
  for ((i = 0; i < REPEAT; i++)); do
    GOMAXPROCS=1 "$VERIFY" dd -v -j 1 "$file" 2>&1 > /dev/null
  done | awk -v name="$(basename "$file")" '
    function ms(text) {
      if (text ~ /µs$/) return text / 1000
      if (text ~ /ms$/) return text + 0
      return text ~ /m/ ? 60000 * text : 1000 * text
    }
    function least(a, b) { return a == "" || b < a ? b : a }
    $1 == "converted" { conversion = least(conversion, ms($NF)) }
    $1 == "completeness" { proof = least(proof, ms($NF)); word = $2 }
    END { printf "%-24s%12.2f%12.2f%10.2f %s\n", name, conversion, proof, proof / conversion, word == "shown" ? "" : "given up" }'
done | tee "$work/all"
awk '{ c += $2; p += $3 } END { printf "%-24s%12.2f%12.2f%10.2f\n", "sum", c, p, p / c }' "$work/all"
