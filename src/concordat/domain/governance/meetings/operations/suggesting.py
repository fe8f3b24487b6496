"""Putting something forward for a body's agendas, taking it on with one act, or not now.

A package that stands above meetings proposes by record: `suggest` when something on a record of
its own should come before a body, `take_back` once it should no longer. `rules/suggesting.py`
says what is promised in return.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import (
    Item,
    Line,
    Meeting,
    NotNow,
    Presentation,
    Suggestion,
)
from concordat.domain.governance.meetings.operations.agenda import (
    bring,
    decline,
    is_open,
    propose,
    take_on,
    titles,
)
from concordat.domain.governance.meetings.operations.calling import fresh, move_on
from concordat.domain.governance.meetings.rules import suggesting as rules
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.domain.governance.meetings.rules.suggesting import Sort, Suggested
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

LONGEST_LABEL, LONGEST_KEY = 60, 120
GONE = "This is not suggested any more, or you may not know of it. Open the agenda again."


@operation
def suggest(
    actor: Actor,
    *,
    body: Body,
    key: str,
    label: str,
    title: str,
    about: Record | None = None,
    why: str = "",
    purpose: Purpose = Purpose.DECIDE,
    minutes: int | None = None,
    lead: Seat | None = None,
    from_day: date | None = None,
) -> Suggestion:
    """Put something forward for a body's meetings from a day on. The same key again amends it.

    `key` is the proposer's own name for it ("risk-up:…"), `label` the word shown before it.
    Whoever may open the record may put it forward; without one it is the body's forward plan,
    which its chair and the secretariat keep.
    """
    if not key.strip() or len(key) > LONGEST_KEY or len(label) > LONGEST_LABEL:
        raise Invalid("A suggestion needs a key and a short label.", field="key")
    if not title.strip():
        raise Invalid("Say what it is about.", field="title")
    if about is not None:
        can(actor, Verb.ANSWER, about).require()
        root = take(body.pk, may=lambda held: can(actor, Verb.SEE, held))
    else:
        root = take(body.pk, may=lambda held: queries.may_run(actor, held, body.pk))
    values = {
        "label": label.strip(),
        "title": title.strip()[: rules.LONGEST_TITLE],
        "about": about,
        "why": why.strip(),
        "purpose": purpose.value,
        "minutes": minutes,
        "lead": lead,
        "from_day": from_day,
    }
    row = Suggestion.objects.filter(body=body, key=key, ended_on__isnull=True).first()
    if row is None:
        values |= {"suggested_by": actor.signature[:200], "suggested_on": actor.on}
        row = Suggestion.objects.create(body=body, key=key, **values)
    elif all(getattr(row, name) == value for name, value in values.items()):
        no_event("it is suggested in these words already")
        return row
    else:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    happened(actor, "item suggested", about or root, after={"to": root.reference, "key": key})
    return row


@operation
def take_back(actor: Actor, *, body: Body, key: str, because: str) -> int:
    """Put something forward no longer: what called for it has passed. How many there were."""
    if not because.strip():
        raise Invalid("A reason is needed.", field="because", mend="Say why in one sentence.")
    rows = Suggestion.objects.filter(body=body, key=key, ended_on__isnull=True)
    found = list(rows.select_related("about"))
    if not found:
        no_event("nothing of this name is suggested")
        return 0
    for row in found:
        if row.about is not None:
            can(actor, Verb.ANSWER, row.about).require()
        else:
            queries.may_run(actor, body.record, body.pk).require()
        row.ended_on, row.ended_because = actor.on, because.strip()[:300]
        row.save()
        happened(actor, "suggestion taken back", row.about or body.record, reason=because)
    return len(found)


@operation
def add_suggested(
    actor: Actor, *, meeting: Meeting, key: str, seen_version: int | None = None
) -> Line:
    """Put what is suggested on the agenda, with one act. What the actor may not know of is not
    suggested to them."""
    rules.sort_of(key)
    wanted = queries.suggestion(actor, meeting, key)
    record = take(
        meeting.pk,
        seen_version=seen_version,
        mine={"Add": wanted.title if wanted else "What is suggested no longer"},
        theirs=lambda: {"Agenda": titles(actor, meeting)},
        may=lambda held: queries.may_run(actor, held, meeting.body_id),
    )
    now = fresh(meeting)
    is_open(now).require()
    found = queries.suggestion(actor, now, key)
    if found is None:
        raise Refused(GONE)
    line = _ADD[found.sort](actor, now, found)
    happened(actor, "suggestion taken on", record, after={"key": key})
    return Line.objects.select_related("item__record", "meeting__record").get(pk=line.pk)


def _requested(actor: Actor, meeting: Meeting, found: Suggested) -> Line:
    line = _line_of(found)
    return take_on(actor, line=line)


def _line_of(found: Suggested) -> Line:
    rows = Line.objects.select_related("item__record", "meeting__record", "meeting__body")
    return rows.get(pk=rules.number_in(found.key))


def _carried(actor: Actor, meeting: Meeting, found: Suggested) -> Line:
    before = _line_of(found)
    return bring(
        actor,
        meeting=meeting,
        item=before.item,
        purpose=before.purpose_is,
        minutes=before.minutes,
        carried_from=before,
    )


def _promised(actor: Actor, meeting: Meeting, found: Suggested) -> Line:
    """The item of a paper that was promised, with the paper put before this body by it."""
    row = Presentation.objects.select_related("paper__item__record").get(
        pk=rules.number_in(found.key)
    )
    paper = row.paper
    if paper is not None and paper.item is not None:
        line = bring(
            actor, meeting=meeting, item=paper.item, purpose=found.purpose, minutes=found.minutes
        )
    else:
        line = _new(actor, meeting, found, None)
    if paper is not None and paper.item is None:
        paper.item = line.item
        paper.save()
    row.line = line
    row.save()
    return line


def _about(actor: Actor, meeting: Meeting, found: Suggested) -> Line:
    return _new(actor, meeting, found, Record.objects.get(reference=found.reference))


def _put_forward(actor: Actor, meeting: Meeting, found: Suggested) -> Line:
    row = Suggestion.objects.select_related("about", "lead").get(pk=rules.number_in(found.key))
    line = _new(actor, meeting, found, row.about, row.lead)
    row.line, row.ended_on = line, actor.on
    row.ended_because = f"On the agenda of {meeting.record.reference}"
    row.save()
    return line


def _new(
    actor: Actor,
    meeting: Meeting,
    found: Suggested,
    about: Record | None,
    lead: Seat | None = None,
) -> Line:
    line = propose(
        actor,
        meeting=meeting,
        title=found.title[:200],
        purpose=found.purpose,
        minutes=found.minutes,
        about=about,
        lead=lead,
        why=found.why,
    )
    return take_on(actor, line=line)


_ADD: dict[Sort, Callable[[Actor, Meeting, Suggested], Line]] = {
    Sort.REQUEST: _requested,
    Sort.CARRIED: _carried,
    Sort.PLANNED: _put_forward,
    Sort.ABOVE: _put_forward,
    Sort.REVIEW: _about,
    Sort.PAPER: _promised,
    Sort.CLOCK: _about,
    Sort.ACTION: _about,
    Sort.RECOMMENDATION: _about,
    Sort.CASELOAD: _about,
}


@operation
def put_off(actor: Actor, *, meeting: Meeting, key: str, reason: str) -> NotNow | Line:
    """Leave what is suggested for a later meeting, with the reason; a request is declined."""
    rules.may_say_not_now(reason).require()
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    now = fresh(meeting)
    is_open(now).require()
    rules.sort_of(key)
    found = queries.suggestion(actor, now, key)
    if found is None:
        raise Refused(GONE)
    if found.sort is Sort.REQUEST:
        return decline(actor, line=_line_of(found), reason=reason)
    about = Record.objects.filter(reference=found.reference).first() if found.reference else None
    row = NotNow.objects.create(
        meeting=now,
        key=key,
        title=found.title[:300],
        about=about,
        reason=reason.strip(),
        said_by=actor.signature[:200],
        said_on=actor.on,
    )
    happened(actor, "suggestion put off", record, reason=reason.strip(), after={"key": key})
    return row


@operation
def suggest_again(actor: Actor, *, meeting: Meeting, key: str) -> None:
    """Take back that something was put off for this meeting."""
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    gone, _ = NotNow.objects.filter(meeting=meeting, key=key).delete()
    if not gone:
        raise Refused("This was not put off, or somebody took that back first.")
    happened(actor, "suggested again", record, after={"key": key})


@operation
def lay_fixed(actor: Actor, *, meeting: Meeting) -> int:
    """Put what stands on every agenda of a body on this one, as far as it is not there yet.

    An item that stood on an earlier agenda is the same item again, so that its page shows where
    it has been.
    """
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    now = fresh(meeting)
    is_open(now).require()
    wanted = rules.fixed_from(queries.ways_of(actor, now.body).fixed_items)
    here = Line.objects.filter(meeting=now).select_related("item__record")
    there = {(line.item.record.title, line.fixed) for line in here}
    missing = [each for each in wanted if (each.title, each.at) not in there]
    for each in missing:
        item = _fixed_before(now, each.title)
        if item is None:
            line = propose(
                actor, meeting=now, title=each.title, purpose=each.purpose, minutes=each.minutes
            )
            Line.objects.filter(pk=line.pk).update(fixed=each.at, place=Place.ON_AGENDA)
            continue
        told = {"purpose": each.purpose, "minutes": each.minutes, "fixed": each.at}
        bring(actor, meeting=now, item=item, **told)  # type: ignore[arg-type]
    if not missing:
        no_event("what is fixed is on the agenda already")
        return 0
    happened(actor, "fixed items laid", record, after={"items": [each.title for each in missing]})
    return len(missing)


@operation
def open_agenda(actor: Actor, *, meeting: Meeting, seen_version: int | None = None) -> Meeting:
    """Open the agenda of a meeting, with what stands on every agenda of its body."""
    now = move_on(actor, meeting=meeting, verb="open the agenda", seen_version=seen_version)
    lay_fixed(actor, meeting=now)
    return now


def _fixed_before(meeting: Meeting, title: str) -> Item | None:
    rows = Line.objects.filter(meeting__body=meeting.body_id, item__record__title=title)
    line = rows.exclude(fixed="").exclude(meeting=meeting).select_related("item__record").last()
    return line.item if line else None
