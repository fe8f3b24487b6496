"""Clearing a report in order: who is asked, who signed which file, advance copies, two disclosure
checks that do not see each other, and what a scan found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.rules import office_of
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    AdvanceCopy,
    Clearing,
    DisclosureCheck,
    LeakFound,
    Review,
)
from concordat.domain.practice.reviews.operations import asking
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.queries.reviews import ADVANCE
from concordat.domain.practice.reviews.rules import clearance, desk
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import yes


@operation
def name_seats(
    actor: Actor,
    *,
    review: Review,
    step: Step,
    seats: Sequence[Seat],
    due: date | None = None,
    seen_version: int | None = None,
) -> list[Clearing]:
    """Name who clears a step, from any partnership that takes part. They see the report and
    nothing else of the review."""
    row = taken(actor, review, seen_version=seen_version)
    if not seats:
        raise Invalid("Choose at least one seat.", field="seats")
    offices = clearance.BY_SEAT[step]
    known = set(queries.seats_of(actor, row).values_list("pk", flat=True))
    for seat in seats:
        if seat.pk not in known:
            raise Invalid(f"{seat.role} is of a partnership that takes no part.", field="seats")
        if offices and office_of(seat.office) not in offices:
            raise Invalid(f"{seat.role} does not sign for a partner.", field="seats")
    there = set(Clearing.objects.filter(review=row, step=step).values_list("seat", flat=True))
    made = [
        Clearing.objects.create(review=row, step=step, seat=seat, due=due)
        for seat in seats
        if seat.pk not in there
    ]
    _open_report(actor, row, [each.seat for each in made])
    happened(
        actor, "clearance asked", row.record,
        after={"step": step, "of": [seat.record.reference for seat in seats], "due": due},
    )  # fmt: skip
    asking.ask_step(actor, row)
    return made


def _open_report(actor: Actor, row: Review, seats: Sequence[Seat]) -> None:
    """Open the report itself to those who clear or check it."""
    if row.draft is None:
        return
    for seat in seats:
        if not desk_.opens_already(row.draft.record, seat.record, actor.on):
            why = "Clears the report of a review."
            desk_.let_in(actor, [row.draft.record], seat.record, Level.SEE, why, actor.on)


@operation
def clear(
    actor: Actor,
    *,
    clearing: Clearing,
    digest: str,
    words: str = "",
    seen_version: int | None = None,
) -> Clearing:
    """Sign a step for a seat: the very file that was read, in its turn.

    Raises `Stale` when another version took its place since.
    """
    row = taken(actor, clearing.review, seen_version=seen_version, may=yes())
    if row.stage_is is not Stage.CLEARANCE:
        raise Refused("The report is not in clearance.")
    held = Clearing.objects.select_related("seat__record").get(pk=clearing.pk)
    newest = queries.newest(actor, row.draft)
    stands = newest.digest if newest else ""
    places = [each.place for each in Clearing.objects.filter(review=row)]
    clearance.may_sign(actor, held.place, places, stands).require()
    if stands != digest:
        raise Stale({"Version": "the one that you read"},
                    {"Version": newest.in_words if newest else "none"})  # fmt: skip
    if held.step_is is Step.FAMILY:
        desk.needed("words", words, "Say how it was offered and what they answered.")
    held.digest, held.words = digest, words.strip()
    held.signed_by, held.signed_on = actor.signature[:200], actor.on
    held.save()
    asking.asked_no_more(actor, row, held.seat, Errand.SIGN, "Signed")
    happened(
        actor, "report cleared", row.record, reason=f"{held.step_is.wording}. {held.words}".strip(),
        after={"step": held.step, "seat": held.seat.record.reference, "sha256": digest},
    )  # fmt: skip
    asking.ask_step(actor, row)
    return held


@operation
def plan_publication(
    actor: Actor, *, review: Review, on: date, reason: str = "", seen_version: int | None = None
) -> Review:
    """Plan the day of publication. Advance copies are owed by a day that is counted back from it;
    another day needs a reason."""
    row = taken(
        actor, review, seen_version=seen_version, mine={"on": day_in_words(on)},
        theirs={"on": day_in_words(review.planned_on) if review.planned_on else "not planned"},
    )  # fmt: skip
    if on < actor.on:
        raise Invalid(f"{day_in_words(on)} is over.", field="on", mend="Give a later day.")
    if row.planned_on:
        desk.needed("reason", reason, "Say why the day is another.")
    before, row.planned_on = row.planned_on, on
    row.save()
    if row.statutory and not row.old_rules:
        _count_back(actor, row, on, reason)
    happened(
        actor, "publication planned", row.record, reason=reason.strip(),
        before={"on": before}, after={"on": on},
    )  # fmt: skip
    return row


def _count_back(actor: Actor, row: Review, on: date, reason: str) -> None:
    clock = queries.clock_of(actor, row, ADVANCE)
    told = f"Publication is planned for {day_in_words(on)}"
    if clock is None:
        clocks.start(actor, record=row.record, rule=ADVANCE, started_by=told, on=on, area=row.area)
    elif clock.stage in RUNNING:
        clocks.restart(actor, clock=clock, on=on, reason=reason, started_by=told)


@operation
def send_copy(
    actor: Actor,
    *,
    review: Review,
    to: Copy,
    on: date,
    how: str,
    seen_version: int | None = None,
) -> AdvanceCopy:
    """Record that a copy of the report as it stands went out. Once all three have, the day that
    is counted back from publication is met."""
    row = taken(actor, review, seen_version=seen_version)
    if row.stage_is is not Stage.CLEARANCE:
        raise Refused("The report is not in clearance.")
    digest = queries.digest_of(actor, row)
    places = [each.place for each in Clearing.objects.filter(review=row)]
    if now := clearance.current(places, digest):
        raise Refused(f"It is not cleared yet: {now.heading.lower()}.")
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    made = AdvanceCopy.objects.create(
        review=row,
        to=to,
        digest=digest,
        sent_on=on,
        sent_by=actor.signature[:200],
        how=desk.needed("how", how, "Say how it was sent.", desk.LONGEST_LINE),
    )
    happened(actor, "advance copy sent", row.record, after={"to": to, "on": on, "sha256": digest})
    clock = queries.clock_of(actor, row, ADVANCE)
    left = clearance.copies_left(queries.readiness(actor, row).sent, digest)
    if clock and not left and clock.stage in RUNNING:
        clocks.meet(actor, clock=clock, on=on, proof=f"Sent to all three, {made.how}")
    return made


@operation
def ask_check(
    actor: Actor, *, review: Review, seats: Sequence[Seat], seen_version: int | None = None
) -> list[DisclosureCheck]:
    """Ask two seats for a disclosure check of the report as it stands."""
    row = taken(actor, review, seen_version=seen_version)
    newest = queries.newest(actor, row.draft)
    if row.stage_is is not Stage.CLEARANCE or newest is None:
        raise Refused("The report is not in clearance.")
    there = DisclosureCheck.objects.filter(review=row, digest=newest.digest)
    asked = set(there.values_list("seat", flat=True))
    fresh = [seat for seat in seats if seat.pk not in asked]
    if len(asked) + len(fresh) != 2:
        raise Invalid("Two people check it: choose two seats.", field="seats")
    made = [
        DisclosureCheck.objects.create(
            review=row, seat=seat, digest=newest.digest, asked_on=actor.on,
            asked_by=actor.signature[:200],
        )
        for seat in fresh
    ]  # fmt: skip
    _open_report(actor, row, fresh)
    for seat in fresh:
        asking.ask(
            actor, row, seat, Errand.REVIEW, "Review a report for what it discloses",
            "Your seat is one of two that check it", row.planned_on,
        )  # fmt: skip
    happened(
        actor, "disclosure checks asked", row.record,
        after={"of": [seat.record.reference for seat in fresh], "sha256": newest.digest},
    )  # fmt: skip
    return made


@operation
def give_check(
    actor: Actor,
    *,
    check: DisclosureCheck,
    answers: Mapping[str, str],
    words: str = "",
    seen_version: int | None = None,
) -> DisclosureCheck:
    """Give one of the two checks: each question answered, and for what was found, where. The
    event tells that it is in, not what it says."""
    row = taken(actor, check.review, seen_version=seen_version, may=yes())
    held = DisclosureCheck.objects.select_related("seat").get(pk=check.pk)
    newest = queries.newest(actor, row.draft)
    if newest is None or newest.digest != held.digest:
        raise Refused("Another version took the place of the one that you were asked to check.")
    authors = queries.authors(actor, row)
    clearance.may_check(actor, held.seat_id, authors, newest.uploaded_by).require()
    if held.clear is not None:
        raise Refused("Your check is in already.")
    given = {each.key: answers.get(each.key, "") for each in DISCLOSURE}
    if not all(each in ("yes", "no") for each in given.values()):
        raise Invalid("Answer every question.", field="named")
    held.clear = "yes" not in given.values()
    if not held.clear:
        desk.needed("words", words, "Say where it stands, and how to mend it.")
    held.answers, held.words = given, words.strip()
    held.person_id, held.on = actor.person, actor.on
    held.save()
    asking.asked_no_more(actor, row, held.seat, Errand.REVIEW, "In")
    happened(actor, "disclosure check given", row.record, after={"sha256": held.digest})
    return held


@operation
def set_aside(
    actor: Actor, *, leak: LeakFound, why: str, seen_version: int | None = None
) -> LeakFound:
    """Say that a lone word is an everyday one and nobody's name there. What is certain cannot be
    set aside."""
    row = taken(actor, leak.review, seen_version=seen_version)
    held = LeakFound.objects.get(pk=leak.pk)
    if held.certain:
        raise Refused("This is no everyday word: mend the file.")
    held.aside_why = desk.needed("why", why, "Say why nobody is given away.")
    held.aside_by, held.aside_on = actor.signature[:200], actor.on
    held.save()
    happened(
        actor, "finding of leak scan set aside", row.record, reason=held.aside_why,
        after={"found": held.told},
    )  # fmt: skip
    return held
