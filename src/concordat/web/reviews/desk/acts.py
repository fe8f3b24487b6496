"""What may be done with a review and with what stands beneath it: one table, from which the
addresses, the pages and the links to them are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse

from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import Review
from concordat.domain.practice.reviews.rules.desk import LISTS, REVIEW_STATES, List, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.verdict import Verdict, no, yes
from concordat.web.reviews.desk import doing, forms, previews
from concordat.web.reviews.desk.doing import Do, More
from concordat.web.reviews.desk.instead import InsteadForm
from concordat.web.reviews.joint_forms import PutForm
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import ActForm, PageForm, ReasonForm
from concordat.web.ui.sending import act_page


class Act(NamedTuple):
    """One thing that may be done: its address, the row that it is done to (empty: the review),
    its form, what it does, its words, the page that shows it, and the state move it makes.
    `more` are what the form is made with besides what was sent; with a template of its own the
    page shows the report as everybody will read it."""

    slug: str
    row: str
    form: type[PageForm]
    do: Do
    link: str
    button: str
    done: str
    page: str
    explain: str = ""
    more: More = doing.nothing
    move: str = ""
    template: str = "act.html"


def _add(noun: str) -> str:
    return f"Add {'an' if noun[0] in 'aeiou' else 'a'} {noun}"


_F = forms
ACTS: tuple[Act, ...] = (
    Act("terms/write", "", _F.TermsForm, doing.write_terms, "Write the terms", "Save the terms",
        "The terms are saved.", "terms", "Agreed terms are never written over: this is a new "
        "version of them.", doing.terms_now),
    Act("terms/agree", "", _F.AgreeForm, doing.agree, "Record who agreed to them",
        "Record the agreement", "The terms are agreed. They stay as they are.", "terms",
        more=doing.body_choices, move="agree"),
    Act("rename", "", _F.TitleForm, doing.plain("retitle"), "Give it another label",
        "Save the label",
        "It has another label.", "review",
        more=lambda a, r, it: {"initial": {"title": r.record.title}}),
    Act("child", "", _F.ChildForm, doing.name_child, "Name another child", "Name the child",
        "The child is named, by label.", "review", more=doing.child_choices),
    Act("share", "", _F.ShareForm, doing.share_with, "Let another partnership take part",
        "Let it take part", "It takes part from today.", "people", more=doing.other_choices),
    Act("stop", "", _F.StopForm, doing.stop, "Stop the review", "Stop the review",
        "The review is stopped. Its clocks do not apply any more.", "review",
        "Nothing is published. What is on file stays.", doing.body_choices, move="stop"),
    Act("people/ask", "", _F.MemberForm, doing.ask_member, "Ask somebody to take part", "Ask them",
        "They are asked. Check their interests next.", "people",
        "They see nothing until their interests are checked and they are let in.",
        doing.member_choices),
    Act("interests", "member", _F.InterestsForm, doing.check_interests, "Check their interests",
        "Record the check", "The check is on file.", "people"),
    Act("let-in", "member", _F.LetInForm, doing.plain("let_in", "member"), "Let them in",
        "Let them in", "They are let in.", "people",
        "The review and what hangs on it open to them on these days and on no other."),
    Act("end", "member", _F.EndForm, doing.plain("end_member", "member"), "End their part",
        "End their part", "Their part has ended. They see nothing of it after that day.", "people"),
    Act("fee", "member", _F.FeeForm, doing.plain("agree_fee", "member"), "Agree a stage of the fee",
        "Save the stage", "The stage is on file.", "people"),
    Act("invoice", "fee", _F.InvoiceForm, doing.plain("invoice_fee", "fee"), "Record the invoice",
        "Record the invoice", "The invoice is on file.", "people"),
    Act("approve", "fee", ActForm, doing.plain("approve_fee", "fee"), "Approve it", "Approve it",
        "It is approved.", "people", "Whoever is paid never approves it."),
    Act("agencies/ask", "", _F.ReportForm, doing.ask_report, "Ask an agency for its report",
        "Ask the agency", "The agency is asked.", "agencies",
        "The seat that signs sees its own report and nothing else of the review.",
        doing.report_choices),
    Act("brief", "report", _F.BriefForm, doing.plain("brief", "report"), "Record the briefing",
        "Record the briefing", "The briefing is on file.", "report"),
    Act("hand-in", "report", _F.HandInForm, doing.filed("hand_in", "report"), "Hand in the report",
        "Hand it in", "The report is in. Its quality is checked next.", "report",
        "A newer version voids the check and the signature."),
    Act("judge", "report", _F.JudgeForm, doing.judge, "Check its quality", "Save the check",
        "The check is on file.", "report"),
    Act("sign", "report", _F.SignReportForm, doing.plain("sign_report", "report"), "Sign it off",
        "Sign it off", "It is signed off, this very file.", "report",
        "You sign the file as it stands now. A newer version voids your signature.",
        doing.version_now),
    Act("proceedings/add", "", _F.ProceedingForm, doing.begin_beside,
        "Record what runs beside it",
        "Record it", "It is on file.", "proceedings",
        "It may stop publication. It never stops the clock."),
    Act("ended", "proceeding", _F.HowForm, doing.plain("end_proceeding", "proceeding"),
        "Record how it ended", "Record how it ended", "It has ended. What it stopped is free.",
        "proceedings"),
    Act("delay", "", _F.DelayForm, doing.plain("explain_delay"), "Explain the delay",
        "Save the explanation", "The explanation is on file. The day does not move.",
        "proceedings"),
    Act("lines/add", "", _F.LineForm, doing.plain("add_line"), "Add a line of enquiry",
        "Add the line",
        "The line of enquiry is added.", "findings"),
    Act("conclude", "line", _F.ConcludeForm, doing.plain("conclude", "line"), "Conclude it",
        "Save the conclusion", "The conclusion is on file.", "findings",
        "A conclusion points at what it rests on: add that first.",
        lambda a, r, it: {"initial": {"conclusion": it.conclusion}}),
    Act("set-aside", "line", ReasonForm, doing.plain("set_line_aside", "line"), "Set it aside",
        "Set it aside", "The line is set aside, with your reason.", "findings",
        "It is kept, and not followed any more."),
    Act("point", "line", _F.PointForm, doing.point_from("line"), "Point it at evidence",
        "Point at it",
        "The evidence is on file.", "findings"),
    Act("findings/add", "", _F.NewFindingForm, doing.add_finding, "Set down a finding",
        "Save the finding",
        "The finding is on file.", "findings", more=doing.line_choices),
    Act("amend", "finding", _F.FindingForm, doing.plain("amend_finding", "finding"), "Say it anew",
        "Save the finding", "The finding is said anew.", "findings", more=doing.finding_now),
    Act("rests", "finding", _F.PointForm, doing.point_from("finding"), "Point it at evidence",
        "Point at it", "The evidence is on file.", "findings"),
    Act("recommend", "finding", _F.RecommendForm, doing.plain("recommend", "finding"),
        "Recommend something", "Draft the recommendation",
        "It is drafted, and goes the way of every recommendation.", "findings"),
    Act("draft", "", _F.DraftForm, doing.filed("put_draft"), "Put a draft on file",
        "Put it on file",
        "The draft is on file, and was looked through for names.", "drafts",
        "In clearance a newer version voids every signature."),
    Act("instead", "", InsteadForm, doing.filed("publish_improvements_instead"),
        "Publish the improvements instead", "Keep the report back",
        "The report is kept back. What tells of the improvements goes into clearance.", "drafts",
        "Where it is not appropriate to publish the report, the improvements are published. They "
        "go the same way: cleared, checked and looked through for names."),
    Act("after-all", "", ReasonForm, doing.plain("publish_report_after_all"),
        "Publish the report after all", "Take up the report again",
        "The report goes into clearance itself.", "drafts"),
    Act("send", "", ActForm, doing.plain("send_to_clearance"), "Send it into clearance",
        "Send it into clearance", "It is in clearance. The first step is asked.", "clearance",
        "Every comment is answered, every agency’s report is signed.", move="send"),
    Act("back", "", ReasonForm, doing.plain("take_back"), "Take it back out of clearance",
        "Take it back", "It is out of clearance.", "drafts", move="take back"),
    Act("clearance/ask", "", _F.SeatForm, doing.ask_seat, "Ask a seat to clear a step",
        "Ask the seat",
        "The seat is asked once its turn comes.", "clearance",
        "The seat sees the report and nothing else of the review.", doing.seat_choices("seats")),
    Act("clear", "clearing", _F.ClearForm, doing.plain("clear", "clearing"), "Sign this step",
        "Sign this step", "Signed, this very file.", "part",
        "You sign the file as it stands now. A newer version voids your signature.",
        doing.text_now),
    Act("planned", "", _F.PlanForm, doing.plain("plan_publication"), "Plan the day of publication",
        "Plan the day", "The day is planned, and the day for advance copies is counted back "
        "from it.", "clearance",
        more=lambda a, r, it: {"initial": {"on": r.planned_on}}),
    Act("copies/send", "", _F.CopyForm, doing.send_copy, "Record an advance copy",
        "Record the copy",
        "The copy is on file.", "clearance"),
    Act("checks/ask", "", _F.CheckersForm, doing.ask_checkers, "Ask two people to check it",
        "Ask them",
        "They are asked. Neither sees the other’s answer before both are in.", "clearance",
        "Two seats, and neither of whoever wrote it.", doing.seat_choices("first", "second")),
    Act("check", "check", _F.CheckForm, doing.give_check, "Check what it discloses",
        "Give my check",
        "Your check is in.", "part", "Nobody sees your answer before the other one is in.",
        template="reviews/desk/check.html"),
    Act("scan", "", ActForm, doing.plain("scan_report"), "Look through it for names",
        "Look through it", "The report was looked through.", "clearance",
        "The Word file, the page and the PDF, in text, notes, comments and properties."),
    Act("aside", "leak", _F.AsideForm, doing.plain("set_aside", "leak"), "Set it aside",
        "Set it aside", "It is set aside, with your reason.", "clearance"),
    Act("elsewhere", "", _F.ElsewhereForm, doing.ask_elsewhere,
        "Ask another partnership to join",
        "Ask the partnership", "The partnership is asked.", "publication", "",
        doing.elsewhere_choices),
    Act("answer", "agreement", _F.AnswerForm, doing.answer, "Answer for your partnership",
        "Send the answer", "Your answer is on file.", "part",
        "You agree to the report as it stands now. A newer version voids your agreement.",
        doing.text_now),
    Act("publish", "", _F.PublishForm, doing.plain("publish"), "Publish it", "Publish it",
        "It is published, and stays public for a year at least.", "publication",
        "It is looked through once more. A name left in it stops everything.", move="publish"),
    Act("publish-there", "agreement", ActForm, doing.plain("publish_there", "agreement"),
        "Publish it there", "Publish it there", "It is published there.", "publication"),
    Act("down", "published", _F.DownForm, doing.plain("take_down", "published"), "Take it down",
        "Take it down", "It is taken down. What stands in its place is public.", "publication"),
    Act("group", "", PutForm, doing.plain("put_review_before_group"), "Put it before the group",
        "Put it before the group", "It is on the caseload of the group.", "learning",
        "The group that serves your partnership has it on its caseload. It reads who leads the "
        "review and how far it has come, and nothing else of it."),
    Act("events/add", "", _F.EventForm, doing.plain("plan_event"), "Plan a joint event",
        "Plan the event", "The event is planned.", "learning"),
    Act("came", "event", _F.AttendanceForm, doing.tell_attendance, "Tell who came", "Save who came",
        "Who came is on file.", "learning", more=doing.partner_choices),
    Act("follow", "event", _F.FollowForm, doing.set_follow_up, "Set what a borough does", "Set it",
        "It is set.", "learning", more=doing.follow_choices),
    Act("did", "follow_up", _F.DoneForm, doing.plain("do_follow_up", "follow_up"),
        "Say that it is done",
        "Say that it is done", "It is done.", "part"),
    Act("outcome", "entry", _F.OutcomeForm, doing.filed("tell_outcome", "entry"),
        "Tell what came of it",
        "Save what came of it", "It is on file.", "entry", more=doing.kind_of),
    Act("moved", "entry", _F.MoveForm, doing.plain("plan_anew", "entry"), "Plan it anew",
        "Save the plan", "It is planned anew.", "entry",
        more=lambda a, r, it: {"kind": it.list_is,
                               "initial": {"planned": it.planned, "who": it.who}}),
    *(
        Act(f"{kind.value}/add", "", _F.EntryForm, doing.add_entry(kind),
            _add(LISTS[kind].noun),
            "Add it", "It is added.", kind.value, more=doing.entry_choices(kind))
        for kind in List
    ),
)  # fmt: skip

PAGE_OF = {
    List.STAGE: "method", List.PAPER: "agencies", List.PRACTITIONER: "voices",
    List.FAMILY: "voices", List.CHECKPOINT: "method", List.PRODUCT: "learning",
}  # fmt: skip
OF_THE_LEAD = ("stop", "group", "instead", "after-all")
"""What nobody does who was let in to work on a review."""
_BY_REFERENCE = ("report", "clearing", "check", "agreement", "follow_up", "published", "event")
"""Rows that a seat may reach without opening the review."""


def found(request: Request, act: Act, reference: str, pk: int) -> tuple[Review, Any]:
    """The review and the row that an act is about, as far as the actor reaches them."""
    actor = request.actor
    if act.row in _BY_REFERENCE:
        row = getattr(queries, act.row)(actor, reference, pk)
        review = (row.event if act.row == "follow_up" else row).review
        _may(actor, act, review, row).require()
        return review, row
    review = queries.review(actor, reference)
    row = getattr(queries, act.row)(actor, review, pk) if act.row else None
    if not queries.may_change(actor, review):
        raise Refused("Whoever works on this review does this.")
    if act.slug in OF_THE_LEAD and not queries.leads(actor, review):
        raise Refused("Whoever leads this review does this.")
    if act.move:
        REVIEW_STATES.verdict(review.stage_is, act.move).require()
    return review, row


_FOR_THE_SEAT = ("sign", "clear", "check", "answer")
_FOR_THE_DESK = ("judge", "publish-there")


def _may(actor: Actor, act: Act, review: Review, row: Any) -> Verdict:
    """Whether an act is this actor's, of those that a seat may reach without the review."""
    if act.slug == "down":
        return queries.may_be_taken_down(actor, row)
    if act.row == "event":
        told = "Whoever runs the review does this, or a borough that takes part."
        return yes() if queries.boroughs(actor, review) else no(told)
    seat = row.owner_id if act.row == "follow_up" else row.seat_id
    holds = seat in {each.seat for each in actor.seats}
    works = queries.may_change(actor, review)
    if act.slug in _FOR_THE_SEAT:
        return yes() if holds else no("This is for the seat that was asked.")
    if works or (holds and act.slug not in _FOR_THE_DESK):
        return yes()
    return no("Whoever works on this review does this.")


def view_of(act: Act) -> Callable[..., HttpResponse]:
    """The page of one act."""

    def page(request: Request, reference: str, pk: int = 0) -> HttpResponse:
        review, row = found(request, act, reference, pk)
        form = act.form(
            request.POST or None,
            *([request.FILES or None] if _takes_file(act) else []),
            seen_version=review.record.version,
            **act.more(request.actor, review, row),
        )
        at = _back(request.actor, act, review, row)
        return act_page(
            request, form, lambda: act.do(request.actor, review, row, form.answers(), form.seen),
            words=act.done, to=at, record=review.record, heading=act.link, explain=act.explain,
            rows=facts(review, row), button=act.button, back_href=reverse(at[0], args=at[1:]),
            template=act.template,
            **(previews.shown(request.actor, review) if act.template != "act.html" else {}),
        )  # fmt: skip

    return page


def _takes_file(act: Act) -> bool:
    return "file" in act.form.base_fields


def facts(review: Review, row: Any) -> list[tuple[str, object]]:
    """What a form shows of what it is about."""
    told: list[tuple[str, object]] = [("Review", review.record.reference)]
    for label, path in _SHOWN:
        value: Any = row
        for name in path.split("."):
            value = getattr(value, name, None)
        if isinstance(value, str) and value:
            told.append((label, value))
    return told


_SHOWN = (
    ("Step", "step_is.heading"), ("You say by it", "step_is.wording"), ("Who", "name"),
    ("What", "what"), ("Question", "question"), ("In one line", "title"), ("Found", "told"),
    ("Partnership", "partnership.title"), ("Agency", "agency.name"),
)  # fmt: skip


def _back(actor: Actor, act: Act, review: Review, row: Any) -> tuple[str, ...]:
    """The page that shows what was done; for a seat that sees its own part alone, that part."""
    reference = review.record.reference
    if act.row in _BY_REFERENCE and not queries.opens(actor, review):
        own = queries.part_of(actor, review)
        return ("desk:review", own.record.reference) if own else ("home",)
    if act.page == "report" and row is not None:
        return ("desk:report", reference, str(row.pk))
    if act.page == "part":
        return (f"desk:{_PART_PAGE[act.row]}", reference)
    kind = row.list_is.value if act.row == "entry" else act.page
    page = PAGE_OF[List(kind)] if kind in set(List) else act.page
    return (f"desk:{page}", reference)


_PART_PAGE = {
    "clearing": "clearance",
    "check": "clearance",
    "agreement": "publication",
    "follow_up": "learning",
}


def acts_on(page: str, review: Review) -> list[Act]:
    """What may be done to a review from one of its pages, as it stands."""
    return [
        act
        for act in ACTS
        if not act.row
        and act.page == page
        and (not act.move or _may_move(review, act.move))
        and _has_its_time(review, act)
    ]


_OF_A_DRAFT = frozenset({"send", "scan"})
_OF_PLACE = frozenset({"instead", "after-all"})
_IN_CLEARANCE = frozenset({"copies/send", "checks/ask"})


def _has_its_time(review: Review, act: Act) -> bool:
    """Whether what the act is done to is there yet: a draft, or a report in clearance."""
    if act.slug in _IN_CLEARANCE:
        return review.stage_is is Stage.CLEARANCE
    if act.slug in _OF_PLACE:
        kept_back = review.instead_on is not None
        under_way = review.stage_is is Stage.UNDER_WAY and review.draft_id is not None
        return under_way and (act.slug == "after-all") == kept_back
    return act.slug not in _OF_A_DRAFT or review.draft_id is not None


def _may_move(review: Review, move: str) -> bool:
    return bool(REVIEW_STATES.verdict(review.stage_is, move))
