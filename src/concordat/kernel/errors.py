"""The three ways in which a request can fail, told so that they can be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


class Refused(Exception):
    """The rules say no. A page answers 403, a command exits with 1."""

    def __init__(self, reason: str, *, source: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.source = source


class Restricted(Refused):
    """The record may be known of but not opened: whom to ask is part of the answer."""

    def __init__(self, reference: str, *, owner: str) -> None:
        super().__init__(f"You do not have access to {reference}. Owner: {owner}.")
        self.reference = reference
        self.owner = owner


class Stale(Exception):
    """Somebody changed the record first. `mine` and `theirs` map a label to its text.

    `by` and `at` say who came first and when. `version` is the one that stands now, so that
    the same typing can be sent against it; None where that must not be done unread.
    """

    def __init__(
        self,
        mine: Mapping[str, str],
        theirs: Mapping[str, str],
        *,
        by: str = "",
        at: datetime | None = None,
        version: int | None = None,
    ) -> None:
        super().__init__("Somebody changed this while you were writing.")
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.by = by
        self.at = at
        self.version = version


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was given: where, what, and how to mend it.

    `place` is a file with its line or cell, or empty for a form.
    `field` is the name of the form field or of the key in the file.
    """

    message: str
    field: str = ""
    place: str = ""
    mend: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.place, self.field) if part)
        told = f"{where}: {self.message}" if where else self.message
        return f"{told} {self.mend}".rstrip()


class Invalid(Exception):
    """What was given cannot be used. A page shows the faults, a command exits with 2."""

    def __init__(self, faults: Sequence[Fault] | str, *, field: str = "", mend: str = "") -> None:
        if isinstance(faults, str):
            faults = (Fault(faults, field=field, mend=mend),)
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
