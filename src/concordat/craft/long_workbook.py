"""Workbooks of long tables, written straight: a library that styles each cell takes ten times
as long over a million of them. Texts stay texts; there are no formulas, links or choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from concordat.craft.document import clean
from concordat.craft.tables import letters
from concordat.kernel.errors import Invalid

Cell = str | int | None

_BOLD = ' s="1"'
_LONGEST = 32_767
_MOST_ROWS = 1_048_575
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2">\
<font><sz val="11"/><name val="Arial"/></font>\
<font><b/><sz val="11"/><color rgb="FF1B2A33"/><name val="Arial"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFF4F6F7"/></patternFill></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="2">\
<xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>\
<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>"""


@dataclass(frozen=True, slots=True)
class Long:
    """A sheet of texts and whole numbers. `widths` are in characters; others are 14 wide."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: dict[str, float] = field(default_factory=dict)


def write(sheets: Sequence[Long], *, title: str, made: datetime) -> bytes:
    """The workbook; the same input gives the same bytes. The header stays in sight and filters."""
    first, *others = sheets
    names = [sheet.name for sheet in others]
    return finish(begin(first, names, title=title, made=made), others)


def begin(first: Long, others: Sequence[str], *, title: str, made: datetime) -> bytes:
    """A workbook that holds its first sheet alone and names the others, which `finish` adds.

    So a long first sheet can be written while what the others hold is still being found.
    """
    names = [first.name, *others]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        _put(archive, "[Content_Types].xml", _content_types(len(names)))
        _put(archive, "_rels/.rels", _relations(_ROOT))
        _put(archive, "docProps/core.xml", _properties(title, made))
        _put(archive, "xl/workbook.xml", _book(names))
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
        _put(archive, "xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        _put(archive, "xl/styles.xml", _STYLES)
        _put(archive, _part(1), "".join(_sheet(first, first=True)))
    return out.getvalue()


def finish(begun: bytes, others: Sequence[Long]) -> bytes:
    """The whole workbook: `others` are the sheets that `begin` was told, in their order."""
    out = BytesIO(begun)
    with ZipFile(out, "a", ZIP_DEFLATED, compresslevel=1) as archive:
        for number, sheet in enumerate(others, 2):
            _put(archive, _part(number), "".join(_sheet(sheet, first=False)))
    return out.getvalue()


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _put(archive: ZipFile, name: str, text: str) -> None:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, text.encode(), compresslevel=1)


_KINDS = {"core-properties": f"{_PACKAGE}/relationships/metadata"}
_ROOT = [("officeDocument", "xl/workbook.xml"), ("core-properties", "docProps/core.xml")]


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Target="{target}" '
        f'Type="{_KINDS.get(kind, _OFFICE)}/{kind}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = [("xl/workbook.xml", f"{_TYPES}.sheet.main+xml"), ("docProps/core.xml", _CORE)]
    parts.append(("xl/styles.xml", f"{_TYPES}.styles+xml"))
    parts += [
        (f"xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml")
        for number in range(1, sheets + 1)
    ]
    told = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _properties(title: str, made: datetime) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_plain(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        "</cp:coreProperties>"
    )


def _book(names: Sequence[str]) -> str:
    tabs = "".join(
        f'<sheet name="{_plain(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{tabs}</sheets></workbook>'
    )


def _plain(text: str) -> str:
    return escape(clean(text), {'"': "&quot;"})


def _sheet(sheet: Long, *, first: bool) -> Iterator[str]:
    chosen = ' tabSelected="1"' if first else ""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{sheet.widths.get(title, 14)}" customWidth="1"/>'
        for at, title in enumerate(sheet.titles, 1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{chosen}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>"
    )
    names = [letters(at) for at in range(len(sheet.titles))]
    opened = [f'<c r="{name}' for name in names]
    yield f'<row r="1">{"".join(_cells(sheet.titles, opened, "1", _BOLD))}</row>'
    number = 1
    for number, row in enumerate(sheet.rows, 2):
        if number > _MOST_ROWS:
            raise Invalid(f"'{sheet.name}' has more rows than a sheet holds.")
        line = str(number)
        yield f'<row r="{line}">{"".join(_cells(row, opened, line, ""))}</row>'
    last = f"{names[-1]}{number}" if names else "A1"
    yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'


def _cells(row: Sequence[Cell], opened: Sequence[str], line: str, style: str) -> list[str]:
    """`opened` is how the cell of each column begins."""
    text = f'{line}"{style} t="inlineStr"><is><t xml:space="preserve">'
    made = []
    for begin, value in zip(opened, row, strict=True):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            if not (value.isascii() and value.isprintable()):
                value = clean(value)
            if len(value) > _LONGEST:
                raise Invalid(f"The text for {begin[6:]}{line} is too long for a cell.")
            if "&" in value or "<" in value or ">" in value:
                value = escape(value)
            made.append(f"{begin}{text}{value}</t></is></c>")
        else:
            made.append(f'{begin}{line}"{style}><v>{value}</v></c>')
    return made
