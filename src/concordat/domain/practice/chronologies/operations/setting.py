"""Opening a chronology, saying what is asked in it, naming its children and its team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation
from concordat.domain.base.records.operations.record import judged, retitle
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Member,
    Subject,
)
from concordat.domain.practice.chronologies.operations import asking, reminding, taking
from concordat.domain.practice.chronologies.rules import Looking, Part
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is asked: the period, the columns, what rows can be marked with, what is looked for.

    All lengths are days. The source of information is asked of every row, whatever is required.
    """

    title: str
    first: date
    last: date
    columns: Sequence[str] = field(default_factory=lambda: [m.value for m in rules.USUAL])
    required: Sequence[str] = ()
    themes: Sequence[str] = ()
    enquiries: Sequence[str] = ()
    gap: int = 60
    told: int = 7
    contact: int = 28


@operation
def open_chronology(
    actor: Actor,
    *,
    partnership: Record,
    terms: Terms,
    children: Sequence[Child] = (),
    about: Record | None = None,
    manager: Record | None = None,
) -> Chronology:
    """Open a chronology beneath a partnership. Whoever opens it manages it, or `manager` does.

    It is restricted and not listed: only its team and who is let in know of it.
    """
    judged(actor, Verb.CHANGE, partnership).require()
    if about is not None:
        judged(actor, Verb.SEE, about).require()
    _check(terms)
    record = open_record(
        actor,
        kind=RecordKind.CHRONOLOGY,
        title=terms.title,
        partnership=partnership,
        opened=actor.on,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    row = Chronology(record=record, partnership=partnership, about=about)
    _put(row, terms)
    row.save(force_insert=True)
    for child in children:
        _subject(actor, row, child)
    whose = manager or _self(actor)
    if whose is not None:
        grant = taking.let_in(actor, row, whose, "Manages the chronology.", None)
        Member.objects.create(chronology=row, grant=grant, part=Part.MANAGER)
    happened(actor, "chronology set up", record, after=_told(row))
    return row


def _self(actor: Actor) -> Record | None:
    person = actor.hand_person or actor.person
    return Record.objects.get(pk=person) if person else None


def _check(terms: Terms) -> None:
    if terms.last < terms.first:
        raise Invalid("The period ends before it begins.", field="last", mend="Give a later day.")
    Looking(terms.gap, terms.told, terms.contact)
    for name in (*terms.columns, *terms.required):
        if name not in set(rules.Means):
            raise Invalid(f"There is no column “{name}”.", field="columns", mend="Choose one.")


def _put(row: Chronology, terms: Terms) -> None:
    columns = rules.columns_of([*terms.columns, *terms.required])
    row.first, row.last = terms.first, terms.last
    row.columns = [each.value for each in columns]
    row.required = [each.value for each in columns if each in terms.required]
    row.themes, row.enquiries = _listed(terms.themes), _listed(terms.enquiries)
    row.gap, row.told, row.contact = terms.gap, terms.told, terms.contact


def _listed(texts: Sequence[str]) -> list[str]:
    bare = [" ".join(each.split())[: rules.LONGEST_TITLE] for each in texts]
    return list(dict.fromkeys(each for each in bare if each))


def _told(row: Chronology) -> dict[str, object]:
    return {
        "from": row.first,
        "to": row.last,
        "columns": row.columns,
        "required": row.required,
        "about": row.about.reference if row.about else "",
    }


@operation
def amend(
    actor: Actor, *, chronology: Chronology, terms: Terms, seen_version: int | None = None
) -> Chronology:
    """Change what is asked. Rows that are kept already stay as they are told."""
    held = taking.taken(
        actor, chronology, rules.may_manage, seen_version=seen_version,
        mine={"title": terms.title, "first": day_in_words(terms.first),
              "last": day_in_words(terms.last)},
    )  # fmt: skip
    _check(terms)
    before = _told(held)
    retitle(held.record, terms.title)
    _put(held, terms)
    held.save()
    happened(actor, "chronology amended", held.record, before=before, after=_told(held))
    return held


@operation
def expect(
    actor: Actor,
    *,
    chronology: Chronology,
    expected: Sequence[tuple[Contribution, int]] = (),
    pairs: Sequence[tuple[Contribution, Contribution]] = (),
    seen_version: int | None = None,
) -> Chronology:
    """Say how often each agency was to be in touch (in days), and who should know what whom knew.

    Without pairs every agency is looked at for what any other knew.
    """
    held = taking.taken(actor, chronology, rules.may_manage, seen_version=seen_version)
    own = set(Contribution.objects.filter(chronology=held).values_list("pk", flat=True))
    named = {each.pk for each, _ in expected} | {each.pk for pair in pairs for each in pair}
    if not named <= own:
        raise Invalid("This agency was not asked.", field="expected", mend="Ask it first.")
    if any(not 1 <= days <= 3650 for _, days in expected):
        raise Invalid("Give 1 to 3650 days.", field="expected")
    held.expected = [[each.pk, days] for each, days in expected]
    held.pairs = [[a.pk, b.pk] for a, b in pairs if a.pk != b.pk]
    held.save(update_fields=["expected", "pairs"])
    after = {"contacts expected": len(held.expected), "pairs": len(held.pairs)}
    happened(actor, "what is looked for set", held.record, after=after)
    return held


@operation
def add_child(actor: Actor, *, chronology: Chronology, child: Child) -> Subject:
    """Say that a chronology is about a child, by label."""
    held = taking.taken(actor, chronology, rules.may_manage)
    row = _subject(actor, held, child)
    happened(actor, "child named", held.record, after={"child": child.record.reference})
    return row


def _subject(actor: Actor, row: Chronology, child: Child) -> Subject:
    can(actor, Verb.SEE, child.record).require()
    if child.area.partnership_id != row.partnership_id:
        raise Invalid("This child is another partnership’s.", field="child")
    if Subject.objects.filter(chronology=row, child=child).exists():
        raise Invalid(f"{child.label} is named already.", field="child")
    children.may_store(actor, child.area).require()
    if Subject.objects.filter(chronology=row, child__label__iexact=child.label).exists():
        raise Invalid(
            f"Another child of this chronology is called “{child.label}”.",
            field="child",
            mend="Two children of one label cannot be told apart.",
        )
    return Subject.objects.create(chronology=row, child=child)


@operation
def name_member(
    actor: Actor,
    *,
    chronology: Chronology,
    whom: Record,
    part: Part,
    to_day: date | None = None,
    contribution: Contribution | None = None,
) -> Member:
    """Let a person or a seat into a chronology for a part and a time; `to_day` is the last day.

    An author reads and writes the rows of one agency alone, and is told what they owe. A locked
    chronology takes no author; who reads it or manages it can be named all the same.
    """
    author = part is Part.AUTHOR
    held = taking.taken(actor, chronology, rules.may_manage, locked=False if author else None)
    if whom.kind not in (RecordKind.PERSON, RecordKind.SEAT):
        raise Invalid("Name a person or a seat.", field="whom")
    if whom.partnership_id != held.partnership_id:
        raise Invalid("They belong to another partnership.", field="whom")
    if author != (contribution is not None):
        raise Invalid(
            "An author writes for one agency; others for none.",
            field="contribution",
            mend="Choose the agency for an author, and none for others.",
        )
    if contribution and contribution.chronology_id != held.pk:
        raise Invalid("This agency was not asked.", field="contribution")
    if to_day and to_day < actor.on:
        raise Invalid("It would end before it begins.", field="to_day", mend="Give a later day.")
    grant = taking.let_in(actor, held, whom, f"{part.capitalize()} of the chronology.", to_day)
    row = Member.objects.create(chronology=held, grant=grant, part=part, contribution=contribution)
    after = {"who": whom.reference, "part": part, "until": to_day}
    happened(actor, "team member named", held.record, after=after)
    if contribution:
        reminding.tell_author(actor, asking.fresh(contribution), row)
    return row


@operation
def end_member(actor: Actor, *, member: Member, on: date, reason: str) -> Member:
    """Make `on` somebody's last day on the team, locked or not; from the next they see nothing of
    it, and nothing is asked of them."""
    held = taking.taken(actor, member.chronology, rules.may_manage, locked=None)
    row = Member.objects.select_related("grant__grantee").get(pk=member.pk)
    why = taking.needed("reason", reason, "Say why.")
    if row.grant.to_day and row.grant.to_day <= on:
        raise Refused(f"This ends on {day_in_words(row.grant.to_day)} already.")
    if on < row.grant.from_day:
        raise Invalid("It would end before it began.", field="on", mend="Give a later day.")
    if row.part == Part.MANAGER and not _manages_after(held, row, on):
        raise Refused("Somebody must manage the chronology. Name another manager first.")
    row.grant.to_day = on
    row.grant.save(update_fields=["to_day"])
    after = {"who": row.grant.grantee.reference, "part": row.part, "until": on}
    happened(actor, "team member ended", held.record, reason=why, after=after)
    if row.contribution:
        reminding.relieve(actor, asking.fresh(row.contribution))
    return row


def _manages_after(held: Chronology, but: Member, on: date) -> bool:
    others = Member.objects.filter(chronology=held, part=Part.MANAGER).exclude(pk=but.pk)
    return any(not o.grant.to_day or o.grant.to_day > on for o in others.select_related("grant"))


@operation
def lock(
    actor: Actor, *, chronology: Chronology, reason: str, seen_version: int | None = None
) -> Chronology:
    """Close the chronology for rows and for what is said of them: it can be read and exported."""
    held = taking.taken(actor, chronology, rules.may_manage, seen_version=seen_version)
    return _moved(actor, held, "lock", "chronology locked", reason)


@operation
def unlock(
    actor: Actor, *, chronology: Chronology, reason: str, seen_version: int | None = None
) -> Chronology:
    """Open a locked chronology again, with the reason."""
    held = taking.taken(actor, chronology, rules.may_manage, seen_version=seen_version, locked=True)
    return _moved(actor, held, "unlock", "chronology unlocked", reason)


def _moved(actor: Actor, held: Chronology, verb: str, told: str, reason: str) -> Chronology:
    why = taking.needed("reason", reason, "Say why.", 1000)
    held.stage = rules.STATES.after(held.stage_is, verb)
    held.save(update_fields=["stage"])
    happened(actor, told, held.record, reason=why)
    return held
