"""Text by pyte, an emulator of a terminal, and by Python's tables of Unicode."""

import functools
import re
import string
import unicodedata

import pyte

OUR_STYLES = re.compile("\x1b\\[(?:0|1|2|32|33|36|1;31)m")
JOINER, STYLES = "\u200d", "\ufe0e\ufe0f"
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def hidden(text):
    """Characters that show nothing, move the cursor, or reorder what is around them."""
    return sorted(f"U+{ord(c):04X}" for c in set(text) if c not in "\n" + JOINER and unicodedata.category(c) in HIDDEN)


def most_marks(text):
    """The longest row of combining marks."""
    if not any(map(unicodedata.combining, set(text))):
        return 0
    longest = row = 0
    for c in text:
        row = row + 1 if unicodedata.combining(c) and c not in STYLES else 0
        longest = max(longest, row)
    return longest


def line_of(screen, number):
    """As screen.display, which looks at every column of a wide screen."""
    cells = screen.buffer[number]
    return "".join(cells[x].data for x in range(max(cells, default=-1) + 1))


def same_line(shown, line):
    """The emulator composes letters and marks, and keeps an empty column beside a wide letter."""
    clean = unicodedata.normalize("NFC", line)
    return unicodedata.normalize("NFC", shown).rstrip() == clean.rstrip()


NEXT = "the next line"  # what a line does to the terminal may show on the one below it alone


def emulated(line, plain):
    """What a terminal makes of one line of a report."""
    screen = pyte.Screen(2 * len(line) + len(NEXT) + 2, 3)
    pyte.Stream(screen).feed(line + "\r\n" + NEXT)
    problems = []
    if screen.title or screen.icon_name:
        problems.append(f"the title is set: {screen.title!r}")
    if (screen.cursor.x, screen.cursor.y) != (len(NEXT), 1):
        problems.append(f"the cursor is at {screen.cursor.x}, {screen.cursor.y}")
    for number, expected in ((0, plain), (1, NEXT)):
        shown = line_of(screen, number)
        if not same_line(shown, expected):
            problems.append(f"the screen shows {shown.rstrip()[:120]!r} for {expected[:120]!r}")
    return problems


# Characters that do nothing but show, in whatever order, the marks of our own among them.
PLAIN = set(string.ascii_letters + string.digits + string.punctuation + " ·─→“”…≠")
assert not emulated("".join(sorted(PLAIN)), "".join(sorted(PLAIN)))


@functools.lru_cache(None)
def line_problems(line, colored):
    """Most lines come again and again, and most hold nothing but plain characters, be they in one of our styles: the emulator,
    which is slow, is for all others."""
    plain = OUR_STYLES.sub("", line) if colored else line
    return [] if PLAIN.issuperset(plain) else emulated(line, plain)


def problems(_, data, case, name):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"no UTF-8: {error}"
        return
    colored = name.endswith("color")
    plain = OUR_STYLES.sub("", text) if colored else text
    if found := hidden(plain):
        yield f"control or invisible characters: {found}"
    if most_marks(plain) > 8:
        yield f"{most_marks(plain)} marks on one letter"
    for line in text.split("\n"):
        yield from line_problems(line, colored)
    if case.same_places and name.startswith("wide") and case.shown not in plain:
        yield "the text is nowhere"
