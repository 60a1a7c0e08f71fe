#!/usr/bin/env bash
# compiler_cache_test.sh SOURCE CMAKE GENERATOR CXX: what one checkout left in the compiler cache serves another one after the
# first is gone: what was compiled with a precompiled header is known again, and only what has changed is not.
set -euo pipefail
source=$1 cmake=$2 generator=$3 cxx=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v ccache >/dev/null; then echo 'skipped: no ccache'; exit 77; fi

fail() { printf 'compiler_cache: %s\n' "$*" >&2; exit 1; }

unset "${!CCACHE_@}"  # whoever runs this may lend its cache read-only, or not at all
export CCACHE_DIR=$work/cache CCACHE_CONFIGPATH=/dev/null

# checkout NAME: a project of two files that uses the precompiled headers of this one.
checkout() {
  mkdir "$work/$1"
  cat >"$work/$1/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(checkout CXX)
include($source/cmake/Precompiled.cmake)
set(CRUMBS_PCH ON)
add_library(pair STATIC same.cc changed.cc)
target_compile_options(pair PRIVATE -ffile-prefix-map=$work/$1/=./)
target_include_directories(pair PRIVATE \${CMAKE_CURRENT_SOURCE_DIR})
crumbs_precompile(pair <string> [["own.h"]])
END
  printf 'inline int own() { return 1; }\n' >"$work/$1/own.h"
  printf 'std::size_t same(const std::string& s) { return s.size(); }\n' >"$work/$1/same.cc"
  printf 'int changed() { return own(); }\n' >"$work/$1/changed.cc"
  # ccache leaves files alone that are younger than a build.
  find "$work/$1" -type f -exec touch -d '1 minute ago' {} +
}

# compile NAME: prints how many compilations ccache knew, and how many it did not.
compile() {
  local top=$work/$1
  # shellcheck source=tests/tools/compiler_cache.sh
  (source "$source/tests/tools/compiler_cache.sh"
   ccache -z >/dev/null
   "$cmake" -S "$top" -B "$top/build" -G "$generator" -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
     -DCMAKE_BUILD_TYPE=Debug && "$cmake" --build "$top/build" && counted >"$work/counted" &&
     "$cmake" --build "$top/build" && counted | cmp - "$work/counted") >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; fail "$1 does not build, or not all of it at once"; }
  cat "$work/counted"
}

counted() {
  ccache --print-stats |
    awk '/^(direct|preprocessed)_cache_hit/ { hits += $2 } /^cache_miss/ { misses = $2 } END { print hits + 0, misses + 0 }'
}

# expect NAME HITS MISSES WHY: of two files and their precompiled header, which Clang makes anew in each checkout.
expect() {
  local got
  got=$(compile "$1")
  [[ $got == "$2 $3" ]] || fail "$1: known and not known $got, not $2 $3: $4"
  rm -rf "${work:?}/$1"
}

own=0
[[ $("$cxx" --version) != *clang* ]] || own=1

checkout first
expect first 0 3 'an empty cache knew something, or not all can be kept'
checkout second
expect second $((3 - own)) $own 'what another checkout compiled is not known'
checkout third
sed -i 's/own()/own() + 1/' "$work/third/changed.cc"
touch -d '1 minute ago' "$work/third/changed.cc"
expect third $((2 - own)) $((1 + own)) 'not just the file that changed was compiled'
checkout fourth
sed -i 's/return 1/return 2/' "$work/fourth/own.h"
touch -d '1 minute ago' "$work/fourth/own.h"
expect fourth 0 3 'a header that changed went unnoticed'
