# shellcheck shell=bash
# The Debian packages of every task, and how missing ones get installed. Sourced by ./dev.

packages_for() {
  local build='g++ cmake ninja-build ccache pkg-config libcli11-dev nlohmann-json3-dev
    libsqlitecpp-dev libsqlite3-dev libfmt-dev doctest-dev libpsl-dev libssl-dev libutf8proc-dev
    liblz4-dev libsnappy-dev libzstd-dev libleveldb-dev libsecret-1-dev'
  local clang='clang-14 libclang-rt-14-dev llvm-14'
  case $1 in
    run) echo "$build" ;;
    test)
      echo "$build sqlite3 jq openssl mandoc binutils python3-jsonschema python3-gumbo python3-html5-parser python3-pyte
        cmark-gfm"
      ;;
    browser) echo 'chromium firefox-esr nodejs openssl' ;;
    bench) echo "$build sqlite3 zstd openssl" ;;
    clang | fuzz) echo "$build $clang" ;;
    root) echo 'debootstrap' ;;
    lint) echo "$build $clang clang-tidy-14 clang-format-14 shellcheck mandoc" ;;
  esac
}

# Those of the given packages that are not installed. One call, whatever their number.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done
}

# apt_install SUDO PACKAGE...: SUDO is the prefix that makes us root, may be empty. The package lists
# are fetched only where there are none or they turn out to be too old.
apt_install() {
  local as_root
  read -ra as_root <<<"$1"
  shift
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@")
  if compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null && "${install[@]}"; then return; fi
  "${as_root[@]}" apt-get update -qq && "${install[@]}"
}

# Installs what TASK needs and says so; nothing to install: no apt call. 1: it cannot.
need() {
  local task=$1 wanted missing
  mapfile -t wanted < <(packages_for "$task" | xargs -n 1)
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: the packages of '$task' are taken to be there"
    return
  fi
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  [[ ${#missing[@]} != 0 ]] || return 0
  if [[ $EUID != 0 ]] && ! command -v sudo >/dev/null; then
    say "missing packages, and neither root nor sudo to install them: apt-get install ${missing[*]}"
    return 1
  fi
  local sudo=''
  if [[ $EUID != 0 ]]; then if [[ -t 0 ]]; then sudo=sudo; else sudo='sudo -n'; fi; fi
  quietly "installing ${missing[*]}" apt_install "$sudo" "${missing[@]}"
}
