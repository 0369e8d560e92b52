#!/bin/bash
# Measures double description beside its peers: the same files, in turn, one
# thread each, whole processes. Prints CPU seconds of all threads, user and
# system, which other work on the machine disturbs less than the clock (the best
# of up to three runs), and, in the last column, our time divided by the better of cddlib
# and lrs.
#
#   bench/dd.sh [FILE...]          default: the standard families and our cells
#
# Installs nothing. Peers are used if they are found: lcdd_gmp (Debian's
# libcdd-tools keeps it in a private directory), lrs, normaliz, and PPL through
# ppl_lcdd.cc if g++ and libppl-dev are there. LIMIT is the limit in seconds for
# each run on the clock (default 120), REPEAT the most runs of a quick one
# (default 3), TOOLS the columns (default: all that are found).
set -u
files=()
for file; do files+=("$(realpath -e "$file")") || exit 2; done
cd "$(dirname "$0")/.." || exit 2
LIMIT=${LIMIT:-120}
REPEAT=${REPEAT:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find_tool() { # name, extra directories
  command -v "$1" && return
  local d
  for d in /usr/lib/cdd-tools /usr/libexec/cdd-tools; do
    [ -x "$d/$1" ] && echo "$d/$1" && return
  done
}

VERIFY=${VERIFY:-$work/verify}
[ -x "$VERIFY" ] || go build -o "$VERIFY" ./cmd/verify || exit 2
CDD=$(find_tool lcdd_gmp)
LRS=$(find_tool lrs)
NORMALIZ=$(find_tool normaliz)
PPL=
if command -v g++ > /dev/null && g++ -O2 -o "$work/ppl_lcdd" bench/ppl_lcdd.cc -lppl -lgmpxx -lgmp 2> /dev/null; then
  PPL=$work/ppl_lcdd
fi
found="ours ${CDD:+cddlib} ${LRS:+lrs} ${PPL:+ppl} ${NORMALIZ:+normaliz}"
TOOLS=${TOOLS:-$found}

if [ ${#files[@]} = 0 ]; then
  mkdir "$work/families"
  go run ./bench/families "$work/families" || exit 2
  files=("$work"/families/*)
fi

# normaliz has its own format: equations and inequalities, or generators.
for_normaliz() { # file
  awk '
    /^V-representation/ { v = 1 }
    $1 == "linearity" { for (i = 3; i <= NF; i++) linear[$i] = 1 }
    $1 == "begin" { getline; d = $2; inside = 1; next }
    $1 == "end" { inside = 0 }
    inside {
      n++
      line = ""
      for (i = 2; i <= NF; i++) line = line $i " "
      if (v) { if ($1 == 0) ray[++rays] = line; else vertex[++vertices] = line "1" }
      else if (n in linear) equation[++equations] = line $1
      else inequality[++inequalities] = line $1
    }
    function print_all(word, list, count,   i) {
      if (count == 0) return
      print word, count
      for (i = 1; i <= count; i++) print list[i]
    }
    END {
      print "amb_space", d - 1
      print_all("inhom_equations", equation, equations)
      print_all("inhom_inequalities", inequality, inequalities)
      print_all("cone", ray, rays)
      print_all("vertices", vertex, vertices)
      print v ? "SupportHyperplanes" : "ExtremeRays"
    }' "$1"
}

run_tool() { # tool, file
  case $1 in
    ours) "$VERIFY" dd -q -j 1 "$2" > "$work/out" 2> "$work/err" ;;
    cddlib) "$CDD" "$2" > "$work/out" 2> "$work/err" ;;
    lrs) "$LRS" "$2" > "$work/out" 2> "$work/err" ;;
    ppl) "$PPL" "$2" > "$work/out" 2> "$work/err" ;;
    normaliz) "$NORMALIZ" -x=1 "$work/n.in" > "$work/out" 2> "$work/err" ;;
  esac
}
export -f run_tool
export VERIFY CDD LRS PPL NORMALIZ work

measure() { # tool, file: seconds, or TO, or failed
  local best= seconds i status
  [ "$1" = normaliz ] && for_normaliz "$2" > "$work/n.in"
  for ((i = 0; i < REPEAT; i++)); do
    TIMEFORMAT='%3U %3S'
    { time timeout "$LIMIT" bash -c 'run_tool "$@"' _ "$1" "$2"; } 2> "$work/time"
    status=$?
    case $status in
      0) ;;
      124) echo TO; return ;;
      *) echo failed; return ;;
    esac
    seconds=$(awk 'END { printf "%.3f", $1 + $2 }' "$work/time")
    best=$(printf '%s\n' $best "$seconds" | sort -g | head -1)
    awk -v s="$seconds" 'BEGIN { exit !(s > 5) }' && break # slow enough to be steady
  done
  echo "$best"
}

printf '%-24s' file
printf '%10s' $TOOLS
printf '%10s\n' ratio
for file in "${files[@]}"; do
  printf '%-24s' "$(basename "$file")"
  ours= peer=
  for tool in $TOOLS; do
    t=$(measure "$tool" "$file")
    printf '%10s' "$t"
    case $tool in
      ours) ours=$t ;;
      cddlib | lrs) [[ $t == [0-9]* ]] && peer=$(printf '%s\n' $peer "$t" | sort -g | head -1) ;;
    esac
  done
  if [[ $ours == [0-9]* && -n $peer ]]; then
    awk -v a="$ours" -v b="$peer" 'BEGIN { printf "%10.2f\n", a / (b > 0 ? b : 0.001) }'
  else
    printf '%10s\n' -
  fi
done
