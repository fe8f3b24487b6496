"""Every table in a file that came from outside: a workbook, a CSV file or a Word document."""

from __future__ import annotations

from concordat.craft import excel, sniff, tables, word_tables
from concordat.craft.marks import OLE, shown
from concordat.craft.tables import MOST, Most, Sheet
from concordat.kernel.errors import Fault, Invalid

ENDINGS = ("csv", "docx", "xlsx")
LARGE = Most(packed=100 << 20, unpacked=600 << 20, sheets=2_000)
"""A chronology may have a table on each of its pages."""


def read(name: str, data: bytes, *, most: Most = MOST) -> list[Sheet]:
    """The tables, in their order. Invalid with the reason for all that is not such a file.

    Macros, bombs, embedded objects, entities and passwords are refused by name. A formula in a
    CSV file stays text, since nothing here runs it and `write_csv` guards it.
    """
    sniff.check_name(name)
    ending = name.rpartition(".")[2].casefold()
    if ending not in ENDINGS:
        raise Invalid(
            f"'{shown(name)}' is not a kind of file that can be read here.",
            mend="Save it as .xlsx, .csv or .docx without macros.",
        )
    if not data:
        raise Invalid(f"'{shown(name)}' is empty.", mend="Check the file and send it again.")
    if ending == "csv":
        sniff.check_text(name, data)
        return [tables.read_csv(data, name, most=most)]
    if not data.startswith((b"PK\x03\x04", OLE)):
        sniff.look_at(name, data, limit=most.packed, kinds=ENDINGS)
    if ending == "xlsx":
        return excel.read(data, most=most)
    found = word_tables.read(data, most=most)
    if not found:
        raise Invalid(f"'{shown(name)}' holds no table.", mend="Put the rows into a table.")
    return found


def read_large(name: str, data: bytes) -> list[Sheet]:
    """The tables of a file that may be large. Every fault names the file."""
    try:
        return read(name, data, most=LARGE)
    except Invalid as problem:
        raise Invalid([_placed(fault, name) for fault in problem.faults]) from None


def _placed(fault: Fault, name: str) -> Fault:
    place = fault.place if name in fault.place else ", ".join(filter(None, (name, fault.place)))
    return Fault(fault.message, fault.field, place, fault.mend)
