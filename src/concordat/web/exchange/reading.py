"""Partnership files from uploads, and back to files that can be downloaded."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.kernel.errors import Invalid

EPOCH = (1980, 1, 1, 0, 0, 0)


def read(name: str, data: bytes) -> PartnershipFile:
    """What an upload holds. Raises `Invalid` with every fault and its place."""
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx":
        return _workbook(name, data)
    return rules.read(_unzipped(data) if ending == "zip" else {name: _text(name, data)})


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"“{name}” is not text in UTF-8: see the byte at {error.start}.",
            field="file",
            mend="Save it again as UTF-8.",
        ) from None


def _unzipped(data: bytes) -> dict[str, str]:
    from concordat.craft import archives

    archive = archives.opened(data)
    names = [name for name in archive.names if name.lower().endswith((".yaml", ".yml"))]
    if not names:
        raise Invalid("There is no YAML file in this zip.", field="file")
    return {name: _text(name, archive.read(name)) for name in names}


def _workbook(name: str, data: bytes) -> PartnershipFile:
    from concordat.craft import excel

    sheets = [
        rules.Sheet.of(each.name, each.rows, merged=each.merged, formulas=each.formulas)
        for each in excel.read(data)
    ]
    return rules.from_sheets(sheets, name=name)


def as_zip(file: PartnershipFile) -> bytes:
    """The YAML files, always the same bytes for the same partnership."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, text in sorted(rules.to_yaml(file).items()):
            made.writestr(ZipInfo(name, EPOCH), text.encode())
    return out.getvalue()


def as_workbook(file: PartnershipFile, title: str) -> bytes:
    from concordat.craft import excel

    grids = [excel.Grid(name, rows[0], rows[1:]) for name, rows in rules.to_sheets(file)]
    return excel.write(grids, title=title, made=timezone.now().replace(tzinfo=None, microsecond=0))
