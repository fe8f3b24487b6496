"""Every format that a document can be had in, by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable

from concordat.craft import document as craft
from concordat.craft import pdf, word
from concordat.craft.document import Document

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}
NAMES = {"html": "web page", "docx": "Word", "pdf": "PDF", "md": "Markdown"}
_WRITERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda made: craft.to_page(made).encode(),
    "docx": word.write,
    "pdf": pdf.write,
    "md": lambda made: craft.to_markdown(made).encode(),
}


def write(made: Document, form: str) -> bytes:
    """The document in a format of `MEDIA_TYPES`. Raises KeyError for any other."""
    return _WRITERS[form](made)
