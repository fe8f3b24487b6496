"""What an agency does: its rows, a file looked at before it is kept, versions, the sign-off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.craft import files
from concordat.craft.sniff import safe_name
from concordat.craft.tables import write_csv
from concordat.domain.base.records.operations import look
from concordat.domain.practice.chronologies import operations, queries, rules
from concordat.domain.practice.chronologies.queries import Contribution, Entry, Preview, Stand
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count
from concordat.web.chronologies import facing
from concordat.web.chronologies.forms import (
    SLUGS,
    ExtendForm,
    FileForm,
    KeepForm,
    RowForm,
    SignForm,
    slugged,
)
from concordat.web.ui.attaching import attached_as
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, act_from, done, form_page, send

SALT = "rows of a chronology"
SHOWN = 100


def _of(request: Request, reference: str, pk: int) -> Contribution:
    row = queries.chronology(request.actor, reference)
    found = queries.contribution(request.actor, row, pk)
    found.chronology = row
    return found


def _written(request: Request, reference: str, pk: int) -> Contribution:
    """An agency's part for whoever writes its rows, while they can be changed."""
    found = _of(request, reference, pk)
    rules.may_write(queries.place_in(request.actor, found.chronology), pk).require()
    queries.may_take_rows(request.actor, found.chronology).require()
    return found


@also_by_link
@require_safe
def agency(request: Request, reference: str, pk: int) -> HttpResponse:
    """One agency's rows as they stand, what was not taken, and its versions."""
    actor, row = request.actor, _of(request, reference, pk)
    look(actor, record=row.chronology.record, what="read the rows of an agency")
    versions = list(queries.versions(actor, row)[:50])
    last = versions[0] if versions else None
    signed = next((each for each in versions if each.is_accepted), None)
    rows = queries.entries(actor, row, last.number if last else 0)
    page, put = page_of(rows, request.GET.get("page"), per_page=50), _put(actor, row)
    told = facing.frame(actor, row.chronology, "") | {
        "contribution": row,
        "line": facing.agency_line(
            Stand(row, last, signed), actor.on, queries.unheard(actor, row.chronology)
        ),
        **_may(actor, row),
        "page": page,
        "lines": [facing.entry_line(row.chronology, each, put) for each in page.rows],
        "versions": versions,
        "last": last,
        "guests": facing.guest_lines(queries.guests(actor, row), timezone.now()),
        "back_href": reverse("chronologies:chronology", args=[reference]),
        **facing.not_taken(last.rejected if last else (), put),
    }
    return render(request, "chronologies/agency.html", told)


NO_ROW, HOW = "No row is here yet.", " Add one, or send a file."


def _may(actor: Actor, row: Contribution) -> dict[str, Any]:
    """What a reader may do with one agency's rows, and what is said where none is."""
    place = queries.place_in(actor, row.chronology)
    writes, takes = rules.may_write(place, row.pk), queries.may_take_rows(actor, row.chronology)
    return {
        "has_files": queries.may_have_file(actor, row),
        "writes": writes,
        "signs": rules.may_sign(place, row.pk),
        "takes": takes,
        "nothing": NO_ROW + (HOW if writes and takes else ""),
    }


def _put(actor: Actor, row: Contribution) -> Callable[[str], str]:
    """Its own words for who writes for the agency; labels in the place of names for others."""
    place = queries.place_in(actor, row.chronology)
    return str if place.writes(row.pk) else queries.wording(actor, row.chronology).put


def extend(request: Request, reference: str, pk: int) -> HttpResponse:
    row = _of(request, reference, pk)
    rules.may_manage(queries.place_in(request.actor, row.chronology)).require()
    form = ExtendForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.extend(
            request.actor, contribution=row, door=facing.door(request), now=timezone.now(),
            **form.answers(),
        ),
        words="The day is later, and whoever writes for the agency is told. The old one stays on "
        "file.",
        heading=f"Give {row.name} a later day",
        rows=[Fact("Due", row.due)],
        button="Give the later day",
    )  # fmt: skip


def chase(request: Request, reference: str, pk: int) -> HttpResponse:
    row = _of(request, reference, pk)
    rules.may_manage(queries.place_in(request.actor, row.chronology)).require()
    form = ActForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.chase(
            request.actor, contribution=row, door=facing.door(request), now=timezone.now()
        ),
        words="Whoever writes for the agency is reminded. Guests get a new link.",
        heading=f"Remind {row.name}",
        rows=[Fact("Due", row.due), Fact("Reminded so far", count(row.chased, "time"))],
        button="Remind them",
    )  # fmt: skip


@also_by_link
def send_file(request: Request, reference: str, pk: int) -> HttpResponse:
    """Choose a file, see what it holds and changes, and only then keep its rows."""
    row = _written(request, reference, pk)
    if "file" in request.POST:
        return _keep(request, row)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["file"]
            name, data = str(chosen.name), chosen.read()
            found = queries.preview(request.actor, row, name, data)
            carried = _carried(row, name, data)
        except Invalid as problem:
            form.add_faults(_on_the_file(problem))
        else:
            return _looked(request, row, found, KeepForm(initial={"file": carried}))
    columns = [(each, each in row.chronology.required) for each in row.chronology.columns]
    return form_page(request, "chronologies/file.html", form, Sent(), contribution=row,
                     columns=columns, back_href=_up(row))  # fmt: skip


def _carried(row: Contribution, name: str, data: bytes) -> str:
    """The file laid aside, named by what the form carries to the page that keeps its rows."""
    told = [row.pk, name, files.lay_aside(Path(settings.MEDIA_ROOT), data)]
    return signing.dumps(told, salt=SALT)


def _taken_up(row: Contribution, carried: str) -> tuple[str, bytes]:
    try:
        pk, name, digest = signing.loads(carried, salt=SALT, max_age=files.LEFT_OVER)
    except signing.BadSignature:
        raise Refused("The file was lost on the way. Choose it again.") from None
    if pk != row.pk:
        raise Refused("The file was sent for another agency. Choose it again.")
    return name, files.laid_aside(Path(settings.MEDIA_ROOT), digest)


def _on_the_file(problem: Invalid) -> Invalid:
    return Invalid([type(f)(f.message, "file", f.place, f.mend) for f in problem.faults])


def _up(row: Contribution) -> str:
    return reverse("chronologies:agency", args=[row.chronology.record.reference, row.pk])


def _looked(request: Request, row: Contribution, found: Preview, form: KeepForm) -> HttpResponse:
    told = {
        "contribution": row,
        "form": form,
        "found": found,
        "counts": facing.differences_of(found),
        **facing.not_taken(found.read.rejected),
        **_as_read(found.read.rows),
        "gone": facing.gone_lines(found),
        "none": not found.read.rows,
        "again": found.same_as if found.same_as and not found.differences.any else None,
        "back_href": reverse(
            "chronologies:send_file", args=[row.chronology.record.reference, row.pk]
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "chronologies/preview.html", told, status=status)


def _as_read(rows: Sequence[rules.Row]) -> dict[str, Any]:
    """The first rows, and of those further down the ones of which something was noted."""
    noted = [each for each in rows[SHOWN:] if each.notes]
    lists = (
        ("Rows as they were read", rows[:SHOWN]),
        ("Further rows with something to check", noted[:SHOWN]),
    )
    return {
        "lists": [
            (title, [(each, facing.read_as(each, each.date.text)) for each in some])
            for title, some in lists
        ],
        "hidden": max(0, len(rows) - SHOWN - len(noted[:SHOWN])),
        "noted_more": max(0, len(noted) - SHOWN),
        "undated": sum(each.date.earliest is None for each in rows),
    }


def _keep(request: Request, row: Contribution) -> HttpResponse:
    form = KeepForm(request.POST)
    found = queries.preview(request.actor, row, *_taken_up(row, request.POST["file"]))
    sent = send(
        request, form,
        lambda: operations.give_file(request.actor, contribution=row, file=found),
    )  # fmt: skip
    if not sent.done:
        return _looked(request, row, found, form)
    version = sent.result
    told = f"{count(version.rows, 'row')} stand in version {version.number}."
    if version.rejected:
        told += f" {count(len(version.rejected), 'row')} could not be taken and stand below."
    return done(request, told, "chronologies:agency", row.chronology.record.reference, row.pk)


@also_by_link
def enter(request: Request, reference: str, pk: int) -> HttpResponse:
    """Type one row."""
    row = _written(request, reference, pk)
    form = RowForm(request.POST or None, **_asked(row))
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.enter_row(request.actor, contribution=row, told=form.told()),
        words="The row is kept.",
        names=SLUGS,
        heading=f"Add a row of {row.name}",
        explain="Dates stay as you type them. Facts stand apart from comment.",
        button="Keep the row",
    )  # fmt: skip


def _asked(row: Contribution) -> dict[str, Any]:
    return {"columns": row.chronology.columns, "required": row.chronology.required}


def _standing(actor: Actor, reference: str, pk: int) -> Entry:
    """A row as it stands now, for whoever writes it."""
    row = queries.chronology(actor, reference)
    found = queries.entry(actor, row, pk)
    rules.may_write(queries.place_in(actor, row), found.contribution_id).require()
    queries.may_take_rows(actor, row).require()
    standing = queries.standing(actor, found)
    if standing is None:
        raise Http404
    standing.contribution = found.contribution
    return standing


@also_by_link
def change(request: Request, reference: str, pk: int) -> HttpResponse:
    """Word a row anew."""
    entry = _standing(request.actor, reference, pk)
    form = RowForm(
        request.POST or None,
        initial=slugged(entry.told),
        seen_version=entry.fingerprint,
        **_asked(entry.contribution),
    )
    sent = send(
        request, form,
        lambda: operations.change_row(
            request.actor, entry=entry, told=form.told(), seen_version=form.seen
        ),
        row=entry, names=SLUGS,
    )  # fmt: skip
    if sent.done:
        return done(request, "Worded anew. The wording before stays.", "chronologies:row",
                    reference, entry.stem)  # fmt: skip
    return form_page(
        request, "act.html", form, sent, heading="Change the row", button="Change it",
        explain="Your agency signs off again afterwards.",
        back_href=reverse("chronologies:row", args=[reference, entry.stem]),
    )  # fmt: skip


@also_by_link
def withdraw(request: Request, reference: str, pk: int) -> HttpResponse:
    entry = _standing(request.actor, reference, pk)
    form = ReasonForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(entry.contribution_id)), form,
        lambda: operations.withdraw_row(request.actor, entry=entry, **form.answers()),
        words="Withdrawn. It stands in the versions before.",
        heading="Withdraw the row",
        rows=[Fact(title, text) for title, text in facing.told_rows(entry.told)],
        button="Withdraw it",
    )  # fmt: skip


@also_by_link
def sign(request: Request, reference: str, pk: int) -> HttpResponse:
    """Sign off the newest version for the agency."""
    row = _written(request, reference, pk)
    rules.may_sign(queries.place_in(request.actor, row.chronology), pk).require()
    last = queries.newest(request.actor, row)
    if last is None:
        raise Http404
    form = SignForm(request.POST or None, initial={"digest": last.digest})
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.sign_off(
            request.actor, contribution=row, digest=form.cleaned_data["digest"]
        ),
        words="Signed off. The merged chronology stands on it now.",
        heading=f"Sign off the rows of {row.name}",
        explain="It counts for these rows alone. Any change needs another.",
        rows=[
            Fact("Version", str(last.number)),
            Fact("Rows", str(last.rows)),
            Fact("Digest", last.digest),
        ],
        button="Sign off",
    )  # fmt: skip


@also_by_link
@require_safe
def version(request: Request, reference: str, pk: int, number: int) -> HttpResponse:
    """What one version changed against another, and which rows it could not take."""
    row = _of(request, reference, pk)
    found = queries.versions(request.actor, row).get(number=number)
    asked = request.GET.get("against", "")
    against = int(asked) if asked.isdecimal() else number - 1
    put = _put(request.actor, row)
    told = facing.frame(request.actor, row.chronology, "") | {
        "contribution": row,
        "version": found,
        "against": against,
        "versions": queries.versions(request.actor, row)[:50],
        "compared": facing.compared_lines(
            queries.compared(request.actor, row, against, number), put
        ),
        "has_files": queries.may_have_file(request.actor, row),
        "back_href": _up(row),
        **facing.not_taken(found.rejected, put),
    }
    return render(request, "chronologies/version.html", told)


@also_by_link
@require_safe
def sent(request: Request, reference: str, pk: int, number: int) -> HttpResponse:
    """The file of a version exactly as its agency sent it."""
    row = _of(request, reference, pk)
    found, data = queries.sent_file(request.actor, row, number)
    look(request.actor, record=row.chronology.record, what="took out a file as it was sent")
    return attached_as(data, safe_name(found.name), "application/octet-stream")


@also_by_link
@require_safe
def not_taken(request: Request, reference: str, pk: int, number: int) -> HttpResponse:
    """Every row of a version's file that was not taken, with the reason, as CSV."""
    row = _of(request, reference, pk)
    found = queries.versions(request.actor, row).get(number=number)
    look(request.actor, record=row.chronology.record, what="took out the rows not taken")
    lines = facing.rejected_lines(found.rejected, _put(request.actor, row))
    titles = {"line": "Line", "place": "Where", "reason": "Why", "mend": "How to mend it"}
    made = write_csv([list(titles.values()), *([each[name] for name in titles] for each in lines)])
    name = f"{row.chronology.record.reference}-{pk}-version-{number}-not-taken.csv"
    return attached_as(made, name, "text/csv; charset=utf-8")
