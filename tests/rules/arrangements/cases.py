# ruff: noqa: E501
"""Tables of cases: what it is, what is on record, the answer, and words of the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from concordat.domain.governance.arrangements.rules import Body, Post, Record, Seat
from concordat.kernel.dates import Period
from tests.rules.arrangements.examples import (
    BUDGET,
    NEEDS,
    NO,
    REVIEW,
    YES,
    able,
    decided,
    given,
    partner,
    sits,
    small,
    span,
)  # fmt: skip

CASES: list[tuple[str, Record, dict[str, Any], str, str]] = [
    # its own decision
    ("decided on the day", small(decisions=(decided("council", "2019-03-27"),)), {}, YES, "on 27 March 2019"),
    ("decided the day after", small(decisions=(decided("council", "2019-03-28"),)), {}, NO, "decided on 28 March 2019"),
    ("planned", small(decisions=(decided("council", "2019-04-24", "planned", body="cabinet"),)), {}, NEEDS, "Cabinet is to decide on 24 April 2019"),
    ("planned and passed", small(decisions=(decided("council", "2019-03-01", "planned"),)), {}, NEEDS, "no outcome is on record"),
    ("put off", small(decisions=(decided("council", "2019-03-01", "deferred"),)), {}, NEEDS, "put it off on 1 March 2019"),
    ("refused", able("council", decisions=(decided("council", "2019-03-01", "refused"),)), {}, NO, "declined this on 1 March 2019"),
    ("refused beats a delegation", able(decisions=(decided("council", "2019-03-01", "refused"),)), {}, NO, "declined"),
    ("refused, then made", small(decisions=(decided("council", "2019-01-01", "refused"), decided("council", "2019-03-01"))), {}, YES, "1 March 2019"),
    ("made, then refused", small(decisions=(decided("council", "2019-01-01"), decided("council", "2019-03-01", "refused"))), {}, NO, "declined"),
    ("made and refused on one day", small(decisions=(decided("council", "2019-03-01"), decided("council", "2019-03-01", "refused"))), {}, NO, "declined"),
    ("made, then withdrawn", small(decisions=(decided("council", "2019-01-01"), decided("council", "2019-03-01", "withdrawn"))), {}, NEEDS, "whether the approval stands is not said"),
    ("made, then put off", small(decisions=(decided("council", "2019-01-01"), decided("council", "2019-03-01", "deferred"))), {}, NEEDS, "whether the approval stands"),
    ("made, perhaps refused since", small(decisions=(decided("council", "2019-01-01"), decided("council", "March 2019", "refused"))), {}, NEEDS, "whether the approval stands"),
    ("made, perhaps withdrawn", small(decisions=(decided("council", "2019-01-01"), decided("council", "", "withdrawn"))), {}, NEEDS, "on a day not known"),
    ("made in the month", small(decisions=(decided("council", "March 2019"),)), {}, NEEDS, "not certain"),
    ("made in the month before", small(decisions=(decided("council", "February 2019"),)), {}, YES, "in February 2019"),
    ("made in spring", small(decisions=(decided("council", "spring 2019"),)), {}, NEEDS, "not certain"),
    ("made, day not known", small(decisions=(decided("council", "?"),)), {}, NEEDS, "on a day not known"),
    ("made, no day", small(decisions=(decided("council", ""),)), {}, NEEDS, "on a day not known"),
    ("perhaps refused", able(decisions=(decided("council", "March 2019", "refused"),)), {}, NEEDS, "Whether it had declined"),
    ("on conditions", small(decisions=(decided("council", "2019-03-01", conditions="Health agrees."),)), {}, NEEDS, "Condition: Health agrees."),
    ("on another matter", small(decisions=(decided("council", "2019-03-01", matters=(REVIEW,)),)), {}, NO, "No delegation"),
    ("by its own body", small(decisions=(decided("", "2019-03-01", body="cabinet"),)), {}, YES, "decided this itself"),
    ("by somebody else's body", small(decisions=(decided("health", "2019-03-01", body="cabinet"),)), {}, NO, "No delegation"),
    ("by a post that has the power", able(decisions=(decided("council", "2019-03-01", post="council-chief"),)), {}, YES, "itself"),
    ("by a post without power", small(decisions=(decided("council", "2019-03-01", post="council-chief"),)), {}, NEEDS, "held no delegation"),
    ("by a post before it had the power", small(delegations=(given("council", "2019-03-10"),), decisions=(decided("council", "2019-03-01", post="council-chief"),)), {}, NEEDS, "held no delegation"),
    ("by a post, by an instrument", small(decisions=(decided("council", "2019-03-01", post="council-chief", instrument="mayoral decision"),)), {}, YES, "itself"),
    # delegations
    ("delegated", able(), {}, YES, "Council chief may decide for Council, by council scheme."),
    ("not delegated", small(), {}, NO, "No delegation on record."),
    ("a lead without an instrument", small(partners=(partner("council", "council", delegate="council-chief"),)), {}, NEEDS, "no delegation on record lets the post decide"),
    ("delegated from the day", small(delegations=(given("council", "2019-03-27"),)), {}, YES, "since 27 March 2019"),
    ("delegated from the day after", small(delegations=(given("council", "2019-03-28"),)), {}, NO, "began only on 28 March 2019"),
    ("delegated until the day", small(delegations=(given("council", "2018-01-01", "2019-03-27"),)), {}, YES, "until 27 March 2019"),
    ("delegated until the day before", small(delegations=(given("council", "", "2019-03-26"),)), {}, NO, "ended on 26 March 2019"),
    ("delegated from the month", small(delegations=(given("council", "March 2019"),)), {}, NEEDS, "not certain"),
    ("delegated from a season", small(delegations=(given("council", "spring 2019"),)), {}, NEEDS, "not certain"),
    ("delegated from ?", small(delegations=(given("council", "?"),)), {}, NEEDS, "not certain"),
    ("delegated until ?", small(delegations=(given("council", "", "?"),)), {}, NEEDS, "not certain"),
    ("delegated about 2015", small(delegations=(given("council", "about 2015"),)), {}, NEEDS, "not certain"),
    ("no instrument on record", small(delegations=(given("council", instrument="none on record"),)), {}, NEEDS, "no instrument on record"),
    ("instrument not stated", small(delegations=(given("council", instrument="not stated"),)), {}, YES, "the instrument is not stated"),
    ("instrument by its title", small(delegations=(given("council", instrument_title="Scheme 2018, part 3"),)), {}, YES, "by Scheme 2018, part 3"),
    ("proposed", small(delegations=(given("council", state="proposed"),)), {}, NEEDS, "is proposed: not yet in force"),
    ("shadow", small(delegations=(given("council", state="shadow"),)), {}, NEEDS, "not yet in force"),
    ("said to have ended", small(delegations=(given("council", state="ended"),)), {}, NO, "No delegation"),
    ("for this matter", small(delegations=(given("council", matters=(BUDGET,)),)), {}, YES, "may decide"),
    ("for another matter", small(delegations=(given("council", matters=(REVIEW,)),)), {}, NO, "No delegation"),
    ("kept back", small(delegations=(given("council", reserved=(BUDGET,)),)), {}, NEEDS, "kept back"),
    ("to speak only", small(delegations=(given("council", limbs=("speak for the body",)),)), {}, NEEDS, "but not commit it"),
    ("limbs not said", small(delegations=(given("council", limbs=()),)), {}, YES, "may decide"),
    ("within the limit", small(delegations=(given("council", limit=5_000_000),)), {"amount": 5_000_000}, YES, "Limit: up to £50,000"),
    ("above the limit", small(delegations=(given("council", limit=5_000_000),)), {"amount": 5_000_001}, NEEDS, "not above"),
    ("money, but for policy only", small(delegations=(given("council", limbs=("commit on policy",)),)), {"amount": 100}, NEEDS, "may not commit resources"),
    ("limits in words", small(delegations=(given("council", limit_words="one year at a time"),)), {}, YES, "Limit: one year at a time."),
    ("on a decision made", small(delegations=(given("council", decision="c"),), decisions=(decided("council", "2019-01-01", key="c", matters=()),)), {}, YES, "may decide"),
    ("on a decision planned", small(delegations=(given("council", decision="c"),), decisions=(decided("council", "2019-04-24", "planned", key="c", matters=()),)), {}, NEEDS, "still to be made"),
    ("on a decision made later", small(delegations=(given("council", decision="c"),), decisions=(decided("council", "2019-04-24", key="c", matters=()),)), {}, NO, "made only on 24 April 2019"),
    ("on a decision perhaps made", small(delegations=(given("council", decision="c"),), decisions=(decided("council", "2019-03", key="c", matters=()),)), {}, NEEDS, "not certain"),
    ("on a decision refused", small(delegations=(given("council", decision="c"),), decisions=(decided("council", "2019-01-01", "refused", key="c", matters=()),)), {}, NO, "was refused"),
    ("on a decision not on record", small(delegations=(given("council", decision="c"),)), {}, NEEDS, "not on record"),
    # the agency means to decide itself
    ("general power, own decision planned", able(decisions=(decided("council", "2019-04-24", "planned", body="cabinet"),)), {}, NEEDS, "to decide this itself"),
    ("general power, own decision later", able(decisions=(decided("council", "2019-04-24"),)), {}, NEEDS, "to decide this itself"),
    ("power that names it, own decision planned", small(delegations=(given("council", matters=(BUDGET,)),), decisions=(decided("council", "2019-04-24", "planned"),)), {}, YES, "may decide"),
    ("general power and one that names it", able(delegations=(given("council", key="named", post="council-deputy", matters=(BUDGET,)),), decisions=(decided("council", "2019-04-24", "planned"),)), {}, YES, "Council deputy"),
    # the best of several
    ("one lapsed, one holds", small(delegations=(given("council", "", "2018-12-31"), given("council", "2019-01-01", key="b"))), {}, YES, "since 1 January 2019"),
    ("one lapsed, one uncertain", small(delegations=(given("council", "", "2018-12-31"), given("council", "2019", key="b"))), {}, NEEDS, "not certain"),
]  # fmt: skip


SEATED = {"council-seat": Seat("council-seat", "Council seat", "council", "executive", Period())}
TO_SEAT = (given("council", seat="council-seat"),)
TO_SAM = (given("council", person="sam"),)
RENAMED = {
    "council-chief": Post("council-chief", "Director of Children", "council", "council-new", span("", "2018-12-31")),
    "council-new": Post("council-new", "Director of People", "council", "", span("2019-01-01")),
}  # fmt: skip
ENDED = {"council-chief": Post("council-chief", "Director", "council", "", span("", "2018-12-31"))}
SUBS = {"executive": Body("executive", "Executive", substitutes=((Period(), True),))}
NO_SUBS = {"executive": Body("executive", "Executive", substitutes=((Period(), False),))}
DEPUTY = sits("council-seat", holding="deputy", post="council-deputy")
CHIEF = sits("council-seat", post="council-chief")

HOLDERS: list[tuple[str, dict[str, Any], list[str] | None, str, str]] = [
    ("the post sits", {"sittings": (CHIEF,)}, ["council-seat"], YES, ""),
    ("the post sits elsewhere", {"sittings": (CHIEF,)}, ["health-seat"], NO, "was not there"),
    ("everybody away", {"sittings": (CHIEF,)}, [], NO, "was not there"),
    ("the post sits as somebody else's seat", {"sittings": (sits("health-seat", post="council-chief"),)}, ["health-seat"], YES, ""),
    ("the post left its seat", {"sittings": (sits("council-seat", "", "2019-01-31", post="council-chief"),)}, None, NEEDS, "sat in no seat"),
    ("the post is in no file of seats", {"sittings": ()}, None, YES, ""),
    ("perhaps there", {"sittings": (sits("council-seat", "March 2019", post="council-chief"),)}, None, NEEDS, "not certain"),
    ("perhaps there, seat named", {"sittings": (sits("council-seat", "?", post="council-chief"),)}, ["council-seat"], NEEDS, "not certain"),
    ("a successor", {"posts": RENAMED, "sittings": (sits("council-seat", "2019-01-01", post="council-new"),)}, ["council-seat"], YES, "Director of Children"),
    ("ended without a successor", {"posts": ENDED, "sittings": ()}, None, NO, "nor one that followed it"),
    ("post dated by the year only", {"posts": {"council-chief": Post("council-chief", "Director", "council", "", span("", "2019"))}, "sittings": ()}, None, NEEDS, "Whether the post"),
    ("a deputy sent", {"sittings": (CHIEF, DEPUTY)}, ["council-seat:deputy"], NO, "was not there"),
    ("holder and deputy, holder speaks", {"sittings": (CHIEF, DEPUTY)}, ["council-seat"], YES, ""),
    ("only a deputy sits", {"sittings": (DEPUTY,)}, ["council-seat"], NO, "was not there"),
    ("one half of a job share", {"sittings": (sits("council-seat", holding="job share", post="council-chief"), sits("council-seat", holding="job share", post="council-new"))}, ["council-seat"], YES, ""),
    ("an interim", {"sittings": (sits("council-seat", holding="interim", post="council-chief"),)}, ["council-seat"], YES, ""),
    ("to the seat", {"delegations": TO_SEAT, "sittings": (CHIEF,)}, None, YES, "Council seat may decide"),
    ("to a seat that is not there", {"delegations": TO_SEAT, "sittings": (CHIEF,)}, ["health-seat"], NO, "was not there"),
    ("to a vacant seat", {"delegations": TO_SEAT, "sittings": (sits("council-seat", holding="vacant"),)}, None, NO, "was vacant"),
    ("to a seat between holders", {"delegations": TO_SEAT, "sittings": (sits("council-seat", "", "2019-03-01", post="council-chief"),)}, None, NO, "was vacant"),
    ("to a seat that no source fills", {"delegations": TO_SEAT, "sittings": ()}, None, YES, ""),
    ("to a seat perhaps filled", {"delegations": TO_SEAT, "sittings": (sits("council-seat", "2019", post="council-chief"),)}, None, NEEDS, "Whether anybody sat"),
    ("to a seat that is gone", {"delegations": TO_SEAT, "seats": {"council-seat": replace(SEATED["council-seat"], period=span("", "2019-01-31"))}}, None, NO, "was not there"),
    ("to a seat of an unclear time", {"delegations": TO_SEAT, "seats": {"council-seat": replace(SEATED["council-seat"], period=span("2019"))}}, None, NEEDS, "Whether Council seat was there"),
    ("to a seat unknown", {"delegations": (given("council", seat="gone"),)}, None, NEEDS, "not on record"),
    ("to a seat, deputy, terms silent", {"delegations": TO_SEAT, "sittings": (DEPUTY,)}, ["council-seat"], NEEDS, "whether deputies count is not said"),
    ("to a seat, deputy, terms allow", {"delegations": TO_SEAT, "sittings": (CHIEF, DEPUTY), "bodies": SUBS}, ["council-seat:deputy"], YES, ""),
    ("to a seat, deputy, terms forbid", {"delegations": TO_SEAT, "sittings": (CHIEF, DEPUTY), "bodies": NO_SUBS}, ["council-seat:deputy"], NO, "do not count"),
    ("to a seat in a job share", {"delegations": TO_SEAT, "sittings": (sits("council-seat", holding="job share", post="a"), sits("council-seat", holding="job share", post="b"))}, ["council-seat"], YES, ""),
    ("to a person who sits", {"delegations": TO_SAM, "sittings": (sits("council-seat", person="sam"),)}, None, YES, "Sam Invented may decide"),
    ("to a person who left", {"delegations": TO_SAM, "sittings": (sits("council-seat", "", "2019-03-26", person="sam"),)}, None, NO, "no longer in a seat"),
    ("to a person to come", {"delegations": TO_SAM, "sittings": (sits("council-seat", "2019-04-01", person="sam"),)}, None, NO, "not yet in a seat"),
    ("to a person who perhaps left", {"delegations": TO_SAM, "sittings": (sits("council-seat", "", "March 2019", person="sam"),)}, None, NEEDS, "not certain"),
    ("to a person without a seat", {"delegations": TO_SAM, "sittings": ()}, None, NEEDS, "No seat of Sam Invented"),
    ("to a person not there", {"delegations": TO_SAM, "sittings": (sits("council-seat", person="sam"),)}, ["health-seat"], NO, "was not there"),
    ("to a person who moved seats", {"delegations": TO_SAM, "sittings": (sits("council-seat", "", "2019-01-01", person="sam"), sits("health-seat", "2019-01-02", person="sam"))}, ["health-seat"], YES, ""),
    ("another person in the seat", {"delegations": TO_SAM, "sittings": (sits("council-seat", "", "2019-03-01", person="sam"), sits("council-seat", "2019-03-02", person="ali"))}, None, NO, "no longer in a seat"),
    ("to nobody", {"delegations": (given("council", post=""),)}, None, NEEDS, "names nobody"),
    ("nobody of it there", {"delegations": ()}, ["health-seat"], NO, "Nobody spoke for it"),
]  # fmt: skip


TOP = given("council", key="top", post="council-chief")
PASSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("whole", {}, YES, "Council deputy may decide"),
    ("the giver's has ended", {"period": span("", "2019-01-01")}, NO, "ended on 1 January 2019"),
    ("the giver's is unclear", {"period": span("2019")}, NEEDS, "not certain"),
    ("the giver's is proposed", {"state": "proposed"}, NEEDS, "is proposed"),
    ("the giver's is said to have ended", {"state": "ended"}, NO, "has ended"),
    ("the giver had no paper", {"instrument": "none on record"}, NEEDS, "no instrument"),
    ("the giver had it for something else", {"matters": (REVIEW,)}, NEEDS, "leaves this out"),
    ("kept back from the giver", {"reserved": (BUDGET,)}, NEEDS, "kept back"),
    ("the giver could only speak", {"limbs": ("speak for the body",)}, NEEDS, "not commit"),
    ("the giver had less money", {"limit": 100}, NEEDS, "up to £1"),
    ("from one that is not on record", {"under": "nothing"}, NEEDS, "not on record"),
    ("in a circle", {"under": "low"}, NEEDS, "not on record"),
]


RESERVED: list[tuple[str, tuple[Any, ...], str, str]] = [
    ("nothing decided", (), NEEDS, "Reserved to Cabinet"),
    ("planned", (decided("council", "2019-04-24", "planned", body="cabinet"),), NEEDS, "Cabinet is to decide on 24 April 2019"),
    ("decided by that body", (decided("council", "2019-03-01", body="cabinet"),), YES, "itself"),
    ("decided by another body", (decided("council", "2019-03-01", body="panel"),), NEEDS, "Reserved"),
    ("decided by a post", (decided("council", "2019-03-01", post="council-chief", instrument="letter"),), NEEDS, "Reserved"),
    ("decided, by whom is not said", (decided("council", "2019-03-01"),), YES, "itself"),
    ("refused by that body", (decided("council", "2019-03-01", "refused", body="cabinet"),), NO, "declined"),
]  # fmt: skip
