"""What readers say of rows: marks, pairs and disputes."""

from __future__ import annotations

from django.http import HttpResponse

from concordat.domain.practice.chronologies import operations, queries, rules
from concordat.domain.practice.chronologies.queries import Chronology, Entry, View
from concordat.domain.practice.chronologies.rules import MarkKind
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict
from concordat.web.chronologies.forms import DisputeForm, MarkForm, PairForm, SettleForm
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from


def _row(request: Request, reference: str, pk: int) -> tuple[Chronology, Entry]:
    """A row for whoever reads all of a chronology."""
    row = queries.chronology(request.actor, reference)
    found = queries.entry(request.actor, row, pk)
    _may_say(request, row).require()
    return row, found


def _read(request: Request, reference: str) -> Chronology:
    row = queries.chronology(request.actor, reference)
    _may_say(request, row).require()
    return row


def _may_say(request: Request, row: Chronology) -> Verdict:
    place = queries.place_in(request.actor, row)
    return rules.may_read_all(place) & rules.is_open(row.stage_is)


def mark(request: Request, reference: str, pk: int) -> HttpResponse:
    row, entry = _row(request, reference, pk)
    form = MarkForm(request.POST or None, offered=_offered(request, row))
    return act_from(
        request, ("chronologies:row", reference, str(pk)), form,
        lambda: operations.mark(request.actor, entry=entry, **form.told()),
        words="Marked. It says who did so.",
        heading="Mark the row",
        explain="A mark is yours. It never changes what the agency tells.",
        button="Mark it",
    )  # fmt: skip


def _offered(request: Request, row: Chronology) -> dict[MarkKind, list[str]]:
    """The values that are in use, so that one thing is marked with one word."""
    actor = request.actor
    found = queries.offered(
        actor, row, queries.view(actor, row), queries.said(actor, row),
        queries.wording(actor, row),
    )  # fmt: skip
    return {
        MarkKind.CHILD: list(found.children),
        MarkKind.ADULT: list(found.adults),
        MarkKind.THEME: row.themes,
        MarkKind.LINE: row.enquiries,
    }


def unmark(request: Request, reference: str, pk: int) -> HttpResponse:
    row = _read(request, reference)
    found, put = queries.mark_of(request.actor, row, pk), queries.wording(request.actor, row).put
    form = ActForm(request.POST or None)
    return act_from(
        request, ("chronologies:row", reference, str(found.stem_id)), form,
        lambda: operations.unmark(request.actor, mark=found),
        words="Taken away. It stays on file with who did so.",
        heading="Take the mark away",
        rows=[
            Fact("Mark", put(f"{found.kind} {found.value}".strip())),
            Fact("Set by", found.by),
        ],
        button="Take it away",
    )  # fmt: skip


def pair(request: Request, reference: str, pk: int) -> HttpResponse:
    """Join a row with another by its number, or say that they are two."""
    row, entry = _row(request, reference, pk)
    view = queries.view(request.actor, row)
    other, here = request.GET.get("with", ""), view.by_stem.get(entry.stem, 0)
    initial = {"other": int(other)} if other.isdecimal() else {}
    form = PairForm(request.POST or None, initial=initial)
    return act_from(
        request, ("chronologies:found", reference), form,
        lambda: _pair(request, row, entry, view, form),
        words="It is on file. You can undo it at any time.",
        names={"second": "other"},
        heading=f"Join row {here}, or keep it apart" if here else "Join the row, or keep it apart",
        explain="Joined rows both stay, each with the number of the other beside it.",
        button="Record it",
    )  # fmt: skip


def _pair(request: Request, row: Chronology, entry: Entry, view: View, form: PairForm) -> object:
    told = form.answers()
    number = told["other"]
    if not 1 <= number <= len(view.merged.rows):
        raise Invalid(f"There is no row {number}.", field="other", mend="See the merged rows.")
    pk = view.heard[view.merged.rows[number - 1].arrival].pk
    return operations.pair(
        request.actor,
        first=entry,
        second=queries.entry(request.actor, row, pk),
        joined=told["joined"] == "yes",
        reason=told["reason"],
    )


def split(request: Request, reference: str, pk: int) -> HttpResponse:
    row = _read(request, reference)
    found = queries.pairing_of(request.actor, row, pk)
    put = queries.wording(request.actor, row).put
    form = ActForm(request.POST or None)
    return act_from(
        request, ("chronologies:found", reference), form,
        lambda: operations.split(request.actor, pairing=found),
        words="Undone. The two stand by themselves again.",
        heading="Undo the pair",
        rows=[
            Fact("What", "Joined as one event" if found.joined else "Kept apart"),
            Fact("Why", put(found.reason)),
            Fact("By", found.by),
        ],
        button="Undo it",
    )  # fmt: skip


def dispute(request: Request, reference: str, pk: int) -> HttpResponse:
    row, entry = _row(request, reference, pk)
    others = {
        str(each.pk): each
        for each in queries.contributions(request.actor, row)
        if each.pk != entry.contribution_id
    }
    form = DisputeForm(
        request.POST or None, agencies=[(each, o.name) for each, o in others.items()]
    )

    def put() -> object:
        told = form.answers()
        return operations.dispute(
            request.actor, entry=entry, contribution=others[told.pop("contribution")], **told
        )

    return act_from(
        request, ("chronologies:row", reference, str(pk)), form, put,
        words="Both texts stand.",
        heading="Record that another agency disputes the row",
        button="Record the dispute",
    )  # fmt: skip


def settle(request: Request, reference: str, pk: int) -> HttpResponse:
    row = _read(request, reference)
    found = queries.dispute_of(request.actor, row, pk)
    form = SettleForm(request.POST or None)
    return act_from(
        request, ("chronologies:row", reference, str(found.stem_id)), form,
        lambda: operations.settle(request.actor, dispute=found, **form.answers()),
        words="How it ended is on file. Both texts stay.",
        heading="Say how the dispute ended",
        button="Record it",
    )  # fmt: skip
