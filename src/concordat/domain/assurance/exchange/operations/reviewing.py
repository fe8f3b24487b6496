"""A cast's local reviews, each act on its day and by whoever it falls to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concordat.craft import pdf, word
from concordat.craft.document import Bullets, Heading, Paragraph
from concordat.craft.document import Document as Page
from concordat.domain.assurance.exchange.operations.naming import (
    agency_at,
    body_at,
    home_at,
    person_in,
    seat_at,
    sitting_in,
)
from concordat.domain.assurance.exchange.rules.cast import Cast, ReviewDeed, Reviewed, day
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.operations import add_relative, keep_child, tell_identity
from concordat.domain.practice.children.rules import What
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Review
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import Conflict, List, Part, Points, Proceeding
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid


@dataclass(slots=True)
class _Told:
    """A review of the cast as it is acted out: its row, and what its acts made, by key."""

    row: Review
    on: date
    made: dict[str, Any] = field(default_factory=dict)

    def day(self, told: date | int | None) -> date:
        return day(told, self.on) or self.on

    def fresh(self, actor: Actor) -> Review:
        return queries.review(actor, self.row.record.reference)


@operation
def review(actor: Actor, cast: Cast, told: Reviewed) -> Review:
    """Commission an invented review on its day, then do in it what the cast says, in its order."""
    no_event("each act has an event of its own")
    by = process(told.by, _day(told.begun, actor.on))
    row = operations.commission(
        by,
        partnership=home_at(told.partnership),
        told=Commission(
            title=told.title,
            why=told.why,
            decided_on=_day(told.decided_on, actor.on),
            group=body_at(told.group),
            decided_by=body_at(told.decided_by) if told.decided_by else None,
            area=_area(told) if told.area else None,
            origin_words=told.origin,
            statutory=told.statutory,
            old_rules=told.old_rules,
            children=[_child(by, told)] if told.child else [],
            partners=[home_at(each) for each in told.partners],
        ),
    )
    acted = _Told(row, actor.on)
    for deed in told.then:
        _do(acted, deed)
    return row


def _day(told: date | int, on: date) -> date:
    return day(told, on) or on


def _area(told: Reviewed) -> Area:
    rows = Area.objects.select_related("partnership")
    return rows.get(partnership__partnership_row__key=told.partnership, key=told.area)


def _child(actor: Actor, told: Reviewed) -> Child:
    made = keep_child(actor, area=_area(told), label=told.child)
    for label in told.relatives:
        add_relative(actor, child=made, label=label)
    if told.name:
        tell_identity(actor, child=made, what=What.NAME, text=told.name, provenance="Invented")
    return made


def _do(acted: _Told, deed: ReviewDeed) -> None:
    act = _ACTS.get(deed.act)
    if act is None:
        raise Invalid(f"“{deed.act}” is nothing that is done in a review.", field="act")
    on = acted.day(deed.day)
    by = sitting_in(deed.seat, on) if deed.act in _BY_SEAT else process(deed.by, on)
    made = act(by, acted, deed)
    if deed.key:
        acted.made[deed.key] = made


def _method(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.choose_method(
        by, review=acted.row, method=deed.kind, why=deed.words, answers=deed.says
    )


def _terms(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.write_terms(by, review=acted.row, says=deed.says, note=deed.words)


def _agree(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.agree_terms(
        by, review=acted.row, body=body_at(deed.body), on=by.on, words=deed.words
    )


def _member(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    """Asked, interests checked, and let in from `when` where a day is given."""
    made = operations.ask_member(
        by,
        review=acted.row,
        part=Part(deed.kind),
        why=deed.why,
        seat=seat_at(deed.seat) if deed.seat else None,
        person=person_in(deed.post) if deed.post else None,
    )
    operations.check_interests(by, member=made, found=Conflict.NONE)
    if deed.when:
        made = operations.let_in(
            by,
            member=made,
            from_day=acted.day(deed.when),
            to_day=day(deed.until, acted.on),
            appointed=deed.words,
            uncontracted=deed.what,
        )
    return made


def _fee(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.agree_fee(
        by, member=acted.made[deed.of], what=deed.what, amount=deed.pence,
        due=day(deed.until, acted.on),
    )  # fmt: skip


def _entry(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.add_entry(
        by,
        review=acted.row,
        kind=List(deed.kind),
        what=deed.what,
        who=deed.who,
        planned=day(deed.until, acted.on),
        more=deed.words,
        agency=agency_at(deed.agency) if deed.agency else None,
    )


def _outcome(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    """Of an entry that was made before; of a stage of the method, by its key."""
    entry = acted.made.get(deed.of) or queries.entries(by, acted.row, List.STAGE).get(key=deed.of)
    operations.tell_outcome(by, entry=entry, outcome=deed.kind, on=by.on, words=deed.words)


def _report(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.ask_report(
        by, review=acted.row, agency=agency_at(deed.agency), seat=seat_at(deed.seat),
        due=acted.day(deed.until),
    )  # fmt: skip


def _brief(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.brief(
        by, report=acted.made[deed.of], author=deed.who, independent=deed.words, on=by.on
    )


def _hand_in(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    file = Upload("report.pdf", pdf.write(_page(deed)))
    operations.hand_in(by, report=acted.made[deed.of], file=file, note="Invented")


def _judge(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.judge_report(
        by, report=acted.made[deed.of], adequate=deed.kind == "adequate", words=deed.words
    )


def _sign_report(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    row = acted.made[deed.of]
    row.refresh_from_db()
    version = queries.version_of(by, queries.newest(by, row.document))
    operations.sign_report(by, report=row, version=version)


def _line(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.add_line(by, review=acted.row, question=deed.what)


def _point(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    of = acted.made[deed.of]
    row = acted.made.get(deed.agency)
    if row is not None:
        row.refresh_from_db()
    record = row.document.record if row is not None and row.document else None
    operations.point(
        by,
        kind=Points(deed.kind),
        place=deed.what,
        shows=deed.words,
        record=record,
        **{"finding" if hasattr(of, "beyond") else "line": of},
    )


def _conclude(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.conclude(by, line=acted.made[deed.of], conclusion=deed.words)


def _finding(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.add_finding(
        by,
        review=acted.row,
        title=deed.what,
        says=deed.words,
        why=deed.why,
        beyond=deed.who,
        line=acted.made.get(deed.of),
    )


def _proceeding(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.begin_proceeding(
        by,
        review=acted.row,
        kind=Proceeding(deed.kind),
        what=deed.what,
        holds=deed.holds,
        waits=deed.words,
        expected=day(deed.until, acted.on),
    )


def _explain(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.explain_delay(
        by, review=acted.row, reason=deed.words, told=deed.who,
        expected_on=day(deed.until, acted.on),
    )  # fmt: skip


def _draft(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    file = Upload("report.docx", word.write(_page(deed)))
    operations.put_draft(by, review=acted.row, file=file, note=deed.words)


def _page(deed: ReviewDeed) -> Page:
    """A line that begins with # is a heading, and one with a dash a point of a list."""
    blocks: list[Any] = []
    for each in deed.text:
        if each.startswith("# "):
            blocks.append(Heading(1, each[2:]))
        elif each.startswith("- "):
            blocks.append(Bullets([each[2:]]))
        else:
            blocks.append(Paragraph(each))
    return Page(title=deed.what, blocks=tuple(blocks))


def _step(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.name_seats(
        by, review=acted.fresh(by), step=Step(deed.kind),
        seats=[seat_at(each) for each in deed.seats], due=day(deed.until, acted.on),
    )  # fmt: skip


def _to_clearance(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.send_to_clearance(by, review=acted.fresh(by))


def _plan(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.plan_publication(by, review=acted.fresh(by), on=acted.day(deed.when))


def _clear(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    desk = process(deed.by, by.on)
    row = acted.fresh(desk)
    held = queries.clearings(desk, row).get(step=deed.kind, seat=seat_at(deed.seat))
    text = queries.text_of(desk, row)
    operations.clear(by, clearing=held, text=text, words=deed.words)


def _ask_elsewhere(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.ask_partnership(
        by, review=acted.fresh(by), partnership=home_at(deed.partnership), seat=seat_at(deed.seat)
    )


def _agree_elsewhere(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    desk = process(deed.by, by.on)
    row = acted.fresh(desk)
    held = queries.agreements(desk, row).get(seat=seat_at(deed.seat))
    text = queries.text_of(desk, row)
    operations.answer_partnership(by, agreement=held, agree=True, text=text, words=deed.words)


def _copies(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    for to in Copy:
        operations.send_copy(by, review=acted.fresh(by), to=to, on=by.on, how=deed.words)


def _checks(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    """Asked of two seats, and given by whoever sits in them."""
    seats = [seat_at(each) for each in deed.seats]
    asked = operations.ask_check(by, review=acted.fresh(by), seats=seats)
    clear = {each.key: "no" for each in DISCLOSURE}
    for name, check in zip(deed.seats, asked, strict=True):
        operations.give_check(sitting_in(name, by.on), check=check, answers=clear)


def _publish(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.publish(by, review=acted.fresh(by), reason=deed.words)


def _event(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.plan_event(
        by, review=acted.fresh(by), title=deed.what, on=acted.day(deed.when), place=deed.who,
        about=deed.words,
    )  # fmt: skip


def _came(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.tell_attendance(
        by,
        event=acted.made[deed.of],
        partnership=home_at(deed.partnership),
        invited=deed.invited,
        came=deed.came,
        agencies=deed.words,
    )


def _follow_up(by: Actor, acted: _Told, deed: ReviewDeed) -> Any:
    return operations.add_follow_up(
        by,
        event=acted.made[deed.of],
        partnership=home_at(deed.partnership),
        what=deed.what,
        due=acted.day(deed.until),
        owner=seat_at(deed.seat) if deed.seat else None,
    )


def _followed(by: Actor, acted: _Told, deed: ReviewDeed) -> None:
    operations.do_follow_up(by, follow_up=acted.made[deed.of], came_of_it=deed.words)


_Act = Callable[[Actor, _Told, ReviewDeed], Any]
_ACTS: dict[str, _Act] = {
    "method": _method,
    "terms": _terms,
    "agree": _agree,
    "member": _member,
    "fee": _fee,
    "entry": _entry,
    "outcome": _outcome,
    "report": _report,
    "brief": _brief,
    "hand in": _hand_in,
    "judge": _judge,
    "sign report": _sign_report,
    "line": _line,
    "point": _point,
    "conclude": _conclude,
    "finding": _finding,
    "proceeding": _proceeding,
    "explain": _explain,
    "draft": _draft,
    "step": _step,
    "to clearance": _to_clearance,
    "plan": _plan,
    "clear": _clear,
    "ask elsewhere": _ask_elsewhere,
    "agree elsewhere": _agree_elsewhere,
    "copies": _copies,
    "checks": _checks,
    "publish": _publish,
    "event": _event,
    "came": _came,
    "follow-up": _follow_up,
    "followed": _followed,
}
_BY_SEAT = frozenset({"sign report", "clear", "agree elsewhere"})
"""Acts that only whoever sits in the seat can do."""


def record_of_review(cast: Cast, key: str) -> Record:
    """The record of a review of the cast, once it is acted out."""
    told = next((each for each in cast.local_reviews if each.key == key), None)
    if told is None:
        raise Invalid(f"The cast names the review {key}, which is not there.", field="review")
    return Record.objects.get(partnership=home_at(told.partnership), title=told.title)
