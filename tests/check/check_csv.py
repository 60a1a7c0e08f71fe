"""CSV by Python's reader, which takes quotes as spreadsheets do."""

import csv
import io
import re

FORMULA = re.compile("^ *[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile("^-?[0-9]+$")


def rows_of(data, name):
    mark = name.startswith("bom")
    text = data.decode("utf-8-sig" if mark else "utf-8")
    if mark != data.startswith(b"\xef\xbb\xbf"):
        raise ValueError("a byte-order mark where none belongs, or none")
    if not text.endswith("\r\n"):
        raise ValueError("no line end")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def cell_problem(column, before, cell, case):
    if FORMULA.match(cell) and not (NUMBER.match(cell) and column in ("row", "offset", "length")):
        return f"{column} would be a formula: {cell[:60]!r}"
    if "\n" in cell or "\r" in cell:
        return f"{column} holds a line end"
    expected = before.replace(case.word, case.shown)
    guarded = "'" + expected if FORMULA.match(expected) or FORMULA.match(case.raw.decode("utf-8", "replace")) else expected
    if case.same_places and cell not in (expected, guarded):
        return f"{column} holds {cell[:80]!r}, not {expected[:80]!r}"
    return None


def problems(plain, data, case, name):
    try:
        expected, rows = rows_of(plain, name), rows_of(data, name)
    except (ValueError, csv.Error) as error:
        yield f"no CSV: {error}"
        return
    if len(rows) != len(expected):
        yield f"{len(rows)} rows, not {len(expected)}"
        return
    for before, row in zip(expected, rows):
        if len(row) != len(rows[0]):
            yield f"{len(row)} fields, not {len(rows[0])}"
            return
        for column, plain_cell, cell in zip(rows[0], before, row):
            if problem := cell_problem(column, plain_cell, cell, case):
                yield problem
