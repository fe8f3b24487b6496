"""What a letter says to a named person who is asked for information, or reminded of it.

No letter says anything of a case: what is asked exactly, and why, stands on the page alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.kernel.labels import count, day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`asker` is the seat with its body and partnership, `of` whom it asks, `form` the title of
    the questions, `basis` on what it is asked, as "under" and "by" word it, `ring` whom to ring."""

    reference: str
    asker: str
    of: str
    form: str
    basis: str
    due: date
    deliver_to: str
    ring: str
    chased: int = 0


def paragraphs(letter: Letter, today: date) -> tuple[str, ...]:
    """Who asks, for what, on which basis, by when, how to answer, and whom to ring."""
    return (
        f"{_first(letter, today)} ({letter.reference}). It is about this: {letter.form}.",
        f"It is asked {letter.basis}. The answer is used for the purpose that the request "
        "names and for no other.",
        f"{_by_when(letter, today)} Exactly what is asked, and for which purpose, stands on the "
        "page: no letter says anything of a case.",
        "On the page you can answer, send a file, say that the request has come, or say that you "
        f"cannot answer and why. The answer goes to: {letter.deliver_to}.",
        f"If anything is unclear, or you need longer, {letter.ring} before that day. Do not answer "
        "by letter.",
    )


def _first(letter: Letter, today: date) -> str:
    if not letter.chased:
        return f"{letter.asker} asks {letter.of} for information"
    late = "which is late" if letter.due < today else "which is due soon"
    times = f"This is reminder {letter.chased}" if letter.chased > 1 else "This is a reminder"
    return f"{times}. {letter.asker} asked {letter.of} for information, {late}"


def _by_when(letter: Letter, today: date) -> str:
    day = day_in_words(letter.due)
    if letter.due >= today:
        return f"Please answer by {day}."
    late = count((today - letter.due).days, "day")
    return f"It was due by {day}, {late} ago: please answer now, or say why you cannot."


def late_paragraphs(
    *, reference: str, asker: str, of: str, due: date, ring: str, today: date
) -> tuple[str, ...]:
    """What is said to whoever is told that an answer is late."""
    late = count((today - due).days, "day")
    return (
        f"{of} has not answered a request for information ({reference}). {asker} asked for it. "
        f"The answer was due by {day_in_words(due)}, {late} ago.",
        f"Please see to it that it is answered: {ring}. What is asked, and why, stands on its "
        "page alone.",
    )
