"""Places, limbs, duties, signatures and outcomes of a serious incident, as tables of cases."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from concordat.craft.holidays import england_working_days
from concordat.domain.base.clocks.rules import LONDON, due_on, law
from concordat.domain.practice.reviews.rules import (
    INCIDENT_STATES,
    Belief,
    Harm,
    Met,
    Outcome,
    PartnerView,
    Place,
    Places,
    Stage,
    Standing,
    View,
    Weighing,
    Weight,
    agreement,
    answers,
    may_leave,
    may_notify,
    national_body,
    other_notices,
    serious_incident,
    weighed,
)
from concordat.domain.practice.reviews.rules.duties import (
    death_starts,
    in_force,
    is_with_the_old_board,
    notification_starts,
    plan,
    telling_starts,
)
from concordat.domain.practice.reviews.rules.life import (
    LABELS,
    STEPS,
    free_label,
    step_now,
    steps_done,
)
from concordat.domain.practice.reviews.rules.outcomes import offered, reasons_of
from concordat.domain.practice.reviews.rules.papers import (
    NOTIFICATION,
    RAPID_REVIEW,
    answered,
    questions,
)
from concordat.domain.practice.reviews.rules.signing import (
    PartnerOf,
    Speaking,
    covered,
    may_send,
    signatories,
    unsigned,
)
from concordat.kernel.errors import Invalid

HERE, THERE = Place("th", "Tower Hamlets"), Place("hackney", "Hackney")
ABROAD = Place("dundee", "Dundee", england=False)
LIVE = date(2018, 10, 1)


@pytest.mark.parametrize(
    ("places", "notifies", "leads", "later"),
    [
        (Places(HERE), "Tower Hamlets", "Tower Hamlets", "Tower Hamlets"),
        (Places(HERE, HERE), "Tower Hamlets", "Tower Hamlets", "Tower Hamlets"),
        (Places(HERE, THERE), "Tower Hamlets", "Tower Hamlets", None),
        (Places(HERE, THERE, None, THERE), "Tower Hamlets", "Tower Hamlets", "Hackney"),
        (Places(HERE, HERE, THERE), "Tower Hamlets", "Tower Hamlets", None),
        (Places(ABROAD, THERE), "Hackney", "Hackney", "Hackney"),
        (Places(ABROAD), None, None, None),
        (Places(ABROAD, ABROAD), None, None, None),
        (Places(None, THERE), None, None, "Hackney"),
    ],
)
def test_three_questions_have_three_answers(
    places: Places, notifies: str | None, leads: str | None, later: str | None
) -> None:
    told = [each.place.name if each.place else None for each in answers(places)]
    assert told == [notifies, leads, later]
    assert all(each.reason for each in answers(places))


def test_the_home_area_joins_the_rapid_review() -> None:
    _, review, later = answers(Places(HERE, THERE, ABROAD))
    assert [each.name for each in review.joins] == ["Hackney"]
    assert "Hackney joins in" in review.reason
    assert later.is_open


@pytest.mark.parametrize(
    ("belief", "harm", "met"),
    [
        (Belief.KNOWN, Harm.DIED, Met.MET),
        (Belief.SUSPECTED, Harm.SERIOUS, Met.MET),
        (Belief.SUSPECTED, Harm.OPEN, Met.OPEN),
        (Belief.OPEN, Harm.DIED, Met.OPEN),
        (Belief.NEITHER, Harm.DIED, Met.NOT_MET),
        (Belief.OPEN, Harm.LESS, Met.NOT_MET),
        (Belief.OPEN, Harm.OPEN, Met.OPEN),
    ],
)
def test_what_is_not_known_is_never_a_no(belief: Belief, harm: Harm, met: Met) -> None:
    test = serious_incident(belief, harm)
    assert test.met is met
    assert test.reason
    assert bool(may_notify(test, [])) is (met is not Met.NOT_MET)
    assert bool(may_leave(test, reason="A graze")) is (met is not Met.MET)
    assert not may_leave(test, reason=" ")


def test_dissent_and_silence_hold_nothing_up() -> None:
    views = [
        PartnerView("c", "Council", View.AGREES),
        PartnerView("p", "Police", View.DISAGREES, "No crime"),
        PartnerView("h", "Health"),
    ]
    told = agreement(views)
    assert not told.is_whole
    assert told.in_words == "Council agrees; Police disagrees; Health has not said."
    verdict = may_notify(serious_incident(Belief.KNOWN, Harm.DIED), views)
    assert verdict
    assert "Police disagrees" in verdict.reason
    assert agreement(views[:1]).is_whole
    assert agreement([]).in_words == "No partner is on record for that day."


def test_each_criterion_keeps_each_partners_last_word() -> None:
    given = [
        Weighing("C1", "h", Weight.NOT_MET, "At first"),
        Weighing("C1", "h", Weight.MET, "On reflection"),
        Weighing("C1", "p", Weight.NOT_MET, "We do not"),
    ]
    first, second = weighed({"C1": "improvements", "C2": "themes"}, ["c", "h", "p"], given)
    assert [(each.partner, each.reason) for each in first.given] == [
        ("h", "On reflection"),
        ("p", "We do not"),
    ]
    assert first.is_divided
    assert first.is_met_for_somebody
    assert first.missing == ("c",)
    assert second.missing == ("c", "h", "p")
    assert not second.is_divided


@pytest.mark.parametrize(
    ("died", "age", "standings", "rules"),
    [
        (False, 3, [Standing.LOOKED_AFTER], []),
        (True, 3, [], ["CDR-NOTIFY"]),
        (True, None, [], ["CDR-NOTIFY"]),
        (True, 15, [Standing.LOOKED_AFTER], ["SIN-LAC", "CDR-NOTIFY"]),
        (True, 22, [Standing.CARE_LEAVER], ["SIN-CARELEAVER"]),
        (True, 24, [Standing.CARE_LEAVER], ["SIN-CARELEAVER"]),
        (True, 25, [Standing.CARE_LEAVER], []),
    ],
)
def test_other_notices_are_duties_of_their_own(
    died: bool, age: int | None, standings: list[Standing], rules: list[str]
) -> None:
    found = other_notices(died=died, age=age, standings=standings, council="c")
    assert [each.rule for each in found] == rules


@pytest.mark.parametrize(
    ("go_live", "on", "old"),
    [
        (LIVE, date(2019, 3, 29), False),
        (None, date(2019, 3, 29), True),
        (date(2019, 6, 29), date(2019, 3, 29), True),
        (date(2019, 6, 29), date(2019, 6, 29), False),
        (None, date(2019, 9, 29), True),
        (None, date(2019, 9, 30), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_an_area_follows_its_old_board_until_its_own_go_live(
    go_live: date | None, on: date, old: bool
) -> None:
    assert is_with_the_old_board(law(), go_live, on) is old


DAYS = england_working_days()


@pytest.mark.parametrize(
    ("known", "sent", "go_live", "old", "rule", "starts", "due"),
    [
        # Friday 16:00 before the bank holiday of 6 May 2019, a new area: from awareness.
        ("2019-05-03", "2019-05-09", LIVE, False, "RR-DO", "2019-05-03", "2019-05-28"),
        # The same in a borough under its old board: its chair, a month from the notification.
        ("2019-05-03", "2019-05-09", None, True, "OLD-SCR-DECIDE", "2019-05-09", "2019-06-09"),
        # Known before the go-live and notified after it: never from before the new rules.
        (
            "2019-06-27", "2019-07-02", date(2019, 6, 29), False, "RR-DO", "2019-06-29",
            "2019-07-19",
        ),
        # The same where nobody has stated the go-live: from the end of the transition.
        ("2019-09-27", "2019-10-02", None, False, "RR-DO", "2019-09-30", "2019-10-21"),
        # The last day of the older guidance, and the first of the newer.
        ("2025-05-29", "2025-05-30", LIVE, False, "RR-DO", "2025-05-29", "2025-06-19"),
        ("2025-05-29", "2025-06-02", LIVE, False, "RR-DO", "2025-06-02", "2025-06-23"),
        # Friday 16:00 before the bank holiday of 25 August 2025: from the notification.
        ("2025-08-22", "2025-08-28", LIVE, False, "RR-DO", "2025-08-28", "2025-09-18"),
    ],
)  # fmt: skip
def test_the_clock_that_a_notification_starts(
    known: str, sent: str, go_live: date | None, old: bool, rule: str, starts: str, due: str
) -> None:
    duty = notification_starts(
        law(), old=old, known=date.fromisoformat(known), sent=date.fromisoformat(sent),
        go_live=go_live,
    )  # fmt: skip
    assert (duty.rule, str(duty.on)) == (rule, starts)
    assert isinstance(duty.on, date)
    assert str(due_on(duty.on, law().rule(rule, on=duty.on), DAYS).due) == due


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (datetime(2019, 5, 3, 16, 0, tzinfo=LONDON), "2019-05-13"),
        (datetime(2019, 3, 28, 16, 10, tzinfo=LONDON), "2019-04-04"),
        (datetime(2019, 4, 18, 16, 0, tzinfo=LONDON), "2019-04-29"),
        (datetime(2025, 8, 22, 16, 0, tzinfo=LONDON), "2025-09-01"),
    ],
)
def test_the_council_has_five_working_days_over_bank_holidays(known: datetime, due: str) -> None:
    duty = telling_starts(known)
    assert str(due_on(known, law().rule(duty.rule, on=known.date()), DAYS).due) == due


def test_a_death_is_notified_from_what_is_known() -> None:
    known = datetime(2024, 1, 5, 16, 0, tzinfo=LONDON)
    assert death_starts("SIN-LAC", known=known, died=None).on == known
    assert death_starts("CDR-NOTIFY", known=known, died=None).on is None
    assert in_force(law(), "SIN-CARELEAVER", known)
    assert not in_force(law(), "SIN-CARELEAVER", date(2023, 12, 14))


@pytest.mark.parametrize("old", [False, True])
def test_the_day_plan_keeps_within_the_due_day(old: bool) -> None:
    start, due = date(2019, 5, 3), date(2019, 5, 28)
    steps = plan(start, due, DAYS, old=old)
    days = [each.on for each in steps]
    assert days == sorted(days)
    assert days[-1] == due
    assert all(DAYS.is_working(day) for day in days)
    assert days[0] == date(2019, 5, 7), "the first working day after the bank holiday"
    short = plan(start, date(2019, 5, 8), DAYS, old=old)
    assert max(each.on for each in short) == date(2019, 5, 8)


COUNCIL, HEALTH = PartnerOf("c", "Council", "council"), PartnerOf("h", "Health", "health")
OTHER_HEALTH = PartnerOf("h2", "Second health", "health")
FORCE, CITY = PartnerOf("p", "Force", "police"), PartnerOf("p2", "City force", "police")


def _seat(key: str, *agencies: str) -> Speaking:
    return Speaking(key, key, frozenset(agencies))


def test_every_partner_signs_any_number_in_a_class() -> None:
    partners = [COUNCIL, HEALTH, OTHER_HEALTH, FORCE]
    seats = [_seat("s1", "c"), _seat("s2", "h"), _seat("s3", "h2"), _seat("s4", "p")]
    wanted = signatories(partners, seats)
    assert [each.name for each in wanted] == ["Council", "Health", "Second health", "Force"]
    assert [each.name for each in unsigned(partners, ["c", "h2"])] == ["Health", "Force"]


SHARED = [_seat("s1", "c"), _seat("s2", "c"), _seat("s3", "h"), _seat("s4", "p", "p2")]


@pytest.mark.parametrize(
    ("sits", "names"),
    [
        ({"s1"}, ["Council"]),
        ({"s2"}, ["Council"]),
        ({"s1", "s3"}, ["Council", "Health"]),
        ({"s4"}, ["Force", "City force"]),
        ({"s9"}, []),
    ],
)
def test_a_signature_counts_for_those_whom_the_person_speaks_for(
    sits: set[str], names: list[str]
) -> None:
    wanted = signatories([COUNCIL, HEALTH, FORCE, CITY], SHARED)
    assert [each.name for each in covered(wanted, sits)] == names


def test_a_partner_without_a_seat_is_named_and_holds_no_day_up() -> None:
    wanted = signatories([COUNCIL, HEALTH], [_seat("s1", "c")])
    assert [each.has_nobody for each in wanted] == [False, True]
    missing = unsigned([COUNCIL, HEALTH], ["c"])
    refused = may_send(missing, " ")
    assert not refused
    assert str(refused) == "Health has not signed. Say why it goes now."
    assert may_send(missing, "Nobody sits for health")
    assert may_send([], "")


@pytest.mark.parametrize(
    ("on", "short"),
    [
        (date(2018, 6, 28), "national panel of experts"),
        (date(2018, 6, 29), "Panel"),
        (date(2026, 11, 1), "Panel"),
    ],
)
def test_the_national_body_is_looked_up_by_the_day(on: date, short: str) -> None:
    assert national_body(on).short == short


def test_before_any_national_body_nothing_is_sent() -> None:
    with pytest.raises(Invalid, match="No national body"):
        national_body(date(2001, 1, 1))


def test_what_may_be_decided_by_whom() -> None:
    assert offered(False) == (Outcome.LOCAL, Outcome.LEARNING, Outcome.NONE)
    assert offered(True) == (Outcome.OLD, Outcome.LEARNING, Outcome.NONE)
    assert "national" not in " ".join(each.label.lower() for each in Outcome)


def test_each_criterion_needs_its_reason() -> None:
    criteria = {"C1": "improvements", "C2": "themes"}
    assert reasons_of(criteria, {"C1": " Met ", "C2": "Not met", "C9": "Other"}) == {
        "C1": "Met",
        "C2": "Not met",
    }
    with pytest.raises(Invalid) as refusal:
        reasons_of(criteria, {"C1": " "})
    assert [each.field for each in refusal.value.faults] == ["c_C1", "c_C2"]


@pytest.mark.parametrize(
    ("state", "verb", "to"),
    [
        (Stage.AWAITED, "tell", Stage.TOLD),
        (Stage.TOLD, "notify", Stage.NOTIFIED),
        (Stage.LEFT, "look again", Stage.TOLD),
        (Stage.ASIDE, "look again", Stage.NOTIFIED),
        (Stage.DECIDED, "decide anew", Stage.DECIDED),
        (Stage.ANSWERED, "decide anew", Stage.DECIDED),
        (Stage.ANSWERED, "stand by it", Stage.ANSWERED),
    ],
)
def test_what_may_follow(state: Stage, verb: str, to: Stage) -> None:
    assert INCIDENT_STATES.after(state, verb) == to


@pytest.mark.parametrize("state", [Stage.TOLD, Stage.LEFT, Stage.ELSEWHERE, Stage.DUPLICATE])
def test_no_rapid_review_without_a_notification(state: Stage) -> None:
    verbs = {move.verb for move in INCIDENT_STATES.allowed(state)}
    assert not verbs & {"decide", "send", "record the answer"}


def test_labels_are_given_in_turn() -> None:
    assert free_label(set()) == LABELS[0]
    assert free_label({"heron"}) == LABELS[1]
    assert free_label(set(LABELS)) == f"{LABELS[0]} B"
    every = {f"{each}{more}" for each in LABELS
             for more in ("", *(f" {chr(code)}" for code in range(66, 91)))}  # fmt: skip
    with pytest.raises(Invalid, match="Every label is taken"):
        free_label(every)


def test_the_tracker_says_how_far_it_has_come() -> None:
    told = steps_done(Stage.TOLD, checked=False, asked=False, panel=False)
    assert told == (True, False, False, False, False, False, False, False)
    sent = steps_done(Stage.SENT, checked=True, asked=True, panel=False)
    assert sent == (True, True, True, True, False, True, True, False)
    assert all(steps_done(Stage.ANSWERED, checked=True, asked=True, panel=True))
    assert not any(steps_done(Stage.AWAITED, checked=False, asked=False, panel=False))


def test_the_questions_are_those_of_the_law_and_never_a_name() -> None:
    lines = {each.id for each in law().items("RR-CONTENT", on=date(2019, 5, 3))}
    assert {each.key for each in questions(RAPID_REVIEW)} <= lines
    keys = [each.key for each in (*questions(NOTIFICATION), *questions(RAPID_REVIEW))]
    assert len(keys) == len(set(keys))
    assert not any("name" in each.text.lower().split() for each in questions(NOTIFICATION))
    assert answered(NOTIFICATION, {"sex": "Girl", "plan": " "}) == (1, len(questions(NOTIFICATION)))


@pytest.mark.parametrize(
    ("stage", "asked", "panel", "now"),
    [
        (Stage.TOLD, False, False, "Notified"),
        (Stage.TOLD, True, False, "Notified"),
        (Stage.NOTIFIED, False, False, "Facts asked"),
        (Stage.NOTIFIED, True, False, "Panel"),
        (Stage.NOTIFIED, True, True, "Decision"),
        (Stage.SENT, False, False, "Reply"),
    ],
)
def test_the_next_step_is_none_that_was_left_out(
    stage: Stage, asked: bool, panel: bool, now: str
) -> None:
    assert STEPS[step_now(steps_done(stage, checked=True, asked=asked, panel=panel))] == now


def test_under_the_old_board_no_rapid_review_is_told() -> None:
    bow = Place("bow", "Bow")
    _notifies, led, later = answers(Places(bow, Place("hackney", "Hackney")), old=True)
    assert led.place == bow
    assert "chair decides about a serious case review" in led.reason
    assert "not verified" in led.source
    assert later.is_open
    assert "not verified" not in answers(Places(bow))[1].source
