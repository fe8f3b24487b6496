"""The words of our letters. None names a title, a case or a child."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from concordat.domain.base.mail.rules.links import CODE_LASTS, Opening, asks_to
from concordat.domain.base.mail.rules.messages import SECRET, Change, Standing
from concordat.kernel.labels import count, day_in_words, join_words

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


def invitation_letter(
    *, name: str, by: str, until: date, seats: Sequence[str] = (), decides: Sequence[str] = ()
) -> str:
    """`seats` say where they sit ("Health delegate on the Executive"), `decides` what they may
    decide there, a sentence each."""
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{by} invites you to sign in to Concordat{_sits(seats)}.",
            *([" ".join(decides)] if decides else []),
            "Open this link and choose a password:",
            SECRET,
            f"The link is for you alone and works until {day_in_words(until)}. If it no longer "
            "works, open it all the same: the page sends you a new one.",
            "If you did not expect this, you need do nothing.",
        ]
    )


def _sits(seats: Sequence[str]) -> str:
    return f", because you hold a seat: {join_words(seats)}" if seats else ""


def reset_letter(*, name: str, hours: int) -> str:
    return "\n\n".join(
        [
            f"Dear {name},",
            "Somebody asked to choose a new password for you. If it was you, open this link. It "
            f"works once and for {count(hours, 'hour')}:",
            SECRET,
            "You will still need your authenticator app. If it was not you, do nothing: your "
            "password stays as it is.",
        ]
    )


_CHANGES = {
    Change.PASSWORD: "Your password was changed",
    Change.PASSWORD_BY_LINK: "Your password was changed through a link sent to this mailbox",
    Change.APP_ADDED: "An authenticator app was added to your account",
    Change.APP_REMOVED: "Your authenticator app was removed",
    Change.CODES: "New recovery codes were made for your account and the old ones stopped working",
}


def sign_in_letter(*, name: str, change: Change, place: str) -> str:
    """Tells the owner of an account what was changed about signing in, at which address."""
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{_CHANGES[change]}, on {place}",
            "If it was you, there is nothing to do. If it was not, choose a new password from the "
            "sign-in page at once and tell your partnership’s co-ordinator.",
        ]
    )


def clock_letter(
    *,
    name: str,
    standing: Standing,
    rule: str,
    reference: str,
    due: str,
    seat: str,
    place: str,
) -> str:
    """Tells the holder of a statutory clock that it was missed, or soon will be.

    `rule` is the title of the row of law, `due` the day in words. The record is named by its
    reference alone: its title may be a case's.
    """
    missed = standing is Standing.MISSED
    told = f"{rule}, for {reference}, {'was due by' if missed else 'is due by'} {due}."
    ask = (
        "If it was done in time, give the proof. If it was not, say why, and who was told."
        if missed
        else "When it is done, give the proof. If it will be late, say why before the day."
    )
    why = f"You get this letter because you hold this clock as {seat}."
    return "\n\n".join([f"Dear {name},", told, f"{ask}\n{place}", why])


def asked_letter(
    *,
    name: str,
    by: str,
    what: str,
    reference: str,
    group: str,
    due: date | None,
    place: str,
    says: Sequence[str] = (),
) -> str:
    """Tells somebody at once what a person asks of their seat. `what` begins with its verb; `says`
    are paragraphs in its place, for what `what` may not tell."""
    until = f", by {day_in_words(due)}" if due else ""
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{by} asks this of you, for {group}{until}:",
            *(says or (f"{what} ({reference})",)),
            f"Open it here:\n{place}",
            "It stands in My work too until it is done.",
        ]
    )


def answered_letter(*, name: str, by: str, answer: str, reference: str, place: str) -> str:
    """Tells who asked for access that it was "given" or "refused"; why is on its page."""
    way = "Open it here" if answer == "given" else "Its page says whom to ask"
    return "\n\n".join(
        [
            f"Dear {name},",
            f"You asked to open {reference}. Access was {answer} by {by}.",
            f"{way}:\n{place}",
        ]
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the weekly letter. `when` says by which day, in words."""

    what: str
    group: str
    when: str
    why: str
    place: str


def weekly_letter(*, name: str, lines: Sequence[Line], later: int, place: str) -> str:
    """What is late, due within the week or without a day; `later` things can wait."""
    things = [
        f"{each.what}, for {each.group}, {each.when}. {each.why}.\n{each.place}" for each in lines
    ]
    more = f"{count(later, 'more thing')} {'is' if later == 1 else 'are'} due later."
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{count(len(lines), 'thing')} {'waits' if len(lines) == 1 else 'wait'} for you.",
            *things,
            *([more] if later else []),
            f"Choose another day for this letter, or none:\n{place}",
        ]
    )


def link_letter(
    *,
    name: str,
    by: str,
    opening: Opening,
    reference: str,
    kind: str,
    until: date,
    asker: str = "",
    says: Sequence[str] = (),
) -> str:
    """`says` are paragraphs in the place of the usual first one; `asker` is who gives a new link,
    where that is somebody else than whoever or whatever sent this one."""
    usual = [f"{by} asks you to {asks_to(opening, kind)} {reference}."]
    return "\n\n".join(
        [
            f"Dear {name},",
            *(says or usual),
            "You need no account. Open this link:",
            SECRET,
            "The link is for you alone. Before it opens anything we send a code to this address.",
            f"It works until {day_in_words(until)}. After that, ask {asker or by} for a new one.",
            "If you did not expect this, you need do nothing.",
        ]
    )


def code_letter(*, name: str) -> str:
    minutes = int(CODE_LASTS.total_seconds() // 60)
    return "\n\n".join(
        [
            f"Dear {name},",
            "Your code is:",
            SECRET,
            f"It works once, for {minutes} minutes, on the page that asks for it. Give it to "
            "nobody: we never ask for it by telephone or by mail.",
            "If you did not ask for a code, somebody else has your link. Tell whoever sent it.",
        ]
    )


def nudge_letter(*, name: str, by: str, reference: str, until: date) -> str:
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{by} reminds you that {reference} waits for your comment. Open it here:",
            SECRET,
            f"Comments are taken until {day_in_words(until)}. If you have none, say so there: "
            "that is an answer too, and nobody will ask you again.",
        ]
    )


def seal_letter(*, name: str, number: int) -> str:
    return "\n\n".join(
        [
            f"Dear {name},",
            f"Attached is the signed head of ledger seal {number:,}. Please keep it outside this "
            "system. You need not read it.",
            "Everything done in Concordat is bound by seals like this one. Whoever holds the head "
            "can show later whether the ledger was cut or rewritten, even by those who run it.",
        ]
    )


_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.M | re.ASCII)


def media_of(name: str, text: str) -> str:
    """What kind of file a letter brings. A calendar names its method, without which mailboxes
    show a file and no invitation (RFC 6047, 2.4)."""
    if not name.endswith(".ics"):
        return "text/plain"
    method = _METHOD.search(text)
    return f"text/calendar; method={method[1]}" if method else "text/calendar"


def simple_html(text: str) -> str:
    """The text as plain paragraphs of HTML: no picture, no style, nothing that reports back."""
    paragraphs = [each for each in text.split("\n\n") if each.strip()]
    body = "\n".join(f"<p>{_linked(each)}</p>" for each in paragraphs)
    return f'<!DOCTYPE html>\n<html lang="en-GB"><body>\n{body}\n</body></html>\n'


def _linked(paragraph: str) -> str:
    pieces = _ADDRESS.split(paragraph)
    told = [
        f'<a href="{escape(piece)}">{escape(piece)}</a>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    ]
    return "".join(told).replace("\n", "<br>\n")
