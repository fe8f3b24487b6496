"""A partnership in which every kind of page has something to show, and one thing is restricted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from concordat.craft import pdf, word
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.reports.operations import templating
from concordat.domain.base.actions import operations as actions
from concordat.domain.base.actions.models import Action
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency, Area, Partnership
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Comment, Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Arrangements, Delegation, Promise
from concordat.domain.governance.arrangements.rules.text import Extent
from concordat.domain.governance.policies import operations as policies
from tests.operations.mail.cast import DAY, LOADER, House
from tests.pages.children.furniture import Sheltered, sheltered
from tests.pages.chronologies.furniture import Told
from tests.pages.chronologies.furniture import told as chronicled
from tests.pages.diaries.furniture import Furniture, furniture
from tests.pages.finance.furniture import Spent, spent
from tests.pages.meetings.furniture import Convened, convened
from tests.pages.programme.furniture import Programmed, programmed
from tests.pages.recommendations.furniture import Recommended, recommended
from tests.pages.requests.furniture import Requested, requested
from tests.pages.reviews.desk.furniture import Reviewed, reviewed
from tests.pages.reviews.incident_furniture import Incidents, happened
from tests.pages.reviews.learning_furniture import Learnt, learnt
from tests.pages.risks.furniture import Registry, registry


@dataclass(frozen=True)
class Furnished:
    """One of each thing. `cases` says what stands in an address, by what the row shows."""

    house: House
    agency: Agency
    risk: Record
    restricted: Record
    document: Document
    note: Document
    clock: Clock
    comment: Comment
    report: Document
    action: Action
    closely: Action
    closed: Action
    version: Arrangements
    promise: Record
    delegation: Record
    policy: Record
    logo: str
    diaries: Furniture
    convened: Convened
    registry: Registry
    spent: Spent
    programmed: Programmed
    recommended: Recommended
    incidents: Incidents
    reviewed: Reviewed
    sheltered: Sheltered
    told: Told
    requested: Requested
    learnt: Learnt

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route: of a thing open here, and of a closed one."""
        house, space = self.house, name.partition(":")[0]
        home = {"slug": "here"}
        if name == "public:document":
            served, closed = self.report.record.reference, self.note.record.reference
            return {"partnership": home | {"reference": served},
                    "restricted": home | {"reference": closed}}  # fmt: skip
        if name in _OF_RECORDS:
            return _both(self.risk.reference, self.restricted.reference)
        if found := self._of_governance(space, name) or self._of_practice(space, name):
            return found
        if space == "actions" and name not in _NOT_OF_ONE:
            return self._of_actions(name.partition(":")[2])
        if space == "recommendations" and name not in _NOT_OF_ONE:
            return self.recommended.cases(name.partition(":")[2])
        if space == "documents":
            more = {"number": 1} if name == "documents:file" else {}
            more = {"seat": house.health.seat.record.reference} if name.endswith(":sign") else more
            more = {"way": "word"} if name.endswith(":matrix") else more
            more = {"comment": self.comment.pk} if name.endswith(":answer") else more
            return _both(self.document.record.reference, self.note.record.reference, **more)
        if space == "diaries" and (found := self.diaries.case(name.split(":")[1])):
            return {"partnership": found}
        if space == "clocks" and name.split(":")[1] in _OF_CLOCKS:
            return {"partnership": {"pk": self.clock.pk}}
        return self._further(name, home)

    def _of_governance(self, space: str, name: str) -> dict[str, dict[str, Any]]:
        last = name.partition(":")[2]
        if space == "finance" and (found := self.spent.case(last)):
            return {"partnership": found}
        if space == "meetings":
            return self.convened.cases(last)
        if space == "risks" and last not in ("registers", "new_register"):
            return self.registry.cases(last)
        if space in ("measures", "programme"):
            return {"partnership": self.programmed.case(name)}
        return {}

    def _of_practice(self, space: str, name: str) -> dict[str, dict[str, Any]]:
        last = name.partition(":")[2]
        if name in ("public:review", "public:review_pdf"):
            return {"partnership": {"slug": "here", "reference": self.reviewed.public}}
        if space in ("children", "chronologies") and name not in _NOT_OF_ONE:
            kept = {"children": self.sheltered, "chronologies": self.told}[space]
            return {"partnership": kept.case(last)}
        if space == "requests" and name not in _NOT_OF_ONE:
            return self.requested.cases(last)
        if space == "reviews":
            of_incidents = last.startswith("incident")
            return self.incidents.cases(last) if of_incidents else self.learnt.cases(last)
        return self.reviewed.cases(last) if space == "desk" else {}

    def _further(self, name: str, home: dict[str, str]) -> dict[str, dict[str, Any]]:
        """Pages of a person, of the arrangements and their promises, and of rows by their key."""
        space, _, last = name.partition(":")
        if name == "people:put_aside":
            return {"": {"step": "help"}}
        if name == "people:drop_draft":
            return {"": {"draft": 1}}
        if space == "arrangements" and last in _OF_TEXT:
            more = _OF_TEXT[last]
            return {"partnership": {"reference": self.version.record.reference, **more}}
        if name in ("arrangements:delegation", "arrangements:end_delegation"):
            return {"partnership": {"reference": self.delegation.reference}}
        if name in _OF_PROMISES:
            return {"partnership": {"reference": self.promise.reference}}
        if name == "agencies:logo":
            return {"partnership": home | {"digest": self.logo}}
        if name in _OF_ROWS:
            return {"partnership": home | _OF_ROWS[name]}
        if reference := self._reference(name):
            return {"partnership": {"reference": reference}}
        return {"partnership": home}

    def _of_actions(self, name: str) -> dict[str, dict[str, Any]]:
        if name in ("name_contact", "round", "round_workbook", "take_in"):
            return {"partnership": {"reference": self.agency.record.reference}}
        waits = name in ("accept", "inadequate")
        row = self.closed if waits else self.action
        return _both(row.record.reference, self.closely.record.reference)

    def _reference(self, name: str) -> str:
        last = name.rpartition(":")[2]
        if name.startswith("policies:") and last not in ("policies", "draft"):
            return self.policy.reference
        if name.startswith("agencies:") and last in ("agency", "change_agency"):
            return self.agency.record.reference
        if last in ("body", "change_body", "move_body", "rename_body", "terms", "new_seat"):
            return self.house.board.record.reference
        if last in ("seat", "change_seat", "appoint", "vacate"):
            return self.house.health.seat.record.reference
        if last in _OF_PEOPLE:
            return self.house.health.person.record.reference
        return ""


_OF_RECORDS = frozenset(
    f"records:{name}" for name in ("record", "history", "access", "ask", "give", "place_hold")
) | {"documents:on", "documents:add", "mail:links", "mail:invite", "clocks:start", "actions:on",
    "meetings:new_letter", "meetings:draft_letter", "recommendations:on",
    "chronologies:on", "requests:on"}  # fmt: skip
_OF_PEOPLE = frozenset(
    ("person", "joining", "take_post", "moving", "leaving", "as_named", "invite", "settle")
)
_NOT_OF_ONE = (
    frozenset(
        f"actions:{name}"
        for name in ("actions", "workbook", "add", "agencies", "together", "contacts", "on")
    )
    | {
        f"recommendations:{name}"
        for name in (
            "recommendations",
            "draft",
            "take_over",
            "before",
            "bodies",
            "on",
            "workbook",
            "bring",
            "empty_sheet",
        )
    }
    | {f"children:{name}" for name in ("children", "keep", "areas")}
    | {f"requests:{name}" for name in ("asked", "received", "chaser", "library", "draft", "on")}
)
_OF_CLOCKS = frozenset(
    ("clock", "restart", "meet", "explain", "pause", "resume", "rule_out", "reopen", "give")
)
_OF_TEXT: dict[str, dict[str, Any]] = {
    **{
        f"text{name}": {}
        for name in (
            "", "_begin", "_checklist", "_editions", "_freeze", "_agreement", "_ask", "_agree",
            "_publish", "_in_force", "_comments", "_consult", "_close", "_follow", "_sent", "_send",
        )
    },
    "text_write": {"section": "area"},
    "text_wordings": {"section": "area"},
    "text_file": {"form": "md"},
    "text_place": {"item": "ARR-P1"},
    "text_take_away": {"placement": 1},
    "text_receipt": {"sending": 1},
    "edition": {"number": 1},
    "edition_file": {"number": 1, "form": "md"},
}  # fmt: skip
_OF_PROMISES = frozenset(
    f"arrangements:{verb}promise" for verb in ("", "keep_", "renew_", "release_")
)
_OF_ROWS: dict[str, dict[str, Any]] = {
    "arrangements:answer": {"key": "who-pays"},
    "arrangements:step": {"name": "agencies"},
    "arrangements:new_row": {"kind": "matters"},
    "arrangements:amend_row": {"kind": "matters", "key": "budget"},
    "seats:identify": {"key": "ada"},
    "seats:separate": {"key": "ada"},
    "arrangements:look": {"area": "heath"},
    "arrangements:go_live": {"area": "heath"},
    "arrangements:waive": {"area": "heath", "point": "policies"},
    "arrangements:handover": {"item": "TR-HANDOVER-1"},
    "arrangements:hand_over": {"item": "TR-HANDOVER-1", "verb": "assign"},
    "agencies:door": {"key": "front-door"},
    "agencies:end_door": {"key": "front-door"},
    "agencies:note": {"topic": "contact"},
    "clocks:rule": {"rule": "SIN-CRIT", "version": 1},
    "clocks:verify": {"rule": "SIN-CRIT", "version": 1},
    "exchange:export": {"way": "yaml"},
    "reports:report": {"name": "board-update"},
    "reports:file": {"name": "board-update", "form": "md"},
    "reports:rows": {"name": "board-update", "of": "bodies:executive"},
    "reports:differences": {"name": "board-update"},
    "reports:put_into": {"name": "board-update"},
    "reports:write": {"name": "board-update", "section": "components"},
    "reports:publish": {"name": "board-update"},
    "reports:template": {"name": "board-update"},
    "reports:starter": {"name": "board-update"},
    "reports:leave_template": {"name": "board-update"},
    "reports:own": {"name": "board-update"},
    "reports:wordings": {"name": "board-update", "section": "summary"},
}


def _both(open_: str, closed: str, **more: Any) -> dict[str, dict[str, Any]]:
    return {
        "partnership": {"reference": open_, **more},
        "restricted": {"reference": closed, **more},
    }


def furnished(house: House) -> Furnished:
    """Built by real operations, with the practice date pinned to the day of the building."""
    mark_world(LOADER, name="test", practice_date=DAY)
    agency = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key="health",
        values={"name": "Heath Clinical Commissioning Group", "agency_class": "health"},
    )
    assert isinstance(agency, Agency)
    delegation = _powers(house, agency)
    seats.set_down(
        LOADER, partnership=house.here, kind="people", key="ada", values={"name": "Ada Finch"}
    )
    risk, restricted = house.risk(), house.restricted()
    clock = clocks.start(
        LOADER,
        record=risk,
        rule="SIN-CRIT",
        started_by="The council heard of the incident",
        on=DAY,
        holder=house.health.seat,
    )
    _template(house)
    draft = _paper(house, "Draft arrangements")
    children = sheltered(house, draft)
    incidents = happened(house, agency)
    return Furnished(
        house,
        agency,
        risk,
        restricted,
        draft,
        _paper(house, "Note on Heron", about=restricted),
        clock,
        _said(house, draft),
        _told_to_all(house),
        version=_version(house),
        promise=_promise(house),
        delegation=delegation,
        policy=_policy(house, agency),
        logo=_logo(house),
        convened=convened(house, agency),
        spent=spent(house, agency),
        programmed=programmed(house),
        recommended=recommended(house, agency),
        incidents=incidents,
        reviewed=reviewed(house, agency),
        sheltered=children,
        told=chronicled(house, agency, _police(house), children),
        requested=requested(house, risk, restricted),
        learnt=learnt(house, incidents.notified),
        **_actions(house, agency, risk, restricted),
        diaries=furniture(house),
        registry=registry(house),
    )


def _police(house: House) -> Agency:
    row = agencies.set_down(
        LOADER, partnership=house.here, kind="agencies", key="police",
        values={"name": "Heath Police", "agency_class": "police"},
    )  # fmt: skip
    assert isinstance(row, Agency)
    return row


def _template(house: House) -> None:
    """A board update has a Word template of the partnership's own."""
    home = Partnership.objects.select_related("record").get(pk=house.here.pk)
    page = Page(title="{{ title }}", blocks=(Paragraph("{{ as_at }}"),))
    templating.set_template(
        LOADER, partnership=home, report="board-update", file=Upload("a.docx", word.write(page))
    )


def _logo(house: House) -> str:
    home = Partnership.objects.select_related("record").get(pk=house.here.pk)
    made = BytesIO()
    Image.new("RGB", (60, 24), "#12436d").save(made, "PNG")
    dressed = agencies.dress(LOADER, partnership=home, accent=home.accent, logo=made.getvalue())
    return dressed.logo_digest


def _policy(house: House, agency: Agency) -> Record:
    """A policy in force, which an agency is asked to acknowledge."""
    facts = {"type": "Protocol", "public": True}
    policy = policies.draft(LOADER, partnership=house.here, title="Escalation", facts=facts)
    page = Page(title="Escalation", blocks=(Paragraph("Invented."),))
    text = policies.hang_text(LOADER, policy=policy, file=Upload("text.pdf", pdf.write(page)))
    policies.approve(
        LOADER,
        policy=policy,
        body=house.board,
        decided_on=DAY,
        digest=text.versions.get().digest,
    )
    policies.bring_into_force(LOADER, policy=policy, from_day=DAY)
    seat = house.member.seat
    seats.set_down(
        LOADER,
        partnership=house.here,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": house.board, "agency": agency},
    )
    policies.ask_agencies(LOADER, policy=policy, agencies=[agency])
    return policy.record


def _said(house: House, draft: Document) -> Comment:
    """The draft goes out for comment, and a member has commented."""
    seats = [house.health.seat, house.member.seat]
    row = documents.open_for_comment(LOADER, document=draft, seats=seats, closes=DAY)
    return documents.comment(
        house.member.actor,
        round=row,
        seat=house.member.seat,
        digest=draft.versions.get().digest,
        place="4.2",
        text="Say who pays",
    )


def _told_to_all(house: House) -> Document:
    """An area with its old board and a number to call, its check list, and a report served."""
    area = agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="heath", values={"name": "Heath"}
    )
    door = {"name": "Front door", "phone": "020 7946 0000", "area": area}
    agencies.set_down(
        LOADER, partnership=house.here, kind="front_doors", key="front-door", values=door
    )
    seats.propose(LOADER, partnership=house.here, name="Board", state=Standing.IN_FORCE,
                  from_day=None, values={"kind": "old board"})  # fmt: skip
    home = Partnership.objects.select_related("record").get(pk=house.here.pk)
    assert isinstance(area, Area)
    arrangements.recheck(LOADER, partnership=home, area=area)
    report = _paper(house, "Yearly report")
    version = Record.objects.get(pk=report.pk).version
    documents.publish(LOADER, document=report, seen_version=version)
    return report


def _actions(house: House, agency: Agency, risk: Record, restricted: Record) -> dict[str, Action]:
    """One that is open and owed by an agency, one held closely, one that waits for acceptance."""
    told: dict[str, Any] = {"set_by": house.board, "due": DAY + timedelta(days=28)}
    member = house.member.seat
    closed = actions.add(LOADER, source=risk, what="Ask the schools", owner=member, **told)
    actions.close(house.member.actor, action=closed, done="Three answered.")
    return {
        "action": actions.add(LOADER, source=risk, what="Agree a word", owner=agency, **told),
        "closely": actions.add(
            LOADER, source=restricted, what="See the family", owner=house.chair.seat, **told
        ),
        "closed": closed,
    }


def _version(house: House) -> Arrangements:
    """A draft with a passage, a placement and one edition."""
    values = {"title": "The Arrangements", "state": "in preparation"}
    row = arrangements.set_down(
        LOADER, partnership=house.here, kind="arrangements", key="first", values=values
    )
    assert isinstance(row, Arrangements)
    arrangements.begin_draft(LOADER, arrangements=row)
    arrangements.write(LOADER, arrangements=row, section="area", text="One place.")
    arrangements.place(LOADER, arrangements=row, item="ARR-P1", section="area", extent=Extent.FULLY)
    arrangements.freeze(LOADER, arrangements=row)
    return row


def _promise(house: House) -> Record:
    values = {"promise": "One area", "lasts": "two years"}
    row = arrangements.set_down(
        LOADER, partnership=house.here, kind="promises", key="single", values=values
    )
    assert isinstance(row, Promise)
    return row.record


def _powers(house: House, agency: Agency) -> Record:
    rows: dict[str, tuple[str, dict[str, Any]]] = {
        "budget": ("matters", {"title": "The budget"}),
        "health": ("delegations", {"agency": agency, "seat": house.health.seat}),
        "who-pays": ("questions", {"question": "Which agencies pay?"}),
    }
    for key, (kind, values) in rows.items():
        arrangements.set_down(LOADER, partnership=house.here, kind=kind, key=key, values=values)
    return Delegation.objects.get(partnership=house.here, key="health").record


def _paper(house: House, title: str, about: Record | None = None) -> Document:
    page = Page(title=title, blocks=(Paragraph("Invented."),))
    return documents.add(
        LOADER,
        partnership=house.here,
        title=title,
        file=Upload("paper.pdf", pdf.write(page)),
        about=about,
    )
