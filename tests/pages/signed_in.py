"""A browser in which somebody of an invented partnership has signed in with their authenticator."""

from __future__ import annotations

from django.test import Client

from concordat.domain.base.people import queries
from concordat.domain.base.people.operations import mark_world
from tests.operations.mail.cast import DAY, LOADER, Sitter
from tests.operations.people.examples import signed_up
from tests.pages.people.browsing import client, set_up


def as_(sitter: Sitter) -> Client:
    """The practice date is pinned to the day on which the invented partnership was built."""
    if queries.world() is None:
        mark_world(LOADER, name="test", practice_date=DAY)
    browser = client()
    set_up(browser, signed_up(sitter.person))
    return browser
