#!/usr/bin/python3
"""formats.py DIRECTORY: checks rendered reports that hold hostile text, by a real parser of each format.

DIRECTORY/plain holds renderings of a report in which the word of plain/case.json stands in every place that
a profile can fill; every other directory those of the same report with the text of its case.json there.
A line for each problem; the last line says how many files were looked at. Exit 0 whatever is found.
"""

import base64
import json
import pathlib
import sys
import unicodedata

import check_csv
import check_html
import check_json
import check_markdown
import check_terminal

CHECKS = {
    ".html": check_html.problems,
    ".csv": check_csv.problems,
    ".json": check_json.problems,
    ".ndjson": check_json.problems,
    ".md": check_markdown.problems,
    ".txt": check_terminal.problems,
}


def filled(pieces, text, forms):
    """Is `text` the pieces with a part of a form before each? The form itself may hold a piece."""
    if not pieces:
        return not text
    longest = max(map(len, forms))
    for end in range(min(longest, len(text)) + 1):
        fits = text.startswith(pieces[0], end) and any(text[:end] in form for form in forms)
        if fits and filled(pieces[1:], text[end + len(pieces[0]):], forms):
            return True
    return False


class Case:
    """What stands where the plain report has its word."""

    def __init__(self, directory, word):
        text = json.loads((directory / "case.json").read_text())
        self.word = word
        self.raw = base64.b64decode(text["raw"])
        self.shown = text["shown"]  # as people are to see it
        self.same_places = text["same_places"]  # the two reports differ in this text alone

    def agrees(self, plain, text):
        """Is `text` the plain one with the hostile text, or a part of it, in place of the word?"""
        if not self.same_places or text == plain.replace(self.word, self.shown):
            return True
        # Words of ours are shown with spaces; what is too long is cut.
        text, shown = text.replace("_", " "), self.shown.replace("_", " ")
        head, cut, _ = text.partition("…")
        if cut and plain.replace(self.word, shown).replace("_", " ").startswith(head):
            return True
        # A catalog's title is shown to its colon, an entry's id from its last slash; a mark in front is
        # escaped where there is nothing it could stand on.
        pieces = [piece.replace("_", " ") for piece in plain.split(self.word)]
        forms = [shown] + [self.raw.decode("utf-8", "replace")] * bool(unicodedata.combining(self.first()))
        return text.startswith(pieces[0]) and filled(pieces[1:], text[len(pieces[0]):], forms)

    def first(self):
        return self.raw.decode("utf-8", "replace")[:1] or " "


def main():
    work = pathlib.Path(sys.argv[1])
    word = json.loads((work / "plain" / "case.json").read_text())["shown"]
    for suffix in sorted({file.suffix for file in (work / "plain").iterdir()} - CHECKS.keys()):
        print(f"no parser for {suffix}: add it to CHECKS")
    looked_at = 0
    for directory in sorted(path for path in work.iterdir() if path.is_dir()):
        case = Case(directory, word)
        for file in sorted(directory.iterdir()):
            if file.name == "case.json" or file.suffix not in CHECKS:
                continue
            looked_at += 1
            plain = (work / "plain" / file.name).read_bytes()
            for problem in CHECKS[file.suffix](plain, file.read_bytes(), case, file.stem):
                print(ascii(f"{directory.name}/{file.name}: {problem}")[1:-1])
    print(f"{looked_at} files")


main()
