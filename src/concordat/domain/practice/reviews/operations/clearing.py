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
from concordat.domain.base.seats.queries import actor_for, sitting_in
from concordat.domain.base.seats.rules import office_of
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    AdvanceCopy,
    Clearing,
    DisclosureCheck,
    LeakFound,
    Review,
)
from concordat.domain.practice.reviews.operations import asking, previewing
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.queries.reviews import ADVANCE
from concordat.domain.practice.reviews.rules import clearance, desk
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import day_in_words, join_words
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
    owed = {seat for each in queries.owed(actor, row) if each.step is step for seat in each.seats}
    known = set(queries.seats_of(actor, row).values_list("pk", flat=True))
    for seat in seats:
        if seat.pk not in known:
            raise Invalid(f"{seat.role} is of a partnership that takes no part.", field="seats")
        if offices and seat.pk not in owed and office_of(seat.office) not in offices:
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


def ask_whose_word_is_owed(actor: Actor, row: Review) -> None:
    """Ask each agency that reported, and each statutory partner for whom one seat alone speaks; of
    several the desk chooses."""
    places = [each.place for each in Clearing.objects.filter(review=row)]
    for step in Step:
        left = clearance.not_asked(step, places, queries.owed(actor, row))
        first = [each.seats[0] for each in left if _is_plain(each)]
        if seats := list(Seat.objects.filter(pk__in=first).select_related("record", "body")):
            name_seats(actor, review=row, step=step, seats=seats)


def _is_plain(owed: clearance.Owed) -> bool:
    return len(owed.seats) == 1 or (bool(owed.seats) and owed.step is Step.ACCURACY)


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
    text: str,
    words: str = "",
    seen_version: int | None = None,
) -> Clearing:
    """Sign a step for a seat: the very text that was read, in its turn.

    Raises `Stale` when another version took its place since.
    """
    row = taken(actor, clearing.review, seen_version=seen_version, may=yes())
    if row.stage_is is not Stage.CLEARANCE:
        raise Refused("The report is not in clearance.")
    held = Clearing.objects.select_related("seat__record").get(pk=clearing.pk)
    newest = queries.newest(actor, row.draft)
    ready = queries.readiness(actor, row)
    clearance.may_sign(actor, held.place, ready.places, ready.owed, ready.text).require()
    if ready.text != text:
        raise Stale({"Version": "the one that you read"},
                    {"Version": newest.in_words if newest else "none"})  # fmt: skip
    if held.step_is is Step.FAMILY:
        desk.needed("words", words, "Say how it was offered and what they answered.")
    held.text, held.words = text, words.strip()
    held.signed_by, held.signed_on = actor.signature[:200], actor.on
    held.save()
    asking.asked_no_more(actor, row, held.seat, Errand.SIGN, "Signed")
    happened(
        actor, "report cleared", row.record, reason=f"{held.step_is.wording}. {held.words}".strip(),
        after={"step": held.step, "seat": held.seat.record.reference, "text": text},
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
    ready = queries.readiness(actor, row)
    if now := ready.step:
        raise Refused(f"It is not cleared yet: {now.heading[:1].lower()}{now.heading[1:]}.")
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    made = AdvanceCopy.objects.create(
        review=row,
        to=to,
        text=ready.text,
        sent_on=on,
        sent_by=actor.signature[:200],
        how=desk.needed("how", how, "Say how it was sent.", desk.LONGEST_LINE),
    )
    happened(actor, "advance copy sent", row.record, after={"to": to, "on": on, "text": made.text})
    clock = queries.clock_of(actor, row, ADVANCE)
    left = clearance.copies_left(queries.readiness(actor, row).sent, made.text)
    if clock and not left and clock.stage in RUNNING:
        clocks.meet(actor, clock=clock, on=on, proof=f"Sent to all three, {made.how}")
    return made


@operation
def ask_check(
    actor: Actor, *, review: Review, seats: Sequence[Seat], seen_version: int | None = None
) -> list[DisclosureCheck]:
    """Ask two seats for a disclosure check of the report as it stands, neither of them of whoever
    wrote it. Asked anew, whoever has not answered may be replaced; who has stays.

    The page and the PDF that would be published are made and kept: both are shown these very two.
    """
    row = taken(actor, review, seen_version=seen_version)
    newest = queries.newest(actor, row.draft)
    if row.stage_is is not Stage.CLEARANCE or newest is None:
        raise Refused("The report is not in clearance.")
    text = queries.text_of(actor, row)
    if len({seat.pk for seat in seats}) != 2:
        raise Invalid("Two people check it: choose two seats.", field="seats")
    for seat in seats:
        _is_no_author(actor, row, seat)
    clearance.may_be_checked(queries.readiness(actor, row)).require()
    there = list(DisclosureCheck.objects.filter(review=row, text=text).select_related("seat"))
    _let_go(actor, row, [each for each in there if each.seat not in seats])
    asked = {each.seat_id for each in there}
    fresh = [seat for seat in seats if seat.pk not in asked]
    page, paper = previewing.kept(actor, row, newest, there)
    made = [
        DisclosureCheck.objects.create(
            review=row, seat=seat, text=text, page=page, pdf=paper, asked_on=actor.on,
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
        after={"of": [seat.record.reference for seat in fresh], "sha256": newest.digest,
               "page": page, "pdf": paper},
    )  # fmt: skip
    return made


def _is_no_author(actor: Actor, row: Review, seat: Seat) -> None:
    """A seat that nobody holds but an author could give no check."""
    authors = queries.authors(actor, row)
    sitting = sitting_in(actor, [seat.pk], on=actor.on).get(seat.pk, [])
    hands = [actor_for(each, on=actor.on) for each in sitting]
    if seat.pk in authors.seats or (hands and all(authors.wrote(each) for each in hands)):
        raise Invalid(f"{seat.role} wrote the report, and does not check it.", field="seats")


def _let_go(actor: Actor, row: Review, rows: Sequence[DisclosureCheck]) -> None:
    """Ask these no more: whoever has answered stays one of the two."""
    if answered := [each.seat.role for each in rows if each.clear is not None]:
        raise Invalid(f"{join_words(answered)} has given a check already.", field="seats")
    for each in rows:
        asking.asked_no_more(actor, row, each.seat, Errand.REVIEW, "Somebody else checks it")
        each.delete()


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
    text = queries.text_of(actor, row)
    if row.stage_is is not Stage.CLEARANCE or text != held.text:
        raise Refused("Another version took the place of the one that you were asked to check.")
    clearance.may_be_checked(queries.readiness(actor, row)).require()
    others = [each.checked for each in DisclosureCheck.objects.filter(review=row)]
    authors = queries.authors(actor, row)
    clearance.may_check(actor, held.seat_id, authors, others, text).require()
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
    happened(
        actor, "disclosure check given", row.record, after={"page": held.page, "pdf": held.pdf}
    )
    return held


@operation
def set_aside(
    actor: Actor, *, leak: LeakFound, why: str, seen_version: int | None = None
) -> LeakFound:
    """Say that a lone word is an everyday one and nobody's name there: never by whoever wrote the
    report. What is certain cannot be set aside."""
    row = taken(actor, leak.review, seen_version=seen_version)
    if queries.authors(actor, row).wrote(actor):
        raise Refused("You wrote the report. Somebody else looks at what was found in it.")
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
