"""What an owner does with an action: says how it stands, moves its day, shows and closes it."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action, Evidence
from concordat.domain.base.actions.operations import holding, owing
from concordat.domain.base.actions.rules import Part, Standing, Told
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict


def _updates(part: Part, _action: Action) -> Verdict:
    return rules.may_update(part)


@operation
def update(
    actor: Actor,
    *,
    action: Action,
    standing: Standing,
    words: str = "",
    seen_version: int | None = None,
) -> Action:
    """Say in one line how an action stands.

    What was asked is answered by it, unless its day is over: that takes a new day or closing.
    An action without an end is looked at again so many months from now.
    """
    mine = {"words": words.strip(), "standing": Standing(standing).label}
    held = holding.taken(actor, action, "update", _updates, seen_version=seen_version, mine=mine)
    word = rules.a_word(words, standing)
    before = {"standing": held.standing, "word": held.last_word}
    held.standing, held.last_word = standing, word
    held.last_word_by, held.last_word_on = actor.signature[:200], actor.on
    held.heard_on = actor.on
    if held.due is None:
        holding.timed(held, None, held.look_every, actor.on)
    held.save()
    holding.tell(actor, held, Told.UPDATED, word, standing=standing)
    if not held.is_overdue(actor.on):
        owing.clear_owner(actor, held, f"{Standing(standing).label}: {word}"[:300])
        owing.clear_chair(actor, held, "Updated")
    after = {"standing": standing, "word": word}
    happened(actor, "action updated", held.record, before=before, after=after)
    return held


@operation
def extend(
    actor: Actor, *, action: Action, due: date, reason: str, seen_version: int | None = None
) -> Action:
    """Give an action a later day, with the reason. The day that it had stays on file."""
    held = holding.taken(
        actor,
        action,
        "extend",
        lambda part, row: rules.may_extend(part, row.priority),
        seen_version=seen_version,
        mine={"due": day_in_words(due), "reason": reason.strip()},
    )
    why = rules.needed("reason", reason, "A new day needs its reason.")
    holding.require(rules.is_later(due, held.due, actor.on), "due")
    before = held.due
    holding.timed(held, due, None, actor.on)
    held.extended += 1
    held.save()
    holding.tell(actor, held, Told.EXTENDED, why, due=(before, due))
    until = f"Extended to {day_in_words(due)}"
    owing.clear_owner(actor, held, until)
    owing.clear_chair(actor, held, until)
    happened(
        actor,
        "action extended",
        held.record,
        reason=why,
        before={"due": before},
        after={"due": due, "times": held.extended},
    )
    return held


@looked_at_first
@operation
def add_evidence(
    actor: Actor,
    *,
    action: Action,
    statement: str = "",
    place: str = "",
    file: Upload | None = None,
    seen_version: int | None = None,
) -> Action:
    """Put on file what shows that something was done, before or as it is closed."""
    held = holding.taken(actor, action, "update", _updates, seen_version=seen_version)
    if not _kept(actor, held, statement, place, file):
        raise Invalid(
            "There is no evidence yet.",
            field="statement",
            mend="Choose a file, or say what shows it and where that is.",
        )
    happened(actor, "evidence added", held.record, after=_shown(held))
    return held


@looked_at_first
@operation
def close(
    actor: Actor,
    *,
    action: Action,
    done: str,
    statement: str = "",
    place: str = "",
    file: Upload | None = None,
    seen_version: int | None = None,
) -> Action:
    """Say that an action is done, with what was done and what shows it.

    It then waits until the body that set it accepts it. A high priority needs evidence.
    """
    held = holding.taken(
        actor, action, "close", _updates, seen_version=seen_version, mine={"done": done.strip()}
    )
    what = rules.needed("done", done, "Say what was done.")
    _kept(actor, held, statement, place, file)
    shown = Evidence.objects.filter(action=held).exists()
    holding.require(rules.may_be_closed(held.priority, shown), "statement")
    holding.moved(held, "close")
    held.done, held.closed_on, held.closed_by = what, actor.on, actor.signature[:200]
    held.closer_id = actor.hand_person or actor.person
    held.save()
    holding.tell(actor, held, Told.CLOSED, what)
    owing.clear_owner(actor, held, "Closed")
    owing.clear_chair(actor, held, "Closed")
    owing.ask_to_judge(actor, held)
    happened(actor, "action closed", held.record, reason=what, after=_shown(held))
    return held


def _kept(actor: Actor, action: Action, statement: str, place: str, file: Upload | None) -> bool:
    """Keep a file, a statement, both or neither; whether there was any."""
    holding.require(rules.is_evidence(statement, place), "place" if statement else "statement")
    if file:
        _show(actor, action, document=_document(actor, action, file))
    if statement.strip():
        _show(actor, action, statement=statement.strip(), place=place.strip())
    return bool(file or statement.strip())


def _document(actor: Actor, action: Action, file: Upload) -> Document:
    """The file as a document of the action. That it may be put there was judged for the action:
    an owner need not be somebody who may change records."""
    return documents.add(
        process(actor.signature, actor.on),
        partnership=action.partnership,
        title=f"Evidence for {action.record.reference}",
        file=file,
        note=file.name[:200],
        about=action.record,
    )


def _show(actor: Actor, action: Action, **what: object) -> None:
    row = Evidence.objects.create(
        action=action, given_by=actor.signature[:200], given_on=actor.on, **what
    )
    document = row.document.record.reference if row.document else ""
    holding.tell(actor, action, Told.EVIDENCED, row.statement or document)


def _shown(action: Action) -> dict[str, object]:
    return {"evidence": Evidence.objects.filter(action=action).count()}
