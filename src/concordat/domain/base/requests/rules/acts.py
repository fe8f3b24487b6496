"""Who may do what with a request, and what an act needs before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.clocks.rules import Rule, applies
from concordat.domain.base.requests.rules.states import AGREED, BASIS, MOST_DAYS, Question
from concordat.kernel.actor import Office
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes

LONGEST = 8_000
PARTNERS = frozenset({Office.LEAD_PARTNER, Office.DELEGATE})


@dataclass(frozen=True, slots=True)
class Part:
    """Which part somebody has in a request: they asked, run the partnership, or are asked."""

    asked: bool = False
    secretariat: bool = False
    answers: bool = False

    @property
    def asks(self) -> bool:
        return self.asked or self.secretariat


def may_be_requester(office: str, agency_is_partner: bool, basis: str = BASIS) -> Verdict:
    """Only a safeguarding partner asks by this power: a lead partner's or delegate's seat, or any
    seat of an agency that is a statutory partner. By agreement, under an old board, its chair
    asks as well."""
    if office in PARTNERS or agency_is_partner:
        return yes()
    if basis == AGREED and office == Office.CHAIR:
        return yes()
    return no("This is not the seat of a safeguarding partner. Choose one that is.")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a request rests on: a row of the law, or agreed sharing with why the row does not bind
    here. `area` is the name of the area, empty where the partnership has none of its own."""

    row: str
    why: str = ""
    area: str = ""


def basis_in(rule: Rule | None, area: str, go_live: date | None, on: date) -> Basis:
    """INF-16H where it binds the area on the day, agreed sharing where it does not."""
    if rule is None:
        return Basis(AGREED, f"{BASIS} was not in force on {day_in_words(on)}.", area)
    binds = applies(rule, go_live, on)
    if binds:
        return Basis(BASIS, area=area)
    where = area or "The area"
    return Basis(AGREED, f"{where} was with its old board on {day_in_words(on)}.", area)


def one_basis(found: Sequence[Basis]) -> Basis:
    """The basis for a partnership's areas together: the power only where it binds all of them."""
    if len(found) == 1:
        return found[0]
    row = BASIS if all(each.row == BASIS for each in found) else AGREED
    return Basis(row, " ".join(each.why for each in found).strip())


def may_ask(part: Part) -> Verdict:
    if part.asks:
        return yes()
    return no("Only whoever asks and the secretariat do this.")


def may_acknowledge(part: Part) -> Verdict:
    """Receipt is proof only by whoever received it."""
    if part.answers:
        return yes()
    return no("Only whoever is asked says that it came.")


def may_answer(part: Part) -> Verdict:
    """Whoever is asked answers; the secretariat may put on file what came on paper."""
    if part.answers or part.secretariat:
        return yes()
    return no("Only whoever is asked answers.")


def needed(field: str, told: str, message: str, mend: str = "One sentence is enough.") -> str:
    if not told.strip():
        raise Invalid(message, field=field, mend=mend)
    return told.strip()


def is_due(due: date, today: date) -> Verdict:
    if due <= today:
        return no(f"{day_in_words(due)} is not to come. Leave them at least a day.")
    return yes()


def is_interval(days: int) -> Verdict:
    if not 1 <= days <= MOST_DAYS:
        return no(f"Remind them every 1 to {MOST_DAYS} days.")
    return yes()


def answers_of(questions: Sequence[Question], told: Mapping[str, str]) -> dict[str, str]:
    """What was answered by question. Raises `Invalid` beside each that has to be answered."""
    for question in questions:
        if question.needed and not told.get(question.key, "").strip():
            raise Invalid(
                f"“{question.text}” is not answered.",
                field=f"q_{question.key}",
                mend="Answer it, or write that you do not know.",
            )
    return {each.key: told.get(each.key, "").strip() for each in questions}
