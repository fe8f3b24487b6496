"""`concordat world load`: an example world with its cast, into an empty database only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import override_settings

from concordat.cli import run
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.people.models import Persona, World
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.queries import verify
from tests.cli.loaded import Told, refusal, told
from tests.operations.exchange.examples import HERE, everything, nothing_changed, small
from tests.rules.exchange.examples import ROOT

pytestmark = pytest.mark.django_db
CAST = """\
world: small
practice_date: 2026-03-20
partnership: fell
people:
  - {key: director, post: director, line: Decides for the council}
"""


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A folder of worlds with a small one in it."""
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "fell.yaml").write_text(small()["fell.yaml"], "utf-8")
    (tmp_path / "casts" / "small").mkdir(parents=True)
    (tmp_path / "casts" / "small" / "cast.yaml").write_text(CAST, "utf-8")
    return tmp_path


def test_the_world_of_the_papers_comes_with_its_cast(capsys: Told) -> None:
    heard = told(capsys, "world", "load", "seeds-2019")
    assert heard.startswith("seeds-2019: ")
    assert Partnership.objects.count() == 5
    world = World.objects.get()
    assert (world.name, str(world.practice_date)) == ("seeds-2019", "2019-03-29")
    lines = (ROOT / "examples/casts/seeds-2019/cast.yaml").read_text("utf-8").count("line:")
    assert Persona.objects.count() == lines
    assert verify() == []


def test_a_second_world_is_refused(examples: Path, capsys: Told) -> None:
    told(capsys, "world", "load", "small", "--examples", str(examples))
    assert Persona.objects.count() == 1
    with nothing_changed():
        assert run(["world", "load", "small", "--examples", str(examples)]) == 1
    assert "needs an empty one" in capsys.readouterr().err


def test_a_plain_load_lets_nobody_in(capsys: Told) -> None:
    told(capsys, "load", str(HERE / "fells"))
    assert not Persona.objects.exists()
    assert not World.objects.exists()


def test_never_in_production(examples: Path, capsys: Told) -> None:
    with override_settings(PRODUCTION=True):
        assert run(["world", "load", "small", "--examples", str(examples)]) == 1
    assert "not loaded in production" in capsys.readouterr().err
    assert not Partnership.objects.exists()


def test_an_unknown_world_is_told_with_those_there_are(capsys: Told) -> None:
    assert "There is seeds-2019" in refusal(capsys, "world", "load", "seeds-2091")


BROKEN = [
    ("a cast in a post that is not there", "cast.yaml", "post: director", "post: nobody", "nobody"),
    ("a world with a fault", "fell.yaml", "class: council", "class: councl", "Did you mean"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "file", "old", "new", "words"), BROKEN)
def test_a_world_enters_whole_or_not_at_all(
    what: str, file: str, old: str, new: str, words: str, examples: Path, capsys: Told
) -> None:
    (path,) = examples.rglob(file)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    before = everything()
    assert words in refusal(capsys, "world", "load", "small", "--examples", str(examples))
    assert everything() == before
    assert not Event.objects.exists()
    shutil.rmtree(examples / "casts")
    assert "example world" in refusal(capsys, "world", "load", "small", "--examples", str(examples))
