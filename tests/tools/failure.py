#!/usr/bin/python3
"""failure.py LOG COMMAND...: what failed in a run of COMMAND with the output LOG, in at most nine lines.

Of failed tests the names, the first error of each, and the command that repeats them; else the first error of a compiler
or of another program, and the command.
"""

import re
import shlex
import sys
from pathlib import Path

MOST = 3  # tests whose first error is shown
FAILED = re.compile(r"^\s+\d+ - (\S+) \((.*)\)")
COMPILER = re.compile(r": (?:fatal )?error: |^FAILED: |undefined reference|^CMake Error|^ninja: error")
IN_TEST = re.compile(
    r": (?:FATAL )?ERROR: |undefined reference|ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error: |terminate called|: error: "
    r"|^[a-z_]+: .*(?:FAILED|failed|is missing)"
)


def first_error(lines, test):
    """The first line of the test's own output that looks like an error, with what doctest says the values were."""
    inside = False
    for number, line in enumerate(lines):
        if re.search(rf"Test\s+#\d+: {re.escape(test)} \.*\*\*\*", line):
            inside = True
        elif inside and IN_TEST.search(line):
            values = lines[number + 1].strip() if number + 1 < len(lines) else ""
            return line.strip() + (" " + values if values.startswith("values:") else "")
        elif inside and re.search(r"^\s*(Start\s+\d+:|\d+/\d+ Test\s+#)", line):
            break
    return "no error in its output"


def main(log, command):
    lines = Path(log).read_text(errors="replace").splitlines()
    failed = [match for match in map(FAILED.match, lines) if match]
    if failed:
        names = list(dict.fromkeys(match[1] for match in failed))
        print(f"ci: {len(names)} failed: {' '.join(names)}"[:400])
        for name in names[:MOST]:
            print(f"ci: {name}: {first_error(lines, name)}"[:400])
        if command[0] == "./dev":
            command = command[: 3 if command[1] == "preset" else 2]
            command += ["-R", "^(" + "|".join(names[:20]) + ")$" if len(names) > 1 else f"^{names[0]}$"]
    else:
        errors = [line for line in lines if COMPILER.search(line)]
        for line in errors[:MOST] or [line for line in lines if line.strip()][-5:]:
            print(f"ci: {line.strip()}"[:400])
    print("ci: again: " + shlex.join(command))


main(sys.argv[1], sys.argv[2:])
