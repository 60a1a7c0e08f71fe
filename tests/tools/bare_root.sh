#!/usr/bin/env bash
# bare_root.sh can|run|all: both commands of the README in a bare Debian 12 that has git and nothing else of ours, from a
# clone of what is committed, so that what happens to be installed here does not hide what our scripts forgot.
#
# can: whether that can be done here, and else why not. run: as root, in root's home; then the first command as an ordinary
# user with sudo. all: both commands as that user, too. The bare system is made once and kept as an archive in the cache,
# beside the packages that it fetches; the compiler's cache is lent to it.
set -euo pipefail
top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
caches=${XDG_CACHE_HOME:-${HOME:?}/.cache}/crumbs
archive=$caches/root/bookworm.tar.gz
packages=$caches/root/packages
compiled=${CCACHE_DIR:-$caches/ccache}

say() { printf 'bare root: %s\n' "$*" >&2; }

quietly() { shift; "$@"; }

# shellcheck source=tests/tools/packages.sh
source "$top/tests/tools/packages.sh"

# Where apt gets Debian 12 from here.
mirror() {
  apt-get indextargets --format "\$(REPO_URI) \$(CODENAME)" 'Created-By: Packages' | sed -n 's/ bookworm$//p' | head -n 1
}

can() {
  [[ $EUID == 0 ]] || { say 'not done here: needs root'; return 1; }
  command -v apt-get >/dev/null || { say 'not done here: needs apt'; return 1; }
  [[ -n $(mirror) ]] || { say 'not done here: apt has no source of Debian 12'; return 1; }
  need root >/dev/null 2>&1 || { say 'not done here: there is no debootstrap'; return 1; }
  unshare --mount --pid --fork true 2>/dev/null || { say 'not done here: nothing may be mounted'; return 1; }
}

make_archive() {
  local root=$work/new
  say 'making a bare Debian 12 ...'
  mkdir -p "${archive%/*}" "$root"
  debootstrap --variant=minbase --include=git bookworm "$root" "$(mirror)" >"$work/debootstrap.log" 2>&1 ||
    { tail -n 20 "$work/debootstrap.log" >&2; return 1; }
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/archives/*.deb
  tar -C "$root" -czf "$archive.new" .
  mv "$archive.new" "$archive"
  rm -rf "$root"
}

# prepare ROOT: unpacks the bare system; its apt gets what ours gets, as ours does.
prepare() {
  local root=$1
  mkdir -p "$root" "$packages/partial" "$compiled"
  tar -C "$root" -xzf "$archive"
  rm -f "$root/etc/apt/sources.list"
  cp -a /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
  cp -a /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$root/etc/apt/sources.list.d/" 2>/dev/null || true
  apt-config dump --format '%f "%v";%n' Acquire | grep -v ':: "' >"$root/etc/apt/apt.conf.d/90acquire" || true
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"  # it is thrown away anyway
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
}

# as_root ROOT and as_user ROOT run the commands that they get as text, in the clone, in mounts and processes of their own:
# all of it ends with them.
inside() {
  local root=$1 home=$2 command=$3 environment=(CI=true HOME="$2" PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8)
  [[ $home == /root ]] || environment+=(CCACHE_READONLY=true CCACHE_TEMPDIR=/tmp/ccache)
  mkdir -p "$root$home/.cache/crumbs/ccache"
  [[ $home == /root ]] || chroot "$root" chown -R "${home##*/}:" "$home"
  # shellcheck disable=SC2016
  unshare --mount --pid --fork bash -euc '
    root=$1 home=$2 packages=$3 compiled=$4
    shift 4
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$packages" "$root/var/cache/apt/archives"
    mount --bind "$compiled" "$root$home/.cache/crumbs/ccache"
    exec chroot "$root" "$@" </dev/null
  ' inside "$root" "$home" "$packages" "$compiled" /usr/bin/env -i "${environment[@]}" bash -euc "$command"
}

as_root() {
  local root=$work/root
  prepare "$root"
  git clone -q --no-hardlinks "$top" "$root/root/crumbs"
  inside "$root" /root "cd /root/crumbs; $1"
  # Only the packages of today stay in the cache.
  inside "$root" /root 'apt-get -y -qq autoclean >/dev/null'
  rm -rf "$root"
}

as_user() {
  local root=$work/root
  prepare "$root"
  inside "$root" /root 'apt-get update -qq
    apt-get install -y -qq --no-install-recommends sudo >/dev/null 2>&1
    useradd -m -s /bin/bash auditor; echo "auditor ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/auditor
    rm -rf /var/lib/apt/lists/*'
  git clone -q --no-hardlinks "$top" "$root/home/auditor/crumbs"
  inside "$root" /home/auditor "exec setpriv --reuid auditor --regid auditor --init-groups bash -euc 'cd ~/crumbs; $1'"
  rm -rf "$root"
}

case ${1:-} in
  can) can ;;
  run | all)
    can
    mkdir -p "$top/build"
    work=$(mktemp -d "$top/build/bare-XXXXXX")
    trap 'rm -rf --one-file-system "$work"' EXIT
    [[ -s $archive ]] || make_archive
    as_root './dev run >/tmp/report; grep -q jivochat /tmp/report; ./dev test'
    user='./dev run >/tmp/report; grep -q jivochat /tmp/report'
    [[ $1 == run ]] || user+='; ./dev test'
    as_user "$user"
    ;;
  *)
    say 'can, run or all'
    exit 2
    ;;
esac
