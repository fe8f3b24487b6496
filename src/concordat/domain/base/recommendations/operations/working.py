"""What an owner does with an accepted recommendation, and who owns it by when."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.actions.rules import a_word
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import holding, owing, showing
from concordat.domain.base.recommendations.queries.access import seat_asked
from concordat.domain.base.recommendations.rules import Told
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.seats.models import Post
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words


@operation
def update(
    actor: Actor, *, recommendation: Recommendation, words: str, seen_version: int | None = None
) -> Recommendation:
    """Say in one line how it goes. What was asked is answered by it unless its day is over."""
    held = holding.taken(
        actor, recommendation, "update", rules.may_update, seen_version=seen_version,
        mine={"words": words.strip()},
    )  # fmt: skip
    word = a_word(rules.needed("words", words, "Say in one line how it goes."), "")
    before, held.last_word = held.last_word, word
    held.last_word_by, held.last_word_on = actor.signature[:200], actor.on
    held.ask_on = rules.ask_on(held.due_day, actor.on)
    held.save()
    holding.tell(actor, held, Told.UPDATED, word)
    if held.owner and not held.is_overdue(actor.on):
        owing.clear(actor, held, word, Errand.UPDATE, Errand.REVIEW)
    owing.clear_reading(actor, held, word)
    happened(
        actor, "recommendation updated", held.record, before={"word": before}, after={"word": word}
    )
    return held


@operation
def own(
    actor: Actor,
    *,
    recommendation: Recommendation,
    owner: Post,
    reason: str,
    seen_version: int | None = None,
) -> Recommendation:
    """Give it to a post, with the reason. Whoever is in that post is asked how it goes."""
    held = holding.taken(
        actor, recommendation, "change", rules.may_decide, seen_version=seen_version,
        mine={"owner": owner.title},
    )  # fmt: skip
    why = rules.needed("reason", reason, "Say why it is theirs.")
    holding.of_here(held, owner, "owner")
    before = held.owner.title if held.owner else "Nobody"
    held.owner, held.asked = owner, seat_asked(actor, held.partnership, owner)
    held.save()
    holding.tell(actor, held, Told.OWNED, why, before=before, after=owner.title)
    owing.clear(actor, held, f"{owner.title} owns it", Errand.UPDATE)
    owing.ask_owner(actor, held)
    happened(
        actor, "recommendation given an owner", held.record, reason=why,
        before={"owner": before}, after={"owner": owner.title},
    )  # fmt: skip
    return held


@operation
def move_day(
    actor: Actor,
    *,
    recommendation: Recommendation,
    due: date,
    reason: str,
    seen_version: int | None = None,
) -> Recommendation:
    """Give it a new day, with the reason. The day that it had stays on file."""
    held = holding.taken(
        actor, recommendation, "change", rules.may_decide, seen_version=seen_version,
        mine={"due": day_in_words(due)},
    )  # fmt: skip
    why = rules.needed("reason", reason, "A new day needs its reason.")
    holding.require(rules.is_to_come(due, actor.on), "due")
    before = holding.said(held.due) or "no day"
    held.due = due.isoformat()
    held.ask_on = rules.ask_on(due, actor.on)
    held.save()
    holding.tell(actor, held, Told.MOVED, why, before=before, after=day_in_words(due))
    owing.clear(actor, held, f"Due on {day_in_words(due)}", Errand.UPDATE, Errand.REVIEW)
    if held.owner is None:
        owing.ask_owner(actor, held)
    happened(
        actor, "recommendation moved", held.record, reason=why,
        before={"due": before}, after={"due": due},
    )  # fmt: skip
    return held


@operation
def tell_addressee(
    actor: Actor, *, recommendation: Recommendation, how: str, on: date,
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Note how and when its addressee was told: a letter, a meeting. Outside bodies have no seat
    here, so that this is the proof that they know."""
    held = holding.taken(
        actor, recommendation, "", rules.may_show, seen_version=seen_version,
        mine={"how": how.strip()},
    )  # fmt: skip
    if not held.addressee:
        raise Invalid("It is addressed to nobody yet.", field="how", mend="Name an addressee.")
    told = rules.needed("how", how, "Say how they were told.", "A letter, a meeting, its minute.")
    holding.require(rules.is_over_by(on, actor.on), "on")
    held.told_how, held.told_on = told[:300], on
    held.save()
    owing.clear(actor, held, told, Errand.READ)
    words = f"{held.addressee}, {day_in_words(on)}"
    holding.tell(actor, held, Told.TOLD, told, after=words)
    happened(
        actor, "addressee told", held.record, reason=told,
        after={"addressee": held.addressee, "on": on},
    )  # fmt: skip
    return held


@looked_at_first
@operation
def say_done(
    actor: Actor,
    *,
    recommendation: Recommendation,
    done: str,
    statement: str = "",
    place: str = "",
    file: Upload | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Say that it is done, with what was done and what shows it. The body that set it judges."""
    held = holding.taken(
        actor, recommendation, "say done", rules.may_update, seen_version=seen_version,
        mine={"done": done.strip()},
    )  # fmt: skip
    what = rules.needed("done", done, "Say what was done.")
    if file or statement.strip() or place.strip():
        showing.keep_evidence(actor, held, statement, place, file)
    holding.require(showing.has_evidence(held), "statement")
    holding.moved(held, "say done")
    held.done, held.done_on, held.done_by = what, actor.on, actor.signature[:200]
    held.doer_id = actor.hand_person or actor.person
    held.ask_on = None
    held.save()
    holding.tell(actor, held, Told.DONE, what)
    owing.clear(actor, held, "Said to be done", Errand.UPDATE, Errand.REVIEW, Errand.READ)
    owing.ask_to_judge(actor, held)
    happened(actor, "recommendation said to be done", held.record, reason=what)
    return held
