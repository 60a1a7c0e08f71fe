"""JSON and NDJSON by Python's parser: the text itself comes back, byte by byte."""

import base64
import json


def unique(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice in one object")
    return members


def documents(data, name_is_lines):
    text = data.decode("utf-8")
    lines = text[:-1].split("\n") if name_is_lines else [text]
    return [json.loads(line, object_pairs_hook=unique) for line in lines]


class Comparison:
    def __init__(self, case):
        self.case = case
        self.problems = []
        self.found = 0
        try:
            # Two surrogates side by side are one character to whoever reads them from JSON.
            halves = case.raw.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
            self.text = halves.decode("utf-16", "surrogatepass")
        except UnicodeDecodeError:
            self.text = None  # only the _base64 beside it has all of it
        try:
            case.raw.decode("utf-8")
            self.exact = True
        except UnicodeDecodeError:
            self.exact = False

    def run(self, plain, other, where=""):
        if type(plain) is not type(other):
            self.problems.append(f"{where} is {type(other).__name__}")
        elif isinstance(plain, dict):
            self.run_object(plain, other, where)
        elif isinstance(plain, list):
            if len(plain) != len(other):
                self.problems.append(f"{where} has {len(other)} elements")
            for number, (one, another) in enumerate(zip(plain, other)):
                self.run(one, another, f"{where}/{number}")
        elif isinstance(plain, str):
            self.run_text(plain, other, where)
        elif plain != other:
            self.problems.append(f"{where} is {other}")

    def run_object(self, plain, other, where):
        beside = {key for key in other if key not in plain and key.endswith("_base64") and key[:-7] in plain}
        names = {self.expected(key): key for key in plain}
        for key in other:
            if key in beside:
                raw = plain[key[:-7]].encode().replace(self.case.word.encode(), self.case.raw)
                if base64.b64decode(other[key], validate=True) != raw:
                    self.problems.append(f"{where}/{key} holds other bytes")
                self.found += 1
            elif key in names:
                self.run(plain[names[key]], other[key], f"{where}/{names[key]}")
            elif self.text is not None:
                self.problems.append(f"{where} has a member {key[:60]!r}")
        if self.text is not None and len(other) - len(beside) != len(plain):
            self.problems.append(f"{where} has not the same members")

    def expected(self, plain):
        return plain.replace(self.case.word, self.text if self.text is not None else self.case.word)

    def run_text(self, plain, other, where):
        if self.text is not None:
            expected = self.expected(plain)
            self.found += expected != plain
            if other not in (expected, plain.replace(self.case.word, self.case.shown)):
                self.problems.append(f"{where} is {other[:80]!r}, not {expected[:80]!r}")
        elif self.case.word in other:
            self.problems.append(f"{where} still is the plain text")


def problems(plain, data, case, name):
    lines = name == "records"
    try:
        expected, read = documents(plain, lines), documents(data, lines)
    except ValueError as error:
        yield f"no JSON: {error}"
        return
    if not case.same_places:
        return
    comparison = Comparison(case)
    comparison.run(expected, read)
    yield from comparison.problems
    if case.shown != case.word and comparison.found < 10:
        yield "the text is not there"
