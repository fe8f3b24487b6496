"""What is wrong with a page's HTML: it must parse cleanly and carry nothing inline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E

INLINE = re.compile(r"^on[a-z]+$")
NAMESPACE = re.compile(r"^\{[^}]*\}")


def faults_of(html: str) -> list[str]:
    """Every fault, in words; an empty list for a clean page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    told = [
        f"line {line}: {E.get(code, code) % values}" for (line, _), code, values in parser.errors
    ]
    return [*told, *_structure(root)]


def _structure(root: Element) -> Iterator[str]:
    elements = list(root.iter())
    if not root.get("lang"):
        yield "the page does not say its language"
    if not (root.findtext("head/title") or "").strip():
        yield "the page has no title"
    headings = sum(1 for each in elements if each.tag == "h1")
    if headings != 1:
        yield f"the page has {headings} main headings instead of one"
    names = Counter(each.get("id") for each in elements if each.get("id"))
    yield from (
        f"the id {name!r} stands {times} times" for name, times in names.items() if times > 1
    )
    yield from _inline(elements)


def _inline(elements: list[Element]) -> Iterator[str]:
    for each in elements:
        tag = NAMESPACE.sub("", str(each.tag))
        if tag == "style" or (tag == "script" and not each.get("src")):
            yield f"an inline <{tag}>"
        if "style" in each.attrib:
            yield f"an inline style on <{tag}>: {each.get('style')}"
        yield from (f"{name} on <{tag}>" for name in each.attrib if INLINE.match(str(name)))
