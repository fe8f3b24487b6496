"""What may be done with an incident: one table, from which addresses, pages and links are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.requests import queries as requests
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.practice.reviews import operations, queries, rules
from concordat.domain.practice.reviews.operations import Decided
from concordat.domain.practice.reviews.queries import Incident, IncidentPlace
from concordat.domain.practice.reviews.rules import INCIDENT_STATES, Outcome, Part, Stage, life
from concordat.domain.practice.reviews.rules.life import REVIEWED
from concordat.domain.practice.reviews.rules.outcomes import offered as outcomes_offered
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, RAPID_REVIEW, questions
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.verdict import Verdict, no, yes
from concordat.web.reviews import incidents_facing as facing
from concordat.web.reviews import incidents_forms as forms
from concordat.web.reviews import incidents_places as placing
from concordat.web.reviews.joint_forms import PutForm
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import PageForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send

MOST_MEETINGS = 50
Do = Callable[[Request, Incident, PageForm], object]


class Act(NamedTuple):
    """One thing that may be done. `form` is made for the request, `stages` narrow where there is
    no move of the table, `rows` are shown above the form."""

    slug: str
    verb: str
    may: Callable[[Part], Verdict]
    form: Callable[..., PageForm]
    do: Do
    link: str
    button: str
    done: str
    explain: str = ""
    stages: tuple[Stage, ...] = ()
    rows: Callable[[Actor, Incident], list[Fact]] | None = None


def _plain(form: type[PageForm]) -> Callable[..., PageForm]:
    return lambda request, row: form(request.POST or None, seen_version=row.record.version)


def _reasoned(operation: Callable[..., object]) -> Do:
    return lambda request, row, form: operation(
        request.actor, incident=row, seen_version=form.seen, **form.answers()
    )


# --- what each form begins with


def _amend_form(request: Request, row: Incident) -> PageForm:
    return forms.AmendForm(
        request.POST or None,
        others=facing.others(request.actor, row.partnership_id),
        seen_version=row.record.version,
        initial=_as_told(row),
    )


def _as_told(row: Incident) -> dict[str, Any]:
    known = row.known_at.astimezone(LONDON) if row.known_at else None
    died = row.died_at.astimezone(LONDON) if row.died_at else None
    told = {
        name: getattr(row, name)
        for name in ("happened_on", "happened_where", "belief", "belief_on", "harm", "harm_on",
                     "age", "standings")
    }  # fmt: skip
    told |= {"known_on": known.date(), "known_time": f"{known:%H:%M}"} if known else {}
    told |= {"died_on": died.date(), "died_time": f"{died:%H:%M}"} if died else {}
    which = IncidentPlace.Which
    happened = row.places.filter(which=which.HAPPENED, england=False).first()
    if happened:
        told["abroad"] = happened.name
    for each in row.places.filter(which__in=[which.HOME, which.PLACED_BY]):
        if happened and each.area_id == row.area_id:
            continue
        name = "home" if each.which == which.HOME else "placed_by"
        if each.area_id:
            told[name] = str(each.area_id)
        else:
            told[name] = forms.ENGLAND if each.england else forms.OUTSIDE
            told["home_name" if name == "home" else "placed_name"] = each.name
    return told | {key: row.form.get(key, "") for key in ("what", "first_act")}


def _put_right_form(request: Request, row: Incident) -> PageForm:
    own = queries.areas_to_tell(request.actor, row.partnership_id)
    others = {str(each.pk): each for each in own if each.pk != row.area_id}
    if not others:
        raise Refused("This partnership has no other area.")
    return placing.PutRightForm(request.POST or None, areas=others, seen_version=row.record.version)


def _notice_form(request: Request, row: Incident) -> PageForm:
    sent = row.notification
    moment = sent.sent_at.astimezone(LONDON)
    return forms.MendNoticeForm(
        request.POST or None,
        seen_version=row.record.version,
        initial={"sent_on": moment.date(), "sent_time": f"{moment:%H:%M}", "number": sent.number},
    )


def _say_form(request: Request, row: Incident) -> PageForm:
    of = "decision" if row.stage in REVIEWED else "notifying"
    return forms.SayForm(
        request.POST or None,
        agencies=_partners(request.actor, row),
        seen_version=row.record.version,
        initial={"of": of},
    )


def _partners(actor: Actor, row: Incident) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in queries.speaks_for(actor, row)]


def _weigh_form(request: Request, row: Incident) -> PageForm:
    criteria = queries.criteria_of(request.actor, row)
    return forms.WeighForm(
        request.POST or None,
        criteria=[(key, capfirst(text)) for key, text in criteria.items()],
        agencies=_partners(request.actor, row),
        seen_version=row.record.version,
        initial={"criterion": request.GET.get("criterion", "")},
    )


def _fill_form(sections: Any, of: str) -> Callable[..., PageForm]:
    return lambda request, row: forms.FillForm(
        request.POST or None,
        asked=questions(sections),
        seen_version=row.record.version,
        initial=dict(getattr(row, of)),
    )


def _ask_form(request: Request, row: Incident) -> PageForm:
    actor, home = request.actor, row.partnership_id
    asking = requests.requesters(actor, home)
    rows = seats.seats(actor).filter(partnership=home, to_text="")
    return forms.AskForm(
        request.POST or None,
        requesters=[(s.record.reference, f"{s.role} ({s.body.name})") for s in asking],
        seats=[(s.record.reference, f"{s.role} ({s.body.name})") for s in rows],
        seen_version=row.record.version,
        initial={"due": _answers_by(actor, row)},
    )


def _answers_by(actor: Actor, row: Incident) -> date | None:
    plan = queries.day_plan(actor, row)
    return next((each.on for each in plan if each.step.key == "answers"), None)


def _panel_form(request: Request, row: Incident) -> PageForm:
    choices = [(m.record.reference, m.record.title) for m in _ahead(request.actor, row)]
    return forms.PanelForm(request.POST or None, meetings=choices, seen_version=row.record.version)


def _ahead(actor: Actor, row: Incident) -> list[Any]:
    return list(meetings.coming(actor).filter(partnership=row.partnership_id)[:MOST_MEETINGS])


def _decide_form(request: Request, row: Incident) -> PageForm:
    before = queries.decision_of(request.actor, row)
    started = {}
    if before:
        started = {"outcome": before.outcome, "why": before.why, "national": before.national,
                   "national_why": before.national_why, "dissent": before.dissent,
                   "without_panel": before.without_panel}  # fmt: skip
        started |= {f"c_{key}": text for key, text in before.reasons.items()}
    held = facing.panel_choices(request.actor, row)
    if held:
        started["panel"] = held[0][0]
    return forms.DecideForm(
        request.POST or None,
        panels=held,
        outcomes=outcomes_offered(row.old_board),
        criteria=queries.criteria_of(request.actor, row),
        anew=before is not None,
        seen_version=row.record.version,
        initial=started,
    )


def _sign_form(request: Request, row: Incident) -> PageForm:
    mine = queries.seats_to_sign(request.actor, row)
    if not mine:
        raise Refused("You sit in no seat that signs this decision.")
    held = queries.decision_of(request.actor, row)
    return forms.SignForm(
        request.POST or None,
        seats=[(each.record.reference, f"{each.role} ({each.body.name})") for each in mine],
        initial={"digest": held.digest if held else "", "seat": mine[0].record.reference},
    )


def _placed(form: type[PageForm], *, own: bool = False) -> Callable[..., PageForm]:
    return lambda request, row: form(
        request.POST or None,
        others=facing.others(request.actor, row.partnership_id, own=own),
        seen_version=row.record.version,
    )


def _join_form(request: Request, row: Incident) -> PageForm:
    rows = queries.incidents(request.actor).filter(partnership=row.partnership_id)
    rows = rows.exclude(pk=row.pk).exclude(stage__in=[Stage.AWAITED, Stage.DUPLICATE])
    listed = [(each.record.reference, f"{each.record.reference} {each.record.title}")
              for each in rows[:200]]  # fmt: skip
    return forms.JoinForm(request.POST or None, others=listed, seen_version=row.record.version)


# --- what each does


def _amend(request: Request, row: Incident, form: PageForm) -> object:
    return operations.amend(
        request.actor, incident=row, facts=form.facts(),  # type: ignore[attr-defined]
        reason=form.cleaned_data["reason"], seen_version=form.seen,
    )  # fmt: skip


def _say(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    return operations.say(
        request.actor, incident=row, of=told["of"], agency=_agency(request, row, told),
        view=rules.View(told["view"]), reason=told["reason"], seen_version=form.seen,
    )  # fmt: skip


def _agency(request: Request, row: Incident, told: dict[str, Any]) -> Any:
    found = queries.speaks_for(request.actor, row)
    return next(each for each in found if str(each.pk) == told["agency"])


def _weigh(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    return operations.weigh(
        request.actor, incident=row, criterion=told["criterion"],
        agency=_agency(request, row, told), weight=rules.Weight(told["weight"]),
        reason=told["reason"], seen_version=form.seen,
    )  # fmt: skip


def _fill(request: Request, row: Incident, form: PageForm) -> object:
    return operations.fill(request.actor, incident=row, told=form.answers(), seen_version=form.seen)


def _answer(request: Request, row: Incident, form: PageForm) -> object:
    return operations.answer_form(
        request.actor, incident=row, told=form.answers(), seen_version=form.seen
    )


def _ask(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    here = seats.seats(request.actor).filter(partnership=row.partnership_id)
    return operations.ask_agencies(
        request.actor, incident=row, requester=here.get(record__reference=told.pop("requester")),
        seats=list(here.filter(record__reference__in=told.pop("seats"))),
        seen_version=form.seen, **told,
    )  # fmt: skip


def _panel(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    chosen = next(
        each for each in _ahead(request.actor, row) if each.record.reference == told["meeting"]
    )
    return operations.put_before(
        request.actor, incident=row, meeting=chosen, reason=told["reason"],
        minutes=told["minutes"], seen_version=form.seen,
    )  # fmt: skip


def _decide(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    return operations.decide(
        request.actor,
        incident=row,
        decided=Decided(
            outcome=Outcome(told["outcome"]),
            why=told["why"],
            reasons={key: told[f"c_{key}"] for key in form.criteria},  # type: ignore[attr-defined]
            national=rules.National(told["national"]),
            national_why=told["national_why"],
            dissent=told["dissent"],
            panel=facing.panel_of(request.actor, row, told.get("panel", "")),
            without_panel=told.get("without_panel", ""),
        ),
        reason=told.get("reason", ""),
        seen_version=form.seen,
    )


def _sign(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    mine = queries.seats_to_sign(request.actor, row)
    seat = next(each for each in mine if each.record.reference == told["seat"])
    return operations.sign(request.actor, incident=row, seat=seat, digest=told["digest"])


def _reply(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    return operations.record_answer(
        request.actor, incident=row, reply=rules.Reply(told["reply"]), words=told["words"],
        came_on=told["came_on"], seen_version=form.seen,
    )  # fmt: skip


def _join(request: Request, row: Incident, form: PageForm) -> object:
    told = form.answers()
    other = queries.incident(request.actor, told["other"])
    return operations.join(
        request.actor, incident=row, other=other, reason=told["reason"], seen_version=form.seen
    )


def _take_back(request: Request, row: Incident, form: PageForm) -> object:
    return operations.take_link_back(
        request.actor, incident=row, now=timezone.now(), seen_version=form.seen, **form.answers()
    )


RUNS, COUNCIL, SAYS = life.may_run, life.may_be_council, life.may_say
NOTIFIES = life.may_notify_for
_LIVE = (Stage.TOLD, *REVIEWED)

ACTS = (
    Act("sign", "", life.may_sign, _sign_form, _sign, "Sign the decision", "Sign the decision",
        "Signed. It holds for every partner that your seat speaks for.",
        "You sign what stands here. If it is decided anew, your signature falls and you are asked "
        "again.", (Stage.DECIDED, Stage.SENT, Stage.ANSWERED), facing.signed_rows),
    Act("notify", "notify", NOTIFIES, _plain(forms.NotifyForm), _reasoned(operations.notify),
        "Record the notification", "Record the notification",
        "It is notified. The rapid review begins.",
        "The council notifies alone, in the national online system. What the partners think is "
        "kept and holds nothing up."),
    Act("say", "", SAYS, _say_form, _say, "Say what a partner thinks", "Keep what they think",
        "It is kept. Nothing waits for it.", "", _LIVE),
    Act("form", "", COUNCIL, _fill_form(NOTIFICATION, "form"), _answer, "Answer the national form",
        "Keep the answers", "The answers are kept.",
        "Shaped to the national form. What is empty stays open, and can be filled in later.",
        (Stage.TOLD, Stage.NOTIFIED)),
    Act("amend", "amend", COUNCIL, _amend_form, _amend, "Amend what is known",
        "Keep the changes", "The changes are kept.",
        "A clock that ran from an earlier moment is counted again; the earlier start stays on "
        "file."),
    Act("put-right", "put right", COUNCIL, _put_right_form, _reasoned(operations.put_right),
        "Say that it was another of our areas", "Put it right",
        "It is put right. The clocks are counted by the rules of that area.",
        "The council, the rules and the clocks are that area’s from now on. The clocks that ran "
        "stay on file."),
    Act("notice", "mend the notice", NOTIFIES, _notice_form, _reasoned(operations.mend_notice),
        "Put right when it was notified", "Put it right",
        "It is put right. The clocks that run from it are counted again.",
        "What runs from the notification is counted again by the rules of that day; the earlier "
        "start and the text that went out stay on file."),
    Act("leave", "leave", NOTIFIES, _plain(ReasonForm), _reasoned(operations.leave),
        "Settle that it is not notified", "Settle it", "It is not notified, with the reason."),
    Act("again", "look again", COUNCIL, _plain(ReasonForm), _reasoned(operations.look_again),
        "Look at it again", "Look at it again", "It is taken up again."),
    Act("ask", "", RUNS, _ask_form, _ask, "Ask the agencies", "Ask them",
        "They are asked, and reminded until they answer.",
        "Each gets a request for information of its own, with the questions of a rapid review. "
        "Ask somebody without an account by a link, from the requests of this incident.",
        REVIEWED),
    Act("content", "", COUNCIL, _fill_form(RAPID_REVIEW, "content"), _fill,
        "Write the rapid review", "Keep what is written", "It is kept.",
        "Once it is decided, what was signed and sent stays as it was: what is written later goes "
        "into a decision that is made anew.", REVIEWED),
    Act("panel", "", RUNS, _panel_form, _panel, "Put it before the panel",
        "Propose it for the agenda", "It is proposed for the agenda.",
        "Call the meeting of the panel first, from the page of its body.", REVIEWED),
    Act("weigh", "", SAYS, _weigh_form, _weigh, "Weigh a criterion", "Keep it",
        "It is kept beside what the others say.",
        "Meeting a criterion does not oblige a review. Dissent is kept.", _LIVE),
    Act("decide", "decide", RUNS, _decide_form, _decide, "Record the decision",
        "Record the decision", "It is decided. Each partner is asked to sign.",
        "With a reason against each criterion. A national review is the national body’s to "
        "decide: the partners give a view."),
    Act("anew", "decide anew", RUNS, _decide_form, _decide, "Decide anew", "Decide anew",
        "It is decided anew. Every signature is asked for again.",
        "The decision before stays on file with its signatures, which hold no longer."),
    Act("send", "send", RUNS, _plain(forms.SendForm), _reasoned(operations.send),
        "Record that it was sent", "Record that it was sent", "It is sent.", "", (),
        facing.unsigned_rows),
    Act("reply", "record the answer", RUNS, _plain(forms.ReplyForm), _reply,
        "Record the answer", "Record the answer", "The answer is on file."),
    Act("stand", "stand by it", RUNS, _plain(ReasonForm), _reasoned(operations.stand_by),
        "Stand by the decision", "Stand by it", "The partners stand by the decision."),
    Act("lead", "", RUNS, _placed(placing.LeadForm, own=True), _reasoned(operations.agree_lead),
        "Record who leads a later review", "Record who leads", "It is on record who leads.", "",
        _LIVE),
    Act("pass-on", "pass on", RUNS, _placed(placing.PassOnForm), _reasoned(operations.pass_on),
        "Pass it on to another council", "Pass it on",
        "Another council is asked to take over the lead. We contribute."),
    Act("take-over", "take over", life.may_take_over, _plain(placing.TakeOverForm),
        _reasoned(operations.take_over), "Take over the lead", "Take over the lead",
        "The lead is ours. It goes on under a reference of our own, named here.",
        "It is told anew in our partnership, with as much of it as was shared. Our council’s time "
        "runs from when our council became aware. Whoever passed it on contributes. Who leads a "
        "later review is agreed apart from this.", (), facing.head_rows),
    Act("contribute", "", life.may_contribute, _plain(placing.ContributeForm),
        _reasoned(operations.contribute), "Say who takes part", "Keep it",
        "It is kept, and whoever leads reads it.",
        "Your area joins this review and another area leads it. Say who takes part for your area, "
        "and what is known there.", REVIEWED, facing.head_rows),
    Act("group", "", RUNS, _plain(PutForm), _reasoned(operations.put_incident_before_group),
        "Put it before the group", "Put it before the group",
        "It is on the caseload of the group.",
        "The group that serves your partnership has it on its caseload. It reads who leads and how "
        "far it has come, never the label of a child.", REVIEWED),
    Act("join", "join", RUNS, _join_form, _join, "Say that it is told already",
        "Say that they are one", "The other goes on alone."),
    Act("aside", "set aside", RUNS, _plain(ReasonForm), _reasoned(operations.find_outside),
        "Set it aside", "Set it aside", "It is outside the criteria. The rapid review falls away."),
    Act("take-back", "take back", RUNS, _plain(ReasonForm), _take_back,
        "Take the link back", "Take it back", "The link opens nothing any more."),
    Act("close", "close", RUNS, _plain(ReasonForm), _reasoned(operations.close),
        "Close it", "Close it", "It is closed."),
)  # fmt: skip


def view_of(act: Act) -> Callable[..., HttpResponse]:
    """The page of one act."""

    def page(request: Request, reference: str) -> HttpResponse:
        row = queries.incident(request.actor, reference)
        _may(act, row, request.actor).require()
        form = act.form(request, row)
        record = row.record
        sent = send(request, form, lambda: act.do(request, row, form), record=record, names=_NAMES)
        if sent.done:
            return done(request, act.done, "reviews:incident", reference)
        rows = act.rows(request.actor, row) if act.rows else facing.about(row)
        told = {
            "heading": act.link,
            "explain": act.explain,
            "rows": rows,
            "button": act.button,
            "back_href": facing.up(row),
        }
        return form_page(request, "act.html", form, sent, **told)

    return page


_NAMES = {**forms.NAMES, "sent_at": "sent_on", "lead": "where"}


def _may(act: Act, row: Incident, actor: Actor) -> Verdict:
    return act.may(queries.part_in(actor, row)) & fits(act, row)


def fits(act: Act, row: Incident) -> Verdict:
    if act.verb:
        return INCIDENT_STATES.verdict(row.stage_is, act.verb)
    if row.stage in act.stages:
        return yes()
    return no(f"This cannot be done while it is “{row.stage_is.label}”.")
