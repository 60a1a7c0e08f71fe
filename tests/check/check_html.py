"""HTML by html5lib, the reference implementation of the standard's parser."""

import functools

import html5lib
from html5lib import treewalkers


class Page:
    """The events of a page: elements with their attributes, and texts between them."""

    def __init__(self, data):
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        tree = parser.parse(data)
        self.errors = [f"{place}: {code}" for place, code, _ in parser.errors]
        self.shape = []  # tags with the names of their attributes
        self.texts = []  # of attributes and between tags, each with where it stands
        self.comments = 0
        self.links = []
        self.read(treewalkers.getTreeWalker("etree")(tree))

    def read(self, walker):
        inside, pending = [], ""
        for token in walker:
            kind = token["type"]
            if kind in ("Characters", "SpaceCharacters"):
                pending += token["data"]
                continue
            self.texts.append((inside[-1] if inside else "", pending))
            pending = ""
            if kind in ("StartTag", "EmptyTag"):
                self.element(token)
                if kind == "StartTag":
                    inside.append(token["name"])
            elif kind == "EndTag":
                inside.pop()
                self.shape.append("/" + token["name"])
            elif kind == "Comment":
                self.comments += 1

    def element(self, token):
        attributes = sorted((name, value) for (_, name), value in token["data"].items())
        self.shape.append(" ".join([token["name"]] + [name for name, _ in attributes]))
        self.texts += [(f"{token['name']}@{name}", value) for name, value in attributes]
        self.links += [value for name, value in attributes if name in ("href", "src", "action", "xlink:href")]


page_of = functools.lru_cache(8)(Page)


def problems(plain, data, case, _):
    expected, page = page_of(plain), Page(data)
    yield from page.errors
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
