"""A cell that shows a part of a day says no more than it shows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import xlsxwriter

from concordat.craft import excel

DAY = datetime(2019, 3, 29, tzinfo=UTC).replace(tzinfo=None)


def shown(code: str, *, since_1904: bool = False) -> str | None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": since_1904}) as book:
        tab = book.add_worksheet("Rows")
        tab.write(0, 0, "Date")
        tab.write_datetime(1, 2, DAY, book.add_format({"num_format": code}))
        tab.write_datetime(2, 2, DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
    (sheet,) = excel.read(out.getvalue())
    assert sheet.rows[1][2] == date(2019, 3, 29)
    assert (2, 2) not in sheet.shown
    return sheet.shown.get((1, 2))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("mmm-yy", "March 2019"),
        ("[$-809]mmmm\\ yyyy;@", "March 2019"),
        ("d-mmm", "29 March"),
        ("dd/mm", "29 March"),
        ("yyyy", "2019"),
        ('"about "yyyy', "2019"),
        ("mmmm", "March"),
        *((whole, None) for whole in ("dd/mm/yyyy", "d mmm yy", "dddd", "hh:mm")),
        *((whole, None) for whole in ("[$-F800]dddd, mmmm dd, yyyy", "d mmm yyyy hh:mm", "mm:ss")),
    ],
)
def test_a_format_that_leaves_something_out(code: str, told: str | None) -> None:
    assert shown(code) == shown(code, since_1904=True) == told
