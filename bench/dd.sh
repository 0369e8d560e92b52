#!/bin/bash
# Measures double description beside its peers: the same files, in turn, one
# thread each, whole processes. Prints CPU seconds of all threads, user and
# system, which other work on the machine disturbs less than the clock (the best
# of up to three runs), and in the last two columns our time divided by that of the
# better of cddlib and lrs, and of the fastest of all. The last lines have the geometric
# mean of the last column and its greatest value, where files that take us and the fastest
# less than 0.1 s count as one, by their sums.
#
#   bench/dd.sh                    the standard families and our cells
#   bench/dd.sh -short             some of each, the large ones
#   bench/dd.sh FILE...
#
# -markdown before these writes the table for the documentation, -memory the most memory
# that was resident at a time (megabytes, of up to three runs) in place of seconds, where
# files count as one for which the best of the others takes less than 12 MB: about what a
# program in Go of the size of ours takes before it has read anything.
#
# Installs nothing. Peers are used if they are found: lcdd_gmp (Debian's
# libcdd-tools keeps it in a private directory), lrs, normaliz, and PPL through
# ppl_lcdd.cc if g++ and libppl-dev are there; those missing are named. LIMIT is the
# limit in CPU seconds for each run (default 120), REPEAT the most runs of a quick
# one (default 3), TOOLS the columns (default: all that are found).
set -u
files=()
short=
markdown= memory= small=0.1
while [[ ${1-} == -* ]]; do
  case $1 in
    -short) short=1 ;;
    -markdown) markdown=1 ;;
    -memory) memory=1 small=12 ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
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
for tool in cddlib lrs ppl normaliz; do
  [[ " $found " == *" $tool "* ]] || echo "not found: $tool" >&2
done

if [ ${#files[@]} = 0 ]; then
  mkdir "$work/families"
  go run ./bench/families "$work/families" || exit 2
  files=("$work"/families/*)
  if [ -n "$short" ]; then
    files=()
    for name in cell2-13.ine cell3-12.ine cell4-10.ine cube12.ine cube12.ext cross12.ine cross12.ext cyclic16-10.ext \
      zeroone10-30.ext transport4-5.ine birkhoff4.ine metric6.ine redundant10-1000.ine random07-30.ine; do
      files+=("$work/families/$name")
    done
  fi
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
  local command=()
  case $1 in
    ours) command=("$VERIFY" dd -q -j 1 "$2") ;;
    cddlib) command=("$CDD" "$2") ;;
    lrs) command=("$LRS" "$2") ;;
    ppl) command=("$PPL" "$2") ;;
    normaliz) command=("$NORMALIZ" -x=1 "$work/n.in") ;;
  esac
  [ -n "$memory" ] && command=(/usr/bin/time -q -o "$work/peak" -f %M "${command[@]}")
  "${command[@]}" > "$work/out" 2> "$work/err"
}
export -f run_tool
export VERIFY CDD LRS PPL NORMALIZ LIMIT work memory

measure() { # tool, file: seconds or megabytes, or TO, or failed
  local best= most= seconds i status
  [ "$1" = normaliz ] && for_normaliz "$2" > "$work/n.in"
  for ((i = 0; i < REPEAT; i++)); do
    TIMEFORMAT='%3U %3S'
    { time bash -c 'ulimit -St "$LIMIT" -Ht $((LIMIT + 2)); run_tool "$@"' _ "$1" "$2"; } 2> "$work/time"
    status=$?
    case $status in
      0) ;;
      137 | 152) echo TO; return ;; # killed, or out of CPU time
      *) echo failed; return ;;
    esac
    seconds=$(awk 'END { printf "%.3f", $1 + $2 }' "$work/time")
    best=$(printf '%s\n' $best "$seconds" | sort -g | head -1)
    [ -n "$memory" ] && most=$(awk -v most="$most" '{ m = $1 / 1024; printf "%.1f", (m > most + 0 ? m : most) }' "$work/peak")
    awk -v s="$seconds" 'BEGIN { exit !(s > 5) }' && break # slow enough to be steady
  done
  echo "${most:-$best}"
}

least() { printf '%s\n' "$@" | grep '^[0-9]' | sort -g | head -1; }

ratio() { # ours, theirs
  if [[ $1 == [0-9]* && -n $2 ]]; then
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / (b > 0 ? b : 0.001) }'
  else
    printf -- -
  fi
}

row() { # name, fields...
  if [ -n "$markdown" ]; then
    local name=$1
    shift
    printf '| `%s` |' "$name"
    printf ' %s |' "$@"
  else
    printf '%-24s' "$1"
    shift
    printf '%10s' "$@"
  fi
  echo
}

best=fastest
[ -n "$memory" ] && best=least
if [ -n "$markdown" ]; then
  echo "| file | ${TOOLS// / | } | cdd/lrs | $best |" | tr -s ' '
  echo "|---|$(printf -- '---|%.0s' $TOOLS cdd/lrs best)"
else
  row file $TOOLS cdd/lrs "$best"
fi
for file in "${files[@]}"; do
  ours= peer= fastest= fields=()
  for tool in $TOOLS; do
    t=$(measure "$tool" "$file")
    fields+=("$t")
    case $tool in
      ours) ours=$t ;;
      cddlib | lrs) peer=$(least $peer "$t") fastest=$(least $fastest "$t") ;;
      *) fastest=$(least $fastest "$t") ;;
    esac
  done
  name=$(basename "$file")
  row "$name" "${fields[@]}" "$(ratio "$ours" "$peer")" "$(ratio "$ours" "$fastest")"
  [[ $ours == [0-9]* && -n $fastest ]] && echo "$name $ours $fastest" >> "$work/pairs"
done
touch "$work/pairs"
echo
awk -v small="$small" -v memory="$memory" '
  { alone = memory ? $3 >= small : $2 >= small || $3 >= small }
  !alone { few++; a += $2; b += $3; next }
  { list[$1] = $2 / $3 }
  END {
    if (few) list["the sum of the " few " small ones"] = a / (b > 0 ? b : 0.001)
    for (name in list) {
      n++
      logs += log(list[name])
      if (list[name] > worst) { worst = list[name]; which = name }
    }
    if (n) printf "%d files, of which %d count as one: geometric mean %.2f, worst %.2f (%s)\n", NR, few, exp(logs / n), worst, which
  }' "$work/pairs"
