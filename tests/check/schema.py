#!/usr/bin/python3
"""schema.py SCHEMA FILE...: validates JSON files with python3-jsonschema, a validator that is not ours.

A line a file: "valid NAME", or "invalid NAME: POINTER: why". Of a .ndjson file every line is validated
against #/$defs/record. Schemas beside SCHEMA may be referred to by their $id. Exit 0 whatever is found.
Without a FILE the schemas themselves are validated, against that of the standard: exit 1 where one is none.
"""

import json
import pathlib
import sys

import jsonschema


def unique(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice in one object")
    return members


def no_constant(word):
    raise ValueError(word + " is not JSON")


def parse(text):
    return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)


def load_schemas(file):
    """The schema of `file`, and every schema beside it by its $id."""
    schemas = {}
    for beside in sorted(file.parent.glob("*.schema.json")):
        schema = parse(beside.read_text(encoding="utf-8"))
        schemas[schema["$id"]] = schema
    return parse(file.read_text(encoding="utf-8")), schemas


# What the library asks of functions, one after the other; of all others (1.0 is an integer) it is asked.
TYPES = {dict: {"object"}, list: {"array"}, str: {"string"}, bool: {"boolean"}, int: {"integer", "number"}, type(None): {"null"}}


class Texts:
    """The objects of one document as text, each written once: a validator comes to it by many ways."""

    def __init__(self):
        self.known = {}

    def of(self, instance):
        kept = self.known.get(id(instance))
        if kept is None:
            kept = instance, json.dumps(instance)  # the object is kept, so that its id stays its own
            self.known[id(instance)] = kept
        return kept[1]


class Validator(jsonschema.Draft202012Validator):
    """Draft202012Validator, which makes a validator for every step into a schema: here once for each part of it.

    Reports repeat themselves: what was found valid by a part of the schema is not looked at again.
    """

    made = {}
    texts = Texts()

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.valid = set()

    def iter_errors(self, instance, *rest):
        kind = type(instance)
        if kind is list:
            yield from super().iter_errors(instance, *rest)
            return
        key = Validator.texts.of(instance) if kind is dict else (kind, instance)
        if key in self.valid:
            return
        any_error = False
        for error in super().iter_errors(instance, *rest):
            any_error = True
            yield error
        if not any_error:
            self.valid.add(key)

    def is_type(self, instance, name):
        known = TYPES.get(type(instance))
        return name in known if known else super().is_type(instance, name)

    def evolve(self, **changes):
        part = changes.get("schema", self.schema)
        _, validator = self.made.get(id(part), (None, None))
        if validator is None:
            validator = Validator(part, resolver=self.resolver, format_checker=self.format_checker)
            self.made[id(part)] = part, validator  # the part is kept, so that its id stays its own
        return validator


def validator_of(schema, schemas):
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=schemas)
    return lambda part: Validator(part, resolver=resolver, format_checker=jsonschema.FormatChecker())


def deepest(error):
    """The error that explains most: of a choice, that of the branch that fits best."""
    return jsonschema.exceptions.best_match([error])


def problem_of(validator, document):
    Validator.texts = Texts()
    error = next(validator.iter_errors(document), None)
    if error is None:
        return ""
    error = deepest(error)
    pointer = "".join("/" + str(step) for step in error.absolute_path)
    return f"{pointer}: {error.message[:200]}"


def check(file, whole, record):
    try:
        text = file.read_bytes().decode("utf-8")
        if file.suffix != ".ndjson":
            return problem_of(whole, parse(text))
        if not text.endswith("\n"):
            return "no line end"
        for number, line in enumerate(text[:-1].split("\n"), 1):
            if problem := problem_of(record, parse(line)):
                return f"line {number}: {problem}"
        return ""
    except ValueError as error:
        return f"no JSON: {error}"


def main():
    schema, schemas = load_schemas(pathlib.Path(sys.argv[1]))
    if len(sys.argv) == 2:
        for one in schemas.values():
            jsonschema.Draft202012Validator.check_schema(one)
    make = validator_of(schema, schemas)
    whole = make(schema)
    record = make({"$ref": "#/$defs/record"})
    for name in sys.argv[2:]:
        problem = check(pathlib.Path(name), whole, record)
        print(ascii(f"invalid {name}: {problem}")[1:-1] if problem else f"valid {name}")


main()
