"""One policy: where it stands, what was approved, who has it, and who may do what next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.queries import latest, publication
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Body, BodyState, Post, Seat
from concordat.domain.base.seats.rules import Standing as BodyStanding
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Acknowledgement, Approval, Policy
from concordat.domain.governance.policies.queries.lists import lines
from concordat.domain.governance.policies.rules import Standing
from concordat.kernel.actor import Actor, Office, SeatHeld
from concordat.kernel.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever owns a policy, by name; `record` is there for a body."""

    name: str
    record: Record | None = None


def policy(actor: Actor, reference: str) -> Policy:
    """One policy. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Policy.DoesNotExist
    rows = Policy.objects.select_related(
        "record__partnership",
        "record__owner",
        "partnership",
        "approved_by__record",
        "made_by__record",
        "successor__record",
        "text__record",
    )
    return fetch(actor, rows, record__reference=reference)


def policy_of(actor: Actor, document: Document) -> Policy | None:
    """The policy whose text a document is, if it is one's."""
    return visible(actor, Policy.objects.select_related("record")).filter(text=document).first()


def standing(actor: Actor, policy: Policy) -> Standing:
    (line,) = lines(actor, [policy])
    return line.stands


def owner_of(actor: Actor, policy: Policy) -> Owner | None:
    """The body or post that owns it, as far as the actor may know; None where nobody does."""
    kind, _, key = policy.owner.partition(":")
    if kind == "bodies":
        rows = Body.objects.filter(partnership=policy.partnership_id, key=key)
        body = visible(actor, rows.select_related("record")).first()
        return Owner(body.name, body.record) if body else None
    posts = Post.objects.filter(partnership=policy.partnership_id, key=key)
    post = visible(actor, posts, record="partnership").first() if kind == "posts" else None
    return Owner(post.title) if post else None


def owners_seats(actor: Actor, policy: Policy) -> list[Seat]:
    """The seats that the owning post holds today. A body that owns a policy decides of it and
    leaves the writing to the secretariat."""
    kind, _, key = policy.owner.partition(":")
    if kind != "posts":
        return []
    rows = Seat.objects.filter(surely_in_force(actor.on), partnership=policy.partnership_id)
    rows = rows.filter(
        surely_in_force(actor.on, "holders__"),
        holders__post__key=key,
        holders__post__partnership=policy.partnership_id,
    )
    return list(visible(actor, rows.select_related("record").distinct()).order_by("key"))


def approvals(actor: Actor, policy: Policy) -> QuerySet[Approval]:
    """What bodies decided of its versions, the newest version first."""
    rows = Approval.objects.filter(policy=policy).select_related("version", "body__record")
    return visible(actor, rows, record="policy__record").order_by("-version__number")


def approving_bodies(actor: Actor, policy: Policy) -> list[Body]:
    """The bodies whose decision this actor may record: of the partnership, and not ended."""
    ended = BodyState.objects.filter(surely_in_force(actor.on), state=BodyStanding.ENDED)
    rows = Body.objects.filter(partnership=policy.partnership_id).exclude(outside=True)
    rows = rows.exclude(pk__in=ended.values("body")).select_related("record")
    secretariat = can(actor, Verb.CHANGE, policy.record)
    found = visible(actor, rows).order_by("order", "name")
    return [each for each in found if rules.may_approve(actor, each.pk, secretariat=secretariat)]


def acknowledgements(actor: Actor, policy: Policy) -> QuerySet[Acknowledgement]:
    """Every agency that was asked, the newest version first, those who have not answered on top."""
    rows = Acknowledgement.objects.filter(policy=policy)
    rows = rows.select_related("version", "agency__record", "seat__record")
    return visible(actor, rows, record="policy__record").order_by(
        "-version__number", "given_on", "agency__name"
    )


def my_acknowledgements(actor: Actor, policy: Policy) -> list[tuple[Acknowledgement, SeatHeld]]:
    """What the actor's own agencies are asked and have not answered, each with the actor's seat."""
    if not can(actor, Verb.ANSWER, policy.record):
        return []
    seats = {
        each.agency: each
        for each in reversed(actor.seats)
        if each.agency
        and each.office is not Office.OBSERVER
        and each.partnership == policy.partnership_id
    }
    waiting = acknowledgements(actor, policy).filter(given_on=None, agency__in=list(seats))
    newest = waiting.first()
    if newest is None:
        return []
    return [(row, seats[row.agency_id]) for row in waiting.filter(version=newest.version)]


def agencies_to_ask(actor: Actor, policy: Policy) -> QuerySet[Agency]:
    """The agencies that hold a seat here, and so can answer."""
    rows = Agency.objects.filter(
        surely_in_force(actor.on, "seats__"), seats__partnership=policy.partnership_id
    )
    rows = rows.exclude(seats__office=Office.OBSERVER).select_related("record").distinct()
    return visible(actor, rows).order_by("name")


def publishable(actor: Actor, policy: Policy) -> Verdict:
    """Whether the version in force can be published now: it is the newest, and not yet."""
    public = rules.may_be_public(policy.public) & can(actor, Verb.PUBLISH, policy.record)
    stands = standing(actor, policy)
    if not public or policy.text is None or not stands.current:
        return public if not public else no("No version of this policy is in force today.")
    if stands.current != stands.newest:
        return no("A newer version is being drafted. Publish once it is in force.")
    served = publication(actor, policy.text)
    newest = latest(actor, policy.text)
    if served and served.withdrawn_on is None and served.version_id == newest.pk:
        return no("The version in force is published already.")
    return yes()
