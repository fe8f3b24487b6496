"""Keeping what two people are shown before publication, so that these very files are published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from concordat.craft import files
from concordat.domain.base.documents.models import Version
from concordat.domain.practice.reviews.models import DisclosureCheck, Review
from concordat.domain.practice.reviews.queries.previewing import made_of
from concordat.kernel.actor import Actor


def kept(
    actor: Actor, row: Review, version: Version, there: Sequence[DisclosureCheck]
) -> tuple[str, str]:
    """The SHA-256 of the page and of the PDF: those that a first one was shown already, or made of
    the version and kept now."""
    for each in there:
        if each.page and each.pdf:
            return each.page, each.pdf
    made, folder = made_of(actor, row, version), Path(settings.MEDIA_ROOT)
    return files.put(folder, made.html.encode()), files.put(folder, made.pdf)
