"""What each act of a review does with what was typed, and what its form is made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordat.domain.base.documents.operations import Upload
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.queries import Review
from concordat.domain.practice.reviews.rules.clearance import Copy, Step
from concordat.domain.practice.reviews.rules.desk import (
    LISTS,
    TERMS,
    Conflict,
    List,
    Part,
    Points,
    Proceeding,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.web.reviews.desk import choosing
from concordat.web.reviews.desk.choosing import seat_of

More = Callable[[Actor, Review, Any], dict[str, Any]]
Do = Callable[[Actor, Review, Any, dict[str, Any], int | None], object]


def nothing(actor: Actor, review: Review, row: Any) -> dict[str, Any]:
    return {}


def plain(name: str, row: str = "") -> Do:
    """An operation that takes the form's answers as they are."""

    def do(actor: Actor, review: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
        act = getattr(operations, name)
        return act(actor, **{row or "review": it if row else review}, seen_version=seen, **told)

    return do


def filed(name: str, row: str = "") -> Do:
    """The same with a file, which is looked at before it is kept."""
    kept = plain(name, row)

    def do(actor: Actor, review: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
        sent = told.pop("file", None)
        told["file"] = Upload(str(sent.name), sent.read()) if sent else None
        return kept(actor, review, it, told, seen)

    return do


def _yes(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return told | {name: told[name] == "yes" for name in names}


def agree(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    body = choosing.body_of(a, r, told.pop("body"))
    return operations.agree_terms(a, review=r, body=body, seen_version=seen, **told)


def stop(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["body"] = choosing.body_of(a, r, told["body"]) if told["body"] else None
    return operations.stop(a, review=r, seen_version=seen, **told)


def write_terms(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    note = told.pop("note")
    return operations.write_terms(a, review=r, says=told, note=note, seen_version=seen)


def terms_now(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    newest = queries.terms(a, r).first()
    says = newest.says if newest else {}
    return {"initial": {each.key: says.get(each.key, "") for each in TERMS}}


def name_child(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    row = children.child(a, told["child"])
    return operations.add_child(a, review=r, child=row, seen_version=seen)


def share_with(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["partnership"] = choosing.partner_of(a, r, told["partnership"])
    return operations.share_with(a, review=r, seen_version=seen, **told)


def ask_member(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    person, contract = told.pop("person"), told.pop("contract")
    return operations.ask_member(
        a,
        review=r,
        part=Part(told["part"]),
        why=told["why"],
        seat=seat_of(a, r, told["seat"]),
        person=choosing.person_of(a, person),
        contract=choosing.contract_of(a, contract),
        seen_version=seen,
    )


def check_interests(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    found = Conflict(told.pop("found"))
    return operations.check_interests(a, member=it, found=found, seen_version=seen, **told)


def ask_report(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["agency"] = choosing.agency_of(a, r, told["agency"])
    told["seat"] = seat_of(a, r, told["seat"])
    return operations.ask_report(a, review=r, seen_version=seen, **told)


def judge(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    return operations.judge_report(a, report=it, seen_version=seen, **_yes(told, "adequate"))


def begin_beside(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told = _yes(told, "holds") | {"kind": Proceeding(told["kind"])}
    return operations.begin_proceeding(a, review=r, seen_version=seen, **told)


def add_finding(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    line = told.pop("line")
    told["line"] = queries.line(a, r, int(line)) if line else None
    return operations.add_finding(a, review=r, seen_version=seen, **told)


def point_from(name: str) -> Do:
    def do(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
        told["record"] = choosing.record_of(a, told["record"], "record")
        told["kind"] = Points(told["kind"])
        return operations.point(a, **{name: it}, seen_version=seen, **told)

    return do


def ask_seat(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["step"], told["seats"] = Step(told["step"]), [seat_of(a, r, told["seats"])]
    return operations.name_seats(a, review=r, seen_version=seen, **told)


def send_copy(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["to"] = Copy(told["to"])
    return operations.send_copy(a, review=r, seen_version=seen, **told)


def ask_checkers(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    found = [seat_of(a, r, told[name]) for name in ("first", "second")]
    if found[0] == found[1]:
        raise Invalid("Choose two different seats.", field="second")
    return operations.ask_check(a, review=r, seats=found, seen_version=seen)


def give_check(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    words = told.pop("words")
    return operations.give_check(a, check=it, answers=told, words=words, seen_version=seen)


def ask_elsewhere(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["partnership"] = choosing.partner_of(a, r, told["partnership"])
    told["seat"] = seat_of(a, r, told["seat"])
    return operations.ask_partnership(a, review=r, seen_version=seen, **told)


def answer(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told = _yes(told, "agree")
    return operations.answer_partnership(a, agreement=it, seen_version=seen, **told)


def tell_attendance(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["partnership"] = choosing.partner_of(a, r, told["partnership"])
    return operations.tell_attendance(a, event=it, seen_version=seen, **told)


def set_follow_up(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
    told["partnership"] = choosing.partner_of(a, r, told["partnership"])
    told["owner"] = seat_of(a, r, told["owner"]) if told["owner"] else None
    return operations.add_follow_up(a, event=it, seen_version=seen, **told)


def add_entry(kind: List) -> Do:
    def do(a: Actor, r: Review, it: Any, told: dict[str, Any], seen: int | None) -> object:
        agency = told.pop("agency", "")
        told["agency"] = choosing.agency_of(a, r, agency) if agency else None
        return operations.add_entry(a, review=r, kind=kind, seen_version=seen, **told)

    return do


def entry_choices(kind: List) -> More:
    def more(a: Actor, r: Review, it: Any) -> dict[str, Any]:
        labels = [(each, each) for each in queries.labels(a, r)] if kind is List.FAMILY else []
        agencies = choosing.of_agencies(a, r) if LISTS[kind].of_agency else []
        return {"kind": kind, "choices": {"who": labels, "agency": agencies}}

    return more


def seat_choices(*names: str) -> More:
    return lambda a, r, it: {"choices": {name: choosing.of_seats(a, r) for name in names}}


def partner_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    """The boroughs for which the actor tells; the one there is stands chosen."""
    found = choosing.of_records(queries.boroughs(a, r))
    initial = {"partnership": found[0][0]} if len(found) == 1 else {}
    return {"choices": {"partnership": found}, "initial": initial}


def other_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    there = queries.partners(a, r)
    found = [each for each in queries.others(a, r.partnership) if each not in there]
    return {"choices": {"partnership": choosing.of_records(found)}}


def member_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {
        "choices": {
            "seat": choosing.of_seats(a, r),
            "person": choosing.of_people(a),
            "contract": choosing.of_contracts(a, r),
        }
    }


def report_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"choices": {"agency": choosing.of_agencies(a, r), "seat": choosing.of_seats(a, r)}}


def text_now(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"initial": {"text": queries.text_of(a, r)}}


def version_now(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"initial": {"version": queries.version_of(a, queries.newest(a, it.document))}}


def finding_now(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"initial": {name: getattr(it, name) for name in ("title", "says", "why", "beyond")}}


def elsewhere_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    there = queries.partners(a, r)[1:]
    return {"choices": {"partnership": choosing.of_records(there), "seat": choosing.of_seats(a, r)}}


def follow_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    told = partner_choices(a, r, it)
    told["choices"]["owner"] = choosing.of_seats(a, r, queries.boroughs(a, r))
    return told


def body_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"choices": {"body": choosing.of_bodies(a, r)}}


def line_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"choices": {"line": choosing.of_lines(a, r)}}


def child_choices(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"choices": {"child": choosing.of_children(a)}}


def kind_of(a: Actor, r: Review, it: Any) -> dict[str, Any]:
    return {"kind": it.list_is}
