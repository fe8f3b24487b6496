"""Decisions that sources tell of, as the log of decisions shows them beside those sealed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.governance.arrangements.queries import Decision, matters
from concordat.kernel.actor import Actor

TONES = {"made": "Done", "planned": "Waiting", "proposed": "Draft", "refused": "Closed"}


def rows(actor: Actor, kept: Sequence[Decision]) -> list[dict[str, Any]]:
    """Each with who decided, on what authority, what it settles and which powers it gave."""
    homes = {row.partnership_id for row in kept}
    slugs, titles = {}, {}
    for home in agencies.partnerships(actor).filter(pk__in=homes):
        slugs[home.pk] = home.key
        titles |= {(home.pk, row.key): row.title for row in matters(actor, home)}
    return [_row(row, slugs, titles) for row in kept]


def _row(row: Decision, slugs: dict[Any, str], titles: dict[Any, str]) -> dict[str, Any]:
    slug = slugs.get(row.partnership_id)
    return {
        "row": row,
        "tone": TONES.get(row.state, "Open"),
        "stands": row.state.capitalize(),
        "by": row.body.name if row.body else row.post.title if row.post else "Not stated",
        "settles": [titles.get((row.partnership_id, key), key) for key in row.matters],
        "gave": list(row.gave.all()),
        "href": reverse("arrangements:decisions", args=[slug]) if slug else "",
    }
