"""Whoever does not belong: a guest with a link to something else, and nobody at all."""

from __future__ import annotations

from concordat.domain.base.people.operations import mark_world
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.models import Resolution
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.quorum import Presence
from tests.operations.documents.papers import added
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.pages.mail.test_guest_pages import come_in, invited
from tests.pages.people.browsing import client, form


def addresses(room: Boardroom, decision: Resolution) -> list[str]:
    meeting, made = room.meeting.record.reference, decision.record.reference
    tails = ("", "/agenda", "/pack", "/attendance", "/attendance/all", "/decisions", "/minutes",
             "/move/hold", "/pack/send")  # fmt: skip
    return [
        "/meetings",
        "/decisions",
        *(f"/meetings/{meeting}{tail}" for tail in tails),
        *(f"/decisions/{made}{tail}" for tail in ("", "/seal", "/ratify")),
        f"/agencies/{room.agencies['health'].record.reference}/account",
    ]


def sealed(room: Boardroom) -> Resolution:
    room.held(police=Presence.APOLOGIES)
    row = operations.draft(
        LOADER,
        body=room.body,
        on=DAY,
        text="Use one method",
        outcome=Outcome.AGREED,
        reasons="It works",
        meeting=room.now(),
        matter=room.matter("methods"),
    )
    return operations.seal(LOADER, resolution=row)


def test_a_guest_of_something_else_opens_no_page_of_meetings(room: Boardroom) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    decision = sealed(room)
    browser = client()
    come_in(browser, invited(room.house, added(room.house, title="Heron").record))
    told = {"partner": "Heath police", "given": "yes", "source": "A guest says so", "reason": ""}
    for address in addresses(room, decision):
        for answer in (browser.get(address), browser.post(address, form(**told))):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/sign-in?next="), address
    decision.refresh_from_db()
    assert decision.state == State.RECOMMENDATION


def test_nobody_is_led_to_sign_in_and_learns_nothing_of_what_is_there(room: Boardroom) -> None:
    decision = sealed(room)
    browser = client()
    absent = ["/meetings/HERE-M-9999", "/decisions/HERE-DE-9999"]
    for address in [*addresses(room, decision), *absent]:
        answer = browser.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in?next="), address
