"""Tags for the states of a page and for sealing. Load them with `ui`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel.errors import Stale
from concordat.web.ui import govuk as design_system
from concordat.web.ui import words
from concordat.web.ui.govuk import plain
from concordat.web.ui.parts import Fact, Filters, When
from concordat.web.ui.states import Tone

register = template.Library()

_PARTS = "ui/parts"


def drawn(part: str, **given: Any) -> SafeString:
    return render_to_string(f"{_PARTS}/{part}.html", given)


def today(context: Context) -> date:
    told = context.get("today")
    if not isinstance(told, date):
        raise template.TemplateSyntaxError("A date is near or far from “today”: it is missing.")
    return told


# --- states of a page


@register.simple_tag
def empty_state(*, sentence: str, action: str = "", href: str = "") -> SafeString:
    """What will show here and who puts it there, and the one button that you may use."""
    return drawn("empty_state", sentence=plain(sentence), action=plain(action), href=plain(href))


@register.inclusion_tag(f"{_PARTS}/no_result.html")
def no_result(filters: Filters, *, what: str) -> dict[str, Any]:
    """Nothing matched: which filters are on, and how to clear them."""
    return {"filters": filters, "what": plain(what)}


@register.inclusion_tag(f"{_PARTS}/restricted_note.html")
def restricted_note(*, owner: str, ask: str) -> dict[str, Any]:
    """For somebody who may know that this exists. `ask` is the address of the asking form."""
    return {"owner": plain(owner), "ask": plain(ask)}


@register.inclusion_tag(f"{_PARTS}/stale_note.html", takes_context=True)
def stale_note(
    context: Context, updated: date, *, by: str, action: str = "", href: str = ""
) -> dict[str, Any]:
    """How long ago this was brought up to date, with a nudge."""
    days = (today(context) - updated).days
    return {"days": days, "on": words.day(updated), "by": plain(by)} | {
        "action": plain(action),
        "href": plain(href),
    }


@register.inclusion_tag(f"{_PARTS}/locked_note.html")
def locked_note(*, by: str, when: When, correct: str) -> dict[str, Any]:
    """Sealed: by whom, when, and the address where a correction can be recorded."""
    return {"by": plain(by), "when": words.moment(when), "correct": plain(correct)}


@register.inclusion_tag(f"{_PARTS}/partial_note.html")
def partial_note(
    *, saved: Sequence[str], missed: Sequence[str], carry_on: str, href: str = ""
) -> dict[str, Any]:
    """Something failed half-way: what is kept, what is not, and how to carry on."""
    return {"saved": saved, "missed": missed, "carry_on": plain(carry_on), "href": plain(href)}


@register.inclusion_tag(f"{_PARTS}/could_not_load.html")
def could_not_load(what: str, *, again: str) -> dict[str, Any]:
    """One block of a page failed; the rest stands. `again` is where to try once more."""
    return {"what": plain(what), "again": plain(again)}


def _can_be_sent_again(form: Any) -> bool:
    """Whether a form holds what was typed, against the version that stands now."""
    is_whole = form is not None and form.is_bound and not form.is_multipart()
    return bool(is_whole and form.data.get("seen_version"))


@register.inclusion_tag(f"{_PARTS}/conflict.html", takes_context=True)
def conflict(context: Context, stale: Stale | None) -> dict[str, Any]:
    """Both texts side by side, so that no typing is lost; nothing when there is no conflict.

    "Keep mine" sends the form below as it stands, or on the page of a conflict what it `kept`.
    A form with a file in it is filled in by hand: a browser gives a file once only.
    """
    if stale is None:
        return {}
    labels = list(dict.fromkeys([*stale.mine, *stale.theirs]))
    form, request = context.get("form"), context.get("request")
    return {
        "pairs": [(name, stale.mine.get(name, ""), stale.theirs.get(name, "")) for name in labels],
        "by": stale.by or "Somebody",
        "at": stale.at,
        "shown": True,
        "has_form": form is not None and form.is_bound,
        "keeps": _can_be_sent_again(form),
        "kept": context.get("kept"),
        "again": context.get("again") or (request.get_full_path() if request else ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_block_tag
def callout(content: str, title: str, *, tone: str) -> SafeString:
    """A sentence that matters, with what it rests on. `tone` is late, soon, done, held or plain."""
    return drawn("callout", title=plain(title), tone=Tone(plain(tone)), body=content)


# --- sealing


@register.simple_block_tag
def interruption_card(
    content: str, title: str, *, go_on: str, go_on_href: str, back: str, back_href: str
) -> SafeString:
    """Stop and think: one way on, one way back. A page of its own."""
    given = {
        "title": title,
        "go_on": go_on,
        "go_on_href": go_on_href,
        "back": back,
        "back_href": back_href,
    }
    return drawn(
        "interruption_card", body=content, **{key: plain(text) for key, text in given.items()}
    )


@register.simple_block_tag
def confirmation_panel(content: str, title: str, *, reference: str, level: int = 1) -> SafeString:
    """It is done: the reference; the block says who was told and what comes next."""
    panel = design_system.component(
        "panel",
        {
            "titleText": title,
            "headingLevel": level,
            "html": format_html("Your reference<br><strong>{}</strong>", plain(reference)),
        },
    )
    return format_html('{}<div class="c-next">{}</div>', panel, mark_safe(content))  # noqa: S308


@register.inclusion_tag(f"{_PARTS}/confirm_page.html", takes_context=True)
def confirm_page(
    context: Context, rows: Sequence[Fact], form: Any, *, seal: str, back: str, lasting: str
) -> dict[str, Any]:
    """The facts, what cannot be undone (`lasting`), and one button that seals."""
    return {
        "rows": rows,
        "form": form,
        "seal": plain(seal),
        "back": plain(back),
        "lasting": plain(lasting),
        "csrf_token": context.get("csrf_token"),
    }
