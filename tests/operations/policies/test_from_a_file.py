"""Policies of a partnership file: loaded, given back the same, and taken over where kept whole."""

from __future__ import annotations

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
from concordat.domain.governance.policies import operations
from concordat.domain.governance.policies.models import Policy
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import Actor
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import LOADER
from tests.operations.policies.examples import again

HEAD = """format: 1
partnership: {key: heath, name: Heath Safeguarding Children Partnership}
bodies:
- {key: executive, name: Executive, kind: executive}
posts:
- {key: manager, title: Business manager}
"""
OLD = """policies:
- key: threshold
  title: Threshold document
  type: threshold document
  state: in force
  owner: "posts:manager"
  approved_by: executive
  approved_on: spring 2018
  review_on: 2024
  public: yes
  link: "https://example.org/threshold"
  from: 2018-09
  source: "Yearly report, page 4"
  stated_on: 2019
  note: "As printed"
- {key: escalation, title: Escalation, state: published, public: no}
"""
NEW = """- key: tool
  title: Bruising tool
  state: in force
  version: "0.9"
  summary: What to do about a bruise
  audience: [Health, "Early years"]
  made_by: executive
  trial_until: 2025-06-30
  from: 2025-01-06
- {key: old-tool, title: Old tool, state: superseded, to: 2025-01-05, successor: tool}
- {key: leaflet, title: Leaflet, state: withdrawn, reason: Nobody could read it}
"""


def loaded(policies: str) -> dict[str, str]:
    """What comes out again of a file with these rows."""
    file = rules.read({"heath.yaml": HEAD + policies})
    assert not file.found
    load(LOADER, file=file)
    return given_back()


def given_back() -> dict[str, str]:
    return rules.to_yaml(exchange.file_of(LOADER, ["heath"]))


@pytest.mark.django_db
def test_a_register_comes_back_as_it_was() -> None:
    texts = loaded(OLD + NEW)
    assert rules.read(texts) == rules.read({"heath.yaml": HEAD + OLD + NEW})
    assert not KeptRow.objects.filter(kind="policies").exists()
    assert Policy.objects.get(key="old-tool").successor == Policy.objects.get(key="tool")
    assert Policy.objects.get(key="escalation").stage is State.AGREED
    assert search(LOADER, "bruising tool").get().kind == "policy"


@pytest.mark.django_db
@pytest.mark.long
def test_what_was_decided_here_goes_out_with_the_file() -> None:
    loaded(OLD)
    policy = Policy.objects.select_related("record").get(key="threshold")
    operations.hang_text(LOADER, policy=policy, file=paper("help"))
    assert again(policy).stage is State.IN_FORCE
    operations.withdraw(LOADER, policy=policy, reason="A newer law")
    told = "\n".join(given_back().values())
    assert "state: withdrawn" in told
    assert "reason: A newer law" in told
    assert "HEAT" not in told


@operation
def _keep_whole(actor: Actor, *, values: list[dict[str, Any]], home: Any) -> None:
    """Rows as they stood before this package was built."""
    no_event("a test goes back in time")
    Policy.objects.all().delete()
    for each in values:
        KeptRow.objects.create(
            partnership=home,
            kind="policies",
            key=each["key"],
            values=each,
            source=each.get("source", ""),
            stated_text=each.get("stated_on", ""),
        )


@operation
def _migrate(actor: Actor) -> None:
    no_event("a migration is no act")
    path = "concordat.domain.governance.policies.migrations.0002_kept_rows"
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module(path).take_over(apps, editor)


@pytest.mark.django_db
@pytest.mark.long
def test_rows_kept_whole_move_over_and_the_export_is_the_same_to_the_byte() -> None:
    before = loaded(OLD)
    home = Policy.objects.select_related("partnership").first()
    assert home is not None
    chapter = exchange.file_of(LOADER, ["heath"]).chapters[0]
    values = [dict(rules.write.plain_fields(row)) for row in chapter.rows["policies"]]
    _keep_whole(LOADER, values=values, home=home.partnership)
    assert not Policy.objects.exists()
    _migrate(LOADER)
    assert not KeptRow.objects.filter(kind="policies").exists()
    rows = {row.key: row for row in Policy.objects.select_related("record", "approved_by")}
    threshold = rows["threshold"]
    assert threshold.record.title == "Threshold document"
    assert threshold.approved_by is not None
    assert (threshold.public, rows["escalation"].public) == (True, False)
    assert str(threshold.from_surely) == "2018-09-30"
    assert str(threshold.stated_on) == "2019-12-31"
    assert given_back() == before
