"""The shapes in which one record goes out, as sections of questions and answers.

What was sent reads as it was sent, and what is decided as it was signed; what was neither reads
as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordat.domain.base.clocks.rules import LONDON, told_day
from concordat.domain.base.requests import queries as requests
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import (
    Harm,
    Met,
    Outcome,
    Paper,
    Stage,
    View,
    agreement,
    answers,
    national_body,
)
from concordat.domain.practice.reviews.rules.outcomes import National
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, RAPID_REVIEW, Section
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words, join_words

Told = list[tuple[str, str]]
NOTHING = "Not answered yet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section of a paper: its heading, and each question with its answer."""

    title: str
    told: tuple[tuple[str, str], ...]

    @property
    def answered(self) -> Told:
        return [(label, text) for label, text in self.told if text != NOTHING]

    @property
    def left(self) -> list[str]:
        """The questions that nobody has answered."""
        return [label for label, text in self.told if text == NOTHING]


def paper(actor: Actor, row: Incident, of: Paper) -> list[Sheet]:
    """The whole paper. A notification or a rapid review that was sent is as it went out; the
    return to the NHS tells how it stands."""
    if of is Paper.NOTIFICATION and is_settled(actor, row, of):
        return _kept(row.notification.text)
    if of is Paper.NOTIFICATION:
        return notification_as_it_stands(actor, row)
    decision = here.decision_of(actor, row)
    if of is Paper.PANEL and decision and decision.sent_on:
        return _kept(decision.sent_text)
    return panel_as_it_stands(actor, row) if of is Paper.PANEL else _nhs(actor, row)


def is_settled(actor: Actor, row: Incident, of: Paper) -> bool:
    """Whether what the paper says is settled: notified, or decided on. The return to the NHS
    always tells how it stands."""
    if of is Paper.NOTIFICATION:
        return row.stage != Stage.TOLD and hasattr(row, "notification")
    return of is Paper.PANEL and here.decision_of(actor, row) is not None


def _kept(text: list[list[Any]]) -> list[Sheet]:
    return [Sheet(title, tuple(map(tuple, told))) for title, told in text]


def to_keep(sheets: list[Sheet]) -> list[list[Any]]:
    """A paper as it is kept with what was sent or signed."""
    return [[each.title, [list(pair) for pair in each.told]] for each in sheets]


def notification_as_it_stands(actor: Actor, row: Incident) -> list[Sheet]:
    test = row.test
    views = agreement(here.views_of(actor, row, "notifying"))
    first = Sheet("Who notifies, and of what", tuple(_heads(actor, row)))
    limbs = Sheet(
        "Why it is notified",
        (
            *((each.question, f"{each.held.capitalize()}. {each.evidence}") for each in test.limbs),
            ("What the partners think", views.in_words),
        ),
    )
    return [first, limbs, *_sections(NOTIFICATION, row.form)]


def _heads(actor: Actor, row: Incident) -> Told:
    places = people.places_of(actor, row)
    notifies = answers(places)[0]
    councils = join_words([each.agency.name for each in people.council(actor, row)])
    return [
        ("Council that notifies", councils or "No council is on record as a partner"),
        ("Why this council", notifies.reason),
        ("Our reference", row.record.reference),
        ("Child, by label", row.child.label if row.child else NOTHING),
        ("Age", _age(row)),
        ("When it happened", row.happened_on or NOTHING),
        ("Where it happened", row.happened_where or NOTHING),
        ("The council became aware", _moment(row)),
        ("The child", row.harm.capitalize()),
        ("Standing of the child", join_words(row.standings).capitalize() or "Neither looked after "
         "nor a care leaver"),
        ("Normally lives in", places.home.name if places.home else NOTHING),
        ("Placed by", places.placed_by.name if places.placed_by else "Nobody"),
    ]  # fmt: skip


def _age(row: Incident) -> str:
    if row.age is None:
        return NOTHING
    return "Under one year" if row.age == 0 else str(row.age)


def _moment(row: Incident) -> str:
    if row.known_at is None:
        return NOTHING
    local = row.known_at.astimezone(LONDON)
    return told_day(local.date(), local)


def _sections(sections: tuple[Section, ...], told: dict[str, str]) -> list[Sheet]:
    return [
        Sheet(
            each.title,
            tuple((q.text, told.get(q.key, "").strip() or NOTHING) for q in each.questions),
        )
        for each in sections
    ]


def panel_as_it_stands(actor: Actor, row: Incident) -> list[Sheet]:
    decision = here.decision_of(actor, row)
    found = _kept(decision.text) if decision else review_as_it_stands(actor, row, {})
    return [
        *found,
        Sheet("The decision", tuple(_decision(actor, row))),
        Sheet("Signed by", tuple(_signed(actor, row))),
    ]


def review_as_it_stands(actor: Actor, row: Incident, reasons: Mapping[str, str]) -> list[Sheet]:
    """What a decision rests on: the facts, who was asked, and each criterion as it is weighed."""
    asked = [
        (each.recipient, each.stage_is.label) for each in requests.on_record(actor, row.record)
    ]
    return [
        Sheet("The incident", tuple(_heads(actor, row))),
        *_sections(RAPID_REVIEW, row.content),
        Sheet("What the agencies were asked", tuple(asked) or (("Agencies", "None was asked"),)),
        Sheet("The criteria", tuple(_weighed(actor, row, reasons))),
    ]


def _weighed(actor: Actor, row: Incident, reasons: Mapping[str, str]) -> Told:
    names = {
        str(each.agency_id): each.agency.name for each in people.statutory_partners(actor, row)
    }
    told = []
    for each in here.weighed_of(actor, row):
        said = [f"{names[w.partner]}: {w.weight}. {w.reason}" for w in each.given]
        said += [f"{names[who]}: nothing said" for who in each.missing]
        if reasons.get(each.criterion):
            said.insert(0, f"Reason: {reasons[each.criterion]}")
        told.append((each.text[:1].upper() + each.text[1:], "\n".join(said)))
    return told


def _decision(actor: Actor, row: Incident) -> Told:
    found = here.decision_of(actor, row)
    if found is None:
        return [("Decision", "Nothing is decided yet")]
    views = agreement(here.views_of(actor, row, "decision"))
    return [
        ("Decision", found.outcome_is.label),
        ("Why", found.why),
        ("The partners’ view of a national review", National(found.national).label),
        ("Why they think so", found.national_why or "No reason is on record"),
        ("Dissent", found.dissent or "None is on record"),
        ("What each partner thinks", views.in_words),
        ("Decided on", day_in_words(found.on)),
    ]


def _signed(actor: Actor, row: Incident) -> Told:
    found = here.decision_of(actor, row)
    if found is None:
        return [("Signed by", "Nothing is decided yet")]
    told = []
    for each in here.signing_of(actor, row, found):
        words = f"{each.signed.by}, {day_in_words(each.signed.on)}" if each.signed else "Not signed"
        told.append((each.name, "No seat speaks for it" if each.nobody else words))
    if found.sent_without:
        told.append(("Why it went before all had signed", found.sent_without))
    return told


def _nhs(actor: Actor, row: Incident) -> list[Sheet]:
    health = [
        p.agency.name for p in people.statutory_partners(actor, row) if p.partner_class == "health"
    ]
    found = here.decision_of(actor, row)
    clock = here.review_clock(actor, row)
    kind = Outcome.OLD.label if row.old_board else "Rapid review"
    sent = day_in_words(found.sent_on) if found and found.sent_on else "Not sent yet"
    asked = [
        each.recipient
        for each in requests.on_record(actor, row.record)
        if each.agency and each.agency.agency_class == "health"
    ]
    return [
        Sheet(
            "The case",
            (
                ("NHS partner", join_words(health) or NOTHING),
                ("Case, by label", row.child.label if row.child else NOTHING),
                ("Local reference", row.record.reference),
                ("Partnership", row.partnership.title),
                ("Sort of review", kind),
                ("Sort of incident", "Death" if row.harm == Harm.DIED else "Serious harm"),
                ("Age", _age(row)),
                ("Incident", row.happened_on or NOTHING),
                ("Known", _moment(row)),
            ),
        ),
        Sheet(
            "Where it stands",
            (
                ("Criteria to notify", _met(row)),
                ("Notified", _notified(row)),
                ("Rapid review due", day_in_words(clock.due) if clock and clock.due else NOTHING),
                ("Sent", sent),
                ("Outcome", found.outcome_is.label if found else "Not decided yet"),
                ("Status", row.stage_is.label),
            ),
        ),
        Sheet(
            "Health",
            (
                ("NHS bodies asked", join_words(asked) or "None was asked"),
                ("Health’s view of the decision", _health(actor, row)),
                ("Learning for now", row.content.get("RR-CONTENT-10", "").strip() or NOTHING),
                ("Themes", row.content.get("RR-CONTENT-9", "").strip() or NOTHING),
            ),
        ),
    ]


def _met(row: Incident) -> str:
    return {Met.MET: "Met", Met.NOT_MET: "Not met"}.get(row.test.met, "Open")


def _notified(row: Incident) -> str:
    if not hasattr(row, "notification"):
        return "Not notified"
    sent = row.notification
    told = f", {sent.number}" if sent.number else ""
    return f"{day_in_words(sent.on)}, to the {national_body(sent.on).short}{told}"


def _health(actor: Actor, row: Incident) -> str:
    classes = {str(p.agency_id): p.partner_class for p in people.statutory_partners(actor, row)}
    said = [
        f"{each.name} {each.view if each.view is not View.SILENT else 'has said nothing'}"
        for each in here.views_of(actor, row, "decision")
        if classes.get(each.partner) == "health"
    ]
    return join_words(said) or NOTHING
