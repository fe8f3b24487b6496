"""The words of our letters. None names a title, a case or a child."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from concordat.domain.base.mail.rules.links import CODE_LASTS, Opening
from concordat.domain.base.mail.rules.messages import SECRET
from concordat.kernel.labels import day_in_words

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


def invitation_letter(*, name: str, by: str, until: date) -> str:
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{by} invites you to sign in to Concordat. Open this link and choose a password:",
            SECRET,
            f"The link is for you alone and works until {day_in_words(until)}. If it no longer "
            "works, open it all the same: the page sends you a new one.",
            "If you did not expect this, you need do nothing.",
        ]
    )


def link_letter(*, name: str, by: str, opening: Opening, reference: str, until: date) -> str:
    return "\n\n".join(
        [
            f"Dear {name},",
            f"{by} asks you to {opening.asks} {reference}. You need no account. Open this link:",
            SECRET,
            "The link is for you alone. Before it opens anything we send a code to this address.",
            f"It works until {day_in_words(until)}. After that, ask {by} for a new one.",
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
