"""Working a draft before a board sees it, and what the board decides."""

from __future__ import annotations

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Caseload, Checked, Recommendation
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.queries.access import leads_any, seat_asked
from concordat.domain.base.recommendations.queries.one import facts
from concordat.domain.base.recommendations.rules import Point, Stage, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Post
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import no, yes


@operation
def send(
    actor: Actor, *, recommendation: Recommendation, to: Body, note: str = "",
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Send a draft to the body that works it. Its caseload may call for a meeting."""
    held = holding.taken(
        actor, recommendation, "send", rules.may_send, seen_version=seen_version,
        mine={"to": to.name},
    )  # fmt: skip
    holding.of_here(held, to, "to")
    holding.moved(held, "send")
    held.worked_by = to
    held.save()
    owing.let_in(actor, held, to)
    owing.clear(actor, held, "Sent to be worked on", Errand.UPDATE)
    holding.tell(actor, held, Told.SENT, note.strip(), after=to.name)
    owing.ask_to_work(actor, held)
    owing.weigh(actor, to)
    after = {"to": to.record.reference}
    happened(actor, "recommendation sent", held.record, reason=note.strip(), after=after)
    return held


@operation
def check(
    actor: Actor,
    *,
    recommendation: Recommendation,
    point: Point,
    answer: bool,
    reason: str,
    seen_version: int | None = None,
) -> Recommendation:
    """Answer one point of the check list, with the reason that the board reads."""
    held = holding.taken(
        actor, recommendation, "check", rules.may_frame, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    allowed = rules.may_answer(Point(point), answer, reason, facts(actor, held))
    holding.require(allowed, "reason" if not reason.strip() else "answer")
    row, _ = Checked.objects.update_or_create(
        recommendation=held,
        point=Point(point).value,
        defaults={
            "answer": answer,
            "reason": reason.strip(),
            "by": actor.signature[:200],
            "on": actor.on,
        },
    )
    said = f"{Point(point).label}: {'yes' if answer else 'no'}"
    holding.tell(actor, held, Told.CHECKED, row.reason, after=said)
    happened(actor, "recommendation checked", held.record, reason=row.reason, after={"point": said})
    return held


@operation
def put(
    actor: Actor, *, recommendation: Recommendation, before: Body, note: str = "",
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Put a draft before the board that may accept it, once every point was answered."""
    held = holding.taken(
        actor, recommendation, "put", rules.may_put, seen_version=seen_version,
        mine={"before": before.name},
    )  # fmt: skip
    holding.of_here(held, before, "before")
    answered = Checked.objects.filter(recommendation=held).values_list("point", flat=True)
    rules.may_be_put(set(answered)).require()
    holding.moved(held, "put")
    held.set_by = before
    held.save()
    owing.let_in(actor, held, before)
    holding.tell(actor, held, Told.PUT, note.strip(), after=before.name)
    owing.clear(actor, held, "Put before a board", Errand.REVIEW)
    owing.ask_to_decide(actor, held)
    owing.weigh(actor, held.worked_by)
    after = {"before": before.record.reference}
    happened(actor, "recommendation put to a board", held.record, reason=note.strip(), after=after)
    return held


@operation
def send_back(
    actor: Actor, *, recommendation: Recommendation, reason: str, seen_version: int | None = None
) -> Recommendation:
    """Send it back to whoever had it before: with the reason, which they read."""
    held = holding.taken(
        actor,
        recommendation,
        "send back",
        lambda part: rules.may_send_back(
            part, holding.fresh(recommendation).stage_is is Stage.PROPOSED
        ),
        seen_version=seen_version,
        mine={"reason": reason.strip()},
    )
    why = rules.needed("reason", reason, "Say what is wanting.")
    holding.moved(held, "send back")
    former, is_draft = held.worked_by, held.stage_is is Stage.DRAFT
    if is_draft:
        _nobodys(held)
    held.save()
    had = former.name if former and is_draft else ""
    holding.tell(actor, held, Told.BACK, why, before=had, after=held.stage_is.label)
    owing.clear(actor, held, "Sent back", Errand.REVIEW, Errand.CONFIRM)
    if is_draft:
        owing.ask_to_draft(actor, held, why)
    else:
        owing.ask_to_work(actor, held)
    owing.weigh(actor, former)
    happened(actor, "recommendation sent back", held.record, reason=why)
    return held


def _nobodys(held: Recommendation) -> None:
    """What is a draft again belongs to whoever drafts: no body works it, and none decides."""
    held.worked_by = held.set_by = held.decision = None
    held.reasons = held.decided_on = ""


@operation
def accept(
    actor: Actor,
    *,
    recommendation: Recommendation,
    reasons: str,
    owner: Post | None = None,
    decision: Record | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Record that a board accepted it, with its reasons, and the decision by which it did where
    that is on record; its owner is asked how it goes."""
    held, why = _decided(actor, recommendation, "accept", reasons, seen_version, decision)
    if owner is not None:
        holding.of_here(held, owner, "owner")
        held.owner = owner
        held.asked = seat_asked(actor, held.partnership, owner)
    held.ask_on = rules.ask_on(held.due_day, actor.on)
    held.save()
    holding.tell(actor, held, Told.ACCEPTED, why, after=held.set_by.name if held.set_by else "")
    owing.ask_owner(actor, held)
    owing.ask_addressee(actor, held)
    after = {"owner": held.owner.title if held.owner else "", "due": held.due}
    happened(actor, "recommendation accepted", held.record, reason=why, after=after)
    return held


@operation
def refuse(
    actor: Actor,
    *,
    recommendation: Recommendation,
    reasons: str,
    decision: Record | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Record that a board did not accept it, with its reasons. It stays on file, and whoever
    drafts is asked to frame it anew or let it rest."""
    held, why = _decided(actor, recommendation, "not accept", reasons, seen_version, decision)
    held.save()
    holding.tell(actor, held, Told.REFUSED, why, after=held.set_by.name if held.set_by else "")
    board = held.set_by.name if held.set_by else "The board"
    owing.ask_to_draft(actor, held, f"{board} did not accept it: {why}")
    happened(actor, "recommendation not accepted", held.record, reason=why)
    return held


def _decided(
    actor: Actor,
    row: Recommendation,
    verb: str,
    reasons: str,
    seen_version: int | None,
    decision: Record | None,
) -> tuple[Recommendation, str]:
    if decision is not None:
        judged(actor, Verb.SEE, decision).require()
    held = holding.taken(
        actor, row, verb, rules.may_decide, seen_version=seen_version,
        mine={"reasons": reasons.strip()},
    )  # fmt: skip
    why = rules.needed("reasons", reasons, "Give the reasons of the body.")
    holding.moved(held, verb)
    held.reasons, held.decided_on = why, actor.on.isoformat()
    held.decision = decision
    owing.clear(actor, held, held.stage_is.label, Errand.CONFIRM)
    return held, why


@operation
def take_up_again(
    actor: Actor, *, recommendation: Recommendation, reason: str, seen_version: int | None = None
) -> Recommendation:
    """Frame anew what a board did not accept."""
    held = holding.taken(
        actor, recommendation, "take up again", rules.may_take_up, seen_version=seen_version
    )
    why = rules.needed("reason", reason, "Say why it is taken up again.")
    holding.moved(held, "take up again")
    _nobodys(held)
    held.save()
    Checked.objects.filter(recommendation=held).delete()
    holding.tell(actor, held, Told.AGAIN, why)
    owing.clear(actor, held, "Taken up again", Errand.UPDATE)
    owing.ask_to_draft(actor, held, why)
    happened(actor, "recommendation taken up again", held.record, reason=why)
    return held


@operation
def withdraw(
    actor: Actor, *, recommendation: Recommendation, reason: str, seen_version: int | None = None
) -> Recommendation:
    """Take it back: a draft, or what a board accepted and wants no more. It stays on file."""
    held = holding.taken(
        actor,
        recommendation,
        "withdraw",
        lambda part: rules.may_withdraw(
            part,
            holding.fresh(recommendation).stage_is is Stage.ACCEPTED,
            holding.fresh(recommendation).stage_is is Stage.REFUSED,
        ),
        seen_version=seen_version,
    )
    why = rules.needed("reason", reason, "Say why it is withdrawn.")
    holding.moved(held, "withdraw")
    held.ask_on = None
    held.save()
    holding.tell(actor, held, Told.WITHDRAWN, why)
    owing.clear_all(actor, held, "Withdrawn")
    owing.weigh(actor, held.worked_by)
    happened(actor, "recommendation withdrawn", held.record, reason=why)
    return held


@operation
def set_caseload(
    actor: Actor, *, body: Body, at_least: int | None, reason: str, seen_version: int | None = None
) -> Body:
    """Say how many drafts call for a meeting of a body, or that no number does (local)."""
    may = yes() if leads_any(actor, body.partnership_id) else no("A chair or the secretariat does.")
    rows = Caseload.objects.filter(body=body)
    record = take(
        body.pk,
        seen_version=seen_version,
        mine={"at_least": str(at_least or ""), "reason": reason.strip()},
        theirs=lambda: _number(rows.first()),
        may=lambda held: judged(actor, Verb.SEE, held) & may,
    )
    why = rules.needed("reason", reason, "Say who agreed this number, and when.")
    holding.require(rules.is_caseload(at_least), "at_least")
    before = rows.values_list("at_least", flat=True).first()
    if at_least is None:
        rows.delete()
    else:
        told = {"at_least": at_least, "reason": why, "by": actor.signature[:200], "on": actor.on}
        Caseload.objects.update_or_create(body=body, defaults=told)
    happened(
        actor, "caseload set", record, reason=why,
        before={"at least": before}, after={"at least": at_least},
    )  # fmt: skip
    owing.weigh(actor, body)
    return body


def _number(row: Caseload | None) -> dict[str, str]:
    return {"at_least": str(row.at_least) if row else "", "reason": row.reason if row else ""}
