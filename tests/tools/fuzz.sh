#!/usr/bin/env bash
# fuzz.sh [SECONDS] [TARGET...]: runs the targets of build/fuzz as many at a time as there are cores, from a copy of their corpus.
set -euo pipefail
seconds=${1:-60}
[[ $# == 0 ]] || shift
[[ $seconds =~ ^[0-9]+$ ]] || { echo "fuzz: '$seconds' is no number of seconds" >&2; exit 2; }
if [[ $# == 0 ]]; then
  for source in tests/fuzz/*_fuzz.cc; do
    name=${source##*/}
    set -- "$@" "${name%_fuzz.cc}"
  done
fi

fuzz() {
  local name=$1 corpus=build/fuzz/corpus/$1 found=build/fuzz/found/$1-
  local log=build/fuzz/$1.log
  mkdir -p "$corpus" build/fuzz/found
  cp -rn "tests/fuzz/corpus/$name/." "$corpus"
  local program
  program=$(find build/fuzz -name "fuzz_$name" -type f -perm -u+x -print -quit)
  local command=("$program" "$corpus" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048
    -malloc_limit_mb=1024 -max_len=65536 -print_final_stats=1 -artifact_prefix="$found")
  if "${command[@]}" >"$log" 2>&1; then
    local runs
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf 'fuzz: %-20s %10s runs, %s inputs kept\n' "$name" "$runs" "$(find "$corpus" -type f | wc -l)"
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
export seconds
# shellcheck disable=SC2016
printf '%s\0' "$@" | xargs -0 -P "${JOBS:-$(nproc)}" -n 1 bash -c 'fuzz "$1"' fuzz
