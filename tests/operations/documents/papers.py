"""Papers added by the operations that real ones use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from concordat.domain.base.documents import operations
from concordat.domain.base.documents.models import Document, SignOff, Version
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.models import Record
from tests.craft.hostile import pdf
from tests.operations.mail.cast import House, Sitter

WORDING = "Takes decisions for the council"


def paper(words: str = "first", name: str = "Minutes.pdf") -> Upload:
    """A real PDF that differs by its words."""
    return Upload(name, pdf(f"({words})".encode()))


def added(house: House, **more: Any) -> Document:
    told: dict[str, Any] = {
        "partnership": house.here,
        "title": "Published arrangements",
        "file": paper(),
    }
    return operations.add(more.pop("by", house.manager.actor), **(told | more))


def replaced(house: House, document: Document, **more: Any) -> Version:
    told: dict[str, Any] = {
        "file": paper("second"),
        "note": "The quorum is corrected",
        "seen_version": version_of(document),
    }
    by = more.pop("by", house.manager.actor)
    return operations.replace(by, document=document, **(told | more))


def signed(document: Document, sitter: Sitter, **more: Any) -> SignOff:
    told: dict[str, Any] = {"seat": sitter.seat, "wording": WORDING}
    told |= {"digest": newest(document).digest} | more
    return operations.sign_off(more.pop("by", sitter.actor), document=document, **told)


def newest(document: Document) -> Version:
    return Version.objects.filter(document=document).latest("number")


def version_of(document: Document) -> int:
    return Record.objects.get(pk=document.pk).version


def files_kept() -> set[str]:
    return {each.name for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()}
