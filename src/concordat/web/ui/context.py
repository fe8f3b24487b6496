"""What every page is told about where it is and who is looking.

Middleware may set on the request, and each may be missing:
`actor` (a kernel Actor), `partnership` (anything of the shape `Partnership`), `practice_date`
(a date), `navigation` (up to six `Link`s), `idle_minutes` (after how long a session ends).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from concordat.kernel.actor import Actor, Kind, Office, SeatHeld
from concordat.web.ui import brand
from concordat.web.ui.parts import Link

MOST_ENTRIES = 6

# Addresses in the frame of each page, by route name. One that is not built is not shown.
ROUTES = {
    "home": "home",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "acting": "people:acting",
    "account": "people:account",
    "inside": "mail:inside",
    "leave": "mail:leave",
    "personas": "people:personas",
    "search": "search",
    "accessibility": "accessibility",
    "help": "help",
    "stay": "ui:stay",
}


class Partnership(Protocol):
    """How a partnership looks: data, never code. `logo` is an address or None."""

    name: str
    slug: str
    accent: str
    logo: str | None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A ready-made `Partnership`. `front_door` says whom to call about a child."""

    name: str
    slug: str
    accent: str = brand.DEFAULT
    logo: str | None = None
    front_door: str = ""


class Dressed(Protocol):
    """A partnership as it is kept."""

    @property
    def name(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def logo_digest(self) -> str: ...


def appearance(row: Dressed) -> Appearance:
    """How the pages of a partnership look, from what is kept of it."""
    logo = reverse("agencies:logo", args=[row.slug, row.logo_digest]) if row.logo_digest else None
    return Appearance(row.name, row.slug, row.accent, logo)


def face(request: HttpRequest) -> dict[str, Any]:
    """The context processor. It asks the database nothing."""
    partnership = getattr(request, "partnership", None)
    actor = _person(getattr(request, "actor", None))
    practice_date: date | None = getattr(request, "practice_date", None)
    return {
        "actor": actor,
        "who": actor.hand or actor.name if actor else "",
        "is_guest": actor is not None and actor.kind is Kind.GUEST,
        "acting_for": actor.name if actor and actor.hand else "",
        "seat_line": _seat_line(actor),
        "partnership": partnership,
        "accent": _accent(partnership),
        "practice_date": practice_date,
        "today": practice_date or timezone.localdate(),
        "navigation": _entries(getattr(request, "navigation", ()), request.path),
        "routes": {name: _address(route) for name, route in ROUTES.items()},
        "idle_minutes": _idle_minutes(request) if actor else 0,
    }


def _person(actor: Actor | None) -> Actor | None:
    """Somebody who signed in or came by a link; the public and processes have no name here."""
    if actor is None or actor.kind in (Kind.PUBLIC, Kind.PROCESS):
        return None
    return actor


def _standing(seat: SeatHeld) -> tuple[bool, int, bool]:
    """What somebody is first of all: in their own right, by the office that weighs most, and of
    several seats of one office in the one that is named after it."""
    return seat.deputy, list(Office).index(seat.office), seat.title.lower() != seat.office.value


def _seat_line(actor: Actor | None) -> str:
    if actor is None or not actor.seats:
        return ""
    first, *others = sorted(actor.seats, key=_standing)
    more = f" and {len(others)} more" if others else ""
    return f"{first.title}{more}"


def _accent(partnership: Partnership | None) -> str:
    """The colour for the brand style sheet; empty for the default one."""
    told = getattr(partnership, "accent", "") or ""
    chosen = brand.hex_of(told) if told else brand.DEFAULT
    return "" if chosen == brand.DEFAULT else chosen


def _entries(entries: Sequence[Link], path: str) -> list[Link]:
    """At most six, with the one that this page stands under marked."""
    shown = list(entries)
    if len(shown) > MOST_ENTRIES:
        raise ValueError(f"The navigation has {len(shown)} entries; {MOST_ENTRIES} is the most.")
    if any(entry.current for entry in shown):
        return shown
    under = [entry for entry in shown if path == entry.href or _within(path, entry.href)]
    nearest = max(under, key=lambda entry: len(entry.href), default=None)
    return [Link(each.text, each.href, each is nearest, each.count) for each in shown]


def _within(path: str, href: str) -> bool:
    return href != "/" and path.startswith(href.rstrip("/") + "/")


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _idle_minutes(request: HttpRequest) -> int:
    return int(getattr(request, "idle_minutes", settings.SESSION_COOKIE_AGE // 60))
