"""Adding and amending the rows of a plan: every kind alike, declared here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.programme import operations, queries
from concordat.kernel.actor import Actor
from concordat.web.programme import row_forms as forms
from concordat.web.programme.facing import Request
from concordat.web.ui.rows import Listed, RowForm
from concordat.web.ui.sending import Sent, done, form_page, send


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its noun (and a short one for buttons), its forms, and where it is shown.

    `page` is the route of a row's own page; `within` the route of its programme's page that
    lists it; else it is listed at the partnership's `back`.
    """

    noun: str
    form: type[RowForm]
    new: type[RowForm] | None = None
    page: str = ""
    within: str = ""
    back: str = "programme:overview"
    named_by: str = "title"
    explain: str = ""
    short: str = ""

    @property
    def button(self) -> str:
        return self.short or self.noun

    @property
    def one(self) -> str:
        """The noun with its article; time has none."""
        if self.noun.startswith("free time"):
            return self.noun
        return f"an {self.noun}" if self.noun[:1] in "aeiou" else f"a {self.noun}"


KINDS: dict[str, Kind] = {
    "programmes": Kind(
        "programme", forms.ProgrammeForm, forms.NewProgrammeForm, page="programme:programme"
    ),
    "priorities": Kind(
        "priority", forms.PriorityForm, page="programme:priority",
        explain="Name who leads it and how success will be known: work begins once both stand.",
    ),
    "gates": Kind("gate", forms.GateForm, named_by="question",
                  explain="A question that a body decides before the priority goes on."),
    "learning_cycles": Kind(
        "learning cycle", forms.LearningCycleForm, page="programme:learning_cycle",
        named_by="theme",
        explain="A priority is carried out through one or more cycles. Name next who takes part.",
    ),
    "cycle_members": Kind(
        "member of a learning cycle", forms.CycleMemberForm, named_by="part", short="member"
    ),
    "cycle_works": Kind(
        "piece of work of a learning cycle", forms.CycleWorkForm, named_by="what",
        short="piece of work",
        explain="Write nothing by which a child or a family could be known.",
    ),
    "cycle_findings": Kind(
        "finding of a learning cycle", forms.CycleFindingForm, named_by="says", short="finding",
        explain="The board answers each suggestion by itself.",
    ),
    "workstreams": Kind("workstream", forms.WorkstreamForm, within="programme:programme"),
    "phases": Kind("phase", forms.PhaseForm, within="programme:programme"),
    "milestones": Kind(
        "milestone", forms.MilestoneForm, forms.NewMilestoneForm, page="programme:milestone",
        explain="Its day changes by planning it again, so that the old one stays on file.",
    ),
    "products": Kind("product", forms.ProductForm, page="programme:product"),
    "appointments": Kind(
        "post or service", forms.AppointmentForm,
        explain="Say next how you look for it, and from when it is filled.",
    ),
    "lessons": Kind("lesson", forms.LessonForm, within="programme:lessons", named_by="theme"),
    "events": Kind("event around the partnership", forms.OccurrenceForm, short="event"),
    "obligations": Kind("thing owed to the funder", forms.ObligationForm,
                        within="programme:money", named_by="what", short="thing owed"),
    "rooms": Kind("free time of a post", forms.RoomForm, back="programme:capacity",
                  named_by="quarter"),
    "needs": Kind("piece of work", forms.NeedForm, back="programme:capacity"),
    "contracts": Kind("contract", forms.ContractForm, page="programme:contract",
                      back="programme:contracts"),
}  # fmt: skip


# --- what fields may name


def _here(rows: Any, home: Partnership) -> Any:
    return rows.filter(partnership=home.pk)


def _called(row: Any) -> str:
    return str(getattr(row, "title", "") or getattr(row, "name", "") or getattr(row, "theme", ""))


def _listed(rows: Any) -> Listed:
    return {row.key: (_called(row), row) for row in rows}


def _sides(actor: Actor, home: Partnership) -> Listed:
    """Posts, bodies and agencies, as kind:key."""
    rows = {
        "posts": _here(seats.posts(actor), home),
        "bodies": _here(seats.bodies(actor), home),
        "agencies": _here(agencies.agencies(actor), home),
    }
    return {
        f"{kind}:{row.key}": (_called(row), row) for kind, found in rows.items() for row in found
    }


def _places(actor: Actor, home: Partnership) -> Listed:
    """Areas, bodies and agencies, as kind:key."""
    rows = _here(agencies.areas(actor), home)
    told = {f"areas:{row.key}": (_called(row), row) for row in rows}
    sides = _sides(actor, home)
    return told | {key: each for key, each in sides.items() if not key.startswith("posts:")}


def _any_priorities(actor: Actor, home: Partnership) -> Listed:
    """The partnership's own priorities and those that it shares in."""
    rows = queries.priorities(actor, home)
    return {
        row.key if row.partnership_id == home.pk else row.record.reference: (_called(row), row)
        for row in rows
    }


def _cycles(home: Partnership, rows: Any) -> Listed:
    return {row.named_in(home.pk): (row.theme, row) for row in rows}


LISTS: dict[str, Callable[[Actor, Partnership], Listed]] = {
    "agencies": lambda actor, home: _listed(_here(agencies.agencies(actor), home)),
    "any_priorities": _any_priorities,
    "bodies": lambda actor, home: _listed(_here(seats.bodies(actor), home)),
    "cycles": lambda actor, home: _cycles(home, queries.cycles(actor, home)),
    "lessons": lambda actor, home: _listed(queries.challenges(actor, home)),
    "milestones": lambda actor, home: _listed(queries.milestones_at(actor, home)),
    "own_cycles": lambda actor, home: _cycles(home, _here(queries.cycles(actor, home), home)),
    "places": _places,
    "posts": lambda actor, home: _listed(_here(seats.posts(actor), home)),
    "priorities": lambda actor, home: _listed(_here(queries.priorities(actor, home), home)),
    "programmes": lambda actor, home: _listed(_here(queries.programmes(actor, home), home)),
    "sides": _sides,
    "workstreams": lambda actor, home: _listed(queries.workstreams_at(actor, home)),
}


# --- the two pages


def _mine(request: Request, slug: str, kind: str) -> tuple[Partnership, Kind]:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    if kind not in KINDS:
        raise Http404
    return home, KINDS[kind]


def _form(request: Request, home: Partnership, form: type[RowForm], row: Any = None) -> RowForm:
    lists = {name: LISTS[name](request.actor, home) for name in form.lists()}
    told = {} if row else _asked_for(request, form)
    if "depends_on" in form.base_fields:
        here = row.programme.key if row and row.programme else told.get("programme")
        lists["milestones"] = _of_one_programme(lists["milestones"], here)
    return form(request.POST or None, lists=lists, row=row, initial=told)


def _of_one_programme(listed: Listed, programme: str | None) -> Listed:
    """What may come first: milestones of the same programme, of all while none is named."""
    return {
        key: (title, row)
        for key, (title, row) in listed.items()
        if not programme or (row.programme and row.programme.key == programme)
    }


def _asked_for(request: Request, form: type[RowForm]) -> dict[str, Any]:
    """What the address says already, such as in which programme a milestone stands."""
    return {name: request.GET[name] for name in form.base_fields if name in request.GET}


def _place(home: Partnership, kind: Kind, row: Any) -> tuple[str, str]:
    """Where a row is shown: its own page, its programme's or priority's, or the list."""
    if kind.page:
        return kind.page, row.record.reference
    if cycle := getattr(row, "cycle", None):
        return "programme:learning_cycle", cycle.record.reference
    priority = getattr(row, "priority", None)
    if kind.noun == "gate" and priority:
        return "programme:priority", priority.record.reference
    programme = getattr(row, "programme", None)
    return (
        (kind.within, programme.record.reference)
        if kind.within and programme
        else (kind.back, home.slug)
    )


def new_row(request: Request, slug: str, kind: str) -> HttpResponse:
    """One more row of a kind."""
    home, what = _mine(request, slug, kind)
    form = _form(request, home, what.new or what.form)
    sent = send(request, form, lambda: _add(request, home, kind, form), names=_names(form))
    if sent.done:
        return done(request, f"The {what.noun} is on record.", *_place(home, what, sent.result))
    told = {"heading": f"Add {what.one}", "button": f"Add this {what.button}"}
    return _page(request, home, what, form, sent, **told)


def _names(form: RowForm) -> Mapping[str, str]:
    """How the operation names a field and the form does not."""
    return {**form.NAMES, "days": "halves", "from": "from_text", "to": "to_text"}


_PLANNED = ("appointments", "learning_cycles", "milestones", "priorities", "products")
"""Kinds whose new rows are planned: how far they are changes step by step from there."""


def _add(request: Request, home: Partnership, kind: str, form: RowForm) -> object:
    values = form.values()
    state = {"state": "planned"} if kind in _PLANNED else {}
    named = KINDS[kind].named_by
    return operations.add(
        request.actor,
        partnership=home.record,
        kind=kind,
        name=str(values[named])[:60] or kind,
        values={**state, **values},
    )


def amend_row(request: Request, slug: str, kind: str, key: str) -> HttpResponse:
    """What a row says, to be corrected; if somebody else came first, both texts are shown."""
    home, what = _mine(request, slug, kind)
    row = queries.rows_of(request.actor, home, kind).filter(key=key).first()
    if row is None:
        raise Http404
    form = _form(request, home, what.form, row)
    root: Record | None = getattr(row, "record", None)
    sent = send(
        request,
        form,
        lambda: _amend(request, home, kind, key, form),
        record=root,
        row=None if root else row,
        names=_names(form),
    )
    place = _place(home, what, row)
    if sent.done:
        return done(request, f"The {what.noun} is amended.", *place)
    told = {"heading": f"Amend this {what.noun}", "button": f"Save the {what.button}"}
    told["back_href"] = reverse(place[0], args=[place[1]])
    return _page(request, home, what, form, sent, **told)


def _amend(request: Request, home: Partnership, kind: str, key: str, form: RowForm) -> object:
    return operations.set_down(
        request.actor,
        partnership=home.record,
        kind=kind,
        key=key,
        values=form.values(),
        seen_version=form.seen,
    )


def _page(
    request: Request, home: Partnership, what: Kind, form: RowForm, sent: Sent, **told: Any
) -> HttpResponse:
    told = {"explain": what.explain, "back_href": reverse(what.back, args=[home.slug]), **told}
    return form_page(request, "act.html", form, sent, **told)
