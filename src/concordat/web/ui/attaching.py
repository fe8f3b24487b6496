"""A document handed out as a file."""

from __future__ import annotations

from django.http import HttpResponse

from concordat.craft import formats
from concordat.craft.document import Document


def attached(made: Document, name: str, form: str) -> HttpResponse:
    """The document as a file to keep; a browser runs nothing of it."""
    return attached_bytes(formats.write(made, form), name, form)


def attached_bytes(made: bytes, name: str, form: str) -> HttpResponse:
    """What is made already as such a file."""
    return attached_as(made, f"{name}.{form}", formats.MEDIA_TYPES[form])


def attached_as(made: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
