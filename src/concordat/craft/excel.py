"""Workbooks in and out. Formulas are never worked out: reading gives the last stored value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concordat.craft import office, shown_days
from concordat.craft.archives import Archive
from concordat.craft.marks import OLE
from concordat.craft.tables import MOST, Most, Sheet, Value, letters
from concordat.kernel.errors import Invalid

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^>]*>\s*<(?:\w+:)?f[\s>/]"
)
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}[0-9]{1,7})\"")
_LETTERS, _DIGITS = bytes(range(65, 91)), b"0123456789"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read(source: bytes | Path, *, most: Most = MOST) -> list[Sheet]:
    """Every worksheet, hidden ones too (they say so). Invalid for a bomb, macros, a password."""
    import python_calamine as calamine

    data = source if isinstance(source, bytes) else _bounded(source, most)
    if data.startswith(OLE):
        raise office.old_or_protected(data)
    archive = office.check(data, "xlsx", limits=most.archive())
    parts = _parts(archive)
    if len(parts) > most.sheets:
        raise Invalid(f"The workbook has more than {most.sheets} sheets.")
    formulas = {name: _formulas(archive, name, part, most) for name, part in parts.items()}
    nought = _nought(archive)
    styles = shown_days.formats(archive)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = [
                _sheet(book, each.name, each.visible, formulas.get(each.name, ()), nought, most)
                for each in book.sheets_metadata
                if each.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.CalamineError as error:
        raise Invalid("The workbook cannot be read.", mend="Save it again as .xlsx.") from error
    return [_as_shown(each, archive, parts.get(each.name, ""), styles) for each in sheets]


def _as_shown(sheet: Sheet, archive: Archive, part: str, styles: shown_days.Styles) -> Sheet:
    if not (styles and part):
        return sheet
    return replace(sheet, shown=shown_days.shown(archive.read(part), sheet.rows, styles))


def _bounded(path: Path, most: Most) -> bytes:
    with path.open("rb") as file:
        return file.read(most.packed + 1)


def _sheet(
    book: CalamineWorkbook,
    name: str,
    visible: object,
    formulas: Sequence[str],
    nought: date,
    most: Most,
) -> Sheet:
    import python_calamine as calamine

    sheet = book.get_sheet_by_name(name)
    most.check(name, sheet.total_height, sheet.total_width)
    rows = [tuple(_value(value) for value in row) for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(
        name,
        tuple(rows),
        merged=tuple(
            f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ),
        formulas=tuple(formulas),
        hidden=visible != calamine.SheetVisibleEnum.Visible,
        nought=nought,
    )


def _value(value: Any) -> Value:
    """Whole numbers as int, midnight stamps as days, blanks as None."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, str):
        return value if value.strip() else None
    return value  # type: ignore[no-any-return]


def _nought(archive: Archive) -> date:
    """Day nought of the workbook's numbers: some count days from 1904, as old Macs did."""
    for each in office.parsed(archive, "xl/workbook.xml").iter():
        if each.tag.endswith("}workbookPr") and each.get("date1904") in ("1", "true"):
            return date(1904, 1, 1)
    return date(1899, 12, 30)


def _parts(archive: Archive) -> dict[str, str]:
    """The part of each worksheet by the sheet's name, in the workbook's order."""
    book = office.parsed(archive, "xl/workbook.xml")
    links = {
        str(link.get("Id")): str(link.get("Target"))
        for link in office.parsed(archive, "xl/_rels/workbook.xml.rels").iter()
    }
    found = {}
    for each in book.iter():
        target = links.get(str(each.get(f"{_RELATIONS}id")), "")
        if each.tag.endswith("}sheet") and target:
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in archive.names:
                found[str(each.get("name"))] = part
    return found


def _formulas(archive: Archive, name: str, part: str, most: Most) -> tuple[str, ...]:
    """Addresses of formulas. A lone cell far away is refused before its grid is laid out."""
    body = archive.read(part)
    cells = _CELL.findall(body)
    addresses = b" ".join(cells)
    rows = max(map(int, addresses.translate(None, _LETTERS).split()), default=0)
    columns = max(map(_number, set(addresses.translate(None, _DIGITS).split())), default=0)
    most.check(name, rows, columns)
    if b"<f" not in body and b":f" not in body:
        return ()
    return tuple(cell.decode() for cell in _FORMULA.findall(body))


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet to be written. `choices` gives a column (by title) its drop-down values.

    `widths` are characters by title; columns without one are fitted to their content. What is
    typed into a column of `as_text` stays as it was typed ("June 2019" becomes no day). Where
    `changeable` names columns, every other is locked; `hidden` names those that are not shown.
    A lock keeps from slips, not from intent: what comes back is judged anew.
    """

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Value]]
    choices: dict[str, Sequence[str]] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    changeable: Sequence[str] = ()
    hidden: Sequence[str] = ()
    as_text: Sequence[str] = ()


def write(sheets: Sequence[Grid], *, title: str, author: str = "", made: datetime) -> bytes:
    """A workbook whose texts stay texts: no formula, link or number is made of a string.

    `made` is the stamp in the properties; the same input gives the same bytes.
    """
    import xlsxwriter

    names = [sheet.name for sheet in sheets]
    if not names or len({name.casefold() for name in names}) != len(names):
        raise Invalid("A workbook needs sheets with different names.", field="sheets")
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "nan_inf_to_errors": True,
        "default_date_format": "d mmm yyyy",
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "author": author, "created": made})
        plain, free, shut = _Style(book), _Style(book, locked=False), _Style(book, wash="#eef1f3")
        typed = _Style(book, locked=False, num_format="@")
        for sheet in sheets:
            tab = book.add_worksheet(_tab(sheet.name))
            _write_sheet(tab, sheet, shut if sheet.changeable else plain, free, typed)
    return out.getvalue()


def _tab(name: str) -> str:
    if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]|\A'|'\Z", name):
        raise Invalid(
            f"'{name}' cannot name a sheet.", mend="Use up to 31 letters, none of []:*?/\\."
        )
    return name


class _Style:
    def __init__(
        self, book: Any, *, locked: bool = True, wash: str = "", num_format: str = ""
    ) -> None:
        ground = {"bg_color": wash} if wash else {}
        top = {"valign": "top", "text_wrap": True, "locked": locked, **ground}
        top |= {"num_format": num_format} if num_format else {}
        self.head = book.add_format(
            {**top, "bold": True, "font_color": "#1b2a33", "bg_color": "#f4f6f7", "bottom": 2}
        )
        self.text = book.add_format(top)
        left = {"valign": "top", "align": "left", "locked": locked, **ground}
        self.day = book.add_format({"num_format": "d mmm yyyy", **left})
        self.stamp = book.add_format({"num_format": "d mmm yyyy hh:mm", **left})
        plain = {"valign": "top", "locked": locked, **ground}
        self.clock = book.add_format({"num_format": "hh:mm", **plain})
        self.span = book.add_format({"num_format": "[h]:mm", **plain})


_ALLOWED = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells")


def _write_sheet(tab: Any, sheet: Grid, style: _Style, free: _Style, typed: _Style) -> None:
    widest = [len(title) + 2.0 for title in sheet.titles]
    for at, title in enumerate(sheet.titles):
        tab.write_string(0, at, title, style.head)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        if len(row) != len(sheet.titles):
            raise Invalid(f"Row {last} of '{sheet.name}' does not fit its titles.")
        for at, value in enumerate(row):
            title = sheet.titles[at]
            open_ = typed if title in sheet.as_text else free
            _write_cell(tab, last, at, value, open_ if title in sheet.changeable else style)
            widest[at] = max(widest[at], min(60.0, len(str(value or "")) + 2.0))
    for at, title in enumerate(sheet.titles):
        shown = {"hidden": True} if title in sheet.hidden else None
        tab.set_column(at, at, sheet.widths.get(title, max(9.0, widest[at])), None, shown)
        if title in sheet.choices:
            _offer(tab, at, max(last, 500), title, sheet.choices[title])
    tab.freeze_panes(1, 0)
    tab.repeat_rows(0)
    if sheet.changeable:
        tab.protect("", dict.fromkeys((*_ALLOWED, "select_unlocked_cells"), True))
    if sheet.titles:
        tab.autofilter(0, 0, max(last, 1), len(sheet.titles) - 1)


def _offer(tab: Any, at: int, last: int, title: str, values: Sequence[str]) -> None:
    """Excel holds 255 characters of choices in one rule, and a comma divides them."""
    if sum(len(value) + 1 for value in values) > 256 or any("," in value for value in values):
        raise Invalid(f"The choices of '{title}' are too long for a drop-down.", field=title)
    rule = {
        "validate": "list",
        "source": list(values),
        "error_title": title[:32],
        "error_message": "Choose one of the values offered.",
    }
    tab.data_validation(1, at, last, at, rule)


def _write_cell(tab: Any, row: int, at: int, value: Value, style: _Style) -> None:
    match value:
        case None:
            tab.write_blank(row, at, None, style.text)
        case bool():
            tab.write_boolean(row, at, value, style.text)
        case int() | float():
            tab.write_number(row, at, value, style.text)
        case datetime():
            tab.write_datetime(row, at, value, style.stamp)
        case date():
            tab.write_datetime(row, at, value, style.day)
        case time():
            tab.write_datetime(row, at, value, style.clock)
        case timedelta():
            tab.write_datetime(row, at, value, style.span)
        case _:
            if len(value) > 32_767:
                raise Invalid(f"The text for {letters(at)}{row + 1} is too long for a cell.")
            tab.write_string(row, at, value, style.text)
