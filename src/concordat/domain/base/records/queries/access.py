"""`visible` narrows a queryset and `can` judges one record; they say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Grant, Record, Recusal, Share
from concordat.domain.base.records.queries.prepared import Prepared
from concordat.domain.base.records.rules import Facts, Level, RecordKind, Standing, Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Restricted
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, yes

M = TypeVar("M", bound=Model)
INSIDERS = (Kind.PERSON, Kind.ACTING_FOR)


def in_force(on: date) -> Q:
    return Q(from_day__lte=on) & (Q(to_day__isnull=True) | Q(to_day__gte=on))


_GRANTED = Prepared(
    lambda on, people: Grant.objects.filter(in_force(on), grantee__in=people).values_list("record")
)
_SHARED = Prepared(
    lambda on, partnerships: Share.objects.filter(
        in_force(on), partnership__in=partnerships
    ).values_list("record")
)
_CONFLICTED = Prepared(
    lambda on, people: Recusal.objects.filter(in_force(on), person__in=people).values_list("record")
)
_GRANTS_ON = Prepared(
    lambda on, records: Grant.objects.filter(in_force(on), record__in=records).values_list(
        "record", "grantee", "level"
    )
)
_SHARES_OF = Prepared(
    lambda on, records: Share.objects.filter(in_force(on), record__in=records).values_list(
        "record", "partnership"
    )
)
_CONFLICTS_IN = Prepared(
    lambda on, records: Recusal.objects.filter(in_force(on), record__in=records).values_list(
        "record", "person"
    )
)


def visible(actor: Actor, queryset: QuerySet[M], *, record: str | None = None) -> QuerySet[M]:
    """Only the rows that this actor may open.

    `record` is the path from a row to its record: empty for records themselves, "record"
    for the thing that one belongs to, longer for rows beneath it ("seat__record").
    """
    if actor.kind is Kind.PROCESS:
        return queryset
    path = _path(queryset, record)
    if not rules.lets_see(actor):
        return queryset.filter(_public(path))
    return queryset.filter(_open_to(actor, path) & ~_recused(actor, path))


def _path(queryset: QuerySet[M], record: str | None) -> str:
    if record is None:
        record = "" if queryset.model is Record else "record"
    return f"{record}__" if record else ""


def _public(path: str) -> Q:
    return Q(**{f"{path}sensitivity": Sensitivity.PUBLIC})


def _open_to(actor: Actor, path: str) -> Q:
    open_ = _public(path)
    if actor.admitted:
        open_ |= Q(**{f"{path}pk__in": actor.admitted})
    if actor.identities:
        open_ |= _named(actor, path)
    if actor.kind in INSIDERS and actor.seats:
        open_ |= Q(**{f"{path}sensitivity": Sensitivity.PARTNERSHIP}) & _inside(actor, path)
    return open_


def _named(actor: Actor, path: str) -> Q:
    theirs = _GRANTED.within(on=actor.on, people=actor.identities)
    sealed = Q(**{f"{path}sensitivity": Sensitivity.SEALED})
    named = ~sealed & (Q(**{f"{path}pk__in": theirs}) | Q(**{f"{path}owner__in": actor.identities}))
    return named | (sealed & _all_named(actor, path))


def _all_named(actor: Actor, path: str) -> Q:
    """What is sealed opens to named people only: while acting for somebody, to both."""
    named = Q()
    for person in rules.must_be_named(actor):
        if person is None:
            return Q(pk__in=[])
        named &= Q(**{f"{path}pk__in": _GRANTED.within(on=actor.on, people=[person])})
    return named


def _inside(actor: Actor, path: str) -> Q:
    shared = _SHARED.within(on=actor.on, partnerships=actor.partnerships)
    return (
        Q(**{f"{path}partnership__in": actor.partnerships})
        | Q(**{f"{path}partnership__isnull": True})
        | Q(**{f"{path}pk__in": shared})
    )


def _recused(actor: Actor, path: str) -> Q:
    """A conflict hides all but what is public; an actor who is nobody has none."""
    admitted = Q(**{f"{path}pk__in": actor.admitted})
    return ~_public(path) & ~admitted & _conflicts(actor, path)


def _conflicts(actor: Actor, path: str) -> Q:
    people = [each for each in (actor.person, actor.hand_person) if each]
    if not people:
        return Q(pk__in=[])
    return Q(**{f"{path}pk__in": _CONFLICTED.within(on=actor.on, people=people)})


def admissible(actor: Actor, queryset: QuerySet[M], *, record: str | None = None) -> QuerySet[M]:
    """Only the rows whose record this actor may admit others to, as `can` says it."""
    if actor.kind is Kind.PROCESS:
        return queryset
    if actor.kind in rules.SCOPED and Verb.ADMIT not in actor.scope:
        return queryset.none()
    path = _path(queryset, record)
    found = _led(actor, path)
    if actor.kind is Kind.GUEST:
        found |= Q(**{f"{path}pk__in": actor.admitted})
    return queryset.filter(found)


def _led(actor: Actor, path: str) -> Q:
    """What an office lets this actor decide about: it is open, or known to those inside."""
    offices = rules.offices_that_may(Verb.ADMIT)
    mine = {seat.partnership for seat in actor.seats if seat.office in offices}
    if not mine:
        return Q(pk__in=[])
    led = Q(**{f"{path}partnership__in": mine}) | Q(**{f"{path}partnership__isnull": True})
    found = _open_to(actor, path) & ~_recused(actor, path)
    if actor.kind in INSIDERS:
        known = Q(**{f"{path}listed": True}) & ~Q(**{f"{path}sensitivity": Sensitivity.SEALED})
        found |= known & ~_conflicts(actor, path)
    return led & found


def facts_of(actor: Actor, record: Record) -> Facts:
    """What the access rules need to know about one record on the actor's day."""
    return facts_of_each(actor, [record])[0]


def facts_of_each(actor: Actor, held: Sequence[Record]) -> list[Facts]:
    """The facts of each record, in three queries however many they are."""
    if not held:
        return []
    on, pks = actor.on, [each.pk for each in held]
    granted: dict[UUID, dict[UUID, Level]] = defaultdict(dict)
    for record, grantee, level in _GRANTS_ON.rows(on=on, records=pks):
        if granted[record].get(grantee) is not Level.WORK:
            granted[record][grantee] = Level(level)
    shared = _by_record(_SHARES_OF.rows(on=on, records=pks))
    recused = _by_record(_CONFLICTS_IN.rows(on=on, records=pks))
    return [
        Facts(
            record=record.pk,
            partnership=record.partnership_id,
            sensitivity=record.level,
            listed=record.listed,
            owner=record.owner_id,
            granted=granted[record.pk],
            shared_with=frozenset(shared[record.pk]),
            recused=frozenset(recused[record.pk]),
        )
        for record in held
    ]


def _by_record(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for record, value in rows:
        found[record].add(value)
    return found


def can(actor: Actor, verb: Verb, record: Record) -> Verdict:
    """Whether this actor may do this with this record, and if not, why."""
    if actor.kind is Kind.PROCESS:
        return yes()
    return rules.may_use(actor, verb, facts_of(actor, record))


def usable(actor: Actor, verb: Verb, held: Iterable[Record]) -> list[Record]:
    """Those with which this actor may do this, as `can` says of each."""
    rows = list(held)
    if actor.kind is Kind.PROCESS:
        return rows
    facts = facts_of_each(actor, rows)
    return [each for each, of in zip(rows, facts, strict=True) if rules.may_use(actor, verb, of)]


def standing_of(actor: Actor, record: Record) -> Standing:
    return rules.standing(actor, facts_of(actor, record))


def fetch(actor: Actor, queryset: QuerySet[M], *, record: str | None = None, **lookup: object) -> M:
    """One row that the actor may open.

    Raises the model's DoesNotExist when it is absent or may not be known of (the two
    look the same), and `Restricted` when it may be known of but not opened.
    """
    asked = queryset.filter(**lookup)
    found = asked.first()
    if found is None:
        raise queryset.model.DoesNotExist  # type: ignore[attr-defined]
    root = _root_of(found, _path(queryset, record))
    if actor.kind is Kind.PROCESS or (root and can(actor, Verb.SEE, root)):
        return found
    # Of several that the words fit, one that opens goes before one that does not.
    opens = visible(actor, asked, record=record).first()
    if opens is not None:
        return opens
    if root and standing_of(actor, root) is Standing.KNOWN:
        raise Restricted(root.reference, owner=_owner_in_words(root))
    raise queryset.model.DoesNotExist  # type: ignore[attr-defined]


def _root_of(row: Model, path: str) -> Record | None:
    root: object = row
    for step in path.split("__")[:-1]:
        root = getattr(root, step, None)
    return root if isinstance(root, Record) else None


def _owner_in_words(record: Record) -> str:
    return record.owner.title if record.owner else "the strategy manager"


def fetch_record(actor: Actor, reference: str) -> Record:
    """A record by its reference, whatever its kind."""
    if not rules.is_reference(reference):
        raise Record.DoesNotExist
    queryset = Record.objects.select_related("partnership", "owner")
    return fetch(actor, queryset, reference=reference)


def partnership_records(actor: Actor) -> QuerySet[Record]:
    """The partnerships in which this actor sits, or all of them for a process."""
    records = Record.objects.filter(kind=RecordKind.PARTNERSHIP)
    return records if actor.kind is Kind.PROCESS else records.filter(pk__in=actor.partnerships)
