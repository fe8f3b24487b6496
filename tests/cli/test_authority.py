# ruff: noqa: E501
"""`concordat authority`: who could decide what, for each deciding body and overall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cli.loaded import Told, answer, refusal, told, world
from tests.databases import Databases
from tests.operations.exchange.examples import HERE, nothing_changed
from tests.rules.exchange.examples import SEEDS

TOP = {"matter", "on", "overall", "bodies", "reason"}
BODY = {"agency", "class", "verdict", "reason", "source", "needs"}
VERDICTS = {"yes", "no", "needs", "not a deciding body"}


@pytest.fixture(scope="module", autouse=True)
def every_world(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("every")
    banks = (HERE / "three-banks").iterdir()
    towns = [HERE / name for name in ("county", "two-towns", "fells")]
    for path in (*SEEDS.iterdir(), *banks, *towns):
        (folder / path.name).mkdir()
        for file in path.glob("*.yaml"):
            (folder / path.name / file.name).write_bytes(file.read_bytes())
    yield from world("every_world", folder, databases, migrated, django_db_blocker)


def asked(capsys: Told, slug: str, matter: str, on: str, *present: str) -> dict[str, Any]:
    seats = [part for each in present for part in ("--present", each)]
    return answer(capsys, "authority", slug, "--matter", matter, "--on", on, *seats)


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {each["agency"]: each["verdict"] for each in found["bodies"]}


FOOTPRINT = ("tower-hamlets", "child-death-review-footprint")
WORKED = [
    ("2019-03-25", "needs", "no"),
    ("2019-03-26", "needs", "yes"),
    ("2019-03-27", "needs", "yes"),
    ("2019-04-24", "needs", "yes"),
]


@pytest.mark.parametrize(("on", "council", "health"), WORKED)
def test_the_case_of_the_papers(on: str, council: str, health: str, capsys: Told) -> None:
    with nothing_changed():
        found = asked(capsys, *FOOTPRINT, on)
    assert set(found) == TOP
    assert (found["matter"], found["on"], found["overall"]) == (FOOTPRINT[1], on, "no")
    assert all(set(each) == BODY and each["verdict"] in VERDICTS for each in found["bodies"])
    assert verdicts(found) == {
        "tower-hamlets-council": council,
        "tower-hamlets-ccg": health,
        "central-east-bcu": "not a deciding body",
    }
    told_council = next(each for each in found["bodies"] if each["class"] == "council")
    assert "Cabinet is to decide on 24 April 2019" in told_council["reason"]
    assert all(each["source"] for each in found["bodies"])


def test_the_three_approvals_of_the_health_body(capsys: Told) -> None:
    for matter in (
        "safeguarding-partnership",
        "child-death-review-footprint",
        "delegated-authority",
    ):
        before = verdicts(asked(capsys, "tower-hamlets", matter, "2019-03-25"))
        after = verdicts(asked(capsys, "tower-hamlets", matter, "2019-03-27"))
        assert (before["tower-hamlets-ccg"], after["tower-hamlets-ccg"]) == ("no", "yes")


def test_health_may_decide_other_matters_by_its_delegate(capsys: Told) -> None:
    found = asked(capsys, "tower-hamlets", "partner-contributions", "2019-03-27")
    health = next(each for each in found["bodies"] if each["class"] == "health")
    assert health["verdict"] == "yes"
    assert "Managing Director WEL CCGs may decide" in health["reason"]
    assert "governing body resolution" in health["reason"]


OTHERS: list[tuple[str, str, str, str, dict[str, str]]] = [
    ("two councils, two forces", "orle-and-wyre", "joint-budget", "2024-02-01",
     {"orle-council": "yes", "wyre-council": "yes", "icb": "yes", "other-icb": "no", "north-police": "yes", "south-police": "yes"}),
    ("one force withdrew", "orle-and-wyre", "joint-budget", "2024-04-01", {"south-police": "no", "north-police": "yes"}),
    ("before the shared director", "orle-and-wyre", "place-plans", "2023-12-31", {"orle-council": "no", "wyre-council": "no", "north-police": "not a deciding body"}),
    ("the last day of a health body", "meresex", "budget", "2022-06-30", {"meresex-ccg": "yes", "coast-ccg": "needs"}),
    ("the first day of its successor", "meresex", "cdop", "2022-07-01", {"icb": "needs"}),
    ("its delegate has come", "meresex", "cdop", "2022-09-01", {"icb": "yes", "county-council": "yes", "constabulary": "not a deciding body"}),
    ("kept for the cabinet, which decided", "meresex", "new-arrangements", "2020-01-01", {"county-council": "yes"}),
    ("police money", "meresex", "police-money", "2023-05-01", {"constabulary": "needs", "county-council": "not a deciding body"}),
    ("a vacancy in 2026", "fells", "yearly-report", "2026-03-20", {"council": "yes", "icb": "needs", "police": "yes"}),
    ("kept back from the police", "fells", "teams", "2026-01-20", {"police": "needs", "icb": "yes"}),
    ("a health body that became a cluster", "fells", "child-death", "2026-10-01", {"cluster": "needs", "council": "yes", "police": "not a deciding body"}),
    ("partnerships together", "together", "exploitation-plan", "2021-06-01", {"north-bank/council": "yes", "south-bank/council": "yes", "north-bank/icb": "yes", "north-bank/command": "yes"}),
    ("one that has not joined", "together", "exploitation-plan", "2022-03-31", {"north-bank/council": "yes"}),
    ("one that joined", "together", "exploitation-plan", "2022-04-01", {"isle/council": "no"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "matter", "on", "wanted"),
    [case[1:] for case in OTHERS],
    ids=[case[0] for case in OTHERS],
)
def test_partnerships_as_they_are(
    slug: str, matter: str, on: str, wanted: dict[str, str], capsys: Told
) -> None:
    found = asked(capsys, slug, matter, on)
    told = {name.removeprefix(f"{slug}/"): verdict for name, verdict in verdicts(found).items()}
    assert {name: told.get(name) for name in wanted} == wanted, found
    if (slug, on) == ("together", "2022-03-31"):
        assert "isle/council" not in told
    deciding = {v for v in told.values() if v != "not a deciding body"}
    assert found["overall"] == ("yes" if deciding == {"yes"} else "no")


def test_one_agency_answers_once_however_many_files_name_it(capsys: Told) -> None:
    found = asked(capsys, "together", "exploitation-plan", "2021-06-01")
    classes = [each["class"] for each in found["bodies"]]
    assert sorted(classes) == ["council", "council", "health", "police"]
    assert found["overall"] == "yes"


PRESENT = [
    (["dsp-council", "dsp-health", "dsp-police"], {"council": "yes", "icb": "yes", "police": "yes"}),
    (["dsp-council,dsp-police"], {"council": "yes", "icb": "no", "police": "yes"}),
    (["dsp-council"], {"council": "yes", "icb": "no", "police": "no"}),
    (["dsp-council:deputy"], {"council": "no"}),
]  # fmt: skip


@pytest.mark.parametrize(("present", "wanted"), PRESENT)
def test_who_was_there(present: list[str], wanted: dict[str, str], capsys: Told) -> None:
    found = asked(capsys, "fells", "yearly-report", "2026-02-01", *present)
    told = verdicts(found)
    assert {name: told[name] for name in wanted} == wanted


def test_money_beyond_the_limit(capsys: Told) -> None:
    ask = ["authority", "fells", "--matter", "yearly-report", "--on", "2026-02-01", "--amount"]
    assert verdicts(answer(capsys, *ask, "£100,000"))["council"] == "yes"
    found = answer(capsys, *ask, "100,000.01")
    assert verdicts(found)["council"] == "needs"
    assert "up to £100,000, not above" in found["bodies"][0]["reason"]


def test_in_words(capsys: Told) -> None:
    heard = told(capsys, "authority", FOOTPRINT[0], "--matter", FOOTPRINT[1], "--on", "2019-03-27")
    assert heard.startswith(
        "Move of child death review to the WELC footprint, on 27 March 2019: no"
    )
    assert "Each partner binds only itself, so it is not decided." in heard


BAD = [
    (["--matter", "child-death-footprint", "--on", "2019-03-27"], "Did you mean child-death-review-footprint"),
    (["--matter", "zzz", "--on", "2019-03-27"], "There is no matter called “zzz”"),
    (["--matter", FOOTPRINT[1], "--on", "2019-03-27", "--present", "teb-helth"], "There is no seat called “teb-helth”"),
    (["--matter", FOOTPRINT[1], "--on", "March 2019"], "is not one day"),
    (["--matter", FOOTPRINT[1], "--on", "2019-03-27", "--amount", "lots"], 'amount: "lots" is not an amount in pounds'),
    (["--matter", FOOTPRINT[1], "--on", "2019-03-27", "--amount", "-5"], "amount: “-5” is less than nothing"),
    (["--on", "2019-03-27"], "--matter"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_input(arguments: list[str], words: str, capsys: Told) -> None:
    with nothing_changed():
        assert words in refusal(capsys, "authority", "tower-hamlets", *arguments)
