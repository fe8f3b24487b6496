"""Packs are bound once, keep their numbers, and are cut for those who may read them."""

from __future__ import annotations

import pytest

from concordat.craft import pdf
from concordat.craft.document import Document as Text
from concordat.craft.document import PageBreak, Paragraph
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents.operations import Upload
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Line, Pack, Paper
from concordat.domain.governance.meetings.operations.binding import _bind, _made
from concordat.domain.governance.meetings.operations.papers import Cover, attach
from concordat.domain.governance.meetings.operations.sending import READ
from concordat.domain.governance.meetings.queries import packing
from concordat.domain.governance.meetings.rules.life import PaperStage, Stage
from concordat.domain.governance.meetings.rules.packs import DRAWN, KEPT, Cut
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, seat_row


def upload(word: str, pages: int = 2) -> Upload:
    blocks: list[object] = []
    for number in range(pages):
        blocks += [Paragraph(f"{word} {number}"), PageBreak()]
    return Upload(f"{word}.pdf", pdf.write(Text(word, blocks)))  # type: ignore[arg-type]


def cover(title: str, summary: str) -> Cover:
    return Cover(title, purposes=[Status.INFORMATION], parts={"summary": summary})


def paper(room: Boardroom, line: Line, title: str, word: str = "") -> Paper:
    row = operations.want(LOADER, line=line, title=title)
    operations.write(LOADER, paper=row, cover=cover(title, f"On {title}"))
    if word:
        attach(LOADER, paper=row, file=upload(word), note="", seen_version=0)
    return operations.clear(LOADER, paper=Paper.objects.get(pk=row.pk))


def sent(room: Boardroom) -> list[Pack]:
    """The pack sent and bound as the worker binds it."""
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    operations.send_pack(room.manager, meeting=room.now())
    return bound(room)


def bound(room: Boardroom) -> list[Pack]:
    for row in Pack.objects.filter(digest=""):
        _bind.func(row.pk, DAY.isoformat())
    return list(Pack.objects.order_by("supplement", "cut"))


def words(actor: object, pack: Pack) -> str:
    return "".join(pdf.text(packing.bytes_of_pack(actor, pack)).split())  # type: ignore[arg-type]


@pytest.mark.long
def test_how_far_a_pack_is_moves_while_its_pages_are_drawn(room: Boardroom) -> None:
    paper(room, room.item("The budget"), "Budget report", "kestrel")
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    operations.send_pack(room.manager, meeting=room.now())
    row = Pack.objects.select_related("meeting__record", "meeting__body").get()
    read = row.total - KEPT
    assert (row.done, read) == (0, Line.objects.filter(meeting=room.now()).count())
    _made(LOADER, row, packing.planned(LOADER, row))
    row.refresh_from_db()
    assert (row.done, row.is_bound) == (read + DRAWN, False)


@pytest.mark.long
def test_a_pack_holds_its_items_with_their_pages(room: Boardroom) -> None:
    paper(room, room.item("The budget"), "Budget report", "kestrel")
    paper(room, room.item("Methods"), "On methods")
    [pack] = sent(room)
    assert (pack.cut, pack.done, pack.total) == (Cut.PARTNERS, 5, 5)
    told = words(room.manager, pack)
    assert "kestrel1" in told
    page = packing.page_of_pack(room.manager, pack)
    assert "kestrel 1" in page, "what the PDF only draws stands in the page as words"
    assert "<h2>2. Methods</h2>" in page
    assert "OnOnmethods" in told
    [first, second] = pack.pieces
    assert (first["label"], second["label"]) == ("1", "2")
    assert second["first"] == first["first"] + first["pages"]
    assert room.now().stage == Stage.SENT
    assert {row.stage for row in Paper.objects.all()} == {PaperStage.IN_PACK}
    assert Ask.objects.filter(record=room.meeting.record, what=READ).count() == 8


@pytest.mark.long
def test_what_is_not_ready_keeps_the_pack_back_by_name(room: Boardroom) -> None:
    line = room.item("The budget")
    operations.want(LOADER, line=line, title="Budget report")
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    with pytest.raises(Refused, match="Budget report"):
        operations.send_pack(room.manager, meeting=room.now())
    assert not Pack.objects.exists()
    assert room.now().stage == Stage.AGENDA_OPEN


@pytest.mark.long
def test_what_follows_is_told_and_comes_as_a_supplement_that_moves_nothing(
    room: Boardroom,
) -> None:
    late = operations.want(LOADER, line=room.item("The budget"), title="Budget report")
    operations.let_follow(room.chair, paper=late, why_late="Figures", why_now="The grant ends")
    paper(room, room.item("Methods"), "On methods", "wren")
    [pack] = sent(room)
    assert "istofollow" in words(room.manager, pack)
    before = (pack.digest, pack.pieces)
    operations.write(LOADER, paper=late, cover=cover("Budget report", "Here"))
    operations.clear(LOADER, paper=Paper.objects.get(pk=late.pk))
    operations.mark_read(room.house.member.actor, meeting=room.now(), supplement=0)
    operations.send_supplement(room.manager, meeting=room.now())
    first, second = bound(room)
    assert (first.digest, first.pieces) == before
    assert "PageS1.1" in words(room.manager, second)
    assert "Behindpage" in words(room.manager, second)
    member = room.house.member.actor
    read = [(b.span.split()[1], new) for b, new in packing.in_reading_order(member, room.now())]
    assert [new for _, new in read] == [False, True, False]
    assert read[1][0] == "S1.1"
    new = packing.since_read(room.house.member.actor, room.now())
    assert new is not None
    assert "The budget" in new.sentence
    with pytest.raises(Refused, match="No paper was cleared"):
        operations.send_supplement(room.manager, meeting=room.now())


@pytest.mark.long
def test_cuts_leave_out_what_their_readers_may_not_open(room: Boardroom) -> None:
    room.item("Open thing")
    close = room.item("Heron", sensitivity=Sensitivity.RESTRICTED)
    room.item("Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    with pytest.raises(Refused, match="withheld from the partners pack"):
        operations.send_pack(room.manager, meeting=room.now())
    operations.settle(
        LOADER,
        line=close,
        purpose=close.purpose_is,
        minutes=None,
        lead=None,
        withheld_reason="It tells of one child",
    )
    operations.send_pack(room.manager, meeting=room.now())
    packs = {pack.cut: pack for pack in bound(room)}
    assert set(packs) == {Cut.PARTNERS, Cut.RESTRICTED}
    partners, restricted = (words(LOADER, packs[cut]) for cut in (Cut.PARTNERS, Cut.RESTRICTED))
    assert "Heron" in restricted, "there was something that could leak"
    assert "Heron" not in partners
    assert "Item2iswithheld:Ittellsofonechild" in partners
    for told in (partners, restricted):
        assert "Kestrel" not in told
        assert "C1" not in told
    assert packing.packs(room.house.outsider.actor, room.now()).count() == 0


@pytest.mark.long
def test_labels_stand_once_sent(room: Boardroom) -> None:
    line = room.item("The budget")
    room.item("Methods")
    sent(room)
    line.refresh_from_db()
    assert line.label == "1"
    with pytest.raises(Refused, match="numbers"):
        operations.move(room.manager, line=line, by=1)


@pytest.mark.long
def test_a_pack_that_cannot_be_bound_says_why_and_is_tried_again(room: Boardroom) -> None:
    row = paper(room, room.item("The budget"), "Budget report", "kestrel")
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    operations.send_pack(room.manager, meeting=room.now())
    from pathlib import Path

    from django.conf import settings

    from concordat.craft import files

    version = row.document.versions.get()  # type: ignore[union-attr]
    kept = files.path_of(Path(settings.MEDIA_ROOT), version.digest)
    data = kept.read_bytes()
    kept.unlink()
    [pack] = bound(room)
    assert pack.failed
    assert not pack.is_bound
    kept.write_bytes(data)
    operations.bind_again(room.manager, pack=pack)
    [pack] = bound(room)
    assert pack.is_bound
    _bind.func(pack.pk, DAY.isoformat())
    assert Pack.objects.get(pk=pack.pk).digest == pack.digest
    assert queries.meeting(room.manager, room.meeting.record.reference)


@pytest.mark.long
def test_a_supplement_holds_only_what_is_new(room: Boardroom) -> None:
    line = room.item("The budget")
    paper(room, line, "First report", "kestrel")
    late = operations.want(LOADER, line=line, title="Second report")
    operations.let_follow(room.chair, paper=late, why_late="Figures", why_now="The grant ends")
    sent(room)
    operations.write(LOADER, paper=late, cover=cover("Second report", "Here it is"))
    operations.clear(LOADER, paper=Paper.objects.get(pk=late.pk))
    operations.send_supplement(room.manager, meeting=room.now())
    supplement = bound(room)[-1]
    told = words(room.manager, supplement)
    assert "Hereitis" in told
    assert "kestrel" not in told
    shown = late.presentations.get()
    assert shown.text_sent is None
    first = line.item.papers.get(title="First report").presentations.get()
    assert first.text_sent == 1


@pytest.mark.long
def test_the_deputys_brief_is_ones_own_agencys_alone(room: Boardroom) -> None:
    line = room.item("The budget")
    seat = seat_row(room.house.health)
    operations.brief(room.house.health.actor, line=line, seat=seat, our_line="Thirds", limit="5")
    assert queries.briefable(room.house.health.actor, room.now()) == [seat]
    assert [b.our_line for b in queries.briefs_for(room.house.health.actor, room.now())]
    assert not queries.briefs_for(room.house.council.actor, room.now())
