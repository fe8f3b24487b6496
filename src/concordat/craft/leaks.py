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
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

from concordat.craft import office, pdf_words, sniff, word_reading
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import MONTHS, PLAIN


class Kind(StrEnum):
    NAME = "name"
    NICKNAME = "nickname"
    BIRTH = "date of birth"
    NHS = "NHS number"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Sought:
    """What must not stand in the file, and the label that may stand in its place."""

    kind: Kind
    text: str
    label: str


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
    forms = [(each, whole, form) for each in sought for whole, form in _forms(each)]
    found: dict[tuple[str, Kind, str], Leak] = {}
    for place, text in _texts(name, data):
        plain = _plain(text)
        for each, whole, form in forms:
            key = (place, each.kind, each.label)
            if key in found and found[key].whole >= whole:
                continue
            if _stands(form, plain, text, whole=whole):
                found[key] = Leak(place, each.kind, each.label, whole)
    return [each for each in found.values() if not _is_told_closer(each, found)]


_SHORT = 2
"""Letters of a word that is too often an everyday one to be told without its capital."""


def _stands(form: re.Pattern[str], plain: str, text: str, *, whole: bool) -> bool:
    found = form.search(plain)
    if found is None or whole or len(found[0]) > _SHORT:
        return found is not None
    folded, places = _with_places(text)
    return any(text[places[each.start()]].isupper() for each in form.finditer(folded))


ACROSS = "The text, over more than one line"


def _is_told_closer(leak: Leak, found: dict[tuple[str, Kind, str], Leak]) -> bool:
    """What was looked for across lines is told where one line alone does not tell as much."""
    return leak.place == ACROSS and any(
        (other.kind, other.label) == (leak.kind, leak.label) and other.whole >= leak.whole
        for other in found.values()
        if other.place != ACROSS
    )


class Replacing:
    """Writes labels in the place of what gives somebody away, wherever a text holds it.

    A single word of a name is replaced where it is written with a capital, since it may be an
    everyday word; where it is part of the names of several people, by `SEVERAL`.
    """

    def __init__(self, sought: Sequence[Sought]) -> None:
        whole = [(each, form) for each in sought for full, form in _forms(each) if full]
        parts = [(each, form) for each in sought for full, form in _forms(each) if not full]
        self.whole = sorted(whole, key=lambda each: -len(each[0].text))
        self.parts = [(self._whose(form, parts), form) for form in _once(f for _, f in parts)]
        every = [form.pattern for _, form in (*whole, *parts)]
        self.any = re.compile("|".join(every)) if every else None

    @staticmethod
    def _whose(form: re.Pattern[str], parts: Sequence[tuple[Sought, re.Pattern[str]]]) -> str:
        labels = {each.label for each, other in parts if other.pattern == form.pattern}
        return labels.pop() if len(labels) == 1 else SEVERAL

    def __call__(self, text: str) -> str:
        if self.any is None or not text or not self.any.search(_plain(text)):
            return text
        for each, form in self.whole:
            told = each.label if each.kind in _NAMES else f"[{each.kind} of {each.label}]"
            text = _put(text, form, told, capital=False)
        for label, form in self.parts:
            text = _put(text, form, label, capital=True)
        return text


SEVERAL = "[family name]"
_NAMES = (Kind.NAME, Kind.NICKNAME)


def _once(forms: Iterator[re.Pattern[str]]) -> list[re.Pattern[str]]:
    return list({form.pattern: form for form in forms}.values())


def _put(text: str, form: re.Pattern[str], label: str, *, capital: bool) -> str:
    """Replace in the text as it is written what stands in its plain form."""
    plain, places = _with_places(text)
    told, last = [], 0
    for found in form.finditer(plain):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if start < last or (capital and not text[start].isupper()):
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
            for folded in _folded(part):
                letters.append(folded)
                places.append(at)
    return "".join(letters), places


def _plain(text: str) -> str:
    """Without accents, capitals and the signs that nobody sees."""
    if text.isascii():
        return " ".join(_folded(text).split())
    parts = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(_folded(seen).split())


def _folded(text: str) -> str:
    return text.casefold().replace("\u2019", "'").translate(PLAIN)


def _forms(sought: Sought) -> Iterator[tuple[bool, re.Pattern[str]]]:
    """Each form under which it may stand, and whether that form is all of it."""
    plain = _plain(sought.text)
    if sought.kind is Kind.NHS:
        yield True, _spaced(re.sub(r"\D", "", plain), r"[ .\-]?", "0-9")
    elif sought.kind is Kind.POSTCODE:
        yield True, _spaced(re.sub(r"\W", "", plain), r" ?", "a-z0-9")
    elif sought.kind is Kind.BIRTH:
        yield from ((True, form) for form in _days(sought.text))
    else:
        words = re.findall(r"[^\W_]+", plain)
        if words:
            yield True, _words(r"[\W_]+".join(map(re.escape, words)))
        if len(words) > 1:
            for word in words:
                if len(word) >= _SHORT:
                    yield False, _words(re.escape(word))


def _words(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){form}(?![^\W_])")


def _spaced(text: str, gap: str, letters: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![{letters}]){gap.join(map(re.escape, text))}(?![{letters}])")


def _days(text: str) -> Iterator[re.Pattern[str]]:
    """A day in the forms that people write; for a date that is no day, the words as typed."""
    try:
        read = UncertainDate.parse(text)
    except Invalid:
        read = None
    day = read.earliest if read and read.precision is Precision.DAY else None
    if day is None:
        yield _words(re.escape(_plain(text)))
        return
    month = MONTHS[day.month - 1].lower()
    named = rf"(?:{month}|{month[:3]}|{month[:4]})\.?"
    year = rf"(?:{day.year}|'?{day.year % 100:02d})"
    yield _words(rf"0?{day.day}[/.\- ]0?{day.month}[/.\- ]{year}")
    yield _words(rf"{day.year}[/.\-]?0?{day.month}[/.\-]?0?{day.day}")
    yield _words(rf"0?{day.day}(?:st|nd|rd|th)?(?: of)?[ \-/.]?{named},?[ \-/.]?{year}")
    yield _words(rf"{day.day:02d}{day.month:02d}{day.year}")
    yield _words(rf"{named} 0?{day.day}(?:st|nd|rd|th)?,? {year}")


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
    words = [found[0].decode("utf-8", "ignore") for found in _READABLE.finditer(data)]
    words += [found[0].decode("utf-16-le", "ignore") for found in _WIDE.finditer(data)]
    told = "\n".join(each for each in words if any(letter.isalnum() for letter in each))
    if told:
        yield place, told


def _of_xml(root: Any, place: str, styles: Collection[str]) -> Iterator[tuple[str, str]]:
    """Texts by paragraph, so that a name cut into several runs is whole; each attribute alone."""
    told_already: set[Any] = set()
    seen: set[tuple[str, str]] = set()
    for element in root.iter():
        tag = _tag(element)
        if tag in _BLOCKS:
            told = f"{place}, hidden or deleted" if _is_hidden(element, styles) else place
            for text in _readings(element):
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
