"""Adding and amending rows that a partnership's file can hold: every kind alike, declared here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.agencies.rules import STATUTORY_CLASSES
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seat_operations
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import operations, queries
from concordat.kernel.actor import Actor
from concordat.web.arrangements import row_forms as forms
from concordat.web.arrangements.views import Request
from concordat.web.ui.rows import Listed, RowForm
from concordat.web.ui.sending import Sent, done, form_page, send

Rows = Callable[[Actor, Partnership], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its noun, its form, where it is listed and what its key is made from.

    `keeps` names fields that the form does not ask for and that an amended row must say again;
    `page` is the route of a row's own page, for kinds whose rows have one.
    """

    noun: str
    form: type[RowForm]
    rows: Rows
    back: str
    called: Callable[[Mapping[str, Any]], str]
    operations: Any = operations
    keeps: tuple[str, ...] = ()
    explain: str = ""
    page: str = ""

    def place(self, slug: str, root: Record | None = None) -> tuple[str, str]:
        """Where to go on from a row: its own page if it has one, else the list."""
        return (self.page, root.reference) if self.page and root else (self.back, slug)


def _by(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda told: str(told[name])[:60]


def _of(*names: str) -> Callable[[Mapping[str, Any]], str]:
    """A key made of the rows that this one joins."""
    return lambda told: "-".join(told[name].key for name in names if told.get(name))[:60]


def _posts(actor: Actor, home: Partnership) -> QuerySet[Any]:
    return _here(seats.posts(actor), home)


def _here(rows: QuerySet[Any], home: Partnership) -> QuerySet[Any]:
    return rows.filter(partnership=home.pk)


KINDS: dict[str, Kind] = {
    "footprints": Kind(
        "footprint", forms.FootprintForm, queries.footprints, "arrangements:footprints",
        _by("name"),
    ),
    "coverage": Kind(
        "coverage", forms.CoverageForm, queries.coverage, "arrangements:footprints",
        _of("footprint", "area", "agency"),
        explain="Say here what belongs to a footprint for only a part of its time.",
    ),
    "decisions": Kind(
        "decision", forms.DecisionForm, queries.decisions, "arrangements:decisions", _by("title"),
        explain="Each body approves for itself. Record one decision for each of them.",
    ),
    "links": Kind(
        "link", forms.LinkForm, queries.links, "arrangements:links", _of("board"),
        explain="A board that is not listed is added first, as a body of others.",
    ),
    "matters": Kind(
        "matter", forms.MatterForm, queries.matters, "arrangements:matters", _by("title"),
    ),
    "agreements": Kind(
        "agreement", forms.AgreementForm, queries.agreements, "arrangements:agreements",
        _by("title"),
    ),
    "statements": Kind(
        "statement", forms.StatementForm, queries.statements, "arrangements:statements",
        _by("topic"),
    ),
    "relevant_agencies": Kind(
        "relevant agency", forms.RelevantAgencyForm, queries.relevant_agencies,
        "arrangements:relevant", _by("name"),
    ),
    "findings": Kind(
        "finding", forms.FindingForm, queries.findings, "arrangements:findings", _by("finding"),
        keeps=("subject",),
        explain="A flaw of a source is kept as it is and told here. It is never mended silently.",
    ),
    "delegations": Kind(
        "delegation", forms.DelegationForm, queries.delegations, "arrangements:delegations",
        _of("agency"), keeps=("agency", "post", "seat", "person"), page="arrangements:delegation",
        explain="Correct what was written wrongly. What changes from a day is a new delegation.",
    ),
    "partners": Kind(
        "statutory partner", forms.PartnerForm, queries.partners, "agencies:agencies",
        _of("agency"), operations=seat_operations,
    ),
    "posts": Kind(
        "post", forms.PostForm, _posts, "seats:people", _by("title"), operations=seat_operations,
    ),
    "roles": Kind(
        "role profile", forms.RoleForm, seats.roles, "seats:roles", _by("title"),
        operations=seat_operations,
    ),
    "role_phases": Kind(
        "phase of a role", forms.RolePhaseForm, seats.role_phases, "seats:roles", _of("role"),
        operations=seat_operations,
    ),
    "equivalences": Kind(
        "equivalence", forms.EquivalenceForm, seats.equivalences, "seats:roles", _by("level"),
        operations=seat_operations,
        explain="Titles differ between agencies. Say which posts stand at the same level.",
    ),
    "reporting": Kind(
        "reporting line", forms.ReportingForm, seats.reporting, "arrangements:structure",
        lambda told: f"{told['who']}-{told['reports_to']}".replace(":", "-")[:60],
        operations=seat_operations,
    ),
}  # fmt: skip
ONLY_AMENDED = frozenset({"delegations"})


# --- what fields may name


def _called(row: Any) -> str:
    return str(
        getattr(row, "name", "") or getattr(row, "title", "") or f"{row.role}, {row.body.name}"
    )


def _listed(rows: Any) -> Listed:
    return {row.key: (_called(row), row) for row in rows}


def _with_kind(kind: str, rows: Any) -> Listed:
    return {f"{kind}:{row.key}": (_called(row), row) for row in rows}


def _sides(actor: Actor, home: Partnership) -> Listed:
    """Bodies, seats and posts, as kind:key."""
    return {
        **_with_kind("bodies", _here(seats.bodies(actor), home)),
        **_with_kind("seats", _here(seats.seats(actor), home)),
        **_with_kind("posts", _here(seats.posts(actor), home)),
    }


def _approvable(actor: Actor, home: Partnership) -> Listed:
    rows = {
        "footprints": queries.footprints(actor, home),
        "agreements": queries.agreements(actor, home),
        "arrangements": queries.arrangements(actor, home),
        "delegations": queries.delegations(actor, home),
    }
    return {
        f"{kind}:{row.key}": (
            row.record.title if kind == "delegations" else _called(row), row
        )
        for kind, listed in rows.items()
        for row in listed
    }  # fmt: skip


LISTS: dict[str, Callable[[Actor, Partnership], Listed]] = {
    "agencies": lambda actor, home: _listed(_here(agencies.agencies(actor), home)),
    "statutory": lambda actor, home: _listed(
        _here(agencies.agencies(actor), home).filter(
            agency_class__in=[each.value for each in STATUTORY_CLASSES]
        )
    ),
    "agreements": lambda actor, home: _listed(queries.agreements(actor, home)),
    "approvable": _approvable,
    "areas": lambda actor, home: _listed(_here(agencies.areas(actor), home)),
    "boards": lambda actor, home: _listed(
        sorted(_here(seats.bodies(actor), home), key=lambda row: (not row.outside, row.name))
    ),
    "bodies": lambda actor, home: _listed(_here(seats.bodies(actor), home)),
    "decisions": lambda actor, home: _listed(queries.decisions(actor, home)),
    "footprints": lambda actor, home: _listed(queries.footprints(actor, home)),
    "matters": lambda actor, home: _listed(queries.matters(actor, home)),
    "posts": lambda actor, home: _listed(_here(seats.posts(actor), home)),
    "roles": lambda actor, home: _listed(seats.roles(actor, home)),
    "sides": _sides,
    "versions": lambda actor, home: _listed(queries.arrangements(actor, home)),
}


# --- the two pages


def _mine(request: Request, slug: str, kind: str) -> tuple[Partnership, Kind]:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    if kind not in KINDS:
        raise Http404
    return home, KINDS[kind]


def _form(request: Request, home: Partnership, kind: Kind, row: Any = None) -> RowForm:
    form = kind.form
    lists = {name: LISTS[name](request.actor, home) for name in form.lists()}
    told = {} if row else _asked_for(request, form)
    return form(request.POST or None, lists=lists, row=row, initial=told)


def _asked_for(request: Request, form: type[RowForm]) -> dict[str, Any]:
    """What the address says already, such as which footprint is to be approved."""
    asked = {name: request.GET.getlist(name) for name in form.base_fields if name in request.GET}
    return {
        name: told if isinstance(form.base_fields[name], forms.forms.ManyField) else told[0]
        for name, told in asked.items()
    }


def new_row(request: Request, slug: str, kind: str) -> HttpResponse:
    """One more row of a kind."""
    home, what = _mine(request, slug, kind)
    if kind in ONLY_AMENDED:
        raise Http404
    form = _form(request, home, what)
    sent = send(request, form, lambda: _add(request, home, kind, form), names=form.NAMES)
    if sent.done:
        return done(request, f"The {what.noun} is on record.", what.back, slug)
    told = {"heading": f"Add a {what.noun}", "button": f"Add this {what.noun}"}
    return _page(request, home, what, form, sent, **told)


def _add(request: Request, home: Partnership, kind: str, form: RowForm) -> object:
    what, values = KINDS[kind], form.values()
    return what.operations.add(
        request.actor,
        partnership=home.record,
        kind=kind,
        name=what.called(values) or kind,
        values=values,
    )


def amend_row(request: Request, slug: str, kind: str, key: str) -> HttpResponse:
    """What a row says, to be corrected; if somebody else came first, both texts are shown."""
    home, what = _mine(request, slug, kind)
    row = what.rows(request.actor, home).filter(key=key).first()
    if row is None:
        raise Http404
    form = _form(request, home, what, row)
    root = getattr(row, "record", None)
    route, place = what.place(slug, root)
    sent = send(
        request,
        form,
        lambda: _amend(request, home, kind, row, form),
        record=root,
        row=None if root else row,
        names=form.NAMES,
    )
    if sent.done:
        return done(request, f"The {what.noun} is amended.", route, place)
    told = {"heading": f"Amend this {what.noun}", "button": f"Save the {what.noun}"}
    told["back_href"] = reverse(route, args=[place])
    return _page(request, home, what, form, sent, **told)


def _amend(request: Request, home: Partnership, kind: str, row: Any, form: RowForm) -> object:
    kept = {name: getattr(row, name) for name in KINDS[kind].keeps}
    return KINDS[kind].operations.set_down(
        request.actor,
        partnership=home.record,
        kind=kind,
        key=row.key,
        values={**kept, **form.values()},
        seen_version=form.seen,
    )


def _page(
    request: Request, home: Partnership, what: Kind, form: RowForm, sent: Sent, **told: Any
) -> HttpResponse:
    told = {"explain": what.explain, "back_href": reverse(what.back, args=[home.slug]), **told}
    return form_page(request, "act.html", form, sent, **told)
