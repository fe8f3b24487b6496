"""What a file that leaves the house does not carry: closed rows, and whatever names them."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import faults, opened, to_yaml
from tests.rules.exchange.examples import one

FILE = """
agencies:
- {key: council, name: Fen Council, class: council}
registers:
- {key: main, title: Register, likelihoods: [LOW, HIGH], impacts: [LOW, HIGH]}
risks:
- {key: open, title: Too few days, register: main}
- {key: secret, title: A named officer, register: main}
questions:
- {key: who, subject: "risks:secret", question: Who knows of it?}
- {key: when, subject: "risks:open", question: When?}
findings:
- {key: deep, subject: "questions:who", finding: Nobody knows.}
"""
SECRET = ("fenmarsh", "risks", "secret")


def test_a_closed_row_and_what_names_it_are_left_out_and_counted() -> None:
    file = one(FILE)
    assert not faults(file)
    found = opened(file, {SECRET})
    assert found.left_out == {"fenmarsh": {"risks": 1, "questions": 1, "findings": 1}}
    told = "".join(to_yaml(found.file).values())
    assert "Too few days" in told
    assert "When?" in told
    for words in ("secret", "A named officer", "Who knows of it?", "Nobody knows."):
        assert words in "".join(to_yaml(file).values())
        assert words not in told
    assert not faults(found.file), "what is left loads"
    assert found.in_words().startswith("fenmarsh: 3 rows left out, held more closely than")
    assert found.in_words().endswith("findings (1), questions (1) and risks (1).")


def test_nothing_is_left_out_where_all_is_open() -> None:
    file = one(FILE)
    found = opened(file, set())
    assert found.file == file
    assert found.left_out == {}
    assert found.in_words() == ""


def test_a_row_of_another_partnership_that_is_closed_is_named_nowhere() -> None:
    file = one(FILE.replace('subject: "risks:open"', 'subject: "risks:other/open"'))
    found = opened(file, {("other", "risks", "open")})
    assert found.left_out == {"fenmarsh": {"questions": 1}}
