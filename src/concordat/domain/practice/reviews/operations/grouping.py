"""Putting a review before the shared group of its partnership, and taking it off the caseload."""

from __future__ import annotations

from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.practice.reviews.models import GroupCase, Incident, Review
from concordat.domain.practice.reviews.operations import desk_taking, taking
from concordat.domain.practice.reviews.queries import group as queries
from concordat.domain.practice.reviews.queries.referrals import runs
from concordat.domain.practice.reviews.rules import joint
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.domain.practice.reviews.rules.life import may_run
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict, no, yes


@operation
def put_review_before_group(
    actor: Actor, *, review: Review, why: str, seen_version: int | None = None
) -> GroupCase:
    """Put a local review on the caseload of the group that serves its partnership. Who leads the
    review does it; the group reads its head and no more."""
    row = desk_taking.taken(
        actor, review, verb=Verb.ADMIT, seen_version=seen_version, also=(Stage.PUBLISHED,)
    )
    return _put(actor, row, why)


@operation
def put_incident_before_group(
    actor: Actor, *, incident: Incident, why: str, seen_version: int | None = None
) -> GroupCase:
    """Put a rapid review on the caseload of the group that serves its partnership; the group
    reads its head, never its label."""
    row = taking.taken(actor, incident, "", may_run, seen_version=seen_version)
    if not row.is_told:
        raise Refused("It is not told yet.")
    return _put(actor, row, why)


def _put(actor: Actor, about: Review | Incident, why: str) -> GroupCase:
    told = joint.said("why", why, "Say what the group is to learn from it, or to help with.")
    group = queries.serving(about.partnership_id)
    if group is None:
        raise Refused(
            "No group has the cases of this partnership on its caseload. "
            "The secretariat says which one does."
        )
    of = {"review": about} if isinstance(about, Review) else {"incident": about}
    if GroupCase.objects.filter(group=group, off_on=None, **of).exists():
        raise Invalid(f"It is before {group.name} already.", field="why")
    made = GroupCase.objects.create(
        group=group, why=told, put_by=actor.signature[:200], put_on=actor.on, **of
    )
    for seat in _leading(group):
        raise_ask(
            actor, record=group.record, seat=seat, errand=Errand.READ,
            what=f"what {about.record.reference} puts on the caseload",
            why="Whoever leads it put it before the group", due=None,
        )  # fmt: skip
    happened(
        actor, "case put before a group", about.record, reason=told,
        after={"group": group.record.reference},
    )  # fmt: skip
    return made


def _leading(group: Body) -> list[Seat]:
    seats = list(Seat.objects.filter(body=group, to_text="").select_related("record"))
    return [seat for seat in seats if seat.office == Office.CHAIR] or seats


@operation
def take_off_caseload(actor: Actor, *, case: GroupCase, reason: str) -> GroupCase:
    """Take a case off the caseload, with what came of it there: by the group, or by whoever runs
    the partnership that put it there."""
    about = case.about
    take(about.record.pk, may=lambda _: _may_take_off(actor, case))
    held = GroupCase.objects.select_related("group__record").get(pk=case.pk)
    if held.off_on:
        raise Refused("It is off the caseload already.")
    held.off_why = joint.said("reason", reason, "Say what came of it in the group.")
    held.off_on, held.off_by = actor.on, actor.signature[:200]
    held.save()
    happened(
        actor, "case taken off a caseload", about.record, reason=held.off_why,
        after={"group": held.group.record.reference},
    )  # fmt: skip
    return held


def _may_take_off(actor: Actor, case: GroupCase) -> Verdict:
    if queries.sits_in(actor, case.group) or runs(actor, case.about.partnership_id):
        return yes()
    return no("The group takes it off its caseload, or whoever put it there.")


def judged_in(actor: Actor, group: Body) -> None:
    """Raises `Refused` for whoever reads its caseload only, and what any record does for others."""
    if not queries.may_read(actor, group):
        judged(actor, Verb.SEE, group.record).require()
    if not queries.sits_in(actor, group):
        raise Refused("Whoever sits in the group does this, or runs its partnership.")
