"""Publishing a report in the lead partnership and in those that agreed, and taking it down."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from concordat.craft import files
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import close, happened, operation, take
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.rules import office_of
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    Agreement,
    Entry,
    LeakFound,
    Member,
    PublishedReview,
    Review,
)
from concordat.domain.practice.reviews.operations import asking, drafting, scanning
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import moved, taken
from concordat.domain.practice.reviews.queries.previewing import Made
from concordat.domain.practice.reviews.queries.reviews import AVAILABLE, PUBLISH
from concordat.domain.practice.reviews.rules import clearance, desk
from concordat.domain.practice.reviews.rules.clearance import BY_SEAT, Agreed, Step
from concordat.domain.practice.reviews.rules.desk import List, Part, Stage
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.verdict import yes

LONGEST_PLACE = 120


@operation
def ask_partnership(
    actor: Actor,
    *,
    review: Review,
    partnership: Record,
    seat: Seat,
    seen_version: int | None = None,
) -> Agreement:
    """Ask another partnership that takes part whether it publishes the report as well, of a seat
    that signs for a partner there."""
    row = taken(actor, review, seen_version=seen_version, also=(Stage.PUBLISHED,))
    if partnership not in queries.partners(actor, row)[1:]:
        raise Invalid("This partnership takes no part in the review.", field="partnership")
    offices = BY_SEAT[Step.PARTNERS] or frozenset()
    if seat.partnership_id != partnership.pk or office_of(seat.office) not in offices:
        raise Invalid("Choose a seat that signs for a partner there.", field="seat")
    if Agreement.objects.filter(review=row, partnership=partnership).exists():
        raise Invalid("It is asked already.", field="partnership")
    made = Agreement.objects.create(
        review=row, partnership=partnership, seat=seat, asked_on=actor.on
    )
    reads = row.draft and row.stage_is is not Stage.PUBLISHED
    if row.draft and reads and not desk_.opens_already(row.draft.record, seat.record, actor.on):
        why = "Agrees to publication."
        desk_.let_in(actor, [row.draft.record], seat.record, Level.SEE, why, actor.on)
    asking.called(actor, row, seat)
    asking.ask_partnerships(actor, row)
    happened(actor, "publication elsewhere asked", row.record, after={"of": partnership.reference})
    return made


@operation
def answer_partnership(
    actor: Actor,
    *,
    agreement: Agreement,
    agree: bool,
    text: str = "",
    words: str = "",
    seen_version: int | None = None,
) -> Agreement:
    """Agree for one's own partnership to the very text that was read, or decline with the reason.
    An answer can be given anew until it is published there.

    Raises `Stale` when another version took its place since.
    """
    seats = {each.seat for each in actor.seats}
    if actor.kind is not Kind.PERSON or agreement.seat_id not in seats:
        raise Refused("You do not hold the seat that was asked.")
    row = taken(
        actor, agreement.review, seen_version=seen_version, may=yes(), also=(Stage.PUBLISHED,)
    )
    held = Agreement.objects.select_related("partnership", "seat").get(pk=agreement.pk)
    if PublishedReview.objects.filter(
        review=row, partnership=held.partnership, down_on=None
    ).exists():
        raise Refused("It is published there already. Take it down there instead.")
    if agree:
        _reads_what_stands(actor, row, text)
    else:
        desk.needed("words", words, "Say why not.")
    held.state = Agreed.AGREED if agree else Agreed.DECLINED
    held.text = text if agree else ""
    held.words, held.answered_by = words.strip(), actor.signature[:200]
    held.answered_on = actor.on
    held.save()
    asking.asked_no_more(actor, row, held.seat, Errand.APPROVE, held.state)
    happened(
        actor, f"publication elsewhere {held.state}", row.record, reason=held.words,
        after={"by": held.partnership.reference, "text": held.text},
    )  # fmt: skip
    return held


def _reads_what_stands(actor: Actor, row: Review, text: str) -> None:
    if row.stage_is not in (Stage.CLEARANCE, Stage.PUBLISHED):
        raise Refused("The report is not in clearance. There is nothing yet to agree to.")
    if text != queries.text_of(actor, row):
        newest = queries.newest(actor, row.draft)
        raise Stale({"Version": "the one that you read"},
                    {"Version": newest.in_words if newest else "none"})  # fmt: skip


def look_at_all(actor: Actor, row: Review, version: Version, made: Made) -> list[LeakFound]:
    """Scan the Word file, the page and the PDF; what was found, with what was set aside.

    Refused where there is nothing to look for: a scan that seeks no name finds none.
    """
    scanning.can_look(actor, row).require()
    raw = files.read(Path(settings.MEDIA_ROOT), version.digest)
    found = scanning.found_in(
        actor,
        row,
        [
            ("The Word file", version.name, raw),
            ("The page", "page.html", made.html.encode()),
            ("The PDF", "report.pdf", made.pdf),
        ],
    )
    told = [(f"{called}: {leak}", leak.whole) for called, leak in found]
    drafting.kept(actor, row, version, told)
    of = queries.version_of(actor, version)
    return list(LeakFound.objects.filter(review=row, version=of).order_by("pk"))


@operation
def scan_report(
    actor: Actor, *, review: Review, seen_version: int | None = None
) -> list[LeakFound]:
    """Look through the report as it stands and all that would be published of it."""
    row = taken(actor, review, seen_version=seen_version)
    newest = queries.newest(actor, row.draft)
    if newest is None:
        raise Refused("There is no draft yet.")
    made = queries.shown(actor, row) or queries.made_of(actor, row, newest)
    found = look_at_all(actor, row, newest, made)
    happened(
        actor, "report scanned", row.record,
        after={"sha256": newest.digest, "gives away": len(found)},
    )  # fmt: skip
    return found


@operation
def publish(
    actor: Actor, *, review: Review, reason: str = "", seen_version: int | None = None
) -> list[PublishedReview]:
    """Publish the report: in the lead partnership, and in each that has agreed.

    The page and the PDF are those that the two who checked it were shown. Refused while anything
    is open, with every reason; and where the scan finds somebody given away, with every place.
    `reason` is why it is published although its advance copies went out late. The Word file stays
    here, and is not changed any more.
    """
    row = taken(actor, review, "publish", verb=Verb.PUBLISH, seen_version=seen_version)
    if row.draft_id:
        take(row.draft_id)  # nobody puts another version in its place until this has ended
    ready = queries.readiness(actor, row)
    if told := clearance.bars(ready, actor.on):
        raise Refused(" ".join(told))
    if late := clearance.short_notice(ready):
        desk.needed("reason", reason, f"{late} Say why it is published all the same.")
    newest = queries.newest(actor, row.draft)
    made = queries.shown(actor, row)
    if newest is None or made is None or not clearance.is_of(ready.text, newest.digest):
        raise Refused("Another version was put in its place just now. Look at it again.")
    clearance.is_clean([each.found for each in look_at_all(actor, row, newest, made)]).require()
    moved(row, "publish")
    row.ended_on = actor.on
    row.save()
    where = [row.partnership, *queries.agreed_partners(actor, row)]
    rows = [_put_up(actor, row, each, newest, made, reason.strip()) for each in where]
    _meet(actor, row)
    for each in where:
        _keep_public(actor, row, each)
    _put_away(actor, row)
    return rows


def _put_away(actor: Actor, row: Review) -> None:
    """The Word file is closed and shut, and what was made to teach from is free."""
    if row.draft:
        close(desk_.desk_of(actor), record=row.draft.record, on=actor.on)
        desk_.shut_readers(actor, row, "The report is published.")
    products = Entry.objects.filter(review=row, kind=List.PRODUCT, document__isnull=False)
    papers = [each.document.record for each in products.select_related("document__record")
              if each.document]  # fmt: skip
    desk_.free_papers(actor, row, papers, "The review is published.")


def _put_up(
    actor: Actor, row: Review, where: Record, version: Version, made: Made, reason: str
) -> PublishedReview:
    put = PublishedReview.objects.create(
        review=row,
        partnership=where,
        title=made.title,
        reviewer=_reviewers(row),
        instead=row.instead_on is not None,
        html=made.html,
        digest=version.digest,
        pdf=files.put(Path(settings.MEDIA_ROOT), made.pdf),
        published_on=actor.on,
        published_by=actor.signature[:200],
    )
    happened(
        actor, "review published", row.record, reason=reason,
        after={"in": where.reference, "sha256": version.digest, "pdf": put.pdf,
               "improvements alone": put.instead},
    )  # fmt: skip
    return put


def _reviewers(row: Review) -> str:
    """The report names whoever wrote it (LC-DELAY-5)."""
    rows = Member.objects.filter(review=row, part=Part.REVIEWER, from_day__isnull=False)
    people = [each.person.name for each in rows.select_related("person") if each.person]
    return ", ".join(people)[:300]


def _meet(actor: Actor, row: Review) -> None:
    clock = queries.clock_of(actor, row, PUBLISH)
    if clock and clock.stage in RUNNING:
        proof = f"{'The improvements are' if row.instead_on else 'The report is'} published"
        clocks.meet(actor, clock=clock, on=actor.on, proof=proof)


def _keep_public(actor: Actor, row: Review, where: Record) -> None:
    """The year of each place runs from publication there; it binds where the six months do."""
    if row.statutory and not row.old_rules:
        clocks.start(
            desk_.desk_of(actor), record=row.record, rule=AVAILABLE, on=actor.on, area=row.area,
            started_by="Publication of the report",
            part=_place(row, where),
        )  # fmt: skip


def _place(row: Review, where: Record) -> str:
    """Which of the clocks of one review is that of a place; the lead's has no part."""
    return "" if where == row.partnership else where.title[:LONGEST_PLACE]


def _end_year(actor: Actor, row: Review, where: Record, why: str) -> None:
    """What is down is not kept public any more; put up again, its year begins again."""
    here, desk_is = _place(row, where), desk_.desk_of(actor)
    for clock in queries.clocks_on(desk_is, row):
        if clock.rule == AVAILABLE and clock.part == here and clock.stage in RUNNING:
            if clock.due and clock.due <= actor.on:
                clocks.meet(desk_is, clock=clock, on=actor.on, proof="It was public for its year")
            else:
                clocks.rule_out(desk_is, clock=clock, reason=f"It was taken down: {why}")


@operation
def publish_there(
    actor: Actor, *, agreement: Agreement, seen_version: int | None = None
) -> PublishedReview:
    """Publish what is published already in a partnership that agreed since."""
    row = taken(
        actor, agreement.review, verb=Verb.PUBLISH, seen_version=seen_version,
        also=(Stage.PUBLISHED,),
    )  # fmt: skip
    held = Agreement.objects.select_related("partnership").get(pk=agreement.pk)
    first = PublishedReview.objects.filter(
        review=row, partnership=row.partnership, down_on=None
    ).first()
    if row.stage_is is not Stage.PUBLISHED or first is None:
        raise Refused("The lead partnership publishes it first.")
    if not held.agrees_to(queries.text_of(actor, row)) or not clearance.is_of(
        held.text, first.digest
    ):
        raise Refused(f"{held.partnership.title} has not agreed to what is published.")
    if held.partnership not in queries.partners(actor, row)[1:]:
        raise Refused(f"{held.partnership.title} takes no part in this review any more.")
    is_free(row.record, Verb.PUBLISH).require()
    _is_clean_still(actor, row, first)
    rows = PublishedReview.objects.filter(review=row, partnership=held.partnership, down_on=None)
    if rows.exists():
        raise Refused("It is published there already.")
    first.pk, first.partnership = None, held.partnership
    first.published_on, first.published_by = actor.on, actor.signature[:200]
    first._state.adding = True
    first.save(force_insert=True)
    happened(
        actor, "review published", row.record,
        after={"in": held.partnership.reference, "sha256": first.digest},
    )  # fmt: skip
    _keep_public(actor, row, held.partnership)
    return first


def _is_clean_still(actor: Actor, row: Review, first: PublishedReview) -> None:
    """A name may have come to the key since the report was published first."""
    page = ("The page", "page.html", first.html.encode())
    paper = ("The PDF", "report.pdf", files.read(Path(settings.MEDIA_ROOT), first.pdf))
    scanning.can_look(actor, row).require()
    certain = [str(leak) for _, leak in scanning.found_in(actor, row, [page, paper]) if leak.whole]
    if certain:
        raise Refused(" ".join(certain))


@operation
def take_down(
    actor: Actor,
    *,
    published: PublishedReview,
    reason: str,
    notice: str = "",
    seen_version: int | None = None,
) -> PublishedReview:
    """Take a report down in one partnership, by that partnership. Within a year of publication a
    notice stands in its place."""
    row = taken(
        actor, published.review, seen_version=seen_version, also=(Stage.PUBLISHED,),
        may=queries.may_be_taken_down(actor, published),
    )  # fmt: skip
    held = PublishedReview.objects.select_related("partnership").get(pk=published.pk)
    if held.down_on:
        raise Refused(f"{held.down_by} took this down already.")
    told = clearance.may_take_down(held.published_on, actor.on, reason, notice)
    desk_.require(told, "notice" if reason.strip() else "reason")
    scanning.refuse_leaks_in_words(actor, row, {"notice": notice})
    held.down_on, held.down_by = actor.on, actor.signature[:200]
    held.down_why, held.notice = reason.strip(), notice.strip()
    held.save()
    # It has to agree anew before the lead partnership can publish it there again.
    Agreement.objects.filter(review=row, partnership=held.partnership).update(
        state=Agreed.ASKED, text="", answered_by="", answered_on=None, words=""
    )
    _end_year(actor, row, held.partnership, held.down_why)
    happened(
        actor, "review taken down", row.record, reason=held.down_why,
        after={"in": held.partnership.reference, "notice": held.notice},
    )  # fmt: skip
    return held
