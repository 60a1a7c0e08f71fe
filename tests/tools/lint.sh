#!/usr/bin/env bash
# lint.sh [all|format|tidy|clang|analyzer|shell|words|man]...: the checks that need no running program. From the root of the checkout.
set -euo pipefail

fail() { printf 'lint: %s\n' "$*" >&2; return 1; }

lint_format() {
  git ls-files -z '*.h' '*.cc' | xargs -0 clang-format-14 --dry-run -Werror ||
    fail 'format: clang-format-14 -i FILE mends it'
}

# sources PATTERN...: those in the repository, or where LINT_SINCE names a commit, those that differ from it and new ones.
sources() {
  if [[ -z ${LINT_SINCE:-} ]]; then
    git ls-files -z "$@"
  else
    git diff -z --name-only --no-renames --diff-filter=d "$LINT_SINCE" -- "$@" && git ls-files -z --others --exclude-standard "$@"
  fi
}

lint_tidy() {
  sources 'lib/*.cc' 'cli/*.cc' | xargs -0r tests/tools/tidy.py build/tidy || fail 'clang-tidy'
}

# The errors and warnings of clang in the tests, which gcc builds first. The sanitizers' build finds them too, after minutes;
# it builds no benchmark either. One check must be a real one, or clang-tidy does nothing.
lint_clang() {
  sources 'tests/*.cc' ':!tests/bench' ':!tests/install' |
    xargs -0r tests/tools/tidy.py build/tidy --checks='-*,clang-diagnostic-*,readability-duplicate-include' || fail 'what clang says of the tests'
}

# Paths through functions, followed by clang's analyzer: minutes, so it is no part of `all`.
lint_analyzer() {
  sources 'lib/*.cc' 'cli/*.cc' |
    xargs -0r -n 1 -P "${JOBS:-$(nproc)}" clang-tidy-14 -p build/tidy --quiet --checks='-*,clang-analyzer-*' || fail "clang's analyzer"
}

lint_shell() {
  local scripts
  mapfile -t scripts < <(git ls-files dev '.ci/*' 'tests/*.sh')
  for script in "${scripts[@]}"; do bash -n "$script" || fail "shell: $script"; done
  shellcheck -x "${scripts[@]}" || fail 'shellcheck'
}

# Unfinished work and the machine it was written on stay out of the repository.
lint_words() {
  ! git grep -nIE '\b(TO''DO|FIX''ME|XX''X)\b' -- . ':!fixtures' || fail 'unfinished work in the lines above'
  ! git grep -nIF "$PWD/" -- . || fail 'a path of this machine in the lines above'
  ! git grep -nIE '[[:space:]]+$' -- '*.h' '*.cc' '*.cmake' '*CMakeLists.txt' '*.md' '*.json' '*.sh' dev .ci \
    ':!fixtures' ':!tests/fuzz/corpus' || fail 'white space at the end of the lines above'
}

lint_man() {
  local pages
  mapfile -t pages < <(git ls-files 'man/*.[1-9]')
  [[ ${#pages[@]} == 0 ]] || mandoc -T lint -W warning "${pages[@]}" || fail 'manual pages'
}

lint_all() { lint_words && lint_man && lint_shell && lint_format && lint_clang && lint_tidy; }

[[ $# != 0 ]] || set -- all
for check in "$@"; do
  case $check in
    all | format | tidy | clang | analyzer | shell | words | man) "lint_$check" ;;
    *) fail "unknown check '$check'" || exit 2 ;;
  esac
done
echo 'lint: clean'
