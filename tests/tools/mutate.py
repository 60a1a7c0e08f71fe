#!/usr/bin/python3
"""mutate.py [--check] [--list] [--sample N --seed TEXT] [PATTERN...]: whether the tests notice wrong code.

tests/mutants/*.txt hold small wrong changes, each of which would harm somebody: an auditor who is told too little, a person
whose data is shown. One is

    name: what its user would suffer
    lib/audit/audit.cc
    - text to find, exactly once; white space may differ
    + text in its place; no such line where the text goes

An empty line ends it; a line that begins with # is a comment. Each is made in a scratch copy of the checkout, what changed is
built, and the tests that can reach it run until one fails: it is killed. One that survives shows a behaviour that no test
holds. --check only sees that each can still be made. PATTERN: a part of the name, or of the path, as in a shell.

Each core works in a copy of its own below build/mutate; the compiler's cache is shared. Exit 1: one survived, or cannot be
made, or a test fails without any change.
"""
import argparse
import fnmatch
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

top = Path(__file__).resolve().parent.parent.parent
scratch = top / "build" / "mutate"
# Those that need more than the build, those that take more than a change is worth, and the one that finds every change.
LEFT_OUT = "browser|install|npm|parsers|mutants"
TEST_SECONDS = 120
CORES = len(os.sched_getaffinity(0))  # taskset leaves the others to whoever works beside


class Mutant:
    def __init__(self, place, lines):
        self.place = place
        self.name, _, self.harm = lines[0].partition(": ")
        self.path = lines[1] if len(lines) > 1 else ""
        self.old = "\n".join(line[2:] for line in lines[2:] if line.startswith("- "))
        self.new = "\n".join(line[2:] for line in lines[2:] if line.startswith("+ "))
        self.fault = self.find_fault(lines[2:])

    def find_fault(self, edit):
        if not self.harm or not self.old or any(line[:2] not in ("- ", "+ ") for line in edit):
            return "expected 'name: harm', a path, lines with '- ' and '+ '"
        if not (top / self.path).is_file():
            return f"there is no {self.path}"
        found = len(self.matches((top / self.path).read_text()))
        if found != 1:
            return f"its text is there {found} times in {self.path}"
        return "it changes nothing" if self.old.split() == self.new.split() else None

    def matches(self, text):
        words = r"\s+".join(re.escape(word) for word in self.old.split())
        return list(re.finditer(words, text))

    def apply(self, text):
        match, = self.matches(text)
        return text[: match.start()] + self.new + text[match.end() :]


def read_mutants():
    mutants = []
    for path in sorted((top / "tests" / "mutants").glob("*.txt")):
        text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("#"))
        for number, block in enumerate(re.split(r"\n\s*\n", text.strip()), 1):
            mutants.append(Mutant(f"{path.relative_to(top)}, block {number}", block.splitlines()))
    return mutants


def complain(mutants):
    """Tells what is wrong with the list; whether anything is."""
    seen, wrong = set(), not mutants
    for mutant in mutants:
        fault = "its name is there twice" if mutant.name in seen else mutant.fault
        seen.add(mutant.name)
        if fault:
            wrong = True
            print(f"{mutant.place}: {mutant.name}: {fault}")
    return wrong


def run(command, cwd, **more):
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **more)


class Copy:
    """A checkout of its own, with a build in it."""

    def __init__(self, number):
        self.root = scratch / str(number)
        self.build = self.root / "build" / "release"
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(self.root)}
        self.reach = {}

    def refresh(self):
        """What git would see of the checkout, and nothing else; a file that did not change keeps its time."""
        listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], top, check=True).stdout
        wanted = {name for name in listed.split("\0") if name and (top / name).exists()}
        for path in [path for path in self.root.rglob("*") if path.is_file() or path.is_symlink()]:
            name = str(path.relative_to(self.root))
            if name not in wanted and not name.startswith("build/"):
                path.unlink()
        for name in wanted:
            source, target = top / name, self.root / name
            if target.is_file() and not source.is_symlink() and target.read_bytes() == source.read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
            if not target.is_symlink():
                os.utime(target)  # newer than what was built of what was there
        if not (self.build / "build.ninja").exists():
            self.must(["cmake", "--preset", "release", "-DCRUMBS_BENCH=OFF"], "configuring")
        self.must(self.build_command(CORES), "building")

    def must(self, command, what):
        result = run(command, self.root, env=self.environment)
        if result.returncode != 0:
            sys.exit(f"{result.stdout}\nmutate: {what} the copy failed")

    def build_command(self, jobs):
        return ["cmake", "--build", "--preset", "release", "-j", str(jobs), "--target", "crumbs_tests", "crumbs_program"]

    def tests_reached(self, path):
        """By the build's own graph, those of the same room first."""
        if path not in self.reach:
            found = run(["tests/tools/reach.py", str(self.build), path], self.root, check=True).stdout.split()
            names = json.loads(run(["ctest", "--show-only=json-v1", "-LE", LEFT_OUT], self.build, check=True).stdout)
            every = [test["name"] for test in names["tests"]]
            rooms = [part for part in Path(path).parts[:-1] if part != "lib"]
            near = lambda name: name.startswith("/".join(rooms) + "/") or name.startswith(f"{rooms[0]}/")
            reached = [name for name in every if found == ["*"] or name in found]
            self.reach[path] = ([name for name in reached if rooms and near(name)],
                                [name for name in reached if not (rooms and near(name))])
        return self.reach[path]

    def failing(self, tests):
        """The first of these tests that fails."""
        if not tests:
            return None
        pattern = "^(" + "|".join(re.escape(name) for name in tests) + ")$"
        result = run(["ctest", "-R", pattern, "--stop-on-failure", "--timeout", str(TEST_SECONDS), "-j", "1"], self.build)
        if result.returncode == 0:
            return None
        match = re.search(r"The following tests FAILED:\s+\d+ - (\S+)", result.stdout)
        if not match:
            sys.exit(f"{result.stdout}\nmutate: the tests could not be run")
        return match[1]

    def try_out(self, mutant, likely):
        """'killed' and by which test, 'survived', or 'broken': it does not compile."""
        near, far = self.tests_reached(mutant.path)
        path = self.root / mutant.path
        original = path.read_text()
        try:
            path.write_text(mutant.apply(original))
            if run(self.build_command(1), self.root, env=self.environment).returncode != 0:
                return "broken", ""
            for tests in ([likely] if likely in near + far else [], near, far):
                if killer := self.failing(tests):
                    return "killed", killer
            return "survived", ""
        finally:
            path.write_text(original)


class Killers:
    """Which test noticed a mutant the last time: it is asked first."""

    def __init__(self):
        self.path = scratch / "killers.json"
        self.known = json.loads(self.path.read_text()) if self.path.exists() else {}

    def keep(self, mutant, test):
        self.known[mutant.name] = test
        self.path.write_text(json.dumps(self.known, indent=1))


def campaign(mutants):
    scratch.mkdir(parents=True, exist_ok=True)
    killers, lock = Killers(), threading.Lock()
    free = queue.Queue()
    copies = [Copy(number) for number in range(min(CORES, len(mutants)))]
    for copy in copies:  # the first one fills the compiler's cache for the others
        copy.refresh()
        free.put(copy)

    def one(mutant):
        copy, start = free.get(), time.monotonic()
        try:
            outcome, killer = copy.try_out(mutant, killers.known.get(mutant.name))
        finally:
            free.put(copy)
        with lock:
            if killer:
                killers.keep(mutant, killer)
            by = f" by {killer}" if killer else f": {mutant.harm}"
            print(f"{outcome:8} {mutant.name}{by} ({time.monotonic() - start:.0f} s)", flush=True)
        return outcome, killer

    with ThreadPoolExecutor(len(copies)) as pool:
        outcomes = list(pool.map(one, mutants))
    copies[0].refresh()
    untrue = copies[0].failing(sorted({killer for _, killer in outcomes if killer}))
    count = lambda wanted: sum(outcome == wanted for outcome, _ in outcomes)
    print(f"{count('killed')} of {len(mutants)} killed, {count('survived')} survived, {count('broken')} do not compile")
    if untrue:
        print(f"mutate: {untrue} fails without any change, too: what it killed does not count")
    return count("killed") == len(mutants) and not untrue


def chosen(mutants, arguments):
    fits = lambda mutant, pattern: any(fnmatch.fnmatch(text, f"*{pattern}*") for text in (mutant.name, mutant.path))
    if arguments.pattern:
        mutants = [mutant for mutant in mutants if any(fits(mutant, pattern) for pattern in arguments.pattern)]
    if arguments.sample:
        mutants = random.Random(arguments.seed).sample(mutants, min(arguments.sample, len(mutants)))
    return mutants


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", default="")
    parser.add_argument("pattern", nargs="*")
    arguments = parser.parse_args()
    mutants = read_mutants()
    if complain(mutants):
        return 1
    mutants = chosen(mutants, arguments)
    if not mutants:
        print("mutate: no mutant fits")
        return 2
    if arguments.list:
        for mutant in mutants:
            print(f"{mutant.name} ({mutant.path}): {mutant.harm}")
    if arguments.check or arguments.list:
        print(f"{len(mutants)} can be made")
        return 0
    return 0 if campaign(mutants) else 1


sys.exit(main())
