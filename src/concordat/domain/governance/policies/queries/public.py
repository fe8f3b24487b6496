"""What the public is served of policies: those in force whose very version is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.models import Publication
from concordat.domain.base.documents.queries import published
from concordat.domain.base.records.models import Record
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.domain.governance.policies.rules import Review, State
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class PublicPolicy:
    """A policy as anybody may read it. Its file is served at the publication's own address."""

    reference: str
    title: str
    type: str
    summary: str
    audience: tuple[str, ...]
    approved_by: str
    approved_on: date
    in_force_from: date
    review: UncertainDate | None
    review_stands: Review
    on_trial_until: UncertainDate | None
    publication: Publication

    @property
    def is_past_review(self) -> bool:
        return self.review_stands is Review.PAST


def public_policies(actor: Actor, partnership: Partnership | Record) -> list[PublicPolicy]:
    """The policies of a partnership that anybody may read, whoever asks, by title.

    Each is public by its own word, in force on the actor's day, held no closer than the
    partnership, and served in the very version that is in force.
    """
    served = {row.document_id: row for row in published(actor)}
    rows = Approval.objects.filter(
        policy__partnership=partnership.pk,
        policy__public=True,
        policy__state=State.IN_FORCE.value,
        policy__record__sensitivity__lte=Sensitivity.PARTNERSHIP,
        policy__text__in=list(served),
        from_day__lte=actor.on,
    )
    rows = rows.select_related("policy__record", "version", "body").order_by("policy__title")
    return [
        _public(row, served[row.policy.text_id], actor.on)
        for row in rows
        if (row.to_day is None or row.to_day >= actor.on)
        and served[row.policy.text_id].version_id == row.version_id
    ]


def public_policy(actor: Actor, partnership: Partnership | Record, reference: str) -> PublicPolicy:
    """One of them. Raises DoesNotExist for any other, whether or not there is one."""
    for row in public_policies(actor, partnership):
        if row.reference == reference:
            return row
    raise Policy.DoesNotExist


def _public(row: Approval, publication: Publication, on: date) -> PublicPolicy:
    policy = row.policy
    return PublicPolicy(
        reference=policy.record.reference,
        title=policy.title,
        type=policy.type,
        summary=policy.summary,
        audience=tuple(policy.audience),
        approved_by=row.body.name,
        approved_on=row.decided_on,
        in_force_from=row.from_day or row.decided_on,
        review=policy.review_day,
        review_stands=rules.review_stands(policy.review_day, on),
        on_trial_until=policy.trial_day,
        publication=publication,
    )
