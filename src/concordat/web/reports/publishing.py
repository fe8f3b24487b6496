"""Publishing a report to boards: one paper, frozen as at a day, under a cover for each of them."""

from __future__ import annotations

from django.http import HttpResponse

from concordat.domain.assurance.reports.operations import publishing
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings.queries import Meeting, Paper
from concordat.domain.governance.meetings.queries import presenting as asked
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.kernel.labels import count, day_in_words
from concordat.web.reports import facing
from concordat.web.reports.forms import PublishForm
from concordat.web.reports.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page

GOES = (
    "The report of this day is frozen as a paper. It comes on to each agenda with what was "
    "written here in the parts of its cover. Then settle what each board is told."
)
SETTLE = "Settle what each cover says."
NOWHERE = "No meeting is ahead whose agenda you run. Call one first."


def publish(request: Request, slug: str, name: str) -> HttpResponse:
    """Freeze the report of a day and put it before boards."""
    home, declared = facing.found(request.actor, slug, name)
    can(request.actor, Verb.CHANGE, home.record).require()
    at = facing.At(home, declared, facing.day_of(request.GET, request.actor.on))
    ahead = {row.record.reference: row for row in asked.can_come_before(request.actor)}
    form = _form(request, at, ahead)
    return act_page(
        request,
        form,
        lambda: _publish(request, at, form, ahead),
        words=lambda paper: (
            f"The report goes before {_boards(paper)}. Settle what each cover says."
        ),
        to=lambda paper: ("meetings:paper_whole", str(paper.pk)),
        heading=f"Publish it to boards: {declared.title}",
        rows=[Fact("As at", day_in_words(at.day))],
        explain=GOES if ahead else NOWHERE,
        button="Publish it to these boards",
        back_href=at.address("report"),
    )


def _form(request: Request, at: facing.At, ahead: dict[str, Meeting]) -> PublishForm:
    posts = seats.posts(request.actor).filter(partnership=at.home.pk)
    return PublishForm(
        request.POST or None,
        initial={"title": f"{at.report.title}: {at.home.name}"},
        meetings=[(key, _called(row)) for key, row in ahead.items()],
        posts=[(each.key, each.title) for each in posts],
    )


def _called(row: Meeting) -> str:
    body = row.body.name if row.body else row.record.title
    return f"{body}, {day_in_words(row.day)}" if row.day else body


def _boards(paper: Paper) -> str:
    return count(paper.presentations.count(), "board")


def _publish(
    request: Request, at: facing.At, form: PublishForm, ahead: dict[str, Meeting]
) -> Paper:
    told = form.answers()
    posts = seats.posts(request.actor).filter(partnership=at.home.pk)
    return publishing.publish(
        request.actor,
        partnership=at.home,
        report=at.report.name,
        edition=publishing.Edition(
            title=told["title"],
            as_at=at.day,
            purpose=Purpose(told["purpose"]),
            purposes=[Status(each) for each in told["purposes"]],
            asks=told["asks"],
            presented_by=posts.filter(key=told["presented_by"] or "").first(),
        ),
        before=[ahead[key] for key in told["meetings"]],
    )
