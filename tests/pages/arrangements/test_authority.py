"""Why may she decide this? On any day, with what it rests on; and delegations on screen."""

from __future__ import annotations

import pytest

from concordat.domain.governance.arrangements.models import Delegation
from tests.operations.arrangements.test_delegations import delegate
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, nothing_changed
from tests.pages.people.browsing import client, day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

AUTHORITY = "/partnership/here/authority"
ASKED = f"{AUTHORITY}?matter=contributions"


def test_each_partner_answers_for_itself(county: County) -> None:
    page = read(as_(county.house.member), f"{ASKED}&on=29+March+2019")
    for words in (
        "No, on 29 March 2019 this could not be decided",
        "May decide",
        "Westshire decides this itself, or gives somebody",
        "A delegation of Eastshire begins",
    ):
        assert words in page


def test_any_past_day_is_answered_as_it_was(county: County) -> None:
    page = read(as_(county.house.member), f"{ASKED}&on=1+March+2019")
    assert "May decide" not in page
    assert "on=2019-03-29" in page


def test_who_is_not_there_does_not_decide(county: County) -> None:
    member = as_(county.house.member)
    there = read(member, f"{ASKED}&present={county.council_seat.key}")
    assert ">May decide<" in there
    away = read(member, f"{ASKED}&present=nobody-here", 422)
    assert "There is a problem" in away


def test_more_than_the_limit_is_not_theirs_to_commit(county: County) -> None:
    page = read(as_(county.house.member), f"{ASKED}&amount=9000")
    assert ">May decide<" not in page
    assert "a higher limit" in page
    assert "Eastshire needs a higher limit, or decides this itself." in page


def test_a_question_that_makes_no_sense_is_told(county: County) -> None:
    member = as_(county.house.member)
    read(member, f"{AUTHORITY}?matter=unheard-of", 422)
    read(member, AUTHORITY)


@pytest.mark.parametrize("asked", ["on=spring", "on=31+April+2019", "on=2019", "amount=some"])
def test_a_question_that_cannot_be_read_is_not_answered_for_another(
    county: County, asked: str
) -> None:
    page = read(as_(county.house.member), f"{ASKED}&{asked}", 422)
    name, _, typed = asked.partition("=")
    assert f'value="{typed.replace("+", " ")}"' in page, "what was typed is kept"
    assert 'value="contributions" selected' in page
    for words in ("could not be decided", "could be decided", "Partner by partner"):
        assert words not in page
    assert "Nothing is answered until the question can be read" in page
    assert name


def test_delegations_are_listed_and_told(county: County) -> None:
    member = as_(county.house.member)
    assert "Colin Council" in read(member, "/partnership/here/delegations")
    page = read(member, f"/delegation/{county.delegation.record.reference}")
    for words in ("Given to the post", "£5,000", "Cabinet decision", "In force"):
        assert words in page
    assert "End this delegation" not in page
    read(member, "/delegation/HERE-DL-9999", 404)


def test_a_delegation_is_recorded_and_ended(county: County) -> None:
    manager = as_(county.house.manager)
    told_of = {
        "agency": "westshire",
        "to": f"seat:{county.council_seat.key}",
        "limbs": ["commit on policy"],
        "matters": ["contributions"],
        "instrument": "letter",
        **day("from_day", DAY),
    }
    answer = post(manager, "/partnership/here/delegations/new", **told_of)
    read(manager, answer["Location"])
    end = f"{answer['Location']}/end"
    read(manager, end)
    post(manager, end, reason="Revoked", **day("last_day", DAY))
    assert Delegation.objects.get(agency=county.west).to_text == "2019-03-29"
    with nothing_changed():
        again = post(manager, end, 422, reason="Again", **day("last_day", DAY))
    assert "already" in told(again, 422)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"limit": "100"}, "does not commit resources"),
        ({"limbs": []}, "Choose what they may do"),
        ({"to": "post:unheard-of"}, "Choose who holds it from the list"),
        ({"instrument": ""}, "Choose what it rests on"),
    ],
)
def test_a_delegation_that_cannot_be_says_why(
    county: County, more: dict[str, object], words: str
) -> None:
    told_of = {
        "agency": "westshire",
        "to": "post:colin-council",
        "limbs": ["commit on policy"],
        "instrument": "letter",
        **day("from_day", DAY),
        **more,
    }
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = post(manager, "/partnership/here/delegations/new", 422, **told_of)
    assert words in told(answer, 422)


def test_who_may_not_change_is_refused_and_who_may_not_know_finds_nothing(county: County) -> None:
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    one = f"delegation/{county.delegation.record.reference}"
    home = "partnership/here"
    changes = (f"{home}/delegations/new", f"{one}/end")
    for address in changes:
        read(member, f"/{address}", 403)
    for address in (f"{home}/authority", f"{home}/delegations", one, *changes):
        read(outsider, f"/{address}", 404)
        assert client().get(f"/{address}").status_code == 302


def test_one_delegation_says_who_had_it_what_stands_on_it_and_who_changed_what(
    county: County,
) -> None:
    manager, row = as_(county.house.manager), county.delegation
    address = f"/delegation/{row.record.reference}"
    answers = {
        "title": "A contribution of £4,000",
        "agency": row.agency.key,
        "post": row.post.key if row.post else "",
        "state": "made",
        "date": DAY.isoformat(),
        "matters": ["contributions"],
    }
    post(manager, "/partnership/here/rows/decisions/new", **answers)
    cabinet = {"title": "Scheme agreed", "agency": row.agency.key, "state": "made",
               "approves": [f"delegations:{row.key}"]}  # fmt: skip
    post(manager, "/partnership/here/rows/decisions/new", **cabinet)
    amended = {"limbs": ["commit on policy"], "matters": ["contributions"], "instrument": "letter"}
    answer = post(manager, f"/partnership/here/rows/delegations/{row.key}",
                  from_text=row.from_text, state="in force", **amended)  # fmt: skip
    assert answer["Location"] == address
    page = read(as_(county.house.member), address)
    stands = page.partition("That stand on it")[2]
    assert "A contribution of £4,000" in stands
    assert "Scheme agreed" in page.partition("That stand on it")[0]
    assert "Scheme agreed" not in stands
    assert "Colin Council" in page.partition("Who has had it")[2]
    for words in (
        "What it covers: commit it on policy",
        "(before: commit it on policy and commit it on resources).",
        "In which matters: Contributions (before: nothing stated).",
        "Limit: nothing stated (before: £5,000).",
        "Rests on: letter (before: cabinet decision).",
    ):
        assert words in page, words


def test_what_nobody_may_change_is_not_offered_and_a_bare_power_is_a_finding(
    county: County,
) -> None:
    row = delegate(county, instrument="none on record")
    manager, member = as_(county.house.manager), as_(county.house.member)
    address = f"/delegation/{row.record.reference}"
    assert "Record the instrument" in read(manager, address)
    page = read(member, address)
    assert "No instrument on record" in page
    assert "Record the instrument" not in page
    assert "1 delegation in force or still to come" in read(member, "/partnership/here/delegations")
    answer = read(member, f"{ASKED}&on=29+March+2019")
    assert county.delegation.record.reference in answer, "the answer leads to the power"
