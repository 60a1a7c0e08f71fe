#!/usr/bin/env bash
# fuzz.sh PRESET SECONDS|fixed [TARGET...]: runs the targets of build/PRESET as many at a time as there are cores.
#
# SECONDS explores for so long, from a copy of the corpus that grows in build/PRESET/corpus. `fixed` replays the corpus
# and goes on from it for a number of runs that never changes, with a seed that never changes: the same answer every time.
set -euo pipefail
preset=$1 how=$2
shift 2
[[ $how == fixed || $how =~ ^[0-9]+$ ]] || { echo "fuzz: '$how' is no number of seconds" >&2; exit 2; }
if [[ $# == 0 ]]; then
  for source in tests/fuzz/*_fuzz.cc; do
    name=${source##*/}
    set -- "$@" "${name%_fuzz.cc}"
  done
fi

fuzz() {
  local name=$1 found=build/$preset/found/$1- log=build/$preset/$1.log corpus program
  program=$(find "build/$preset" -name "fuzz_$name" -type f -perm -u+x -print -quit)
  [[ -n $program ]] || { echo "fuzz: there is no target '$name'" >&2; return 2; }
  mkdir -p "build/$preset/found"
  local command=("$program" -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=65536
    -print_final_stats=1 -artifact_prefix="$found")
  if [[ $how == fixed ]]; then
    # What it finds new goes to a place of its own, so that the next run starts from the same inputs.
    corpus=build/$preset/new/$name
    rm -rf "$corpus"
    mkdir -p "$corpus"
    command+=(-seed=1 -runs="${CRUMBS_FUZZ_RUNS:-3000}" -reload=0 "$corpus" "tests/fuzz/corpus/$name")
  else
    corpus=build/$preset/corpus/$name
    mkdir -p "$corpus"
    cp -rn "tests/fuzz/corpus/$name/." "$corpus"
    command+=(-max_total_time="$how" "$corpus")
  fi
  if "${command[@]}" >"$log" 2>&1; then
    printf 'fuzz: %-20s %10s runs\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    return 0
  fi
  local artifact
  artifact=$(sed -n 's/.*Test unit written to //p' "$log" | head -n 1)
  grep -E 'ERROR|SUMMARY|runtime error|terminate called|what\(\)' "$log" | head -n 5 >&2 || true
  echo "fuzz: $name FAILED, log in $log; again: $program ${artifact:-}" >&2
  echo "fuzz: once mended, keep the input: cp ${artifact:-INPUT} tests/fuzz/corpus/$name/" >&2
  return 1
}

export -f fuzz
export preset how
# shellcheck disable=SC2016
printf '%s\0' "$@" | xargs -0 -P "${JOBS:-$(nproc)}" -n 1 bash -c 'fuzz "$1"' fuzz
