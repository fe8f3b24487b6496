"""A partnership file that changes what people wrote, before and after it is signed."""

from __future__ import annotations

import pytest

from concordat.domain.assurance.exchange import operations, queries, rules
from concordat.domain.assurance.exchange.rules import PartnershipFile
from concordat.domain.base.documents.models import SignOff
from concordat.domain.governance.arrangements.models import Wording
from concordat.kernel.errors import Invalid
from tests.operations.arrangements.drafting import Drafting
from tests.operations.exchange.examples import events_since, last_number
from tests.operations.mail.cast import LOADER
from tests.operations.seats.county import nothing_changed


def file_of(drafting: Drafting, *changes: tuple[str, str]) -> PartnershipFile:
    """What is kept, as the file that would load it again, with some words changed."""
    texts = rules.to_yaml(queries.file_of(LOADER, (drafting.home.key,)))
    for before, after in changes:
        assert any(before in text for text in texts.values())
        texts = {name: text.replace(before, after) for name, text in texts.items()}
    return rules.read(texts)


ANEW = ("The partners decide together", "The partners decide alone")


def test_words_that_a_file_changes_void_what_was_signed_and_say_so(drafting: Drafting) -> None:
    drafting.offer()
    drafting.sign(0, 1)
    number = last_number()
    operations.load(LOADER, file=file_of(drafting, ANEW))
    told = events_since(number)
    assert [each for each in told if "ask" not in each] == [
        "passage amended",
        "passages taken up from a file",
        "sign-off voided",
        "sign-off voided",
        "sent back to draft",
        "partnership file loaded",
    ]
    why = "A file that was loaded writes Who we are and how we work anew"
    assert [each.void_reason for each in SignOff.objects.all()] == [why, why]
    assert drafting.now.state == "draft"


def test_a_file_that_sets_a_version_back_voids_what_was_signed(drafting: Drafting) -> None:
    drafting.offer()
    drafting.sign(0, 1)
    operations.load(LOADER, file=file_of(drafting, ("state: out for agreement", "state: draft")))
    why = "A file that was loaded says that this is draft"
    assert [each.void_reason for each in SignOff.objects.all()] == [why, why]


def test_a_file_that_changes_no_word_voids_nothing(drafting: Drafting) -> None:
    drafting.offer()
    drafting.sign(0, 1)
    said = Wording.objects.count()
    operations.load(LOADER, file=file_of(drafting, ("promise: One area", "promise: One place")))
    assert SignOff.objects.filter(voided_on=None).count() == 2
    assert Wording.objects.count() == said


def test_a_file_never_writes_over_what_was_published_here(drafting: Drafting) -> None:
    drafting.publish()
    file = file_of(drafting, ANEW)
    with pytest.raises(Invalid, match="is published here") as told:
        operations.preview(LOADER, file=file)
    with nothing_changed(), pytest.raises(Invalid, match="is published here"):
        operations.load(LOADER, file=file)
    (fault,) = told.value.faults
    assert ".yaml:" in fault.place
