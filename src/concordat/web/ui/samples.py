"""Invented content for the living page: every component in every state it can be in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Stale
from concordat.web.ui import forms, states, words
from concordat.web.ui.context import Appearance
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Column, Fact, Link, Moment, Step, Task
from concordat.web.ui.states import Progress

TODAY = date(2019, 3, 29)
LONG = (
    "The joint arrangements for escalating professional disagreement between the three boroughs, "
    "the clinical commissioning groups and the basic command units, as amended"
)
UNBROKEN = "Supercalifragilisticexpialidocious" * 3
HOSTILE = "<script>alert(1)</script>\"'><b>&"


class EveryField(forms.PageForm):
    """One of each kind."""

    title = forms.TextField(
        "Title of the meeting", subject="the title of the meeting", max_length=60
    )
    address = forms.EmailField("Your work e-mail address", required=False)
    account = forms.LongTextField(
        "What happened",
        hint="Facts first. Leave out names of children.",
        max_length=300,
    )
    kind = forms.ChoiceField(
        "What is the meeting for?",
        subject="what the meeting is for",
        choices=[("decide", "Decide"), ("advise", "Advise"), ("assure", "Assure")],
        hints={"decide": "Every deciding body must be able to speak"},
    )
    partners = forms.ManyField(
        "Who must be there",
        subject="who must be there",
        choices=[("council", "Council"), ("health", "Health"), ("police", "Police")],
    )
    body = forms.SelectField(
        "Body",
        subject="the body that meets",
        choices=[("executive", "Executive group"), ("forum", "Practice forum")],
    )
    held = forms.DayField("Date of the meeting", subject="the date of the meeting")
    known = forms.UncertainDateField("When it became known", required=False)
    people = forms.NumberField(
        "People expected", subject="how many people you expect", least=1, most=200, width=3
    )
    cost = forms.MoneyField("Cost of the room", required=False)
    paper = forms.UploadField("Paper", kinds=("pdf", "docx"), required=False, most_megabytes=5)
    secret = forms.SecretField("Password", required=False)
    code = forms.CodeField("Code from your authenticator app", required=False)
    sure = forms.TickField("The agenda names no child", subject="that the agenda names no child")


class SignIn(forms.PageForm):
    address = forms.EmailField("Work e-mail address", autocomplete="username")
    password = forms.SecretField("Password")


class SomeFilters(forms.FilterForm):
    words = forms.TextField("Words", required=False)
    state = forms.ManyField(
        "State",
        choices=[(str(each), str(each)) for each in states.Status],
        required=False,
    )
    body = forms.SelectField(
        "Body",
        choices=[("executive", "Executive group"), ("forum", "Practice forum")],
        required=False,
    )
    since = forms.DayField("Due after", required=False, hint="")


def told(form: EveryField) -> list[Fact]:
    """What a form was understood to say."""
    return [
        Fact(str(form.fields[name].label), _said(value)) for name, value in form.answers().items()
    ]


def _said(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(value)
    return value if value not in (None, "") else "Nothing given"


def tones() -> list[tuple[str, list[str]]]:
    kinds = (("Things", states.Status), ("Tasks", states.Progress), ("Clocks", states.Running))
    return [(name, [str(each) for each in kind]) for name, kind in kinds]


def swatches() -> list[str]:
    names = "ink ink-2 line wash brand brand-2 link late late-wash soon soon-wash"
    return [*names.split(), "done", "done-wash", "held", "held-wash", "focus"]


def moments() -> list[Moment]:
    return [
        Moment(
            "Minutes agreed",
            datetime(2019, 3, 28, 16, 10, tzinfo=UTC),
            "the co-ordinator",
            "Version 2 stands.",
        ),
        Moment(
            "Paper put in",
            date(2019, 3, 27),
            "the strategy manager",
            "Draft arrangements, version 0.6.",
            "#",
            "Read the draft arrangements",
        ),
        Moment("Proposed", UncertainDate.parse("winter 2018"), "the council delegate", LONG),
    ]


def steps() -> list[Step]:
    return [
        Step("Planned", "done"),
        Step("Agenda open", "done"),
        Step("Papers due 1 April", "now"),
        Step("Sent"),
        Step("Held"),
        Step("Minutes draft"),
        Step("Agreed"),
    ]


def tasks() -> list[Task]:
    return [
        Task("Confirm your details and deputy", Progress.COMPLETED, "#"),
        Task("Add the calendar feed", Progress.IN_PROGRESS, "#", "About 2 minutes"),
        Task("Say when you can never meet", Progress.NOT_STARTED, "#"),
        Task("Name a deputy for the police seat", Progress.PROBLEM, "#", "The seat has no holder"),
        Task("Send the first pack", Progress.CANNOT_START),
    ]


def parts_of_meeting() -> list[Link]:
    return [
        Link("Agenda", "#agenda", True, "7"),
        Link("Papers", "#papers", count="5 of 7"),
        Link("Attendance", "#attendance", count="6"),
        Link("Decisions", "#decisions"),
        Link("Actions", "#actions", count="4 due"),
        Link("Minutes", "#minutes"),
        Link("History", "#history"),
    ]


def picture() -> SafeString:
    """A picture such as `craft.svg` makes: attributes only, never a style."""
    heights = (22, 34, 28, 51, 46, 60)
    bars = "".join(
        f'<rect x="{20 + at * 90}" y="{90 - height}" width="60" height="{height}" fill="#12436d"/>'
        f'<text x="{50 + at * 90}" y="{84 - height}" font-size="13" text-anchor="middle"'
        f' fill="#1b2a33">{height}</text>'
        for at, height in enumerate(heights)
    )
    return mark_safe(  # noqa: S308 - built from the numbers above
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 96" role="img"'
        ' aria-label="Six bars rising from 22 to 60">'
        f'{bars}<path d="M10 90.5H550" stroke="#4a5a64"/></svg>'
    )


def rows() -> list[dict[str, Any]]:
    return [
        {
            "what": "Ratify move to the shared child death footprint",
            "why": "Reserved to Cabinet: the health body approved on 26 March",
            "for": "Executive",
            "due": date(2019, 4, 24),
            "left": 17,
            "cost": 15771900,
        },
        {
            "what": LONG,
            "why": UNBROKEN,
            "for": "Practice and improvement forum of the three boroughs",
            "due": date(2019, 3, 28),
            "left": -1,
            "cost": 1250,
        },
        {
            "what": HOSTILE,
            "why": "Hostile text must show as it was typed",
            "for": "Secretariat",
            "due": date(2019, 4, 3),
            "left": 3,
            "cost": 0,
        },
    ]


class SeatForm(forms.PageForm):
    holder = forms.LongTextField("Holder", rows=2)
    first = forms.TextField("From", width=20)


def seat_form() -> dict[str, Any]:
    """A form of two fields as it comes back after a conflict."""
    typed = dict(zip(("holder", "first"), stale().mine.values(), strict=True))
    carried = {"form_key": str(UUID(int=1)), "seen_version": "8"}
    return {
        "heading": "Change this seat",
        "button": "Save the seat",
        "back_href": "#back",
        "form": SeatForm(typed | carried),
        "stale": stale(),
    }


KEPT = [("holder", "Chief Superintendent"), ("from", "1 April 2019"), ("seen_version", "8")]


def stale() -> Stale:
    return Stale(
        {"Holder": "Chief Superintendent\nfrom 1 April", "From": "1 April 2019"},
        {"Holder": "Detective Superintendent", "From": "1 May 2019"},
        by="The co-ordinator",
        at=datetime(2019, 3, 29, 10, 32, tzinfo=UTC),
        version=8,
    )


def living(request: HttpRequest) -> dict[str, Any]:
    filters = SomeFilters(request.GET)
    return {
        "today": TODAY,
        "practice_date": TODAY,
        "partnership": partnership(),
        "navigation": navigation("Partnership"),
        "filters_form": filters,
        "some_filters": _chosen().filters(),
        "page": page_of(range(1, 1_500), request.GET.get("page"), per_page=25),
        "kinds": tones(),
        "swatches": swatches(),
        "moments": moments(),
        "steps": steps(),
        "tasks": tasks(),
        "links": parts_of_meeting(),
        "few_links": parts_of_meeting()[:3],
        "very_many_links": [Link(f"Part {n} of twelve", f"#{n}", n == 2) for n in range(1, 13)],
        "picture": picture(),
        "rows": rows(),
        "stale": None,
        "conflict": stale(),
        "sorted": Column("Due", sort="?sort=-due", order="ascending"),
        "unsorted": Column("Cost", "number", sort="?sort=cost"),
        "soon": TODAY + timedelta(days=3),
        "past": TODAY - timedelta(days=2),
        "far": TODAY + timedelta(days=92),
        "uncertain": UncertainDate.parse("spring 2019"),
        "updated": TODAY - timedelta(days=41),
        "facts": facts(),
        "pages": list(whole_pages()),
        "long": LONG,
        "hostile": HOSTILE,
        "seal_form": forms.PageForm(),
        "wrong": _wrong(),
        "few_saved": ["the agenda", "5 papers"],
        "few_missed": ["2 invitations"],
    }


def _chosen() -> SomeFilters:
    from django.http import QueryDict

    return SomeFilters(QueryDict("state=Overdue&state=Waiting&words=footprint"))


def _wrong() -> EveryField:
    data = {"title": "", "held-day": "31", "held-month": "2", "held-year": "2019"}
    return EveryField(data)


def facts() -> list[Fact]:
    link = format_html('<a class="govuk-link" href="#">{}</a>', "Minutes of 4 March")
    return [
        Fact("Decision", "Share the cost by live births", "#"),
        Fact("Decided on", TODAY),
        Fact("Rests on", link),
        Fact("Said", "First line\nSecond line"),
        Fact("Hostile", HOSTILE, "#"),
    ]


# --- the two sketches


def partnership() -> Appearance:
    return Appearance(
        "Tower Hamlets Safeguarding Children Partnership",
        "tower-hamlets",
        front_door="Call the front door of the council where the child is.",
    )


def navigation(current: str) -> list[Link]:
    names = ("My work", "Meetings", "Programme", "Reviews", "Learning", "Partnership")
    return [Link(name, f"#{name}".replace(" ", "-").lower(), name == current) for name in names]


def _frame(current: str) -> dict[str, Any]:
    return {
        "today": TODAY,
        "practice_date": TODAY,
        "partnership": partnership(),
        "navigation": navigation(current),
        "actor": True,
        "who": "Director of Children’s Services",
        "seat_line": "council delegate",
        "acting_for": "",
        "routes": {"acting": "#act", "sign_out": "#out", "personas": "#who", "help": "#help"}
        | {"accessibility": "#accessibility"},
    }


def home() -> dict[str, Any]:
    return _frame("My work") | {
        "rapid": date(2019, 4, 4),
        "publish": date(2019, 6, 29),
        "ratify": date(2019, 4, 24),
        "answer": date(2019, 3, 28),
        "update": date(2019, 4, 12),
    }


def meeting() -> dict[str, Any]:
    return _frame("Meetings") | {
        "links": parts_of_meeting(),
        "steps": steps(),
        "meta": "Town Hall, Mulberry Place, or by link · chaired by the council delegate"
        " · agenda set by health",
        "held": words.weekday(date(2019, 4, 8)),
    }


def whole_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Pages that cannot be drawn inside another: template and context by name."""
    frame = _frame("Meetings")
    typed = [Fact("Holder", "Chief Superintendent"), Fact("From", "1 April 2019")]
    refused = {
        "reason": "This review is open to the people who work on it.",
        "owner": "the review group",
        "ask": "#ask",
    }
    seal = {
        "rows": facts(),
        "form": forms.PageForm(),
        "seal": "Record decision",
        "back_href": "#back",
        "lasting": "A recorded decision is sealed. It can be corrected beside, never changed.",
    }
    conflict = {"stale": stale(), "again": "#again", "kept": KEPT}
    many = range(1_000)
    paged = {"middle": page_of(many, "20"), "last": page_of(many, "40"), "only": page_of([1], "1")}
    restricted = {"links": parts_of_meeting(), "facts": facts()}
    return {
        "record": ("ui/page_record.html", frame | restricted),
        "filtered": ("ui/page_filtered.html", frame | paged | {"chosen": _chosen()}),
        "interruption": ("ui/page_interruption.html", frame),
        "confirm": ("ui/page_confirm.html", frame | seal),
        "done": ("ui/page_done.html", frame),
        "conflict-in-form": ("act.html", frame | seat_form()),
        "sign-in": ("ui/page_sign_in.html", {"form": SignIn()}),
        "print": ("ui/page_print.html", frame | {"facts": facts(), "moments": moments()}),
        "refused": ("403.html", frame | refused),
        "missing": ("404.html", frame),
        "conflict": ("409.html", frame | {"typed": typed, **conflict}),
        "unusable": ("400.html", frame | {"faults": ["seats.yaml, line 4: no holder."]}),
        "expired": ("403_csrf.html", frame),
        "method": ("405.html", frame),
        "too-large": ("413.html", frame | {"most": 25}),
        "too-many": ("429.html", frame),
        "broken": ("500.html", {}),
    }
