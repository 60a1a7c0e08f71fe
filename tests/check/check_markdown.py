"""Markdown by cmark-gfm, the parser of GitHub, with its extensions."""

import functools
import subprocess
import xml.etree.ElementTree as ElementTree

NAMESPACE = "{http://commonmark.org/xml/1.0}"
BLOCKS = {"document", "heading", "paragraph", "list", "item", "table", "table_header", "table_row", "table_cell"}
INLINES = {"text", "code", "strong", "softbreak"}
OUTSIDE = str.maketrans("", "", "|`")  # what may stand outside of code: it cannot stand inside


class Document:
    def __init__(self, data):
        command = ["cmark-gfm", "-t", "xml", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"]
        written = subprocess.run(command, input=data, capture_output=True, check=True).stdout
        self.shape = []  # blocks in their order
        self.strange = []
        self.leaves = []  # of each block with text: all of it, and what is not code
        self.read(ElementTree.fromstring(written))

    def read(self, node):
        tag = node.tag.removeprefix(NAMESPACE)
        self.shape.append(f"{tag} {node.get('level', '')}")
        if tag not in BLOCKS:
            self.strange.append(tag)
        whole, bare = [], []
        for child in node:
            if child.tag.removeprefix(NAMESPACE) in BLOCKS:
                self.read(child)
            else:
                self.inline(child, whole, bare)
        if whole:
            self.leaves.append(("".join(whole), "".join(bare)))

    def inline(self, node, whole, bare):
        tag = node.tag.removeprefix(NAMESPACE)
        if tag not in INLINES:
            self.strange.append(tag)
        if tag in ("text", "code", "softbreak"):
            text = node.text or ("\n" if tag == "softbreak" else "")
            whole.append(text)
            if tag != "code":
                bare.append(text)
        for child in node:
            self.inline(child, whole, bare)


document_of = functools.lru_cache(8)(Document)


def problems(plain, data, case, _):
    expected, document = document_of(plain), Document(data)
    for tag in document.strange:
        yield f"an element that no summary has: {tag}"
    if not case.same_places:
        return
    if document.shape != expected.shape or len(document.leaves) != len(expected.leaves):
        yield "other blocks than the plain summary"
        return
    for (before, plain_bare), (text, bare) in zip(expected.leaves, document.leaves):
        if not case.agrees(before, text):
            yield f"{text[:120]!r} for {before[:120]!r}"
        if bare.translate(OUTSIDE) != plain_bare.translate(OUTSIDE):
            yield f"outside of code: {bare[:120]!r}"
