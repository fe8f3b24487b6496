"""Registers and risks of a partnership file: loaded, given back the same, taken over where kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.models import KeptRow
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.records.queries import search
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Control, Register, Risk, Scored
from concordat.domain.governance.risks.queries import over_time
from concordat.domain.governance.risks.rules.life import Which
from concordat.domain.governance.risks.rules.movement import Quarter, Way
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from tests.operations.mail.cast import LOADER

HEAD = """format: 1
partnership: {key: heath, name: Heath Safeguarding Children Partnership}
bodies:
- {key: executive, name: Executive, kind: executive}
posts:
- {key: manager, title: Business manager}
"""
OLD = """registers:
- key: words
  title: Risk register
  likelihoods: [LOW, MEDIUM, HIGH]
  impacts: [LOW, MEDIUM, HIGH]
  owner: "bodies:executive"
  state: under way
  source: "Update, Risks"
  stated_on: 2019-02-15
- {key: bare, title: A register without a scheme}
risks:
- key: fragments
  title: Fragmented local arrangements
  register: words
  likelihood: HIGH
  impact: HIGH
  mitigations: ["Works to share details and outputs to avoid", Monthly meeting]
  owner: "posts:manager"
  review_on: summer 2019
  about: More about it
  order: 2
  source: "Update, Risks"
  stated_on: 2019-02-15
- key: money
  title: Money
  register: bare
  likelihood: Quite likely
  impact: "£30,000"
  to: 2018-12-31
- {key: loose, title: In no register, likelihood: Low}
"""
NEW = """- key: staff
  title: Posts stay empty
  register: nhs
  likelihood: 4 Likely
  impact: 4 Major
  inherent_likelihood: 5 Almost certain
  inherent_impact: 4 Major
  target_likelihood: 2 Unlikely
  target_impact: 4 Major
  treatment: treat
  from: 2019-01
"""
NHS = """- key: nhs
  title: Health register
  likelihoods: [1 Rare, 2 Unlikely, 3 Possible, 4 Likely, 5 Almost certain]
  impacts: [1 Negligible, 2 Minor, 3 Moderate, 4 Major, 5 Catastrophic]
  bands: [1 to 3 low, 4 to 6 moderate, 8 to 12 high, 15 to 25 extreme]
risks:
"""
WHOLE = OLD.replace("risks:\n", NHS) + NEW


def loaded(rows: str) -> dict[str, str]:
    """What comes out again of a file with these rows."""
    file = rules.read({"heath.yaml": HEAD + rows})
    assert not file.found
    load(LOADER, file=file)
    return given_back()


def given_back() -> dict[str, str]:
    return rules.to_yaml(exchange.file_of(LOADER, ["heath"]))


@pytest.mark.django_db
def test_registers_and_risks_come_back_as_they_were() -> None:
    texts = loaded(WHOLE)
    assert rules.read(texts) == rules.read({"heath.yaml": HEAD + WHOLE})
    assert not KeptRow.objects.filter(kind__in=["registers", "risks"]).exists()
    assert search(LOADER, "fragmented").get().kind == "risk"
    staff = Risk.objects.get(key="staff")
    assert [score.points for which in Which if (score := staff.score(which))] == [20, 16, 8]


@pytest.mark.django_db
def test_what_is_stated_is_the_first_score_with_its_source_as_the_reason() -> None:
    loaded(WHOLE)
    [row] = Scored.objects.filter(risk__key="fragments")
    assert (row.on, row.reason) == (date(2019, 2, 15), "As stated: Update, Risks")
    words = Control.objects.filter(risk__key="fragments").values_list("words", "working")
    assert list(words) == [
        ("Works to share details and outputs to avoid", "not judged"),
        ("Monthly meeting", "not judged"),
    ]
    assert not Scored.objects.filter(risk__key__in=["money", "loose"]).exists()
    assert Risk.objects.get(key="money").over, "its last day went by"


@pytest.mark.django_db
@pytest.mark.long
def test_a_file_that_says_more_adds_to_the_history_and_the_same_one_nothing() -> None:
    loaded(WHOLE)
    before = Scored.objects.count()
    loaded(WHOLE)
    assert Scored.objects.count() == before
    calmer = WHOLE.replace("likelihood: HIGH\n", "likelihood: MEDIUM\n")
    calmer = calmer.replace("Monthly meeting]", "Fortnightly meeting]")
    loaded(
        calmer.replace("stated_on: 2019-02-15\n- key: money", "stated_on: 2019-03-20\n- key: money")
    )
    rows = Scored.objects.filter(risk__key="fragments").order_by("pk")
    assert [(row.on.isoformat(), row.likelihood) for row in rows] == [
        ("2019-02-15", "HIGH"),
        ("2019-03-20", "MEDIUM"),
    ]
    live = Control.objects.filter(risk__key="fragments", ended_on=None)
    assert sorted(live.values_list("words", flat=True))[0] == "Fortnightly meeting"
    assert live.count() == 2


@pytest.mark.django_db
@pytest.mark.long
def test_what_was_scored_and_done_here_goes_out_with_the_file() -> None:
    loaded(WHOLE)
    risk = Risk.objects.select_related("record").get(key="fragments")
    operations.score(LOADER, risk=risk, likelihood="LOW", impact="HIGH", reason="Agreed")
    operations.score(
        LOADER, risk=risk, which=Which.TARGET, likelihood="LOW", impact="LOW", reason="Agreed"
    )
    operations.add_control(LOADER, risk=risk, words="A joint document")
    told = "\n".join(given_back().values())
    assert "likelihood: LOW" in told
    assert "target_likelihood: LOW" in told
    assert "- A joint document" in told
    assert "HEAT" not in told
    [now] = queries.quarters_of(LOADER, risk)
    assert now.trend.way is Way.NEW


@pytest.mark.django_db
def test_a_february_report_knows_no_score_of_march() -> None:
    loaded(WHOLE)
    register = Register.objects.get(key="words")
    risk = Risk.objects.select_related("record").get(key="fragments")
    operations.score(LOADER, risk=risk, likelihood="LOW", impact="HIGH", reason="Agreed")
    at = {}
    for day in (date(2019, 2, 14), date(2019, 2, 28), date(2019, 3, 29)):
        there = over_time.open_on(LOADER, register, day)
        stood = over_time.standing_at(LOADER, there, day, known=day)
        at[day] = {each.key: stood[each.pk].score.likelihood for each in there if each.pk in stood}
    assert "fragments" not in at[date(2019, 2, 14)]
    assert at[date(2019, 2, 28)]["fragments"] == "HIGH"
    assert at[date(2019, 3, 29)]["fragments"] == "LOW"
    past = queries.movement_in(LOADER, Register.objects.get(key="words"), Quarter(2018, 4))
    assert past.sentence.startswith("No risk was open")


@pytest.mark.parametrize(
    ("told", "field", "mend"),
    [
        (("impact: HIGH\n", "impact: ENORMOUS\n"), "impact", "LOW, MEDIUM or HIGH"),
        (("target_impact: 4 Major", "target_impact: 9 Ruin"), "target_impact", "1 Negligible"),
        (("15 to 25 extreme", "16 to 25 extreme"), "bands", "one band"),
        (("15 to 25 extreme", "extreme"), "bands", "15 to 25 extreme"),
    ],
)
def test_a_score_outside_its_scheme_is_told_with_its_line(
    told: tuple[str, str], field: str, mend: str
) -> None:
    text = HEAD + WHOLE.replace(*told)
    place = text[: text.index(told[1])].count("\n") + 1
    [fault] = rules.faults(rules.read({"heath.yaml": text}))
    assert (fault.field, fault.place) == (field, f"heath.yaml:{place}")
    assert mend in fault.mend


@pytest.mark.django_db
def test_nothing_of_a_file_with_such_a_score_is_loaded() -> None:
    text = HEAD + WHOLE.replace("impact: HIGH\n", "impact: ENORMOUS\n")
    with pytest.raises(Invalid, match="ENORMOUS"):
        load(LOADER, file=rules.read({"heath.yaml": text}))
    assert not Risk.objects.exists()


@operation
def _keep_whole(actor: Actor, *, rows: Mapping[str, list[dict[str, Any]]], home: Any) -> None:
    """Rows as they stood before this package was built."""
    no_event("a test goes back in time")
    for model in (Scored, Control, Risk, Register):
        model._default_manager.all().delete()
    for kind, values in rows.items():
        for each in values:
            KeptRow.objects.create(
                partnership=home,
                kind=kind,
                key=each["key"],
                values=each,
                order=each.get("order"),
                source=each.get("source", ""),
                stated_text=each.get("stated_on", ""),
            )


@operation
def _migrate(actor: Actor) -> None:
    no_event("a migration is no act")
    path = "concordat.domain.governance.risks.migrations.0002_kept_rows"
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module(path).take_over(apps, editor)


@pytest.mark.django_db
@pytest.mark.long
def test_rows_kept_whole_move_over_and_the_export_is_the_same_to_the_byte() -> None:
    before = loaded(OLD)
    home = Register.objects.select_related("partnership")[0].partnership
    chapter = exchange.file_of(LOADER, ["heath"]).chapters[0]
    rows = {
        kind: [dict(rules.write.plain_fields(row)) for row in chapter.rows[kind]]
        for kind in ("registers", "risks")
    }
    _keep_whole(LOADER, rows=rows, home=home)
    assert not Risk.objects.exists()
    _migrate(LOADER)
    assert not KeptRow.objects.filter(kind__in=["registers", "risks"]).exists()
    risk = Risk.objects.select_related("record", "register").get(key="fragments")
    assert (risk.up, risk.across, risk.record.title) == (3, 3, "Fragmented local arrangements")
    assert (risk.review_day, risk.stated_on) == (date(2019, 8, 31), date(2019, 2, 15))
    [row] = Scored.objects.filter(risk=risk)
    assert (row.on, row.reason) == (date(2019, 2, 15), "As stated: Update, Risks")
    assert Control.objects.filter(risk=risk).count() == 2
    assert given_back() == before
