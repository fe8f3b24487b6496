"""What a subject may say, when a message is tried again, and what a link opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.mail import rules
from concordat.domain.base.mail.rules import LinkState, Opening, Purpose, State
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_has_one_subject_that_is_plain(purpose: Purpose) -> None:
    told = rules.subject(
        purpose,
        reference="THSCP-R-0042",
        count=3,
        change=rules.Change.PASSWORD,
        standing=rules.Standing.MISSED,
        rule="SIN-CRIT",
    )
    assert rules.is_plain_subject(purpose, told)
    assert "{" not in told


@pytest.mark.parametrize(
    ("purpose", "told"),
    [
        (Purpose.ASKED, "Something waits for you: Heron"),
        (Purpose.ASKED, "Something waits for you: THSCP-RR-0003 Heron"),
        (Purpose.ASKED, "Something waits for you: THSCP"),
        (Purpose.ASKED, "Something waits for you: "),
        (Purpose.ASKED, "Your week: 3 things"),
        (Purpose.CLOCK, "A statutory clock was missed: Heron"),
        (Purpose.CLOCK, "A statutory clock was missed: SIN-CRIT for Heron"),
        (Purpose.SIGN_IN, "Your Concordat sign-in: Jo Patel"),
        (Purpose.DIGEST, "Your week: 3 bruised babies"),
        (Purpose.DIGEST, "Your week: Heron"),
        (Purpose.SEAL, "Ledger seal Heron, for you to keep"),
        (Purpose.INVITATION, "Your invitation to Concordat\nBcc: a@example.org"),
        (Purpose.INVITATION, "Your invitation to Concordat\n"),
        (Purpose.INVITATION, ""),
    ],
)
def test_no_subject_says_more_than_a_count_or_a_reference(purpose: Purpose, told: str) -> None:
    verdict = rules.is_plain_subject(purpose, told)
    assert not verdict
    assert "never a title" in str(verdict)


@given(st.text(max_size=60), st.sampled_from(list(Purpose)))
def test_free_words_never_pass_for_a_reference(words: str, purpose: Purpose) -> None:
    if rules.is_plain_subject(purpose, rules.SUBJECTS[purpose].replace("{reference}", words)):
        assert "{reference}" not in rules.SUBJECTS[purpose] or words.rpartition("-")[2].isdigit()


def test_a_reference_that_is_none_makes_no_subject() -> None:
    with pytest.raises(Invalid, match="never a title"):
        rules.subject(Purpose.CLOCK, reference="Heron")


def test_counts_are_said_in_words() -> None:
    assert rules.subject(Purpose.DIGEST, count=1) == "Your week: 1 thing"
    assert rules.subject(Purpose.DIGEST, count=1200) == "Your week: 1,200 things"


def test_tries_are_further_and_further_apart_and_end() -> None:
    waits = [rules.next_try(tries, NOW) for tries in range(1, 7)]
    minutes = [(when - NOW) // timedelta(minutes=1) for when in waits if when]
    assert minutes == [1, 4, 16, 64, 256]
    assert waits[-1] is None


def test_what_will_be_of_no_use_is_not_tried_again() -> None:
    assert rules.next_try(2, NOW, NOW + timedelta(minutes=4)) is None
    assert rules.next_try(2, NOW, NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=4)


def test_what_was_sent_stays_sent() -> None:
    assert not rules.STATES.verdict(State.SENT, "send")
    assert rules.STATES.after(State.GIVEN_UP, "try again") is State.QUEUED


def stands(**more: object) -> LinkState:
    told: dict[str, object] = {
        "expires": NOW + DAY,
        "used": None,
        "revoked": None,
        "codes_sent": 0,
        "code_works": False,
        "entered": False,
        "now": NOW,
    }
    return rules.link_state(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, LinkState.OPEN),
        ({"expires": NOW}, LinkState.EXPIRED),
        ({"used": NOW}, LinkState.USED),
        ({"used": NOW, "revoked": NOW, "expires": NOW}, LinkState.REVOKED),
        ({"codes_sent": rules.MOST_CODES}, LinkState.SPENT),
        ({"codes_sent": rules.MOST_CODES, "code_works": True}, LinkState.OPEN),
        ({"codes_sent": rules.MOST_CODES, "entered": True}, LinkState.OPEN),
    ],
)
def test_where_a_link_stands(more: dict[str, object], state: LinkState) -> None:
    assert stands(**more) is state


def test_codes_are_a_minute_apart_and_ten_at_most() -> None:
    minute = timedelta(minutes=1)
    assert rules.may_have_code(None, 0, NOW)
    assert not rules.may_have_code(NOW - minute / 2, 1, NOW)
    assert rules.may_have_code(NOW - minute, 1, NOW)
    assert not rules.may_have_code(NOW - DAY, rules.MOST_CODES, NOW)


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "١٢٣٤٥٦", "123456\n", ""])
def test_what_is_no_code(typed: str) -> None:
    assert not rules.is_code(typed)
    assert rules.is_code("012345")


def invite(**more: object) -> object:
    told: dict[str, object] = {"level": Sensitivity.RESTRICTED, "lasts": DAY}
    scope = more.pop("scope", ["see"])
    return rules.may_invite(Opening.COMMENT, scope, **(told | more))  # type: ignore[arg-type]


def test_what_a_link_may_open() -> None:
    assert invite()
    assert not invite(level=Sensitivity.SEALED)
    assert not invite(scope=["see", "sign"])
    assert not invite(scope=["answer"])
    assert not invite(lasts=timedelta(0))
    assert not invite(lasts=rules.LONGEST + DAY)


def test_no_link_lets_a_guest_sign_share_or_admit() -> None:
    never = {Verb.SIGN, Verb.SHARE, Verb.ADMIT, Verb.HOLD, Verb.CLOSE, Verb.PUBLISH}
    assert not [each for each in Opening if each.verbs & never]


def test_letters_keep_their_secret_apart_and_name_no_title() -> None:
    letter = rules.link_letter(
        name="Jo",
        by="Mary",
        opening=Opening.PAPER,
        reference="HERE-R-0001",
        kind="risk",
        until=NOW.date(),
    )
    assert letter.count(rules.SECRET) == 1
    assert "send a paper for HERE-R-0001" in letter


def test_what_a_guest_is_asked_fits_what_the_link_opens() -> None:
    told = {kind: rules.asks_to(Opening.REQUEST, kind) for kind in RecordKind}
    assert told[RecordKind.INCIDENT] == told[RecordKind.LEARNING_REFERRAL] == "tell"
    assert told[RecordKind.CHRONOLOGY] == "add your agency’s rows to"
    assert told[RecordKind.INFORMATION_REQUEST] == "answer"
    assert rules.asks_to(Opening.READ, RecordKind.INCIDENT) == "read"


def test_simple_html_acts_on_nothing() -> None:
    told = rules.simple_html("Dear <b>Jo</b>,\n\nhttps://example.org/a?b=1&c=2\nand more")
    assert "&lt;b&gt;Jo&lt;/b&gt;" in told
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in told
    assert "<br>" in told
    assert not any(word in told for word in ("<img", "style", "<script"))


@pytest.mark.parametrize(
    ("name", "text", "media"),
    [
        ("seal.txt", "METHOD:REQUEST", "text/plain"),
        ("dates.ics", "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n", "text/calendar; method=CANCEL"),
        ("dates.ics", "BEGIN:VCALENDAR\r\nSUMMARY:METHOD:X\r\n", "text/calendar"),
        ("dates.ics", "METHOD:REQUEST; x=y\r\n", "text/calendar"),
    ],
)
def test_a_calendar_in_a_letter_names_its_method(name: str, text: str, media: str) -> None:
    assert rules.media_of(name, text) == media
