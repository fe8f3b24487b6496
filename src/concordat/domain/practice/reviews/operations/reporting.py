"""An agency's own report: asked for, its author briefed, handed in, checked, signed by digest.

The seat that signs sees its own report and nothing else of the review.
"""

from __future__ import annotations

from datetime import date

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Version
from concordat.domain.base.documents.operations import Upload, replace
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import AgencyReport, Review
from concordat.domain.practice.reviews.operations import asking, desk_asking
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import AGENCY_REPORT_STATES
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes


@operation
def ask_report(
    actor: Actor,
    *,
    review: Review,
    agency: Agency,
    seat: Seat,
    due: date,
    seen_version: int | None = None,
) -> AgencyReport:
    """Ask an agency for its own report, of the seat that signs for it."""
    row = taken(actor, review, seen_version=seen_version)
    if seat not in queries.seats_of(actor, row):
        raise Invalid("This seat is of a partnership that takes no part.", field="seat")
    if seat.agency_id and seat.agency_id != agency.pk:
        raise Invalid("This seat is of another agency.", field="seat")
    if AgencyReport.objects.filter(review=row, agency=agency).exists():
        raise Invalid("This agency is asked already.", field="agency")
    if due <= actor.on:
        raise Invalid("Give at least a day.", field="due")
    made = AgencyReport.objects.create(
        review=row, agency=agency, seat=seat, due=due, asked_on=actor.on
    )
    _ask(actor, made, "Hand in your agency’s report for a review", due)
    happened(
        actor, "agency report asked", row.record,
        after={"of": agency.name, "signed by": seat.role, "due": due},
    )  # fmt: skip
    return made


def _ask(actor: Actor, held: AgencyReport, what: str, due: date | None) -> None:
    why = "Your seat signs it for your agency"
    asking.ask(actor, held.review, held.seat, Errand.ANSWER, what, why, due)


def part_in(actor: Actor, held: AgencyReport) -> Verdict:
    """Whether the actor works on the review, or holds the seat that signs this report."""
    if _holds(actor, held) or can(actor, Verb.CHANGE, held.review.record):
        return yes()
    return no("Only the review desk and the agency’s own seat work on this report.")


def _holds(actor: Actor, held: AgencyReport) -> bool:
    return actor.kind in (Kind.PERSON, Kind.ACTING_FOR) and held.seat_id in {
        each.seat for each in actor.seats
    }


def _taken(
    actor: Actor,
    report: AgencyReport,
    move: str,
    seen_version: int | None,
    may: Verdict | None = None,
) -> AgencyReport:
    taken(actor, report.review, seen_version=seen_version, may=may)
    rows = AgencyReport.objects.select_related(
        "review__record", "review__partnership", "agency", "seat__record", "seat__body",
        "document__record",
    )  # fmt: skip
    held: AgencyReport = rows.get(pk=report.pk)
    AGENCY_REPORT_STATES.verdict(held.stage_is, move).require()
    held.stage = AGENCY_REPORT_STATES.after(held.stage_is, move)
    return held


@operation
def brief(
    actor: Actor,
    *,
    report: AgencyReport,
    author: str,
    independent: str,
    on: date,
    seen_version: int | None = None,
) -> AgencyReport:
    """Record who writes it, by role, how they are independent of the case, and that they were
    briefed."""
    held = _taken(actor, report, "brief", seen_version, part_in(actor, report))
    held.author = desk.needed("author", author, "Say who writes it, by role.", desk.LONGEST_LINE)
    held.independent = desk.needed(
        "independent", independent, "Say how they are independent of the case and its managers."
    )
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    held.briefed_on = on
    held.save()
    happened(
        actor, "author of agency report briefed", held.review.record,
        after={"agency": held.agency.name, "on": on},
    )  # fmt: skip
    return held


@looked_at_first
@operation
def hand_in(
    actor: Actor,
    *,
    report: AgencyReport,
    file: Upload,
    note: str = "",
    seen_version: int | None = None,
) -> AgencyReport:
    """Hand in the report, or a newer version of it: what was signed is void by that."""
    held = _taken(actor, report, "hand in", seen_version, part_in(actor, report))
    post = desk_.desk_of(actor)
    if held.document is None:
        title = f"Report of {held.agency.name}"[:200]
        held.document = desk_.keep(actor, held.review, title, file, note)
        why = "Signs this report for its agency."
        desk_.let_in(actor, [held.document.record], held.seat.record, Level.SEE, why, actor.on)
    else:
        replace(
            post, document=held.document, file=file, note=note,
            seen_version=held.document.record.version,
        )  # fmt: skip
    held.signed, held.signed_by, held.signed_on = "", "", None
    held.quality, held.quality_by, held.quality_on = "", "", None
    held.save()
    asking.asked_no_more(actor, held.review, held.seat, Errand.ANSWER, "Handed in")
    desk_asking.ask_to_check(actor, held.review, held.agency.name)
    happened(
        actor, "agency report handed in", held.review.record,
        after={"agency": held.agency.name, "document": held.document.record.reference},
    )  # fmt: skip
    return held


@operation
def judge_report(
    actor: Actor,
    *,
    report: AgencyReport,
    adequate: bool,
    words: str,
    seen_version: int | None = None,
) -> AgencyReport:
    """Check its quality: adequate with why, or back with what is missing."""
    held = _taken(actor, report, "find adequate" if adequate else "send back", seen_version)
    held.quality = desk.needed("words", words, "Say why it is adequate, or what is missing.")
    held.quality_by, held.quality_on = actor.signature[:200], actor.on
    held.save()
    desk_asking.is_checked(actor, held.review, held.agency.name)
    what = "Sign your agency’s report for a review" if adequate else "Mend your agency’s report"
    _ask(actor, held, what, None)
    happened(
        actor, f"agency report {'found adequate' if adequate else 'sent back'}",
        held.review.record, reason=held.quality, after={"agency": held.agency.name},
    )  # fmt: skip
    return held


@operation
def sign_report(
    actor: Actor, *, report: AgencyReport, version: str, seen_version: int | None = None
) -> AgencyReport:
    """Sign an adequate report for the agency: the very file that was read, by the agency's seat.

    Raises `Stale` when another version took its place since.
    """
    if not _holds(actor, report):
        raise Refused("You do not hold the seat that signs for this agency.")
    held = _taken(actor, report, "sign", seen_version, yes())
    newest = queries.newest(actor, held.document)
    if newest is None or queries.version_of(actor, newest) != version:
        raise Stale({"Version": "the one that you read"}, {"Version": _words(newest)})
    held.signed = queries.version_of(actor, newest)
    held.signed_by, held.signed_on = actor.signature[:200], actor.on
    held.save()
    asking.asked_no_more(actor, held.review, held.seat, Errand.ANSWER, "Signed")
    happened(
        actor, "agency report signed", held.review.record,
        after={"agency": held.agency.name, "sha256": newest.digest},
    )  # fmt: skip
    return held


def _words(version: Version | None) -> str:
    return version.in_words if version else "none"
