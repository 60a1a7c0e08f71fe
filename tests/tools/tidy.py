#!/usr/bin/python3
"""tidy.py BUILD_DIR [--checks=WHICH] FILE...: clang-tidy over the files, those at once that were clean before as they are.

A clean result is kept for the user, not for the checkout, and in two steps, as ccache does it:

* by the bytes of the file and of every header it read, which costs no compiler;
* else by what the compiler saw (`-E -P -dD -dI`) plus what silences or feeds a check though no compiler sees it
  (lines with NOLINT, comments that name an argument), so that a comment in a header checks nothing again.

In both: the file's own text, its command with the checkout's place taken out, .clang-tidy, --checks, and the version of clang-tidy.
Only clean results are kept; a finding is found again each time.

Most of a check is a walk over the headers. Where many files are to be checked, they are joined into a few units that share it,
as far as their names do not clash; those of a unit with findings are then checked one by one, as is a single file.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

TIDY = "clang-tidy-14"
JOINED = 16  # files in one unit; fewer than half of that are checked one by one
KEPT = 20000  # results and lists of headers, each: a few MiB in all
SILENCERS = re.compile(rb"NOLINT[^\n]*\n?[^\n]*|/\*\s*\w+\s*=\s*\*/")

top = Path.cwd()
cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crumbs" / "clang-tidy"
cache = Path(os.environ.get("CRUMBS_TIDY_CACHE") or cache)


def digest(*parts):
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part if isinstance(part, bytes) else part.encode()).digest())
    return whole.hexdigest()


def run(command, **more):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


class Unit:
    """One file to check: its command, and the key of all that is not read by the preprocessor."""

    def __init__(self, path, entry, common):
        self.path = path
        self.directory = entry["directory"]
        words = shlex.split(entry["command"])
        while words and not os.path.basename(words[0]).startswith("clang"):
            del words[0]  # a launcher
        self.command = words
        self.files, self.result = [], None  # what it read, and where its result is kept
        self.base = digest(common, path, shlex.join(words).replace(f"{top}/", ""), Path(path).read_bytes())

    def flags(self):
        """The command without the file and what is made of it."""
        words = list(self.command)
        words[words.index("-o") : words.index("-o") + 2] = []
        return words[: words.index("-c")]

    def preprocess(self):
        """What the compiler sees, and the files it read: inside of the checkout by their place in it."""
        words = self.flags() + [str(top / self.path)]
        with tempfile.NamedTemporaryFile(suffix=".d") as list_file:
            done = run(words + ["-E", "-P", "-dD", "-dI", "-MD", "-MF", list_file.name], cwd=self.directory)
            if done.returncode != 0:
                return None, []
            names = Path(list_file.name).read_text().replace("\\\n", " ").split(":", 1)[1].split()
        files = sorted({os.path.normpath(os.path.join(self.directory, name)) for name in names})
        return done.stdout, [os.path.relpath(f, top) if Path(f).is_relative_to(top) else f for f in files]


file_hashes = {}


def file_hash(path):
    if path not in file_hashes:
        try:
            file_hashes[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        except OSError:
            file_hashes[path] = ""
    return file_hashes[path]


def known(path):
    """Whether the result is there; it then counts as used now."""
    try:
        os.utime(path)
        return True
    except FileNotFoundError:
        return False


def keep(path, text=""):
    """Whole or not at all: other runs use the same place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        file.write(text)
    os.replace(file.name, path)


def read_headers_as_before(headers_file):
    try:
        before = json.loads(headers_file.read_text())
    except (OSError, ValueError):
        return False
    return bool(before) and all(file_hash(path) == value for path, value in before.items())


def look_up(unit):
    """How the unit is known to be clean ('headers', 'text'), or None."""
    headers_file = cache / "headers" / unit.base
    if read_headers_as_before(headers_file) and known(headers_file):
        return "headers"
    text, unit.files = unit.preprocess()
    if text is None:
        return None
    ours = [Path(path).read_bytes() for path in unit.files if not os.path.isabs(path)]
    silencers = b"\n".join(found for content in ours for found in SILENCERS.findall(content))
    unit.result = cache / "results" / digest(unit.base, text, silencers)
    if not known(unit.result):
        return None
    remember(unit)
    return "text"


def remember(unit):
    if unit.result is not None:
        keep(unit.result)
        keep(cache / "headers" / unit.base, json.dumps({path: file_hash(path) for path in unit.files}))


def tidy(unit):
    """What clang-tidy says of the unit, or None."""
    done = run([TIDY, *checks, "-p", build_dir, "--quiet", unit.path])
    if done.returncode != 0:
        return (done.stdout + (b"" if done.stdout.strip() else done.stderr)).decode(errors="replace")
    remember(unit)
    return None


def clashing(units):
    """Those that cannot be compiled after the others as one unit: something has a name that is taken."""
    written = "".join(f'#include "{top / unit.path}"\n' for unit in units)
    words = units[0].flags() + ["-x", "c++", "-fsyntax-only", "-ferror-limit=0", "-w", "-"]
    done = subprocess.run(words, cwd=units[0].directory, input=written.encode(), capture_output=True)
    found, number = set(), 0
    for line in done.stderr.decode(errors="replace").splitlines():
        if match := re.match(r"In file included from <stdin>:(\d+):", line):
            number = int(match[1])
        elif "error: " in line and number:
            found.add(number - 1)
    return list(units) if done.returncode != 0 and not found else [units[i] for i in sorted(found)]


def group_of(units):
    """Those of them that go together."""
    group = units
    while len(group) > 1 and (left_out := clashing(group)):
        group = [unit for unit in group if unit not in left_out]
    return group


def joined(units, pool):
    """Groups of units that are checked as one; whoever is in none is checked alone."""
    by_flags = {}
    for unit in units:
        by_flags.setdefault(tuple(unit.flags()), []).append(unit)
    for rest in by_flags.values():
        while len(rest) >= JOINED // 2:
            parts = [rest[start : start + JOINED] for start in range(0, len(rest), JOINED)]
            groups = [group for group in pool.map(group_of, parts) if len(group) > 1]
            yield from groups
            before, rest = len(rest), [unit for unit in rest if not any(unit in group for group in groups)]
            if len(rest) == before:
                break


def tidy_joined(units):
    """Whether all of them are clean, seen as one."""
    directory = Path(build_dir) / "joined"
    directory.mkdir(exist_ok=True)
    file = directory / f"{digest(*(unit.path for unit in units))[:16]}.cc"
    file.write_text("".join(f'#include "{top / unit.path}"  // NOLINT(bugprone-suspicious-include)\n' for unit in units))
    done = run([TIDY, *checks, "--quiet", str(file), "--", *units[0].flags()[1:]], cwd=units[0].directory)
    if done.returncode == 0:
        for unit in units:
            remember(unit)
    return done.returncode == 0


def forget_oldest():
    for kind in ("headers", "results"):
        files = list((cache / kind).glob("*"))
        if len(files) > KEPT:
            files.sort(key=lambda path: path.stat().st_mtime)
            for path in files[: len(files) - KEPT]:
                path.unlink(missing_ok=True)


def main(paths):
    version = run([TIDY, "--version"]).stdout
    common = digest(version, Path(".clang-tidy").read_bytes(), Path(__file__).read_bytes(), *checks)
    entries = json.loads((Path(build_dir) / "compile_commands.json").read_text())
    by_file = {os.path.normpath(os.path.join(e["directory"], e["file"])): e for e in entries}
    if strangers := [path for path in paths if str(top / path) not in by_file]:
        sys.exit(f"tidy: no target builds {', '.join(strangers)}")
    units = [Unit(path, by_file[str(top / path)], common) for path in paths]
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS") or os.cpu_count())) as pool:
        ways = list(pool.map(look_up, units))
        unknown = [unit for unit, way in zip(units, ways) if way is None]
        groups = list(joined(unknown, pool))
        clean = [unit for group, is_clean in zip(groups, pool.map(tidy_joined, groups)) if is_clean for unit in group]
        failed = []
        alone = [unit for unit in unknown if unit not in clean]
        for unit, said in zip(alone, pool.map(tidy, alone)):
            if said is not None:
                print(said, flush=True)
                failed.append(unit.path)
    forget_oldest()
    print(f"tidy: {len(paths)} files: {len(alone)} checked alone, {len(clean)} joined, {len(paths) - len(unknown)} known to be",
          f"clean ({ways.count('headers')} by their bytes)", flush=True)
    if failed:
        sys.exit(f"tidy: {len(failed)} with findings: {' '.join(failed)}")


build_dir = os.path.abspath(sys.argv[1])
checks = [word for word in sys.argv[2:3] if word.startswith("--checks=")]
main(sys.argv[2 + len(checks) :])
