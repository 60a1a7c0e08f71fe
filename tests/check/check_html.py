"""HTML by gumbo, a parser that follows the standard's algorithm: html5-parser gives its tree, python3-gumbo its errors."""

import functools

import gumbo.gumboc
import html5_parser


def count_errors(data):
    """How often the standard calls the page wrong where every browser still makes something of it."""
    text = data.decode("utf-8")
    # The binding takes the number of characters for that of bytes, and so cuts what is behind.
    padding = " " * (len(data) - len(text))
    with gumbo.gumboc.parse(text + padding) as output:
        return output.contents.errors.length


class Page:
    """The events of a page: elements with their attributes, and texts between them."""

    def __init__(self, data):
        self.errors = count_errors(data)
        self.shape = []  # tags with the names of their attributes
        self.texts = []  # of attributes and between tags, each with where it stands
        self.comments = 0
        self.links = []
        self.element(html5_parser.parse(data, transport_encoding="utf-8"))

    def element(self, node):
        if not isinstance(node.tag, str):
            self.comments += 1
            return
        attributes = sorted(node.items())
        self.shape.append(" ".join([node.tag] + [name for name, _ in attributes]))
        self.texts += [(f"{node.tag}@{name}", value) for name, value in attributes]
        self.links += [value for name, value in attributes if name in ("href", "src", "action", "xlink:href")]
        self.texts.append((node.tag, node.text or ""))
        for child in node:
            self.element(child)
            self.texts.append((node.tag, child.tail or ""))
        self.shape.append("/" + node.tag)


page_of = functools.lru_cache(8)(Page)


def problems(plain, data, case, _):
    expected, page = page_of(plain), Page(data)
    if page.errors:
        yield f"{page.errors} errors"
    if page.comments:
        yield "a comment"
    for link in page.links:
        if not link.startswith("#"):
            yield f"a link to {link}"
    for shape in sorted(set(page.shape) - set(expected.shape)):
        yield f"an element that no report has: {shape}"
    if not case.same_places or len(case.shown) > 60:  # what is cut has its length beside it
        return
    if page.shape != expected.shape or len(page.texts) != len(expected.texts):
        yield "other elements than the plain page"
        return
    for (where, before), (_, text) in zip(expected.texts, page.texts):
        if not case.agrees(before, text):
            yield f"{where} holds {text[:120]!r} for {before[:120]!r}"
    if not any(case.shown in text for _, text in page.texts):
        yield "the text is nowhere in the page"
