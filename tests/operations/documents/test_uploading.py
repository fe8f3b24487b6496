"""Adding a document, replacing what it holds, and what must not come in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from concordat.craft import files
from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.rules import Opening
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.operations import once
from concordat.domain.base.records.rules import Cut, Level
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Restricted, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.craft.hostile import FAMILIES, Case, honest
from tests.databases import environment
from tests.operations.documents.papers import (
    added,
    files_kept,
    newest,
    paper,
    replaced,
    version_of,
)
from tests.operations.mail.cast import DAY, LOADER, House, build, verbs_on


def test_a_document_is_added_with_its_first_version(house: House) -> None:
    document = added(house, note="As agreed in March")
    version = newest(document)
    assert (version.number, version.name, version.media_type) == (
        1,
        "Minutes.pdf",
        "application/pdf",
    )
    assert version.uploaded_by == "Mary Manager"
    assert queries.bytes_of(house.member.actor, version) == paper().data
    assert document.record.reference == "HERE-D-0001"
    assert verbs_on(document.record) == ["document opened", "document added"]
    told = Event.objects.filter(record=document.pk).latest("pk")
    assert version.digest in EventDetail.objects.get(pk=told.pk).after


def test_it_is_found_by_its_title(house: House, document: Document) -> None:
    from concordat.domain.base.records.queries import search

    assert list(search(house.member.actor, "published arrangements")) == [document.record]


@pytest.mark.parametrize("who", ["member", "council", "chair", "outsider"])
def test_who_may_not_add(house: House, who: str) -> None:
    before = files_kept()
    with pytest.raises(Refused):
        added(house, by=getattr(house, who).actor, file=paper(who))
    assert not Document.objects.exists()
    assert files_kept() == before, "nothing is kept of what was refused"


@pytest.mark.parametrize(
    ("more", "field"),
    [({"title": " "}, "title"), ({"note": "x" * 501}, "note"), ({"title": "x" * 301}, "title")],
)
def test_what_cannot_be_added_leaves_nothing(
    house: House, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        added(house, **more)
    assert told.value.faults[0].field == field
    assert not Document.objects.exists()
    assert not Record.objects.filter(kind="document").exists()


@pytest.mark.long
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_hostile_files_are_refused_by_name(
    house: House, family: Callable[[], Iterator[Case]]
) -> None:
    before, wrong = files_kept(), []
    for case in family():
        told = refusal(house, case)
        if not told or case.reason not in told:
            wrong.append((str(case), told))
    assert wrong == []
    assert not Document.objects.exists()
    assert files_kept() == before


def refusal(house: House, case: Case) -> str:
    try:
        added(house, file=Upload(case.name, case.data))
    except Invalid as told:
        return str(told) if {fault.field for fault in told.faults} == {"file"} else "elsewhere"
    return ""


@pytest.mark.long
def test_honest_files_are_taken(house: House) -> None:
    for case in honest():
        document = added(house, title=case.name, file=Upload(case.name, case.data))
        assert queries.bytes_of(house.manager.actor, newest(document)) == case.data


@pytest.mark.long
def test_too_large_a_file_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="at most 19 MB"):
        added(house, file=Upload("a.pdf", b"%PDF-" + b"\n" * 20_000_000))


def test_a_scanner_that_is_wanted_and_silent_lets_nothing_in(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        silent = override_settings(CLAMD=f"tcp://127.0.0.1:{taken.getsockname()[1]}")
        with silent, pytest.raises(Invalid, match="could not check this file for viruses"):
            added(house)
    assert not Document.objects.exists()
    assert added(house)


# --- beside another record


def test_it_is_held_as_closely_as_what_it_is_about(house: House) -> None:
    heron = house.restricted()
    records.admit(
        house.chair.actor,
        record=heron,
        grantee=house.manager.person.record,
        level=Level.WORK,
        reason="Runs it",
        from_day=DAY,
    )
    records.admit(
        house.chair.actor,
        record=heron,
        grantee=house.health.person.record,
        level=Level.SEE,
        reason="Advises",
        from_day=DAY,
    )
    records.recuse(
        house.member.actor,
        record=heron,
        person=house.member.person.record,
        reason="Knows the family",
        from_day=DAY,
    )
    document = added(house, about=heron, by=house.manager.actor)
    assert document.record.level is Sensitivity.RESTRICTED
    assert document.record.owner == heron.owner
    for sitter in (house.chair, house.manager, house.health):
        assert list(queries.documents_on(sitter.actor, heron)) == [document]
    for sitter in (house.member, house.council):
        assert not queries.documents_on(sitter.actor, heron)
        with pytest.raises(Restricted):
            queries.document(sitter.actor, document.record.reference)
    with pytest.raises(Document.DoesNotExist):
        queries.document(house.outsider.actor, document.record.reference)


def test_a_conflict_of_interest_follows_to_the_papers(house: House) -> None:
    risk = house.risk()
    records.recuse(
        house.member.actor,
        record=risk,
        person=house.member.person.record,
        reason="Sits on the other board",
        from_day=DAY,
    )
    document = added(house, about=risk)
    assert house.council.actor
    assert list(queries.documents_on(house.council.actor, risk)) == [document]
    with pytest.raises(Restricted):
        queries.document(house.member.actor, document.record.reference)


def test_a_closer_paper_is_not_opened_to_those_named_on_its_record(house: House) -> None:
    risk = house.risk()
    records.admit(
        house.manager.actor,
        record=risk,
        grantee=house.member.person.record,
        level=Level.WORK,
        reason="Writes it",
        from_day=DAY,
    )
    document = added(house, about=risk, sensitivity=Sensitivity.RESTRICTED)
    assert not queries.documents_on(house.member.actor, risk)
    assert queries.document(house.manager.actor, document.record.reference)


def test_what_is_shared_as_a_summary_has_no_file(house: House, document: Document) -> None:
    records.share(
        house.manager.actor,
        record=document.record,
        partnership=house.there,
        reason="Same footprint",
        from_day=DAY,
        cut=Cut.SUMMARY,
    )
    version = newest(document)
    with pytest.raises(Refused, match="Only a summary"):
        queries.bytes_of(house.outsider.actor, version)
    assert queries.bytes_of(house.member.actor, version)


# --- a guest's paper


def guest_on(house: House, record: Record) -> tuple[Actor, GuestLink]:
    link = mail.invite_guest(
        house.manager.actor,
        record=record,
        opening=Opening.PAPER,
        name="Jo Patel",
        email="jo@example.org",
        place="https://example.org/guest/TOKEN",
        now=timezone.now(),
    )
    came = Actor(
        Kind.GUEST,
        link.name,
        DAY,
        scope=frozenset(link.scope),
        admitted=frozenset({record.pk}),
    )
    return came, link


def test_a_guest_sends_one_paper_and_the_link_is_over(house: House) -> None:
    risk = house.risk()
    came, link = guest_on(house, risk)
    used = {"link": link.pk, "now": timezone.now(), "about": risk, "by": came}
    document = added(house, **used)
    assert newest(document).uploaded_by == "Jo Patel"
    assert GuestLink.objects.get().used_at
    with pytest.raises(Refused, match="no longer works"):
        added(house, **used)
    assert Document.objects.count() == 1


def test_a_guest_sends_nothing_to_another_record(house: House) -> None:
    came, link = guest_on(house, house.risk())
    with pytest.raises(Refused):
        added(house, by=came, about=house.risk("Other"), link=link.pk, now=timezone.now())
    assert GuestLink.objects.get().used_at is None
    assert not Document.objects.exists()


# --- replacing


def test_a_new_version_takes_the_place_of_the_old_one_which_stays(
    house: House, document: Document
) -> None:
    version = replaced(house, document)
    assert (version.number, version.note) == (2, "The quorum is corrected")
    assert [row.number for row in queries.versions(house.member.actor, document)] == [2, 1]
    first = queries.version(house.member.actor, document, 1)
    assert queries.bytes_of(house.member.actor, first) == paper().data
    assert verbs_on(document.record)[-1] == "document replaced"


def test_the_second_to_replace_sees_both(house: House, document: Document) -> None:
    seen = version_of(document)
    replaced(house, document, seen_version=seen)
    with pytest.raises(Stale) as told:
        replaced(
            house,
            document,
            by=house.co_ordinator.actor,
            file=paper("third", "Other.pdf"),
            note="A new table",
            seen_version=seen,
        )
    assert told.value.mine == {"File": "Other.pdf", "What changed": "A new table"}
    assert told.value.theirs == {"File": "Minutes.pdf", "What changed": "The quorum is corrected"}
    assert told.value.by == "Mary Manager"
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "match"),
    [({"file": paper()}, "same file as version 1"), ({"note": " "}, "what changed")],
)
def test_what_is_no_replacement(
    house: House, more: dict[str, Any], match: str, document: Document
) -> None:
    before = version_of(document)
    with pytest.raises(Invalid, match=match):
        replaced(house, document, **more)
    assert Version.objects.count() == 1
    assert version_of(document) == before


def test_who_may_not_replace(house: House, document: Document) -> None:
    with pytest.raises(Refused):
        replaced(house, document, by=house.council.actor)
    records.close(house.manager.actor, record=document.record, on=DAY)
    with pytest.raises(Refused, match="closed"):
        replaced(house, document)
    assert Version.objects.count() == 1


def test_the_same_form_twice_is_one_document(house: House) -> None:
    for _ in range(2):
        with once("form 1"):
            document = added(house)
    assert Document.objects.get() == document


@pytest.mark.long
def test_two_who_replace_at_once_one_of_them_is_told(inside: str) -> None:
    """Real commits in two threads on a database of the test's own."""
    house = build()
    document = added(house)
    seen, start = version_of(document), Barrier(2)
    outcomes: list[str] = []

    def go(actor: Actor, words: str) -> None:
        start.wait(timeout=30)
        try:
            replaced(house, document, by=actor, file=paper(words), note=words, seen_version=seen)
            outcomes.append("replaced")
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    both = [
        Thread(target=go, args=(house.manager.actor, "one")),
        Thread(target=go, args=(house.co_ordinator.actor, "other")),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=60)
    assert sorted(outcomes) == ["replaced", "stale"]
    assert [row.number for row in Version.objects.order_by("number")] == [1, 2]


# --- a server that is killed

CHILD = """
import os, signal, sys
import django
django.setup()
from concordat.domain.base.documents import operations
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import once
from concordat.domain.base.seats.queries import actor_for
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY
at = sys.argv[1]
if at == "write":
    def die(*told):
        os.kill(os.getpid(), signal.SIGKILL)
    os.fsync = die
if at == "commit":
    from django.db.backends.base.base import BaseDatabaseWrapper
    def die(self):
        os.kill(os.getpid(), signal.SIGKILL)
    BaseDatabaseWrapper._commit = die
actor = actor_for(Person.objects.get(full_name="Mary Manager"), on=DAY)
with once("form 7"):
    operations.add(
        actor,
        partnership=Record.objects.get(reference="HERE"),
        title="Arrangements",
        file=paper("killed"),
    )
"""


@pytest.mark.long
@pytest.mark.parametrize("at", ["write", "commit"])
def test_an_upload_killed_half_way_leaves_nothing_and_can_be_sent_again(
    inside: str, tmp_path: Path, at: str
) -> None:
    build()
    folder = tmp_path / "documents"
    assert upload_in_a_process(inside, tmp_path, at) == -signal.SIGKILL
    assert not Document.objects.exists()
    assert not Record.objects.filter(kind="document").exists()
    whole = [each for each in folder.rglob("*") if each.is_file() and len(each.name) == 64]
    assert all(files.digest_of(each.read_bytes()) == each.name for each in whole)
    assert len(whole) == (1 if at == "commit" else 0)
    for _ in range(2):
        assert upload_in_a_process(inside, tmp_path, "never") == 0
    kept = Version.objects.get()
    assert files.read(folder, kept.digest) == paper("killed").data


def upload_in_a_process(url: str, var: Path, at: str) -> int:
    home = str(Path(__file__).parents[3])
    told = environment(url, var)
    told["PYTHONPATH"] = os.pathsep.join([told["PYTHONPATH"], home])
    told["CONCORDAT_LEDGER_SECRET"] = settings.LEDGER_SECRET
    done = subprocess.run([sys.executable, "-c", CHILD, at], env=told, check=False)
    return done.returncode


def test_the_loader_adds_what_a_file_brings(house: House) -> None:
    document = operations.add(
        LOADER, partnership=house.here, title="Terms of reference", file=paper()
    )
    assert newest(document).uploaded_by == "loader"
