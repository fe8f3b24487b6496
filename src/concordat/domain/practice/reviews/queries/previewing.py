"""What would be published of a report: its page and its tagged PDF, as they are shown before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from concordat.craft import document as shape
from concordat.craft import files, pdf, word_reading
from concordat.domain.base.documents.models import Version
from concordat.domain.practice.reviews.models import DisclosureCheck, Review
from concordat.domain.practice.reviews.queries.publishing import text_of
from concordat.domain.practice.reviews.queries.reviews import newest
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a Word file: the fragment of a page, and the tagged PDF. `left_out` tells
    what the file shows and neither of the two does."""

    title: str
    html: str
    pdf: bytes
    left_out: tuple[str, ...] = ()


def title_of(review: Review) -> str:
    return f"Review “{review.record.title}”"


def made_of(actor: Actor, row: Review, version: Version) -> Made:
    """The page and the tagged PDF of a version. Nothing of the Word file goes out itself."""
    data = _held(version.digest)
    blocks = word_reading.read(data)
    document = shape.Document(
        title=title_of(row),
        blocks=blocks,
        author=row.partnership.title,
        footer=f"{row.record.reference}, led by {row.partnership.title}",
    )
    fragment = shape.fragment([*shape.outlined(blocks)])
    left_out = tuple(word_reading.left_out(data))
    return Made(title_of(row), fragment, pdf.write(document), left_out)


def _held(digest: str) -> bytes:
    return files.read(Path(settings.MEDIA_ROOT), digest)


def shown(actor: Actor, row: Review) -> Made | None:
    """The very page and PDF that the two who check the text as it stands are shown, which are
    those that are published; nothing before they are asked."""
    text = text_of(actor, row)
    kept = DisclosureCheck.objects.filter(review=row, text=text).exclude(page="").first()
    version = newest(actor, row.draft)
    if kept is None or version is None:
        return None
    left_out = tuple(word_reading.left_out(_held(version.digest)))
    return Made(title_of(row), _held(kept.page).decode(), _held(kept.pdf), left_out)


def preview(actor: Actor, row: Review) -> Made | None:
    """The same, or before anybody is asked to check it as it would be; nothing without a draft."""
    version = newest(actor, row.draft)
    return shown(actor, row) or (made_of(actor, row, version) if version else None)
