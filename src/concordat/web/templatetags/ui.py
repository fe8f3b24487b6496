"""Every component of a page. `docs/components.md` lists them with their arguments.

Text arguments are always escaped, also when they stand as literals in a template. Only what is
written between a block tag and its end, and values made with `format_html`, may carry markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from zlib import crc32

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel import labels
from concordat.kernel.dates import UncertainDate
from concordat.web.templatetags import notes
from concordat.web.templatetags import words as word_filters
from concordat.web.templatetags.notes import drawn, empty_state, today
from concordat.web.ui import govuk as design_system
from concordat.web.ui import states, tables, words
from concordat.web.ui.drafting import may_wait
from concordat.web.ui.forms import LATER, PageForm
from concordat.web.ui.govuk import plain
from concordat.web.ui.paging import Page
from concordat.web.ui.parts import Column, Fact, Link, Moment, Step, Task, When
from concordat.web.ui.states import Running

register = template.Library()
for _others in (word_filters, notes):
    register.filters.update(_others.register.filters)
    register.tags.update(_others.register.tags)

MOST_ON_A_PHONE = 4
MOST_IN_A_ROW = 8
"""Parts that a sub-navigation holds in one row at a desk; the rest stand under "More"."""
_PARTS = "ui/parts"


# --- the design system's own furniture


@register.simple_tag
def govuk(component: str, **params: Any) -> SafeString:
    return design_system.component(component, params)


@register.simple_block_tag
def govukblock(content: str, component: str, **params: Any) -> SafeString:
    return design_system.component(component, {**params, "html": content})


@register.simple_tag
def button(
    text: str,
    *,
    href: str = "",
    kind: Literal["primary", "secondary", "warning"] = "primary",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button, or a link that looks like one when it has an address."""
    classes = "" if kind == "primary" else f"govuk-button--{kind}"
    params = {"text": text, "classes": classes, "name": name, "value": value}
    if href:
        return _button_link(text, href, classes)
    return design_system.component("button", {**params, "preventDoubleClick": True})


def _button_link(text: str, href: str, classes: str) -> SafeString:
    """A plain link: it goes somewhere, so it is not announced as a button."""
    return format_html(
        '<a class="govuk-button {}" href="{}" draggable="false">{}</a>',
        classes,
        plain(href),
        plain(text),
    )


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    return design_system.component("back-link", {"href": href, "text": text})


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    return design_system.component("details", {"summaryText": summary, "html": content})


@register.simple_block_tag
def what_is_this(content: str) -> SafeString:
    """The line of help under a page's title: 30 to 60 words."""
    return design_system.component(
        "details",
        {"summaryText": "What is this?", "html": content, "classes": "c-what-is-this"},
    )


@register.simple_block_tag
def notification(
    content: str, *, kind: Literal["notice", "success"] = "notice", key: object = ""
) -> SafeString:
    """Something to notice at the top of a page. `key` tells apart two that say the same."""
    params: dict[str, Any] = {
        "html": mark_safe(content),  # noqa: S308 - a block of the template
        "titleId": f"notice-{crc32(content.encode())}{key}",
    }
    if kind == "success":
        params |= {"type": "success", "titleText": "Done"}
    return design_system.component("notification-banner", params)


@register.inclusion_tag(f"{_PARTS}/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Every error of the form as a link to its field; nothing when there is none."""
    return {"errors": form.summary() if form is not None else []}


# --- words with a tone


@register.simple_tag
def tag(state: str, text: str = "") -> SafeString:
    """A state from the registry; `text` says it in the page's own words."""
    return format_html(
        '<strong class="c-tag c-tag--{}">{}</strong>',
        states.tone(state),
        plain(text or states.state(state)),
    )


@register.inclusion_tag(f"{_PARTS}/contextual_date.html", takes_context=True)
def contextual_date(
    context: Context, due: When, *, left: int | None = None, state: str = ""
) -> dict[str, Any]:
    """A due date with how near it is. `left` counts working days; `state` ends the counting."""
    if state:
        near = words.Nearness(str(states.state(state)), states.tone(state))
    else:
        near = words.nearness(due, today(context), left)
    return {"due": words.day(due), "machine": words.machine(due), "near": near}


@register.inclusion_tag(f"{_PARTS}/clock.html")
def clock(
    title: str,
    *,
    href: str,
    sentence: str,
    left: int | None,
    due: When | None,
    explain: str,
    unit: str = "working day",
    state: str = Running.RUNNING,
    action: str = "",
    action_href: str = "",
    weight: Literal["primary", "secondary"] = "secondary",
) -> dict[str, Any]:
    """One statutory clock. `explain` is the address of how it is worked out."""
    stands = states.state(state)
    given: dict[str, Any] = {
        key: plain(value)
        for key, value in locals().items()
        if key in ("title", "href", "sentence", "explain", "action", "action_href", "weight")
    }
    return given | _face_of_clock(stands, left, unit, due)


def _face_of_clock(stands: str, left: int | None, unit: str, due: When | None) -> dict[str, Any]:
    number, told, tone = "", str(stands), states.tone(stands)
    if stands == Running.RUNNING and left is not None:
        number, told = _number_and_unit(left, unit)
        tone = words.tone_of(left)
    elif stands == Running.RUNNING:
        told = "Start date needed to work this out"
    day = words.weekday(due) if due is not None else ""
    machine = words.machine(due) if due is not None else ""
    return {"number": number, "told": told, "tone": tone, "due": day, "machine": machine}


def _number_and_unit(left: int, unit: str) -> tuple[str, str]:
    """The big number and the words beneath it: 4, working days left; 2, working days overdue."""
    if not left:
        return "", "Due today"
    number, _, noun = labels.count(abs(left), unit).partition(" ")
    return number, f"{noun} {'left' if left > 0 else 'overdue'}"


# --- lists and tables


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    *columns: str | Column,
    empty: str,
    show: Literal["", "caption"] = "",
    layout: Literal["rows", "wide"] = "rows",
) -> SafeString:
    """Rows of plain `tr` and `td` as a table. `empty` is the sentence where there are none."""
    if not tables.has_rows(content):
        return empty_state(sentence=empty)
    heads = [Column.of(plain(told) if isinstance(told, str) else told) for told in columns]
    return drawn(
        "table",
        caption=plain(caption),
        key=f"table-{labels.slug(caption) or 'rows'}",
        columns=heads,
        body=mark_safe(tables.rows(content, caption, heads)),  # noqa: S308 - escaped by the page
        show=show,
        layout=layout,
    )


@register.inclusion_tag(f"{_PARTS}/summary_list.html")
def summary_list(rows: Sequence[Fact | tuple[object, ...]]) -> dict[str, Any]:
    """Facts as label and value, each with where it can be changed, if it can."""
    told = [row if isinstance(row, Fact) else Fact(*row) for row in rows]  # type: ignore[arg-type]
    shown = [(fact, _value(fact.value)) for fact in told]
    return {"facts": shown, "changes": any(fact.change for fact in told)}


def _value(value: object) -> object:
    """A date in words; anything else as it is."""
    return words.moment(value) if isinstance(value, (date, UncertainDate)) else value


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A summary list whose rows are written with `fact` in the template."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', mark_safe(content))  # noqa: S308


@register.simple_block_tag
def fact(content: str, label: str, *, change: str = "") -> SafeString:
    return drawn("fact", label=plain(label), value=content, change=plain(change))


@register.inclusion_tag(f"{_PARTS}/timeline.html")
def timeline(moments: Sequence[Moment], *, level: int = 3) -> dict[str, Any]:
    """What happened, newest first as given."""
    return {
        "moments": [(each, words.moment(each.when), words.machine(each.when)) for each in moments],
        "heading": f"h{level}",
    }


@register.inclusion_tag(f"{_PARTS}/progress_tracker.html")
def progress_tracker(label: str, steps: Sequence[Step]) -> dict[str, Any]:
    """A fixed set of steps, of which at most one is now."""
    at = next((place for place, step in enumerate(steps, 1) if step.stands == "now"), 0)
    whole = bool(steps) and all(step.stands == "done" for step in steps)
    now = steps[at - 1] if at else None
    return {"label": plain(label), "steps": steps, "at": at, "now": now, "whole": whole}


@register.inclusion_tag(f"{_PARTS}/task_list.html")
def task_list(tasks: Sequence[Task], *, prefix: str = "task") -> dict[str, Any]:
    return {"tasks": tasks, "prefix": plain(prefix)}


@register.simple_block_tag
def items(content: str, *, label: str) -> SafeString:
    """An ordered list of things with their meta line, such as an agenda."""
    return format_html(
        '<ol class="c-items" aria-label="{}">{}</ol>',
        plain(label),
        mark_safe(content),  # noqa: S308
    )


@register.simple_block_tag
def item(
    content: str,
    title: str,
    *,
    number: str = "",
    href: str = "",
    side: str = "",
    state: str = "",
    state_text: str = "",
) -> SafeString:
    """One item: the block holds its meta line; `side` a short fact such as "10 minutes"."""
    given = {"title": title, "number": str(number), "href": href, "side": side}
    stands = tag(state, state_text) if state else ""
    return drawn(
        "item", meta=content, stands=stands, **{key: plain(told) for key, told in given.items()}
    )


# --- finding the way


@register.inclusion_tag(f"{_PARTS}/sub_navigation.html")
def sub_navigation(label: str, links: Sequence[Link]) -> dict[str, Any]:
    current = next((link for link in links if link.current), None)
    row = _in_a_row(links, current)
    return {
        "label": plain(label),
        "links": links,
        "row": row,
        "rest": [link for link in links if link not in row],
        "current": current,
        "others": len(links) - (1 if current else 0),
        "folds": len(links) > MOST_ON_A_PHONE,
    }


def _in_a_row(links: Sequence[Link], current: Link | None) -> list[Link]:
    """The first parts, and always the one that is open: in the last place if it comes later."""
    if len(links) <= MOST_IN_A_ROW:
        return list(links)
    row = list(links[: MOST_IN_A_ROW - 1])
    return [*row[:-1], current] if current and current not in row else row


@register.simple_block_tag
def identity_bar(
    content: str, title: str, *, reference: str, meta: str = "", restricted: str = ""
) -> SafeString:
    """The band that says which record this is. The block holds its one or two buttons."""
    given = {"title": title, "reference": reference, "meta": meta, "restricted": restricted}
    return drawn(
        "identity_bar", actions=content, **{key: plain(value) for key, value in given.items()}
    )


@register.inclusion_tag(f"{_PARTS}/filter_panel.html", takes_context=True)
def filter_panel(context: Context, form: Any, *, what: str) -> dict[str, Any]:
    """A GET form over a list. `what` names the list's things: "actions"."""
    return {"form": form, "filters": form.filters(), "what": plain(what), "path": _path(context)}


@register.inclusion_tag(f"{_PARTS}/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, *, what: str) -> dict[str, Any]:
    """Links to a few pages around this one, and how many things there are."""
    query = context["request"].GET.copy() if "request" in context else None
    links = []
    for number in page.numbers:
        links.append((number, _with_page(query, number) if number else ""))
    return {
        "page": page,
        "what": plain(what),
        "links": links,
        "previous": _with_page(query, page.number - 1) if page.number > 1 else "",
        "next": _with_page(query, page.number + 1) if page.number < page.pages else "",
    }


def _with_page(query: Any, number: int) -> str:
    if query is None:
        return f"?page={number}"
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _path(context: Context) -> str:
    return str(context["request"].path) if "request" in context else ""


# --- pictures


@register.simple_block_tag
def figure(content: str, svg: str, *, title: str, sentence: str, csv: str = "") -> SafeString:
    """A picture that `craft.svg` made, what it says, and its numbers in the block as a table."""
    return drawn(
        "figure",
        svg=svg,
        title=plain(title),
        sentence=plain(sentence),
        numbers=content,
        csv=plain(csv),
    )


# --- forms


@register.inclusion_tag(f"{_PARTS}/page_form.html", takes_context=True)
def page_form(
    context: Context, form: Any, text: str, *, cancel: str = "", action: str = ""
) -> dict[str, Any]:
    """The whole form: fields, one verb-first button, and the way out. A long one may wait."""
    request = context.get("request")
    waits = not action and isinstance(form, PageForm) and request is not None
    return {
        "later": LATER if waits and may_wait(request, form) else "",
        "form": form,
        "text": plain(text),
        "cancel": plain(cancel),
        "action": plain(action),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def section_title(text: str, *, count: str = "", level: int = 2, key: str = "") -> SafeString:
    """A heading with its count in words beside it."""
    shown = format_html(' <span class="c-count">{}</span>', plain(count)) if count else ""
    return format_html(
        '<h{} class="c-h{}"{}>{}{}</h{}>',
        int(level),
        int(level),
        format_html(' id="{}"', plain(key)) if key else "",
        plain(text),
        shown,
        int(level),
    )


@register.simple_block_tag
def aside_section(content: str, title: str) -> SafeString:
    """One section of the narrow column."""
    return drawn("aside_section", title=plain(title), body=content)
