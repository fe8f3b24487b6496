"""Letters that go out: agreed to by whoever has to, before they go."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


class Said(StrEnum):
    """What somebody who was asked says of a draft."""

    AGREED = "agreed"
    CHANGE = "change it"


def may_send(said: Iterable[tuple[str, str]], signed_by: str) -> Verdict:
    """A draft goes once everybody who was asked has agreed. `said` is each seat with what it
    said, empty where it has not answered."""
    told = [*said]
    waiting = [seat for seat, words in told if not words]
    if waiting:
        return no(f"It still waits for {join_words(waiting)} to agree.")
    against = [seat for seat, words in told if words == Said.CHANGE]
    if against:
        return no(f"{join_words(against)} asked for a change first.")
    if not signed_by.strip():
        return no("Say who signed it.")
    return yes()


def may_say(said: Said, words: str) -> Verdict:
    if said is Said.CHANGE and not words.strip():
        return no("Say what has to change.")
    return yes()
