"""Writing the text of a version: passages, and where items of the checklists are answered."""

from __future__ import annotations

from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Arrangements, Passage, Placement
from concordat.domain.governance.arrangements.operations.wording import keep_wording, send_back
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale

LONGEST_REMARK = 1000


@operation
def write(
    actor: Actor,
    *,
    arrangements: Arrangements,
    section: str,
    text: str,
    done: bool = False,
    seen: int = 0,
) -> Arrangements:
    """Write the passage of a section in the place of the one that was `seen` (`mark_of`).

    An empty text takes the passage out. What is quoted must be there. Where the text is out for
    agreement or agreed, every sign-off is void by it and the text is a draft again.
    """
    held, row = hold_to_write(actor, arrangements)
    wanted = "\n".join(line.rstrip() for line in text.strip().splitlines())
    _check(actor, row, section, wanted)
    before = Passage.objects.filter(arrangements=row, section=section).first()
    was, was_done = (before.text, before.done) if before else ("", None)
    if seen != rules.mark_of(was, was_done):
        raise Stale({"text": wanted}, {"text": was}, by=_last_writer(held))
    if rules.mark_of(was, was_done) == rules.mark_of(wanted, done):
        no_event("the passage says this already")
        return row
    _keep(row, section, wanted, done, before)
    done = bool(wanted) and done
    keep_wording(row, section, wanted, done=done, on=actor.on, by=actor.signature)
    verb = "passage written" if wanted else "passage taken out"
    happened(
        actor,
        verb,
        held,
        before={"section": section, "text": was},
        after={"section": section, "text": wanted, "done": done},
    )
    send_back(actor, held, row, f"{rules.title_of(section)} was written anew")
    return row


def hold_to_write(actor: Actor, arrangements: Arrangements) -> tuple[Record, Arrangements]:
    """The locked record and the version as it stands now, if its text can still change."""
    held = take(arrangements.record_id, may=lambda record: can(actor, Verb.CHANGE, record))
    row = Arrangements.objects.select_related("record", "partnership").get(pk=arrangements.pk)
    if row.state not in rules.WRITTEN_IN:
        raise Refused(
            "Begin the draft first."
            if row.state == rules.Stage.PREPARATION
            else f"This version is {row.state}. Begin the next version to change its text."
        )
    return held, row


def _check(actor: Actor, row: Arrangements, section: str, text: str) -> None:
    if rules.section(section) is None:
        raise Invalid(f"There is no section “{section}”.", field="section")
    if len(text) > rules.LONGEST:
        raise Invalid(
            f"This is {len(text):,} characters long; there is room for {rules.LONGEST:,}.",
            field="text",
            mend="Write it shorter.",
        )
    if rules.named_in(text):
        home = queries.home_of(actor, row)
        ground = queries.ground_of(actor, home, actor.on)
        rules.check_quotes(text, rules.quotes(ground))


def _last_writer(held: Record) -> str:
    verbs = ("passage written", "passage taken out")
    event = Event.objects.filter(record=held.pk, verb__in=verbs).order_by("-id").first()
    return (event.hand or event.actor) if event else ""


def _keep(row: Arrangements, section: str, text: str, done: bool, before: Passage | None) -> None:
    if not text:
        if before:
            before.delete()
        return
    kept = before or Passage(
        arrangements=row,
        section=section,
        partnership=row.partnership,
        key=f"{row.key}-{section}",
        order=rules.SECTION_KEYS.index(section) + 1,
    )
    kept.text, kept.done = text, done
    kept.save()


@operation
def place(
    actor: Actor,
    *,
    arrangements: Arrangements,
    item: str,
    section: str,
    extent: rules.Extent,
    remark: str = "",
) -> Placement:
    """Say that a section answers an item too, and how far; the same again changes how far."""
    held, row = hold_to_write(actor, arrangements)
    known = {each.key for each in queries.items_of(actor, row)}
    if item not in known:
        raise Invalid(f"There is no item “{item}” on the checklists.", field="item")
    if rules.section(section) is None:
        raise Invalid(f"There is no section “{section}”.", field="section")
    if extent is rules.Extent.PARTLY and not remark.strip():
        raise Invalid("Say why only partly.", field="remark", mend="One sentence is enough.")
    if len(remark) > LONGEST_REMARK:
        raise Invalid("The remark is too long.", field="remark", mend="Write it shorter.")
    placed, _ = Placement.objects.update_or_create(
        arrangements=row,
        item=item,
        section=section,
        defaults={
            "extent": extent.value,
            "remark": remark.strip(),
            "placed_by": actor.signature[:200],
            "placed_on": actor.on,
        },
    )
    after = {"item": item, "section": section, "extent": extent.value}
    happened(actor, "item placed", held, reason=placed.remark, after=after)
    return placed


@operation
def take_away(actor: Actor, *, arrangements: Arrangements, placement: int) -> None:
    """Say no more that a section answers an item."""
    held, row = hold_to_write(actor, arrangements)
    placed = Placement.objects.get(pk=placement, arrangements=row)
    before = {"item": placed.item, "section": placed.section, "extent": placed.extent}
    placed.delete()
    happened(actor, "placement taken away", held, before=before)
