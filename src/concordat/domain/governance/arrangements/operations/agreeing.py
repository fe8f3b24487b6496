"""From a draft to what is in force: agreement, publication, and what was sent to whom."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.documents import operations as documents
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb, canonical, digest
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Arrangements, Edition, Sending
from concordat.domain.governance.arrangements.operations.consulting import is_commented_out
from concordat.domain.governance.arrangements.operations.editing import (
    hold_to_move,
    move,
    newest_edition,
)
from concordat.domain.governance.arrangements.operations.transition import keep_transition
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, join_words


@operation
def ask_for_agreement(
    actor: Actor, *, arrangements: Arrangements, due: date | None = None
) -> Arrangements:
    """Ask one seat of every statutory partner in force today to sign the newest edition off."""
    _, row = hold_to_move(actor, arrangements, "ask for agreement")
    edition = newest_edition(actor, row)
    is_commented_out(actor, edition.version.document)
    _is_as_written(actor, row, edition)
    seats, silent = rules.signers(queries.parties(actor, row, actor.on))
    if silent:
        raise Refused(f"No seat speaks for {join_words(silent)}. Give it a lead’s seat first.")
    if not seats:
        raise Refused("No statutory partner is on record, so that nobody can agree.")
    documents.ask_to_sign(
        actor,
        document=edition.version.document,
        seats=Seat.objects.filter(pk__in=seats).select_related("record").order_by("key"),
        due=due,
    )
    return move(actor, row, "ask for agreement", "agreement asked")


def _is_as_written(actor: Actor, row: Arrangements, edition: Edition) -> None:
    """Facts may have moved on; but what people wrote since must be what people sign."""
    live = queries.assembled(actor, row, actor.on)
    changed = [each for each in queries.drift(actor, edition, live) if each.is_narrative]
    if changed:
        which = join_words(dict.fromkeys(each.title for each in changed))
        raise Refused(f"{which}: written since edition {edition.number}. Make a new edition.")


@operation
def agree(actor: Actor, *, arrangements: Arrangements) -> Arrangements:
    """Record that every statutory partner in force today has signed the newest edition."""
    queries.agreement(actor, arrangements, actor.on).verdict.require()
    return move(actor, arrangements, "agree", "arrangements agreed")


@operation
def publish(actor: Actor, *, arrangements: Arrangements, accepts: str = "") -> Arrangements:
    """Publish the agreed edition: what was signed, to the byte.

    Where facts have moved on since it was frozen, `accepts` is the digest of the live text whose
    differences somebody has seen and publishes in spite of.
    """
    held, row = hold_to_move(actor, arrangements, "publish", Verb.PUBLISH)
    edition = newest_edition(actor, row)
    queries.agreement(actor, row, actor.on).verdict.require()
    live = queries.assembled(actor, row, actor.on)
    changed = queries.drift(actor, edition, live)
    if changed and accepts != digest(canonical(live.told())):
        raise Invalid(
            f"{count(len(changed), 'fact')} changed since edition {edition.number}.",
            field="accepts",
            mend="Look at the differences, then publish it as it is or make a new edition.",
        )
    document = edition.version.document
    document.record.refresh_from_db(fields=["version"])
    documents.publish(actor, document=document, seen_version=document.record.version)
    before, row.state = row.state, rules.STATES.after(rules.Stage(row.state), "publish")
    row.published_on = actor.on.isoformat()
    row.save()
    after = {"state": row.state, "edition": edition.number, "differences": len(changed)}
    happened(actor, "arrangements published", held, before={"state": before}, after=after)
    keep_transition(actor, partnership=queries.home_of(actor, row))
    return row


@operation
def put_in_force(actor: Actor, *, arrangements: Arrangements, from_day: date) -> Arrangements:
    """Put a published version in force from a day; the one before ends on the day before."""
    held, row = hold_to_move(actor, arrangements, "put in force", Verb.PUBLISH)
    is_free(held, Verb.PUBLISH).require()
    published = date.fromisoformat(row.published_on) if len(row.published_on) == 10 else None
    if published and from_day < published:
        raise Invalid(
            "It would be in force before it was published.",
            field="from_day",
            mend="Give the day of publication or a later one.",
        )
    before, row.state = row.state, rules.STATES.after(rules.Stage(row.state), "put in force")
    row.from_text = from_day.isoformat()
    row.save()
    happened(
        actor,
        "arrangements put in force",
        held,
        before={"state": before},
        after={"state": row.state, "from": from_day},
    )
    _supersede(actor, row, from_day - timedelta(days=1))
    return row


def _supersede(actor: Actor, row: Arrangements, last: date) -> None:
    """End every version that this one takes the place of."""
    ending = (rules.Stage.PUBLISHED, rules.Stage.IN_FORCE)
    earlier = Arrangements.objects.filter(partnership=row.partnership, state__in=ending)
    for each in earlier.exclude(pk=row.pk).select_related("record"):
        held = take(each.record_id)
        before, each.state = each.state, rules.STATES.after(rules.Stage(each.state), "supersede")
        if not each.to_text:
            each.to_text = last.isoformat()
        each.save()
        happened(
            actor,
            "arrangements superseded",
            held,
            before={"state": before},
            after={"state": each.state, "by": row.record.reference, "last day": each.to_text},
        )


@operation
def send(actor: Actor, *, arrangements: Arrangements, way: rules.Way, to: str, on: date) -> Sending:
    """Record that the published edition went to the department, or was circulated, on a day."""
    held = take(arrangements.record_id, may=lambda record: can(actor, Verb.CHANGE, record))
    row = Arrangements.objects.get(pk=arrangements.pk)
    edition = queries.published_edition(actor, row)
    if edition is None:
        raise Refused("Nothing is published yet, so that nothing can be sent.")
    if not to.strip():
        raise Invalid("Say to whom it went.", field="to")
    if on > actor.on:
        raise Invalid("This day has not come yet.", field="on", mend="Give the day it was sent.")
    sent = Sending.objects.create(
        edition=edition,
        way=way.value,
        to=to.strip()[:300],
        sent_on=on,
        sent_by=actor.signature[:200],
    )
    row.sent_to = list(dict.fromkeys([*row.sent_to, sent.to]))
    row.sent_on = row.sent_on or on.isoformat()
    row.save()
    verb = "sent to the department" if way is rules.Way.DEPARTMENT else "arrangements circulated"
    happened(actor, verb, held, after={"to": sent.to, "on": on, "edition": edition.number})
    return sent


@operation
def record_receipt(actor: Actor, *, sending: Sending, receipt: str, on: date) -> Sending:
    """Record what came back for something sent, and when."""
    root = sending.edition.arrangements.record_id
    held = take(root, may=lambda record: can(actor, Verb.CHANGE, record))
    row = Sending.objects.get(pk=sending.pk)
    if not receipt.strip():
        raise Invalid("Say what the receipt is.", field="receipt", mend="Such as its reference.")
    if not row.sent_on <= on <= actor.on:
        raise Invalid(
            "A receipt comes on or after the day of sending, and not after today.", field="on"
        )
    row.receipt, row.receipt_on = receipt.strip()[:300], on
    row.save()
    happened(actor, "receipt recorded", held, after={"of": row.to, "receipt": row.receipt})
    return row
