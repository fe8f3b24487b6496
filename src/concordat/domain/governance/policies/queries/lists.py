"""Policies of a partnership as a list: narrowed, counted, and each with where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.models import Comment, Round, Version
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import search, visible
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.domain.governance.policies.rules import Review, Standing
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to; an empty part narrows nothing."""

    words: str = ""
    type: str = ""
    state: str = ""
    review: str = ""
    audience: str = ""
    public: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One policy of a list, with where it stands on the actor's day."""

    policy: Policy
    stands: Standing
    in_words: str = field(default="")


def policies(
    actor: Actor, home: Partnership | Record, narrowed: Narrowed | None = None
) -> QuerySet[Policy]:
    """The policies of a partnership that the actor may open, by title."""
    rows = Policy.objects.filter(partnership=home.pk)
    rows = rows.select_related("record", "partnership", "approved_by", "text__record")
    rows = visible(actor, rows).order_by("order", "title", "pk")
    return _narrow(actor, rows, narrowed) if narrowed else rows


def _narrow(actor: Actor, rows: QuerySet[Policy], to: Narrowed) -> QuerySet[Policy]:
    if to.words:
        rows = rows.filter(record__in=search(actor, to.words).order_by().values("pk"))
    if to.type:
        rows = rows.filter(type=to.type)
    if to.state:
        rows = rows.filter(state__in=rules.said_for(to.state))
    if to.public:
        rows = rows.filter(public=True) if to.public == "yes" else rows.exclude(public=True)
    if to.review:
        rows = rows.filter(pk__in=[row.pk for row in rows if _review(row, actor) == to.review])
    if to.audience:
        rows = rows.filter(pk__in=[row.pk for row in rows if to.audience in row.audience])
    return rows


def _review(row: Policy, actor: Actor) -> Review:
    return rules.review_stands(row.review_day, actor.on)


def types(actor: Actor, home: Partnership) -> list[str]:
    found = policies(actor, home).exclude(type="").order_by("type").values_list("type", flat=True)
    return list(found.distinct())


def audiences(actor: Actor, home: Partnership) -> list[str]:
    found = policies(actor, home).values_list("audience", flat=True)
    return sorted({each for row in found for each in row}, key=str.casefold)


def counts(actor: Actor, home: Partnership) -> Counter[str]:
    """How many policies are in each state, are past their review date, and are under test."""
    told: Counter[str] = Counter()
    for row in policies(actor, home):
        told[row.stage.value] += 1
        if row.stage is rules.State.IN_FORCE:
            told[_review(row, actor).value] += 1
            told["under test"] += rules.is_on_trial(row.trial_day)
    return told


def lines(actor: Actor, rows: Sequence[Policy]) -> list[Line]:
    """Rows with where each stands. Asks as much for one as for many."""
    texts = [row.text_id for row in rows if row.text_id]
    numbers = Version.objects.filter(document__in=texts).values_list("document", "number")
    newest: dict[UUID | None, int] = dict(numbers.order_by("number"))
    approvals: dict[UUID, list[Approval]] = {}
    for each in Approval.objects.filter(policy__in=rows).select_related("version"):
        approvals.setdefault(each.policy_id, []).append(each)
    rounds = Round.objects.filter(document__in=texts)
    held = rounds.values_list("document", "closes", "closed_on")
    consulted = {text for text, _, _ in held}
    until: dict[UUID | None, date] = {text: day for text, day, closed in held if closed is None}
    said = Comment.objects.filter(round__document__in=texts, outcome="")
    waiting: Counter[UUID | None] = Counter(said.values_list("round__document", flat=True))
    found = []
    for row in rows:
        text, mine = row.text_id, approvals.get(row.pk, [])
        paper = newest.get(text, 0), text in consulted, until.get(text), waiting[text]
        stands = _standing(actor, row, mine, *paper)
        found.append(Line(row, stands, rules.in_words(stands)))
    return found


def _standing(
    actor: Actor,
    row: Policy,
    approvals: Iterable[Approval],
    newest: int,
    consulted: bool,
    until: date | None,
    waiting: int,
) -> Standing:
    held = sorted(approvals, key=lambda each: each.version.number)
    now = [each for each in held if _runs(each, actor)]
    later = [each for each in held if each.from_day and each.from_day > actor.on]
    return Standing(
        state=row.stage,
        newest=newest,
        approved=held[-1].version.number if held else 0,
        current=now[-1].version.number if now else 0,
        following=later[0].version.number if later else 0,
        next_from=later[0].from_day if later else None,
        has_day=bool(held) and held[-1].from_day is not None,
        consulted=consulted,
        consulting_until=until,
        unanswered=waiting,
        review=_review(row, actor),
        on_trial_until=row.trial_day,
    )


def _runs(row: Approval, actor: Actor) -> bool:
    begun = row.from_day is not None and row.from_day <= actor.on
    return begun and (row.to_day is None or row.to_day >= actor.on)


def policies_owned(actor: Actor, owner: Body | Post) -> QuerySet[Policy]:
    """The policies that a body or post owns."""
    kind = "bodies" if isinstance(owner, Body) else "posts"
    rows = Policy.objects.filter(partnership=owner.partnership_id, owner=f"{kind}:{owner.key}")
    return visible(actor, rows.select_related("record")).order_by("title")
