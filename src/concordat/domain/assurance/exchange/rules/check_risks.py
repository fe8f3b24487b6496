"""Scores that are outside the scheme of their register, and bands that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.kinds_running import Register, Risk
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.domain.governance.risks.rules import schemes
from concordat.kernel.errors import Fault, Invalid

_PAIRS = ("", "inherent_", "target_")


def scores_outside_their_scheme(chapter: Chapter) -> Iterator[Fault]:
    """A register that states its words is held to them; one that states none takes any."""
    stated: dict[str, Register] = {}
    for register in chapter.of(Register):
        if register.bands:
            yield from _bands(register)
        if register.likelihoods and register.impacts:
            stated[register.key] = register
    for risk in chapter.of(Risk):
        if risk.register in stated:
            yield from _outside(risk, stated[risk.register])


def _bands(register: Register) -> Iterator[Fault]:
    try:
        schemes.scheme(register.likelihoods, register.impacts, register.bands)
    except Invalid as problem:
        for fault in problem.faults:
            yield Fault(fault.message, fault.field, register.where(fault.field), fault.mend)


def _outside(risk: Risk, register: Register) -> Iterator[Fault]:
    for pair in _PAIRS:
        for field, words in (("likelihood", register.likelihoods), ("impact", register.impacts)):
            name = f"{pair}{field}"
            told = getattr(risk, name)
            try:
                schemes.place(field, told, words) if told else None
            except Invalid as problem:
                for fault in problem.faults:
                    yield Fault(fault.message, name, risk.where(name), fault.mend)
