"""The arrangements and policies that anybody reads, from what was signed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.records import operations as records
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Partner
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.policies import operations as policies
from concordat.kernel.sensitivity import Sensitivity
from tests.casts import Casts, Kept
from tests.operations.arrangements.drafting import Drafting
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.policies import examples
from tests.operations.policies.examples import Set, setting
from tests.pages.people.browsing import client
from tests.pages.seats.looking import queries, read
from tests.pages.signed_in import as_

HOME = "/public/here"
TEXT = f"{HOME}/arrangements"
WORDS = "We listen to every child."


@pytest.fixture(scope="session")
def sets(casts: Casts) -> Kept[Set]:
    return casts.keep(setting)


@pytest.fixture
def here(sets: Kept[Set]) -> Iterator[Set]:
    with sets.lent() as here:
        yield here


def write(draft: Drafting) -> None:
    operations.begin_draft(draft.manager, arrangements=draft.version)
    operations.write(
        draft.manager, arrangements=draft.version, section="plain-words", text=WORDS, done=True
    )


def publish(draft: Drafting) -> str:
    """Written, frozen, signed by all three and published; the reference of what is served."""
    write(draft)
    draft.freeze()
    operations.ask_for_agreement(draft.manager, arrangements=draft.version)
    draft.sign(0, 1, 2)
    operations.agree(draft.manager, arrangements=draft.version)
    operations.publish(draft.manager, arrangements=draft.version)
    return draft.document.record.reference


def test_before_publication_there_is_a_page_and_no_error(draft: Drafting) -> None:
    write(draft)
    for place in ("/arrangements", "/who-we-are"):
        page = read(client(), f"{HOME}{place}")
        assert "have not published their arrangements yet" in page
        assert WORDS not in page
    assert "Nothing that we publish" in read(client(), f"{HOME}/search?q=listen")
    inside = f"/arrangements/{draft.version.record.reference}"
    assert WORDS in read(as_(draft.house.manager), inside)


def test_what_was_signed_is_read_with_plain_words_first(draft: Drafting) -> None:
    reference = publish(draft)
    page = read(client(), TEXT)
    assert page.index(WORDS) < page.index("Partners and their equal duty")
    assert "Heath Council" in page
    assert f'href="/published/{reference}"' in page
    assert read(client(), f"{TEXT}/{reference}")
    assert "with “listen every child”" in read(client(), f"{HOME}/search?q=listen+every+child")


def test_sections_are_folded_until_somebody_opens_them_or_all(draft: Drafting) -> None:
    publish(draft)
    page = read(client(), TEXT)
    assert '<details class="c-section" id="partners">' in page
    assert "Heath Council" in page
    whole = read(client(), f"{TEXT}?whole=yes")
    assert '<details class="c-section" id="partners" open>' in whole
    assert "Fold the sections" in whole


def test_what_is_written_after_is_not_served(draft: Drafting) -> None:
    publish(draft)
    draft.set_down("statements", "later", topic="Principles", says="Written afterwards.")
    assert "Written afterwards." not in read(client(), TEXT)


def test_it_is_taken_along_as_pdf_and_for_word(draft: Drafting) -> None:
    reference = publish(draft)
    word = client().get(f"{TEXT}/{reference}/word")
    assert word.content.startswith(b"PK")
    assert word["Content-Disposition"].startswith("attachment;")
    pdf = client().get(f"/published/{reference}")
    assert pdf.content.startswith(b"%PDF")


def test_who_we_are_names_partners_and_groups_and_no_person(draft: Drafting) -> None:
    publish(draft)
    inside = read(as_(draft.house.manager), "/partnership/here/structure")
    page = read(client(), f"{HOME}/who-we-are")
    assert "Heath Council" in page
    for name in ("Colin Council", "Hetty Health", "Petra Police", "Mary Manager"):
        assert name in inside
        assert name not in page


@pytest.mark.parametrize("area", [False, True])
def test_each_post_stands_under_what_it_does_whatever_else_is_stated(
    draft: Drafting, area: bool
) -> None:
    """A column in which nothing is said is left out of the text; the others keep their meaning."""
    here = draft.house.here
    answers = seats.add(LOADER, partnership=here, kind="posts", name="officer",
                        values={"title": "Accountable Officer"})  # fmt: skip
    acts = seats.add(LOADER, partnership=here, kind="posts", name="director",
                     values={"title": "Managing Director"})  # fmt: skip
    heath = agencies.add(
        LOADER, partnership=here, kind="areas", name="Heath", values={"name": "Heath"}
    )
    row = Partner.objects.get(partnership=here, partner_class="health")
    values = {"accountable": answers, "delegate": acts, **({"area": heath} if area else {})}
    seats.set_down(LOADER, partnership=here, kind="partners", key=row.key, values=values)
    publish(draft)
    page = read(client(), f"{HOME}/who-we-are")
    cells = page[page.index("Heath CCG") :]
    kind, first, second = (cells.index(each) for each in ("Health", "Accountable Officer",
                                                           "Managing Director"))  # fmt: skip
    assert kind < first < second
    heads = page[: page.index("Heath CCG")]
    assert heads.index("Post that answers for it") < heads.index("Post that acts for it")
    with_nobody = page[page.index("Heath Council") : page.index("Heath Council") + 800]
    assert "Not stated" in with_nobody


def test_the_groups_named_are_those_in_force(draft: Drafting) -> None:
    for name, state in (
        ("Standing group", Standing.IN_FORCE),
        ("Planned group", Standing.PROPOSED),
    ):
        seats.propose(
            LOADER,
            partnership=draft.house.here,
            name=name,
            state=state,
            from_day=None,
            values={"kind": "subgroup"},
        )
    publish(draft)
    page = read(client(), f"{HOME}/who-we-are")
    assert "Standing group" in page
    assert "Planned group" not in page
    assert "Planned group" in read(client(), TEXT)


def test_a_withdrawn_or_restricted_text_is_served_no_more(draft: Drafting) -> None:
    reference = publish(draft)
    assert WORDS in read(client(), TEXT)
    documents.withdraw(draft.manager, document=draft.document, reason="A table was wrong")
    page = read(client(), TEXT, 410)
    assert "A table was wrong" in page
    assert WORDS not in page
    read(client(), f"{TEXT}/{reference}", 404)
    assert client().get(f"{TEXT}/{reference}/word").status_code == 404
    records.restrict(
        LOADER,
        record=draft.document.record,
        sensitivity=Sensitivity.RESTRICTED,
        reason="It names a child",
    )
    assert "A table was wrong" not in read(client(), TEXT)


def test_publication_starts_the_time_to_take_effect(draft: Drafting) -> None:
    draft.set_down("steps", "bid", title="Bid", step="bid", state="done", date="2018-05")
    publish(draft)
    [clock] = Clock.objects.filter(rule="TR-IMPLEMENT").select_related("record")
    assert (clock.started_on, clock.record_id) == (DAY, draft.version.record_id)
    assert Clock.objects.get(rule="TR-PUBLISH").stage == "met"


def test_a_long_text_asks_a_fixed_number_of_questions(draft: Drafting) -> None:
    publish(draft)
    assert queries(client(), TEXT) <= 12


def test_policies_in_force_are_told_with_their_review(here: Set) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    assert "No policy is published yet" in read(client(), f"{HOME}/policies")
    policy = examples.in_force(here.house)
    assert policy.title not in read(client(), f"{HOME}/policies")
    examples.published(here.house, policy)
    page = read(client(), f"{HOME}/policies")
    assert policy.title in page
    assert "We look at it again by 1 March 2020." in page
    policies.withdraw(here.house.manager.actor, policy=examples.again(policy), reason="Replaced")
    assert policy.title not in read(client(), f"{HOME}/policies")


def test_a_policy_past_its_review_says_so(here: Set) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    examples.published(here.house, examples.in_force(here.house, review_on="2019-03-28"))
    page = read(client(), f"{HOME}/policies")
    assert "We should have looked at it again by 28 March 2019 and have not." in page
