"""The text of a version: as it reads, its sections written, its checklist, and its formats."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.craft import formats
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.labels import slug as named
from concordat.web.arrangements import text_facing as facing
from concordat.web.arrangements.text_forms import PlaceForm, WriteForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.as_at import DayForm
from concordat.web.ui.attaching import attached
from concordat.web.ui.forms import ActForm
from concordat.web.ui.paging import Page, page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send


@require_safe
def versions(request: Request, slug: str) -> HttpResponse:
    """Every version of a partnership's arrangements, and which waits to be drafted."""
    home = agencies.partnership(request.actor, slug)
    rows = [
        {"row": each, "tone": facing.TONES[rules.Stage(each.state)]}
        for each in queries.arrangements(request.actor, home)
    ]
    may_change = bool(can(request.actor, Verb.CHANGE, home.record))
    told = {"home": home, "part": "arrangements", "rows": rows, "may_change": may_change}
    return render(request, "arrangements/text_versions.html", told)


@require_safe
def text(request: Request, reference: str) -> HttpResponse:
    """The text as it reads on a day, every fact live and linked to its row."""
    found = facing.framed(request.actor, reference)
    form = DayForm(request.GET, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    live = queries.assembled(request.actor, found.row, form.day)
    told = found.told(request.actor, "text")
    newest = told["newest"]
    today = form.day == request.actor.on
    told |= {
        "form": form,
        "day": form.day,
        "asked": form.is_bound,
        "sections": facing.live_sections(live, facing.addresses(request.actor, found.home)),
        "drift": queries.drift(request.actor, newest, live) if newest and today else [],
        "may_write": found.may_change and found.stage in rules.WRITTEN_IN and today,
        "formats": formats.NAMES,
        "regime": live.ground.regime,
        "worded": queries.worded(request.actor, found.row),
    }
    return render(request, "arrangements/text.html", told, status=422 if bad else 200)


@require_safe
def live_file(request: Request, reference: str, form: str) -> HttpResponse:
    """The live text of a day in one of four formats, marked as a draft while it is one."""
    found = facing.framed(request.actor, reference)
    asked = DayForm(request.GET, today=request.actor.on)
    if form not in formats.MEDIA_TYPES or (asked.is_bound and not asked.is_valid()):
        raise Http404
    live = queries.assembled(request.actor, found.row, asked.day)
    mark = queries.mark_of(request.actor, found.row)
    made = queries.typeset(request.actor, live.told(), mark=mark)
    return attached(made, f"{named(found.row.title)}-{asked.day.isoformat()}", form)


@require_safe
def edition_file(request: Request, reference: str, number: int, form: str) -> HttpResponse:
    """A frozen edition in one of four formats, made from exactly what was frozen."""
    found = facing.framed(request.actor, reference)
    edition = queries.editions(request.actor, found.row).filter(number=number).first()
    if edition is None or form not in formats.MEDIA_TYPES:
        raise Http404
    told = queries.told(request.actor, edition)
    mark = queries.mark_of(request.actor, found.row)
    made = queries.typeset(request.actor, told, mark=mark, digest=edition.digest)
    return attached(made, f"{named(found.row.title)}-edition-{number}", form)


def begin(request: Request, reference: str) -> HttpResponse:
    """Begin to write a version from the facts that are on record."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    form = ActForm(request.POST or None)
    sent = send(
        request, form, lambda: operations.begin_draft(request.actor, arrangements=found.row)
    )
    if sent.done:
        return done(request, "The draft is begun.", "arrangements:text", reference)
    told = _beginning(request, found)
    return form_page(request, "act.html", form, sent, **told)


def _beginning(request: Request, found: facing.Framed) -> dict[str, Any]:
    live = queries.assembled(request.actor, found.row, request.actor.on)
    facts = sum(len(block.rows) for part in live.parts for block in part.blocks)
    return {
        "heading": "Draft the arrangements",
        "rows": [
            Fact("Version", found.row.title),
            Fact("Written for", live.ground.regime or "Not known"),
            Fact("Facts that are quoted live", f"{facts:,}"),
            Fact("To be published by", found.row.publish_by or "Not stated"),
        ],
        "explain": "Structure, seats, delegations, agencies, steps and promises come from what is "
        "on record and follow it. You write the rest, section by section.",
        "button": "Begin the draft",
        "back_href": reverse("arrangements:text", args=[found.row.record.reference]),
    }


def write(request: Request, reference: str, section: str) -> HttpResponse:
    """Write one section; what others wrote meanwhile is shown beside it."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    about = rules.section(section)
    if about is None:
        raise Http404
    kept = _kept(request, found, section)
    form = WriteForm(
        request.POST or None,
        initial={"text": kept.text, "done": kept.done} if kept else {},
        seen_version=_mark(kept),
    )
    sent = send(request, form, lambda: _write(request, found, section, form))
    if sent.done:
        words = _written(found, sent.result.state)
        back = reverse("arrangements:text", args=[reference])
        return _told(request, words, f"{back}#{section}")
    if sent.stale:
        form.renew(_mark(_kept(request, found, section)))
    told = _writing(request, found, about)
    return form_page(request, "arrangements/text_write.html", form, sent, **told)


def _kept(request: Request, found: facing.Framed, section: str) -> queries.Passage | None:
    return queries.passages(request.actor, found.row).filter(section=section).first()


def _mark(kept: queries.Passage | None) -> int:
    return rules.mark_of(kept.text, kept.done) if kept else 0


def _write(request: Request, found: facing.Framed, section: str, form: WriteForm) -> Any:
    answers = form.answers()
    return operations.write(
        request.actor,
        arrangements=found.row,
        section=section,
        text=answers["text"],
        done=bool(answers["done"]),
        seen=form.seen or 0,
    )


def _written(found: facing.Framed, after: str) -> str:
    if found.stage in rules.SIGNED_IN and after == rules.Stage.DRAFT:
        return "It is written. Every sign-off is void, and the text is a draft again."
    return "It is written."


def _told(request: Request, words: str, href: str) -> HttpResponse:
    from django.contrib import messages

    messages.success(request, words)
    return redirect(href)


def _writing(request: Request, found: facing.Framed, about: rules.Section) -> dict[str, Any]:
    live = queries.assembled(request.actor, found.row, request.actor.on)
    part = live.part(about.key)
    at = facing.addresses(request.actor, found.home)
    shown = next(each for each in facing.live_sections(live, at) if each["key"] == about.key)
    standing = queries.standing_sign_offs(request.actor, found.row)
    return {
        "record": found.row.record,
        "section": about,
        "blocks": shown["blocks"],
        "wanting": [each for each in rules.wanting(part) if "not marked it done" not in each],
        "quotes": _grouped(rules.quotes(live.ground), part),
        "warning": rules.void_warning(standing),
        "back_href": reverse("arrangements:text", args=[found.row.record.reference]),
    }


def _grouped(quotes: dict[str, rules.Quote], part: rules.Part) -> list[tuple[str, list[Any]]]:
    """What can be quoted: first what this section tells of, then everything by kind."""
    near = [each for each in quotes.values() if each.ref in part.refs]
    groups: dict[str, list[rules.Quote]] = {"In this section": near} if near else {}
    for each in quotes.values():
        kind = each.ref.partition(":")[0].replace("_", " ").capitalize()
        groups.setdefault(kind, []).append(each)
    return [(f"{name} ({len(rows)})", rows) for name, rows in groups.items()]


@require_safe
def wordings(request: Request, reference: str, section: str) -> HttpResponse:
    """What a section ever said: each wording with its day and author, and what it changed."""
    found = facing.framed(request.actor, reference)
    about = rules.section(section)
    if about is None:
        raise Http404
    rows = queries.wordings(request.actor, found.row).filter(section=section)
    page = page_of(rows, request.GET.get("page"), per_page=WORDINGS)
    told = found.told(request.actor, "text")
    told |= {"section": about, "page": page, "lines": _compared(page, rows)}
    return render(request, "arrangements/text_wordings.html", told)


WORDINGS = 10
"""Wordings on one page: each is as long as a section."""


def _compared(page: Page, rows: QuerySet[queries.Wording]) -> list[dict[str, Any]]:
    """Each wording with its number and the differences from the one before it."""
    shown = list(page.rows)
    before = rows.filter(pk__lt=shown[-1].pk).first() if shown else None
    return [
        {
            "row": row,
            "number": (number := page.total - page.first - at + 1),
            "caption": f"What wording {number} changed",
            "changes": rules.between(row.section, old.text if old else "", row.text),
        }
        for at, (row, old) in enumerate(zip(shown, [*shown[1:], before], strict=False))
    ]


# --- checklist


@require_safe
def checklist(request: Request, reference: str) -> HttpResponse:
    """The law's points and the promises about the contents, each met, partly met or missing."""
    found = facing.framed(request.actor, reference)
    live = queries.assembled(request.actor, found.row, request.actor.on)
    checks = queries.checklist(request.actor, found.row, live)
    at = facing.addresses(request.actor, found.home)
    told = found.told(request.actor, "checklist")
    told |= {
        "regime": checks.regime,
        "areas": checks.area_regimes,
        "lists": [
            ("What published arrangements tell", _checked(checks.law, at)),
            ("What this version promised to hold", _checked(checks.local, at)),
        ],
        "tally": _tally([*checks.law, *checks.local]),
        "may_write": found.may_change and found.stage in rules.WRITTEN_IN,
        "placements": list(queries.placements(request.actor, found.row)),
    }
    return render(request, "arrangements/text_checklist.html", told)


ANSWERED = {
    rules.Answered.MET: ("Done", "Met"),
    rules.Answered.PARTLY: ("Due soon", "Partly met"),
    rules.Answered.MISSING: ("Overdue", "Missing"),
}


def _checked(rows: list[rules.Checked], at: Any) -> list[dict[str, Any]]:
    return [
        {
            "item": each.item,
            "tone": ANSWERED[each.answered][0],
            "says": ANSWERED[each.answered][1],
            "where": each.where,
            "why": each.why,
            "findings": [
                (row, at.title(row["subject"]), at.href(row["subject"])) for row in each.findings
            ],
        }
        for each in rows
    ]


def _tally(rows: list[rules.Checked]) -> str:
    counted = rules.tally(rows)
    met, partly, missing = (counted[each] for each in rules.Answered)
    return f"Of {len(rows)} points {met} are met, {partly} partly met and {missing} missing."


def place(request: Request, reference: str, item: str) -> HttpResponse:
    """Say that a further section answers an item, and how far."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    known = {each.key: each for each in queries.items_of(request.actor, found.row)}
    if item not in known:
        raise Http404
    form = PlaceForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: _place(request, found, item, form.answers()),
        words="It is placed.",
        to=("arrangements:text_checklist", reference),
        heading="Place a point in a section",
        rows=[Fact("Point", known[item].text)],
        button="Place it",
        back_href=reverse("arrangements:text_checklist", args=[reference]),
    )


def _place(request: Request, found: facing.Framed, item: str, answers: dict[str, Any]) -> Any:
    return operations.place(
        request.actor,
        arrangements=found.row,
        item=item,
        section=answers["section"],
        extent=rules.Extent(answers["extent"]),
        remark=answers["remark"],
    )


def take_away(request: Request, reference: str, placement: int) -> HttpResponse:
    """Take a placement away again."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    row = queries.placements(request.actor, found.row).filter(pk=placement).first()
    if row is None:
        raise Http404
    form = ActForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.take_away(request.actor, arrangements=found.row, placement=placement),
        words="It is taken away.",
        to=("arrangements:text_checklist", reference),
        heading="Take a point out of a section",
        rows=[Fact("Point", row.item), Fact("Section", rules.title_of(row.section))],
        button="Take it out",
        back_href=reverse("arrangements:text_checklist", args=[reference]),
    )
