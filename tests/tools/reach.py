#!/usr/bin/python3
"""reach.py BUILD_DIR FILE...: the CTest tests that a change of the files can reach, one a line; `*` for all of them.

By the build's own graph: which objects read a file (ninja's list of headers), and which objects an object needs at link
time (symbols that one leaves open and another defines). A test that runs the program needs all that the program needs.
Of files that tests read while they run, the graph knows nothing: some are known by their place, any other reaches all.
"""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

build = Path(sys.argv[1])
top = Path.cwd()
RUNS_PROGRAM = re.compile(r"crumbs::test::(crumbs|crumbs_program|crumbs_bound_by_modes)(\[abi:\w+\])?\(")
# Read while tests run, or by none: the path, and the tests, {} being what the pattern caught.
BY_PLACE = [
    (re.compile(r"tests/fuzz/corpus/(\w+)/"), "fuzz/{}"),
    (re.compile(r"tests/install/"), "install"),
    (re.compile(r"tests/mutants/"), "tools/mutants"),
    (re.compile(r"tests/browser/\w+\.mjs"), "browser/*"),
    (re.compile(r"(tests/cookbook/.*\.(mjs|json)|man/crumbs-cookbook\.7)$"), "cookbook/*"),
    (re.compile(r"man/.*\.\d$"), "man*"),
    (re.compile(r"README\.md$"), "readme"),
    (re.compile(r"(tests/tools/|\.ci/|dev$|[^/]*\.md$|man/.*\.png$|LICENSE$|\.git|\.editorconfig|\.clang)"), ""),
]


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def read_files():
    """Of each object the files of the checkout that it was compiled from."""
    files = defaultdict(set)
    for line in output_of("ninja", "-C", build, "-t", "deps").splitlines():
        if not line.startswith(" "):
            current = line.split(": #deps")[0]
        elif line.strip():
            path = os.path.normpath(os.path.join(build, line.strip()))
            files[current].add(os.path.relpath(path, top) if os.path.isabs(path) else path)
    return files


class Graph:
    def __init__(self, objects):
        self.defined_by = defaultdict(set)
        self.open = defaultdict(set)
        names = output_of("nm", "-A", "-C", *[build / name for name in objects])
        for line in names.splitlines():
            match = re.match(r"(.*?\.o):\s*[0-9a-f]*\s([A-Za-z]) (.*)", line)
            name, kind, symbol = os.path.relpath(match[1], build), match[2], match[3]
            if kind == "U":
                self.open[name].add(symbol)
            elif kind in "TDBRVWuC":
                self.defined_by[symbol].add(name)
        self.program = self.needs({name for name in objects if name.startswith("cli/")})

    def needs(self, roots):
        """The objects and all that they need, one through the other."""
        reached, waiting = set(roots), list(roots)
        while waiting:
            for symbol in self.open[waiting.pop()]:
                found = set(self.defined_by.get(symbol, ()))
                if RUNS_PROGRAM.match(symbol):
                    found |= self.program
                waiting += found - reached
                reached |= found
        return reached


def tests_of(objects):
    """The name of the test that each object is, by where it lies."""
    tests = {}
    for name in objects:
        if match := re.search(r"crumbs_tests\.dir/(.*)_test\.cc\.o$", name):
            tests[name] = match[1]
        elif match := re.search(r"/(\w+)_fuzz\.cc\.o$", name):
            tests[name] = "fuzz/" + match[1]
    return tests


def main(changed):
    files = {name: read for name, read in read_files().items() if name.endswith(".o") and (build / name).exists()}
    known = set().union(*files.values())
    reached = {"tools/mutants"} if any(path.startswith(("lib/", "cli/")) for path in changed) else set()
    for path in changed:
        places = [(match, test) for pattern, test in BY_PLACE if (match := pattern.match(path))]
        if path in known:
            continue
        if not places:
            return ["*"]
        match, test = places[0]
        reached.add(test.format(*match.groups()))
    graph = Graph(files)
    touched = {name for name, read in files.items() if read & set(changed)}
    # main.cc and support/ are in every test's program, but a test needs of them only what it calls.
    for name, test in tests_of(files).items():
        if graph.needs({name}) & touched:
            reached.add(test)
    return sorted(reached - {""})


print("\n".join(main(sys.argv[2:])))
