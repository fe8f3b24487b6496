"""A partnership of one council, one health body and one force, and short ways to change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from concordat.domain.governance.arrangements.rules import (
    Agency,
    Answer,
    Authority,
    Body,
    Decision,
    Delegation,
    Matter,
    Opinion,
    Partner,
    Post,
    Record,
    Seat,
    Sitting,
    authority,
)
from concordat.kernel.dates import Period, UncertainDate

ON = date(2019, 3, 27)
BUDGET, REVIEW, CASH = "budget", "child-death-review", "cash"
COMMIT = ("speak for the body", "commit on policy", "commit on resources")


def day(told: str) -> UncertainDate | None:
    return UncertainDate.parse(told) if told else None


def span(start: str = "", end: str = "") -> Period:
    return Period(day(start), day(end))


def partner(agency: str, class_: str, start: str = "", end: str = "", **more: Any) -> Partner:
    name = more.pop("name", agency.capitalize())
    return Partner(f"{agency}-{class_}", agency, name, class_, span(start, end), **more)


def given(agency: str, start: str = "", end: str = "", **more: Any) -> Delegation:
    """A delegation by this agency, by a council scheme; to its chief unless told otherwise."""
    if not {"post", "seat", "person"} & more.keys():
        more["post"] = f"{agency}-chief"
    values = {"key": f"{agency}-power", "limbs": COMMIT, "instrument": "council scheme"} | more
    return Delegation(agency=agency, period=span(start, end), **values)


def decided(agency: str, on: str, state: str = "made", **more: Any) -> Decision:
    values = {
        "key": f"{agency}-{on}-{state}", "title": "The budget", "body": "", "matters": (BUDGET,)
    } | more  # fmt: skip
    return Decision(agency=agency, on=day(on), state=state, **values)


def sits(seat: str, start: str = "", end: str = "", holding: str = "holder", **who: str) -> Sitting:
    return Sitting(seat, holding, span(start, end), **who)


def small(**changes: Any) -> Record:
    """Nobody has handed anything on; each chief sits on the executive, with a deputy for none."""
    names = ("council", "health", "police")
    record = Record(
        matters={
            BUDGET: Matter(BUDGET, "The shared budget"),
            REVIEW: Matter(REVIEW, "Child death review", ("council", "health"), law="s.16Q"),
            CASH: Matter(CASH, "Police money", reserved_to=("mayors-office",)),
        },
        partners=tuple(partner(name, name) for name in names),
        seats={
            f"{name}-seat": Seat(
                f"{name}-seat", f"{name.capitalize()} seat", name, "executive", Period()
            )
            for name in names
        },
        sittings=tuple(sits(f"{name}-seat", post=f"{name}-chief") for name in names),
        bodies={
            "executive": Body("executive", "Executive"),
            "cabinet": Body("cabinet", "Cabinet", "council"),
            "mayors-office": Body("mayors-office", "Mayor's Office", "mayor"),
        },
        posts={
            f"{name}-{rank}": Post(f"{name}-{rank}", f"{name.capitalize()} {rank}", name)
            for name in names
            for rank in ("chief", "deputy", "new")
        },
        people={"sam": "Sam Invented", "ali": "Ali Invented"},
        agencies={
            **{name: Agency(name, name.capitalize(), name) for name in names},
            "mayor": Agency("mayor", "Mayor", "mayor or commissioner"),
        },
    )
    return replace(record, **changes)


def able(*but: str, **changes: Any) -> Record:
    """Each partner but these has handed its power to its chief."""
    names = [name for name in ("council", "health", "police") if name not in but]
    more = tuple(changes.pop("delegations", ()))
    return small(delegations=(*map(given, names), *more), **changes)


def ask(
    record: Record,
    matter: str = BUDGET,
    on: date = ON,
    present: Iterable[str] | None = None,
    amount: int | None = None,
) -> Authority:
    return authority(record, matter, on, present, amount=amount)


def of(agency: str, found: Authority) -> Opinion:
    opinions = [each for each in found.opinions if each.agency == agency]
    assert len(opinions) == 1, [(each.agency, each.reason) for each in found.opinions]
    return opinions[0]


def council(record: Record, **asked: Any) -> tuple[str, str]:
    """What the council can do, and why."""
    opinion = of("council", ask(record, **asked))
    return opinion.answer.value, opinion.reason


YES, NO, NEEDS, OUT = (each.value for each in Answer)
