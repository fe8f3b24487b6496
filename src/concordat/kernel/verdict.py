"""An answer that carries its reason."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no because.

    Use it as a truth value (`if verdict:`), as a message (`str(verdict)`),
    or as a gate (`verdict.require()`).
    """

    allowed: bool
    reason: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __str__(self) -> str:
        return self.reason

    def __and__(self, other: Verdict) -> Verdict:
        """Both must hold; the first refusal is the one that is told."""
        return other if self.allowed else self

    def require(self) -> None:
        """Raise `Refused` with the reason unless the answer is yes."""
        if not self.allowed:
            raise Refused(self.reason, source=self.source)


def yes(reason: str = "", source: str = "") -> Verdict:
    return Verdict(True, reason, source)


def no(because: str, source: str = "") -> Verdict:
    if not because:
        raise ValueError("A refusal needs its reason.")
    return Verdict(False, because, source)


def every(*verdicts: Verdict) -> Verdict:
    """Yes only if all are yes; otherwise the first refusal."""
    return next((each for each in verdicts if not each), yes())
