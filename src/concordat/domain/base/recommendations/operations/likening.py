"""That two recommendations are the same: said by a person, and taken back by one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import Q

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Recommendation, Same
from concordat.domain.base.recommendations.operations import holding
from concordat.domain.base.recommendations.queries.likeness import shared_words
from concordat.domain.base.recommendations.rules import Told
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity


def _pair(first: Recommendation, second: Recommendation) -> Q:
    one, other = first.pk, second.pk
    return Q(first=one, second=other) | Q(first=other, second=one)


@operation
def say_same(
    actor: Actor, *, recommendation: Recommendation, other: Recommendation, why: str = "",
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Say that two are the same. The words that both share stay on file with it."""
    _hold_both(recommendation, other)
    held = holding.taken(actor, recommendation, "", rules.may_link, seen_version=seen_version)
    theirs = _other(actor, held, other)
    if Same.objects.filter(_pair(held, theirs)).exists():
        raise Refused("Somebody said so already.")
    words = list(shared_words(actor, held, theirs))
    Same.objects.create(
        first=held, second=theirs, words=words, why=why.strip(), by=actor.signature[:200],
        on=actor.on,
    )  # fmt: skip
    Recommendation.objects.filter(strand=theirs.strand).update(strand=held.strand)
    for row, with_ in ((held, theirs), (theirs, held)):
        said = why.strip() if _opens_with(with_, row) else ""
        shared = {"words": words} if _opens_with(with_, row) else {}
        holding.tell(actor, row, Told.SAME, said, after=with_.record.reference)
        after = {"other": with_.record.reference, **shared}
        happened(actor, "found to be the same", row.record, reason=said, after=after)
    return holding.fresh(held)


def _hold_both(one: Recommendation, other: Recommendation) -> None:
    """Lock both in one order, so that two who say it from either side wait and do not block."""
    for pk in sorted({one.pk, other.pk}):
        locked(pk)


def _opens_with(with_: Recommendation, row: Recommendation) -> bool:
    """Whether what was said of one may stand on the page of the other: that is held as closely,
    and in the same partnership."""
    theirs, ours = with_.record, row.record
    if theirs.level is Sensitivity.PUBLIC:
        return True
    closely = (theirs.level, not theirs.listed) <= (ours.level, not ours.listed)
    return closely and theirs.partnership_id == ours.partnership_id


def _other(actor: Actor, held: Recommendation, other: Recommendation) -> Recommendation:
    if other.pk == held.pk:
        raise Refused("It is always the same as itself. Choose another.")
    take(other.pk, may=lambda record: judged(actor, Verb.SEE, record))
    return holding.fresh(other)


@operation
def tell_apart(
    actor: Actor, *, recommendation: Recommendation, other: Recommendation, why: str,
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Take back that two are the same. What hangs together otherwise stays together."""
    _hold_both(recommendation, other)
    held = holding.taken(actor, recommendation, "", rules.may_link, seen_version=seen_version)
    reason = rules.needed("why", why, "Say what is different.")
    theirs = _other(actor, held, other)
    gone, _ = Same.objects.filter(_pair(held, theirs)).delete()
    if not gone:
        raise Refused("These two were not said to be the same, or somebody took it back first.")
    _sort_out(held.strand)
    for row, with_ in ((held, theirs), (theirs, held)):
        said = reason if _opens_with(with_, row) else ""
        holding.tell(actor, row, Told.APART, said, after=with_.record.reference)
        after = {"other": with_.record.reference}
        happened(actor, "told apart", row.record, reason=said, after=after)
    return holding.fresh(held)


def _sort_out(strand: UUID) -> None:
    """Give each group that still hangs together a strand of its own."""
    members = set(Recommendation.objects.filter(strand=strand).values_list("pk", flat=True))
    links = Same.objects.filter(first__in=members).values_list("first", "second")
    for group in rules.strands(list(links), members):
        Recommendation.objects.filter(pk__in=group).update(strand=uuid4())
