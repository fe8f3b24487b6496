"""What a structure lacks on a day: vacancies, delegations, settled rhythms, certain dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from concordat.domain.governance.arrangements.rules.structure import (
    AT_RISK,
    EXPIRED,
    LAPSED,
    NO_INSTRUMENT,
    settled,
)
from concordat.kernel.labels import count, join_words

SPEAKS_FOR_A_PARTNER = ("lead partner", "delegate")


class Lack(StrEnum):
    """What can be lacking; the words head a list of such gaps."""

    VACANCY = "Vacant seats"
    DELEGATION = "Partners’ seats without a delegation"
    EXPIRED = "Delegations that have ended"
    INSTRUMENT = "Delegations that rest on nothing on record"
    RHYTHM = "How often is not settled"
    INDEPENDENCE = "Scrutiny that a partner would manage"
    GRADE = "Grades that are not settled"
    UNCERTAIN = "Dates that are not certain"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking. `subject` is kind:key; `question` what somebody must answer."""

    lack: Lack
    subject: str
    told: str
    question: str = ""


def gaps(found: Mapping[str, Any]) -> list[Gap]:
    """What a structure, as `structure --json` gives it, lacks; bodies of others are theirs."""
    own = [each for each in found["bodies"] if not each["outside"] and each["state"] != "ended"]
    return [*(gap for body in own for gap in _of_body(body)), *_remarked(found["findings"])]


def _of_body(body: Mapping[str, Any]) -> Iterator[Gap]:
    rhythm, question = settled(body["rhythm"])
    if question:
        yield Gap(Lack.RHYTHM, f"bodies:{body['key']}", f"The source says: “{rhythm}”.", question)
    for seat in body["seats"]:
        subject = f"seats:{seat['key']}"
        if seat["vacant"]:
            since = f" Nobody has sat since {seat['vacant_since']}." if seat["vacant_since"] else ""
            yield Gap(Lack.VACANCY, subject, f"The seat is vacant.{since}")
        elif seat["office"] in SPEAKS_FOR_A_PARTNER and not seat["delegations"]:
            yield Gap(Lack.DELEGATION, subject, "No delegation in force is on record.")


_REMARKS = (
    (EXPIRED, Lack.EXPIRED),
    (LAPSED, Lack.EXPIRED),
    (NO_INSTRUMENT, Lack.INSTRUMENT),
    (AT_RISK, Lack.INDEPENDENCE),
    ("Whether ", Lack.UNCERTAIN),
)


def _remarked(findings: list[dict[str, str]]) -> Iterator[Gap]:
    """What was worked out for the day; what a source was found to lack has its source."""
    for each in findings:
        for begins, lack in () if each["source"] else _REMARKS:
            if each["finding"].startswith(begins):
                yield Gap(lack, each["subject"], each["finding"])


def in_words(found: Mapping[str, Any]) -> str:
    """The structure's state as one sentence: how many bodies stand how, and what is vacant."""
    own = [each for each in found["bodies"] if not each["outside"]]
    told = [
        f"{number} {state}"
        for state in ("in force", "shadow", "proposed", "ended")
        if (number := sum(1 for each in own if each["state"] == state))
    ]
    seats = [seat for each in own if each["state"] != "ended" for seat in each["seats"]]
    vacant = sum(1 for seat in seats if seat["vacant"])
    return _sentence(len(own), told, len(seats), vacant)


def _sentence(bodies: int, told: list[str], seats: int, vacant: int) -> str:
    if not bodies:
        return "No body of the partnership is on record for that day."
    parts = [f"{count(bodies, 'body')}: {join_words(told)}."]
    if seats:
        empty = f"{vacant} of them vacant" if vacant else "none known to be vacant"
        parts.append(f"{count(seats, 'seat')}, {empty}.")
    return " ".join(parts)
