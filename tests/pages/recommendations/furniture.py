"""Recommendations in every state, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.recommendations import operations
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Before, Came, Wording
from concordat.domain.base.recommendations.rules import Point
from concordat.domain.base.seats.models import Body, Post
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import LOADER, House


@dataclass(frozen=True)
class Recommended:
    """One of each state, one that is held closely, and two that are the same."""

    draft: str
    checked: str
    proposed: str
    refused: str
    accepted: str
    done: str
    adequate: str
    closely: str
    again: str
    board: str
    agency: str

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within recommendations."""
        if name in ("body", "caseload"):
            return {"partnership": {"reference": self.board}}
        if name == "agency":
            return {"partnership": {"reference": self.agency}}
        more = {"same": {"other": self.draft}, "apart": {"other": self.again}}.get(name, {})
        more = {"point": Point.CHANGE.value} if name == "check" else more
        row = getattr(self, _STATE.get(name, "accepted"))
        return {
            "partnership": {"reference": row, **more},
            "restricted": {"reference": self.closely, **more},
        }


_STATE = {
    **dict.fromkeys(("send", "amend", "withdraw"), "draft"),
    **dict.fromkeys(("check", "put", "back"), "checked"),
    **dict.fromkeys(("accept", "refuse"), "proposed"),
    "again": "refused",
    **dict.fromkeys(("adequate", "inadequate"), "done"),
    **dict.fromkeys(("close", "reopen"), "adequate"),
}
CAME = Came(title="Old review (Invented)", number="1")


def drafted(house: House, title: str, came: Came = CAME, **more: Any) -> Recommendation:
    return operations.draft(
        LOADER, partnership=house.here, wording=Wording(title=title, **more), came=came
    )


def taken_over(house: House, title: str, **more: Any) -> Recommendation:
    board = Body.objects.select_related("record", "partnership").get(pk=house.board.pk)
    return operations.take_over(
        LOADER,
        partnership=house.here,
        wording=Wording(title=title, **more),
        came=CAME,
        before=Before(set_by=board, source="Minutes (Invented)"),
    )


def checked(house: House, title: str) -> Recommendation:
    row = drafted(house, title)
    operations.send(LOADER, recommendation=row, to=house.board)
    for point in Point:
        operations.check(LOADER, recommendation=row, point=point, answer=False, reason="Seen")
    return row


def proposed(house: House, title: str) -> Recommendation:
    row = checked(house, title)
    return operations.put(LOADER, recommendation=row, before=house.board)


def done(house: House, title: str) -> Recommendation:
    row = taken_over(house, title)
    return operations.say_done(
        LOADER, recommendation=row, done="Agreed", statement="The protocol", place="Page 3"
    )


def recommended(house: House, agency: Agency) -> Recommended:
    post = Post.objects.get(partnership=house.here, key=house.health.seat.key)
    accepted = taken_over(house, "Tell the next borough", agency=agency, owner=post)
    same = drafted(house, "Tell the next borough at once")
    operations.say_same(LOADER, recommendation=accepted, other=same)
    refused, adequate = proposed(house, "Move the office"), done(house, "Name a worker")
    operations.refuse(LOADER, recommendation=refused, reasons="It is there")
    operations.accept_as_adequate(LOADER, recommendation=adequate, reason="It holds")
    operations.set_caseload(LOADER, body=house.board, at_least=2, reason="Agreed")
    closely = Came(title="Heron (Invented)", sensitivity=Sensitivity.RESTRICTED)
    rows = {
        "draft": drafted(house, "Hear the child alone"),
        "checked": checked(house, "Ask the surgery"),
        "proposed": proposed(house, "Read one list"),
        "refused": refused,
        "accepted": accepted,
        "done": done(house, "Name a deputy"),
        "adequate": adequate,
        "closely": drafted(house, "What Heron showed", closely),
        "again": same,
    }
    return Recommended(
        **{name: row.record.reference for name, row in rows.items()},
        board=house.board.record.reference,
        agency=agency.record.reference,
    )
