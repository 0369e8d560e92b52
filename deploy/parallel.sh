#!/bin/sh
# A run by GNU parallel: the number of workers, then the arguments of verify, with -state.
#   deploy/parallel.sh 4 -k 2..6 -n 2..14 -state run
# The workers share the folder, and each takes the next task that nobody has; all print the
# same in the end, and the last word is one more run, which finds everything done. For
# several machines that share the folder add --sshloginfile FILE --workdir . to parallel.
# VERIFY is the command, if it is not on the path.
set -u
workers=$1 verify=${VERIFY:-verify}
shift
seq "$workers" | parallel --quote --jobs "$workers" -n0 "$verify" "$@" >/dev/null
exec "$verify" "$@"
