"""What a structure lacks on a day, told in words, and what would be needed to decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.governance.arrangements import rules
from concordat.domain.governance.arrangements.rules import Answer, Lack, Opinion
from concordat.domain.governance.arrangements.rules.structure import Place, vacant_since
from concordat.kernel.dates import Period, UncertainDate


def seat(**told: Any) -> dict[str, Any]:
    plain = {"key": "health", "role": "Health", "office": "delegate", "vacant": False,
             "vacant_since": None, "delegations": [{"limbs": []}]}  # fmt: skip
    return {**plain, **told}


def body(*seats: dict[str, Any], **told: Any) -> dict[str, Any]:
    plain = {"key": "executive", "name": "Executive", "state": "in force", "outside": False,
             "rhythm": "every 2 months", "seats": list(seats)}  # fmt: skip
    return {**plain, **told}


def found(*bodies: dict[str, Any], findings: Any = ()) -> dict[str, Any]:
    return {"bodies": list(bodies), "findings": list(findings)}


@pytest.mark.parametrize(
    ("built", "lacks"),
    [
        (found(body(seat())), []),
        (found(body(seat(vacant=True, vacant_since="2019-01-01"))), [Lack.VACANCY]),
        (found(body(seat(delegations=[]))), [Lack.DELEGATION]),
        (found(body(seat(delegations=[], office="member"))), []),
        (found(body(rhythm="unsettled: bi-monthly")), [Lack.RHYTHM]),
        (found(body(seat(vacant=True), outside=True)), []),
        (found(body(seat(vacant=True), state="ended")), []),
    ],
)
def test_what_is_lacking(built: dict[str, Any], lacks: list[Lack]) -> None:
    assert [gap.lack for gap in rules.gaps(built)] == lacks


def test_what_was_worked_out_counts_and_what_a_source_says_does_not() -> None:
    findings = [
        {"subject": "seats:a", "finding": "Its delegation ended on 1 May 2019.", "source": ""},
        {"subject": "delegations:b", "finding": "It rests on no instrument on record.",
         "source": ""},
        {"subject": "bodies:c", "finding": "Whether it was shadow that day is not certain.",
         "source": ""},
        {"subject": "bodies:d", "finding": "Whether it meets is not stated.", "source": "Paper"},
    ]  # fmt: skip
    told = rules.gaps(found(findings=findings))
    assert [gap.lack for gap in told] == [Lack.EXPIRED, Lack.INSTRUMENT, Lack.UNCERTAIN]


@pytest.mark.parametrize(
    ("rhythm", "words", "question"),
    [
        (None, "", ""),
        ("every 2 months", "every 2 months", ""),
        ("unsettled: TBC | question: How often?", "TBC", "How often?"),
        (
            "unsettled: bi-monthly",
            "bi-monthly",
            "Does “bi-monthly” mean once in 2 months or twice in 1 month?",
        ),
    ],
)
def test_a_rhythm_in_words_with_its_open_question(
    rhythm: str | None, words: str, question: str
) -> None:
    assert rules.settled(rhythm) == (words, question)


def test_the_state_in_one_sentence() -> None:
    built = found(body(seat(vacant=True), seat()), body(state="shadow"), body(outside=True))
    assert rules.in_words(built) == "2 bodies: 1 in force and 1 shadow. 2 seats, 1 of them vacant."
    assert rules.in_words(found()).startswith("No body")


def period(start: str = "", end: str = "") -> Period:
    return Period(*(UncertainDate.parse(each) if each else None for each in (start, end)))


def test_since_when_a_seat_is_vacant() -> None:
    on = date(2019, 5, 1)
    held = Place("Nurse", "holder", period("2018-01-01", "2019-01-31"))
    assert vacant_since([held], on) == "31 January 2019"
    assert vacant_since([held, Place("", "vacant", period("2019-02"))], on) == "February 2019"
    assert vacant_since([Place("", "vacant", period())], on) == ""


def test_power_in_words() -> None:
    held: dict[str, Any] = {
        "limbs": ["speak for the body", "commit on policy", "commit on resources"],
        "limit": 5000, "from": "2019-03-26", "to": None, "instrument": "letter",
    }  # fmt: skip
    told = rules.power_in_words(held)
    assert told == "May commit on policy and resources up to £5,000 since 26 March 2019, by letter"
    bare = {**held, "limbs": [], "limit": None, "from": None, "to": "2020", "instrument": None}
    assert rules.power_in_words(bare) == (
        "May decide for the agency until 2020, instrument not stated"
    )
    assert rules.limbs_in_short([*held["limbs"], "hold the body to account"]) == (
        "Speak; commit on policy and resources; hold to account"
    )


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Answer.YES, ""),
        (Answer.NOT_DECIDING, ""),
        (Answer.NO, "gives somebody who speaks for it a delegation"),
        (Answer.NEEDS, "The council needs its own decision."),
    ],
)
def test_what_would_be_needed(answer: Answer, wanted: str) -> None:
    told = rules.needed(Opinion("a", "The council", "council", answer, "Cabinet waits."))
    assert (wanted in told) if wanted else told == ""


def test_the_days_on_which_an_answer_may_change() -> None:
    record = rules.Record(
        decisions=(
            rules.Decision("a", "Cabinet", "council", "", UncertainDate.parse("2019-04-24"),
                           "planned", ("m",)),
            rules.Decision("b", "Board", "council", "", UncertainDate.parse("?"), "made", ("m",)),
            rules.Decision("c", "C", "council", "", UncertainDate.parse("2019"), "made", ("n",)),
        ),
        delegations=(
            rules.Delegation("d", "council", period("2019-03-26", "2020-03-31")),
            rules.Delegation("e", "council", period("2019-01-01"), matters=("n",)),
        ),
    )  # fmt: skip
    assert [(turn.on.isoformat(), turn.why) for turn in rules.turns(record, "m")] == [
        ("2019-03-26", "A delegation of council begins"),
        ("2019-04-24", "Cabinet (planned)"),
        ("2020-03-31", "A delegation of council ends"),
    ]
