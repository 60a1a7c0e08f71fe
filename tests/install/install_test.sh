#!/usr/bin/env bash
# install_test.sh BUILD SOURCE CMAKE GENERATOR CXX: installs, moves the prefix, and uses what is there as a stranger would.
set -euo pipefail
build=$1 source=$2 cmake=$3 generator=$4 cxx=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix="$work/moved prefix"

fail() { printf 'install: %s\n' "$*" >&2; exit 1; }

"$cmake" --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$prefix"
library=$(find "$prefix" -name libcrumbs.so)
[[ -n $library ]] || fail 'no libcrumbs.so'

# The moved program runs, with its own library, and finds its catalogs.
crumbs() { env -i HOME="$work" "$prefix/bin/crumbs" "$@"; }
# (grep -q would close the pipe early, and pipefail takes that for a failure.)
[[ $(crumbs --version) == *[0-9].[0-9]* ]] || fail 'no version'
[[ $(crumbs catalog list) == *jivochat* ]] || fail 'the moved program does not find its catalogs'
[[ $(ldd "$prefix/bin/crumbs") == *"$prefix/"* ]] || fail 'the moved program loads another library'

for file in catalog/jivochat.json schema/crumbs-{catalog,report,diff,profiles,entries,explanation,coverage}.schema.json; do
  [[ -s $prefix/share/crumbs/$file ]] || fail "$file is missing"
done
for file in share/man/man1/crumbs.1 share/man/man5/crumbs-catalog.5 share/man/man5/crumbs-report.5 \
  share/man/man7/crumbs-cookbook.7; do
  [[ -s $prefix/$file ]] || fail "$file is missing"
done
! grep -rlF "$source" "$prefix" || fail 'these files name the source tree'

# The library: its name, and nothing exported but our own.
[[ $(readelf -d "$library") == *'[libcrumbs.so.0]'* ]] || fail 'SONAME'
nm -DC --defined-only "$library" | cut -c 20- >"$work/symbols"
grep -q '^crumbs::audit(' "$work/symbols" || fail 'audit is not exported'
if grep -vE '^(typeinfo( name)? for |vtable for )?crumbs::' "$work/symbols"; then fail 'foreign symbols exported'; fi

# Every public header stands alone. The compiler's cache, where there is one, knows them by what is in them: paths are relative.
compiler=("$cxx")
if [[ -n ${CCACHE_DIR:-} ]] && type -P ccache >/dev/null; then compiler=(ccache "$cxx"); fi
cd "$prefix/include"
for header in crumbs/*.h; do
  echo "#include <$header>" >alone.cc
  "${compiler[@]}" -std=c++20 -Wall -Wextra -Wpedantic -Werror -I . -c alone.cc -o "$work/alone.o" ||
    fail "$header does not stand alone"
done
rm alone.cc
cd "$work"

# A project that knows the package only.
{
  "$cmake" -G "$generator" -S "$source/tests/install/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_BUILD_TYPE=Debug && "$cmake" --build "$work/consumer"
} >"$work/log" 2>&1 || { cat "$work/log"; fail 'the consumer does not build'; }
cp -a "$source/fixtures/profiles/chromium-156-leveldb" "$work/profile"
"$work/consumer/consumer" "$work/profile" >"$work/report" || { cat "$work/report"; fail 'the consumer does not run'; }
grep -q 'enter_ts' "$work/report" || fail 'the consumer prints no finding'
echo 'install: passed'
