"""Whether a file gives away somebody: looked for in its text, text boxes, content controls, heads
and feet, notes, comments, tracked changes, hidden and deleted text, bookmarks, alternative texts,
custom data, properties, and in what is packed inside it.

Text with tracked changes is read as it was, as it becomes, and with both, since a name may be
whole in one of them alone. A finding tells the place, the kind and the label, and never repeats
what it found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from concordat.craft import images, office, pdf_words, sniff, word_reading
from concordat.craft.giveaways import Form, Kind, Sought, folded, forms, plain, serials, standing
from concordat.kernel.errors import Invalid

__all__ = ["Kind", "Leak", "Replacing", "Sought", "scan"]


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something was found. `whole` is false where only one word of a name stands there,
    which may be an everyday word."""

    place: str
    kind: Kind
    label: str
    whole: bool = True

    def __str__(self) -> str:
        part = "" if self.whole else "a word of "
        return f"{self.place}: {part}the {self.kind} of {self.label}."


def scan(name: str, data: bytes, sought: Sequence[Sought]) -> list[Leak]:
    """Each place once for each thing found there. Invalid for a kind of file that cannot be
    looked through, since what nobody looked through is not clean."""
    asked = [(each, form) for each in sought for form in forms(each)]
    if name.casefold().endswith("xlsx"):
        asked += [(each, form) for each in sought for form in serials(each)]
    every = [form for _, form in asked]
    found: dict[tuple[str, Kind, str], Leak] = {}
    for place, told in _texts(name, data):
        for text in _as_read(told):
            bare = plain(text)
            near = standing(every, bare)
            for each, form in asked if near else ():
                key = (place, each.kind, each.label)
                if form.needle not in near:
                    continue
                if key in found and found[key].whole >= form.whole:
                    continue
                if place.endswith(CELLS) and not form.cut:
                    continue
                if _stands(form, bare, text):
                    found[key] = Leak(place, each.kind, each.label, form.whole)
    return [each for each in found.values() if not _is_told_closer(each, found)]


_CODED = re.compile("%[0-9A-Fa-f]{2}")
_CUT = re.compile("[-\u00ad\u2010]\\s*[\r\n]\\s*|\ufffe\\s*")


def _as_read(text: str) -> Iterator[str]:
    """A text, without the codes of an address, and with the words that a line's end cuts whole."""
    yield text
    if "%" in text and _CODED.search(text):
        yield unquote(text)
    if ("\n" in text or "\ufffe" in text or "\r" in text) and _CUT.search(text):
        yield _CUT.sub("", text)


def _stands(form: Form, bare: str, text: str) -> bool:
    if not form.pattern.search(bare):
        return False
    if not form.capital:
        return True
    told, places = _with_places(text)
    return any(_has_capitals(each, text, places) for each in form.pattern.finditer(told))


def _has_capitals(found: re.Match[str], text: str, places: Sequence[int]) -> bool:
    starts = (found.start(), *map(found.start, found.re.groupindex))
    return all(text[places[each]].isupper() for each in starts)


ACROSS = "The text, over more than one line"
CELLS = ", over more than one cell or paragraph"
_FAR = (ACROSS, CELLS, pdf_words.BEHIND)


def _is_told_closer(leak: Leak, found: dict[tuple[str, Kind, str], Leak]) -> bool:
    """What was looked for across lines, or behind the pages, is told where nothing else tells as
    much."""
    return leak.place.endswith(_FAR) and any(
        (other.kind, other.label) == (leak.kind, leak.label) and other.whole >= leak.whole
        for other in found.values()
        if not other.place.endswith(_FAR)
    )


class Replacing:
    """Writes labels in the place of what gives somebody away, wherever a text holds it.

    A single word of a name is replaced where it is written with a capital, since it may be an
    everyday word; where it is part of the names of several people, by `SEVERAL`.
    """

    def __init__(self, sought: Sequence[Sought]) -> None:
        asked = [(each, form) for each in sought for form in forms(each)]
        self.whole = _told_once(asked, " or ", whole=True)
        self.parts = _told_once(asked, "", whole=False)
        self.every = [form for _, form in asked]

    def __call__(self, text: str) -> str:
        bare = plain(text)
        near = standing(self.every, bare)
        if not near or not any(f.needle in near and f.pattern.search(bare) for f in self.every):
            return text
        for told, form in self.whole:
            if form.needle in near:
                text = _put(text, form.pattern, told, capital=form.capital)
        for told, form in self.parts:
            if form.needle in near:
                text = _put(text, form.pattern, told, capital=True)
        return text


def _told_once(
    asked: Sequence[tuple[Sought, Form]], between: str, *, whole: bool
) -> list[tuple[str, Form]]:
    """Each form once, the longest first, with what stands in its place; of several people all of
    their labels with this between them, or `SEVERAL`."""
    labels: dict[str, list[str]] = {}
    once: dict[str, Form] = {}
    for each, form in asked:
        if form.whole is whole:
            told = each.label if each.kind in _NAMES else f"[{each.kind} of {each.label}]"
            labels.setdefault(form.pattern.pattern, []).append(told)
            once.setdefault(form.pattern.pattern, form)
    return [
        (_of_several(list(dict.fromkeys(labels[key])), between), once[key])
        for key in sorted(once, key=len, reverse=True)
    ]


def _of_several(labels: Sequence[str], between: str) -> str:
    if len(labels) == 1:
        return labels[0]
    return f"[{between.join(each.strip('[]') for each in labels)}]" if between else SEVERAL


SEVERAL = "[family name]"
_NAMES = (Kind.NAME, Kind.NICKNAME)


def _put(text: str, form: re.Pattern[str], label: str, *, capital: bool) -> str:
    """Replace in the text as it is written what stands in its plain form."""
    bare, places = _with_places(text)
    told, last = [], 0
    for found in form.finditer(bare):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if start < last or (capital and not _has_capitals(found, text, places)):
            continue
        told += [text[last:start], label]
        last = end
    return "".join([*told, text[last:]]) if told else text


def _with_places(text: str) -> tuple[str, list[int]]:
    """The plain text, and for each of its letters where it stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(at)
            continue
        for part in unicodedata.normalize("NFKD", letter):
            if unicodedata.category(part) in ("Mn", "Cf"):
                continue
            for small in folded(part):
                letters.append(small)
                places.append(at)
    return "".join(letters), places


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Everything in the file that can be read, with the place where it stands."""
    yield "The name of the file", name
    ending = name.rpartition(".")[2].casefold()
    if ending in ("docx", "xlsx"):
        yield from _of_office(data, ending)
    elif ending == "pdf":
        yield from pdf_words.texts_of(data)
    elif ending in ("html", "svg"):
        text = sniff.decoded(data)
        yield from _of_lines(text)
        yield from _of_markup(text)
    elif ending in ("csv", "txt", "md"):
        text = sniff.decoded(data)
        yield from _of_lines(text)
        yield ACROSS, text
    else:
        raise Invalid(f"A .{ending} file cannot be looked through.", mend="Save it as .docx.")


def _of_lines(text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        yield f"Line {number}", line


_BREAKS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "caption", "div", "section",
    "br", "dt", "dd", "title", "text", "blockquote",
})  # fmt: skip


class _Markup(HTMLParser):
    """The words of a page as somebody reads them, and what stands in its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.words.append(" ")
        self.aside += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.aside.append(data)


def _of_markup(text: str) -> Iterator[tuple[str, str]]:
    """A name may be cut by a mark, or written in characters by their number."""
    page = _Markup()
    page.feed(text)
    page.close()
    yield ACROSS, "".join(page.words)
    for each in page.aside:
        yield "What stands behind the page", each


_PLACES = (
    (re.compile(r"comments|threadedcomment|persons?/|people", re.I), "A comment"),
    (re.compile(r"footnotes|endnotes", re.I), "A footnote or endnote"),
    (re.compile(r"/header[0-9]*\.xml", re.I), "The head of a page"),
    (re.compile(r"/footer[0-9]*\.xml", re.I), "The foot of a page"),
    (re.compile(r"docprops/", re.I), "The properties of the file"),
    (re.compile(r"customxml/", re.I), "The custom data of the file"),
    (re.compile(r"glossary/", re.I), "A building block"),
    (re.compile(r"\.rels$", re.I), "A link"),
)
_BLOCKS = frozenset({"p", "si", "is", "comment", "oddHeader", "oddFooter", "definedName"})
_ASIDE = re.compile(r"<!--(.*?)-->|<\?(?!xml[\s?])(.*?)\?>", re.S)
_PACKED = re.compile(r"\.(docx|xlsx)\Z", re.I)


def _of_office(data: bytes, ending: str) -> Iterator[tuple[str, str]]:
    archive = office.check(data, ending)
    styles = word_reading.hidden_styles(archive) if ending == "docx" else frozenset()
    for part in archive.names:
        place = next((told for form, told in _PLACES if form.search(part)), "The text")
        yield f"The part {part}", part
        if packed := _PACKED.search(part):
            yield from _of_packed(archive.read(part), packed[1].lower())
        elif part.lower().endswith((".xml", ".rels", ".vml")):
            yield from _of_part(archive.read(part), place, styles)
        else:
            yield from _of_bytes(archive.read(part), part)


def _of_packed(data: bytes, ending: str) -> Iterator[tuple[str, str]]:
    """A workbook or document inside the file, such as the table behind a chart."""
    for place, text in _of_office(data, ending):
        yield f"A file inside the file: {place[:1].lower()}{place[1:]}", text


def _of_part(body: bytes, place: str, styles: Collection[str]) -> Iterator[tuple[str, str]]:
    from defusedxml.ElementTree import fromstring

    if not body.strip():
        return
    yield from _of_xml(fromstring(body, forbid_dtd=True), place, styles)
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body[:4]
    for found in _ASIDE.finditer(body.decode("utf-16" if wide else "utf-8", "replace")):
        yield f"{place}, a remark that no program shows", found[1] or found[2] or ""


_READABLE = re.compile(rb"[\x20-\x7e\x80-\xff\t]{3,}")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){3,}")


def _of_bytes(data: bytes, part: str) -> Iterator[tuple[str, str]]:
    """The words that stand readable in a picture or another part, such as where and by whom it was
    taken. What is drawn in a picture is not read."""
    place = f"What is written inside the part {part}"
    codes = ("utf-8", "cp1252")
    words = [f[0].decode(code, "replace") for f in _READABLE.finditer(data) for code in codes]
    words += images.texts_of(data)
    words += [found[0].decode("utf-16-le", "ignore") for found in _WIDE.finditer(data)]
    told = "\n".join(each for each in words if any(letter.isalnum() for letter in each))
    if told:
        yield place, told


def _of_xml(root: Any, place: str, styles: Collection[str]) -> Iterator[tuple[str, str]]:
    """Texts by paragraph, so that a name cut into several runs is whole; each attribute alone; and
    all of them, since a name may be cut into several cells."""
    told_already: set[Any] = set()
    seen: set[tuple[str, str]] = set()
    across: list[str] = []
    for element in root.iter():
        tag = _tag(element)
        if tag in _BLOCKS:
            told = f"{place}, hidden or deleted" if _is_hidden(element, styles) else place
            readings = _readings(element)
            across.append(readings[0])
            for text in readings:
                yield told, text
            told_already.update(element.iter())
        elif element not in told_already:
            for text in (element.text, element.tail):
                if text and text.strip():
                    yield place, text
        for attribute, value in element.attrib.items():
            where = _ATTRIBUTES.get(attribute.rpartition("}")[2], place)
            if len(value) > 1 and (where, value) not in seen:
                seen.add((where, value))
                yield where, value
    yield f"{place}{CELLS}", "\n".join(across)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_hidden(element: Any, styles: Collection[str]) -> bool:
    return any(
        _tag(each) in ("vanish", "webHidden", "delText")
        or (_tag(each) in ("pStyle", "rStyle", "tblStyle") and _value(each) in styles)
        for each in element.iter()
    )


def _value(element: Any) -> str:
    return next((v for key, v in element.attrib.items() if key.endswith("}val")), "")


_ATTRIBUTES = {
    "author": "The author of a change or comment",
    "initials": "The author of a change or comment",
    "descr": "The alternative text of a picture",
    "title": "The alternative text of a picture",
    "alt": "The alternative text of a picture",
    "name": "A bookmark, sheet or name",
}
_WAS, _BECOMES = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_BETWEEN = frozenset({"instrText", "delInstrText", "rPh", "rt"})
"""Codes of fields, and the small letters above others: they stand amid what is read."""


def _readings(element: Any) -> list[str]:
    """A paragraph with all that stands in it, as it becomes, and as it was: without what hangs on
    it, such as a text box, which is a paragraph of its own."""
    everything = "".join(_spoken(element, frozenset()))
    becomes = "".join(_spoken(element, _WAS | _BETWEEN | _BLOCKS))
    was = "".join(_spoken(element, _BECOMES | _BETWEEN | _BLOCKS))
    return list(dict.fromkeys((everything, becomes, was)))


_SPACES = frozenset({"tab", "br", "cr", "ptab"})


def _spoken(element: Any, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = _tag(child)
        if tag in _SPACES:
            yield " "
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag == "sym":
            yield _sign(child)
        elif tag in _BLOCKS:
            yield "" if tag in without else " "
        if tag not in without:
            yield from _spoken(child, without)
        yield child.tail or ""


def _sign(element: Any) -> str:
    """A letter that is kept as a sign of a font, by its number."""
    code = next((v for key, v in element.attrib.items() if key.endswith("}char")), "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number & 0xFF if 0xF000 <= number <= 0xF0FF else number & 0xFFFF)
