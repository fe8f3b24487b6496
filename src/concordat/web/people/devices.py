"""Browsers that somebody has signed in from before.

Guesses from elsewhere use up the guesses of an address, and would keep its owner out. A browser
that completed a sign-in, or a reset through the owner's mailbox, has guesses of its own: so an
attacker is bounded and the owner still gets in. The cookie signs nobody in.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from concordat.domain.base.people.rules import normal_address

COOKIE = "concordat_device"
SALT = "concordat.people.device"
LASTS = 365 * 24 * 60 * 60
MOST = 5


def bucket(request: HttpRequest, address: str) -> str:
    """What failed sign-ins to this address, from this browser, are counted under."""
    normal = normal_address(address)
    mark = _known(request).get(_digest(normal))
    return f"{normal} from {mark}" if mark else normal


def remember(request: HttpRequest, response: HttpResponseBase, address: str) -> None:
    """Let this browser have its own guesses at this address, beside those it knows already."""
    digest = _digest(normal_address(address))
    known = {key: mark for key, mark in _known(request).items() if key != digest}
    kept = [[digest, secrets.token_hex(16)], *([key, mark] for key, mark in known.items())]
    response.set_cookie(
        COOKIE,
        signing.dumps(kept[:MOST], salt=SALT),
        max_age=LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """Marks by the digest of the address: the cookie names nobody."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return {}


def _digest(address: str) -> str:
    return hashlib.sha256(f"{SALT}:{address}".encode()).hexdigest()
