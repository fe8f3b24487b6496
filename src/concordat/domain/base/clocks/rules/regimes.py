"""Which edition an area follows, and whether a row binds it: go-live decides."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.clocks.rules.law import Law, law
from concordat.domain.base.clocks.rules.rows import Area, Regime, Rule
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes

LAST_GO_LIVE = date(2019, 9, 29)
"""The last day on which an area could still be with its old board (row TR-IMPLEMENT)."""


def regime_for(area_go_live: date | None, on: date, within: Law | None = None) -> Regime:
    """The edition an area follows on a day.

    An area follows the old board's rules until its own go-live; `area_go_live` None means
    that it is not known, and the last day of the transition decides. Raises `Invalid` before
    the first edition on file.
    """
    regimes = (within or law()).terms.regimes
    if on < _go_live(area_go_live):
        candidates = [regimes["OLD"]]
    else:
        candidates = [each for each in regimes.values() if each.edition and each.id != "OLD"]
    found = next((each for each in candidates if each.in_force(on)), None)
    if found is None:
        raise Invalid(f"No edition of the rules is on file for {day_in_words(on)}.", field="on")
    return found


def applies(rule: Rule, area_go_live: date | None, on: date) -> Verdict:
    """Whether a row binds an area on a day: in force, and on the right side of its go-live.

    `area_go_live` is that of the rule's own arrangements (safeguarding or child deaths).
    """
    if not rule.in_force(on):
        return no(f"{rule.id} was not in force on {day_in_words(on)}.", rule.source)
    live = on >= _go_live(area_go_live)
    if rule.area is Area.OLD and live:
        return no("The area has gone live: the old board's rules have ended there.", rule.source)
    if rule.area is Area.NEW and not live:
        return no("The area is still with its old board on that day.", rule.source)
    return yes(source=rule.source)


def _go_live(known: date | None) -> date:
    return known or date.fromordinal(LAST_GO_LIVE.toordinal() + 1)
