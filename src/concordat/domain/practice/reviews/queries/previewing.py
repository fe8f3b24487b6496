"""What would be published of a report: its page and its tagged PDF, as they are shown before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from concordat.craft import document as shape
from concordat.craft import files, pdf, word_reading
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.queries import visible
from concordat.domain.practice.reviews.models import (
    Agreement,
    Clearing,
    DisclosureCheck,
    Review,
)
from concordat.domain.practice.reviews.queries.publishing import text_of
from concordat.domain.practice.reviews.queries.reviews import newest
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a Word file: the fragment of a page, and the tagged PDF."""

    title: str
    html: str
    pdf: bytes


def _title_of(review: Review) -> str:
    """What is published bears the label of the review, and says where it is not its report."""
    what = "Improvements after the review" if review.instead_on else "Review"
    return f"{what} “{review.record.title}”"


def made_of(actor: Actor, row: Review, version: Version) -> Made:
    """The page and the tagged PDF of a version. Nothing of the Word file goes out itself."""
    blocks = word_reading.read(_held(version.digest))
    document = shape.Document(
        title=_title_of(row),
        blocks=blocks,
        author=row.partnership.title,
        footer=f"{row.record.reference}, led by {row.partnership.title}",
    )
    return Made(_title_of(row), shape.fragment([*shape.outlined(blocks)]), pdf.write(document))


def _held(digest: str) -> bytes:
    return files.read(Path(settings.MEDIA_ROOT), digest)


@dataclass(frozen=True, slots=True)
class Page:
    """The page as everybody will read it. `left_out` tells what the Word file shows and the page
    does not; `is_kept` whether it is the very page that is published."""

    title: str
    html: str
    left_out: tuple[str, ...]
    is_kept: bool


def shown(actor: Actor, row: Review) -> Made | None:
    """The very page and PDF that the two who check the text as it stands are shown, which are
    those that are published; nothing before they are asked."""
    kept = _kept(actor, row)
    return Made(_title_of(row), _held(kept.page).decode(), _held(kept.pdf)) if kept else None


def _kept(actor: Actor, row: Review) -> DisclosureCheck | None:
    rows = DisclosureCheck.objects.filter(review=row, text=text_of(actor, row))
    return rows.exclude(page="").order_by("pk").first()


def preview(actor: Actor, row: Review) -> Page | None:
    """The page that the two are shown; before they are asked as it would be. Nothing without a
    draft."""
    version = newest(actor, row.draft)
    if version is None:
        return None
    data, kept = _held(version.digest), _kept(actor, row)
    if kept:
        html = _held(kept.page).decode()
    else:
        html = shape.fragment([*shape.outlined(word_reading.read(data))])
    return Page(_title_of(row), html, tuple(word_reading.left_out(data)), kept is not None)


def preview_pdf(actor: Actor, row: Review) -> bytes:
    """The same as a tagged PDF. Raises DoesNotExist without a draft."""
    version, kept = newest(actor, row.draft), _kept(actor, row)
    if version is None:
        raise Version.DoesNotExist
    return _held(kept.pdf) if kept else made_of(actor, row, version).pdf


def read_before(actor: Actor, reference: str) -> Review:
    """A review whose report the actor may read before it is published: whoever opens the review,
    and each seat that clears it, checks it or agrees to it. Raises DoesNotExist for others."""
    mine = Q(seat__in=[each.seat for each in actor.seats])
    rows = Review.objects.select_related("record", "partnership", "draft__record")
    rows = rows.filter(record__reference=reference)
    parts = [
        table.objects.filter(mine).values("review")
        for table in (Clearing, DisclosureCheck, Agreement)
    ]
    called = Q(pk__in=parts[0]) | Q(pk__in=parts[1]) | Q(pk__in=parts[2])
    found: Review = rows.filter(called | Q(pk__in=visible(actor, rows).values("pk"))).get()
    return found
