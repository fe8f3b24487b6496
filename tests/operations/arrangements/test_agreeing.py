"""From a draft to what is in force: agreed by every partner, published, sent, followed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents import operations as papers
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.operations import place_hold, release_hold
from concordat.domain.base.records.rules import canonical, digest
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Passage, Promise, Sending
from concordat.domain.governance.arrangements.rules.text import Way
from concordat.kernel.actor import process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused
from tests.operations.arrangements.drafting import Drafting
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.seats.county import nothing_changed

SEPTEMBER = date(2019, 9, 1)


@pytest.mark.long
def test_one_seat_of_each_partner_is_asked(offered: Drafting) -> None:
    places = documents.panel(offered.manager, offered.document)
    assert {place.seat.role for place in places} == {
        "Colin Council",
        "Hetty Health",
        "Petra Police",
    }
    assert offered.now.state == "out for agreement"


@pytest.mark.long
def test_without_an_edition_nobody_is_asked(drafting: Drafting) -> None:
    drafting.begin()
    with nothing_changed(), pytest.raises(Refused, match="Make an edition first"):
        operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)


@pytest.mark.long
def test_what_was_written_since_the_edition_is_not_signed(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    drafting.write(section="area", text="One place.")
    with nothing_changed(), pytest.raises(Refused, match="since edition 1"):
        operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)


@pytest.mark.long
def test_a_partner_without_a_seat_is_named(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    operations.enter_agency(
        LOADER,
        partnership=drafting.house.here,
        values={"name": "Second Force", "agency_class": "police"},
        is_partner=True,
    )
    with nothing_changed(), pytest.raises(Refused, match="No seat speaks for Second Force"):
        operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)


@pytest.mark.long
def test_it_is_agreed_by_all_or_not_at_all(offered: Drafting) -> None:
    offered.sign(0, 1)
    with nothing_changed(), pytest.raises(Refused, match="Heath Police has not signed"):
        operations.agree(offered.manager, arrangements=offered.version)
    offered.sign(2)
    assert operations.agree(offered.manager, arrangements=offered.version).state == "agreed"


@pytest.mark.long
def test_a_partner_that_joins_after_the_signatures_has_to_sign_too(offered: Drafting) -> None:
    offered.sign(0, 1, 2)
    operations.agree(offered.manager, arrangements=offered.version)
    operations.enter_agency(
        LOADER,
        partnership=offered.house.here,
        values={"name": "Second CCG", "agency_class": "health"},
        is_partner=True,
    )
    with nothing_changed(), pytest.raises(Refused, match="Second CCG has not signed"):
        operations.publish(offered.manager, arrangements=offered.version)


@pytest.mark.long
def test_what_was_signed_is_published_to_the_byte(published: Drafting) -> None:
    row = published.now
    assert (row.state, row.published_on) == ("published", DAY.isoformat())
    (served,) = documents.published(published.house.outsider.actor)
    edition = queries.published_edition(published.house.outsider.actor, row)
    assert edition is not None
    assert served.version == edition.version
    assert verbs_on(published.version.record)[-1] == "arrangements published"


@pytest.mark.long
def test_a_text_that_facts_have_left_behind_is_published_with_open_eyes(
    offered: Drafting,
) -> None:
    offered.sign(0, 1, 2)
    operations.agree(offered.manager, arrangements=offered.version)
    body = {"name": "Executive", "rhythm": {"every": {"months": "3"}}}
    seats.set_down(
        LOADER, partnership=offered.house.here, kind="bodies", key="executive", values=body
    )
    with nothing_changed(), pytest.raises(Invalid, match="changed since edition 1"):
        operations.publish(offered.manager, arrangements=offered.version)
    live = queries.assembled(offered.manager, offered.now, DAY)
    seen = digest(canonical(live.told()))
    with nothing_changed(), pytest.raises(Invalid):
        operations.publish(offered.manager, arrangements=offered.version, accepts="f" * 64)
    done = operations.publish(offered.manager, arrangements=offered.version, accepts=seen)
    assert done.state == "published"


@pytest.mark.parametrize("verb", ["publish", "put in force"])
@pytest.mark.long
def test_a_hold_stops_the_move_until_it_is_lifted(offered: Drafting, verb: str) -> None:
    offered.sign(0, 1, 2)
    operations.agree(offered.manager, arrangements=offered.version)
    if verb == "put in force":
        operations.publish(offered.manager, arrangements=offered.version)

    def act() -> object:
        if verb == "publish":
            return operations.publish(offered.manager, arrangements=offered.version)
        return operations.put_in_force(
            offered.manager, arrangements=offered.version, from_day=SEPTEMBER
        )

    hold = place_hold(
        offered.manager,
        record=offered.version.record,
        blocks=verb,
        reason="Young people have not answered",
        on=DAY,
    )
    with nothing_changed(), pytest.raises(Refused, match="Young people"):
        act()
    release_hold(offered.manager, hold=hold, reason="They have", on=DAY)
    act()


@pytest.mark.long
def test_the_version_before_ends_on_the_day_before(published: Drafting) -> None:
    first = published.now
    operations.put_in_force(published.manager, arrangements=first, from_day=SEPTEMBER)
    nxt = operations.follow(published.manager, arrangements=first, title="Second arrangements")
    assert (nxt.state, nxt.follows, nxt.contents) == ("in preparation", first, first.contents)
    assert not Passage.objects.get(arrangements=nxt).done
    with pytest.raises(Refused, match="begun already"):
        operations.follow(published.manager, arrangements=first, title="Third")
    operations.begin_draft(published.manager, arrangements=nxt)
    operations.freeze(published.manager, arrangements=nxt)
    operations.ask_for_agreement(published.manager, arrangements=nxt)
    second = Drafting(published.house, published.home, nxt, published.signers)
    second.sign(0, 1, 2)
    operations.agree(published.manager, arrangements=nxt)
    operations.publish(published.manager, arrangements=nxt)
    day = date(2021, 9, 1)
    operations.put_in_force(published.manager, arrangements=nxt, from_day=day)
    assert (published.now.state, published.now.to_text) == ("superseded", "2021-08-31")
    assert (second.now.state, second.now.from_text) == ("in force", "2021-09-01")


@pytest.mark.long
def test_nothing_is_in_force_before_it_is_published(published: Drafting) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="before it was published"):
        operations.put_in_force(
            published.manager, arrangements=published.version, from_day=DAY - timedelta(days=1)
        )


@pytest.mark.long
def test_what_is_published_is_sent_and_its_receipt_recorded(drafting: Drafting) -> None:
    told = {"way": Way.DEPARTMENT, "to": "Department for Education", "on": DAY}
    with nothing_changed(), pytest.raises(Refused, match="Nothing is published"):
        operations.send(drafting.manager, arrangements=drafting.version, **told)  # type: ignore[arg-type]
    drafting.publish()
    sent = operations.send(drafting.manager, arrangements=drafting.version, **told)  # type: ignore[arg-type]
    assert (drafting.now.sent_to, drafting.now.sent_on) == ([told["to"]], DAY.isoformat())
    early = DAY - timedelta(days=1)
    with nothing_changed(), pytest.raises(Invalid, match="on or after"):
        operations.record_receipt(drafting.manager, sending=sent, receipt="R 1", on=early)
    operations.record_receipt(drafting.manager, sending=sent, receipt="R 1", on=DAY)
    assert Sending.objects.get().receipt == "R 1"


def test_what_is_published_is_not_written_over(published: Drafting) -> None:
    with nothing_changed(), pytest.raises(Refused, match="Begin the next version"):
        published.write(section="area", text="One place.")


@pytest.mark.long
def test_who_has_no_part_in_it_moves_nothing(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    for actor in (drafting.house.member.actor, drafting.house.outsider.actor):
        with nothing_changed(), pytest.raises(Refused):
            operations.ask_for_agreement(actor, arrangements=drafting.version)


@pytest.mark.long
def test_a_promise_stays_undated_until_somebody_confirms_the_day(drafting: Drafting) -> None:
    promise = Promise.objects.select_related("record", "partnership").get(key="single")
    assert queries.day_offered(drafting.manager, promise) is None
    drafting.publish()
    operations.put_in_force(drafting.manager, arrangements=drafting.version, from_day=SEPTEMBER)
    assert queries.day_offered(drafting.manager, promise) == date(2021, 8, 31)
    assert Promise.objects.get(key="single").latest == ""


@pytest.mark.long
def test_comments_are_answered_before_anybody_is_asked_to_sign(drafting: Drafting) -> None:
    drafting.begin()
    edition = drafting.freeze()
    member = drafting.house.member
    opened = operations.open_for_comment(
        drafting.manager,
        arrangements=drafting.version,
        seats=[member.seat],
        closes=DAY + timedelta(days=14),
        question="Is it plain?",
    )
    assert drafting.now.state == "out for comment"
    said = papers.comment(
        member.actor,
        round=opened,
        seat=member.seat,
        digest=edition.version.digest,
        place="Area",
        text="Say which wards",
    )
    with nothing_changed(), pytest.raises(Refused):
        operations.close_comments(drafting.manager, arrangements=drafting.version)
    with nothing_changed(), pytest.raises(Refused, match="You can"):
        operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)
    papers.answer(drafting.manager, comment=said, outcome="taken", reason="", seen_version=0)
    operations.close_comments(drafting.manager, arrangements=drafting.version)
    assert drafting.now.state == "draft"
    operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)


@pytest.mark.long
def test_a_round_that_was_opened_on_the_document_holds_agreement_up(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    papers.open_for_comment(
        drafting.manager,
        document=drafting.document,
        seats=[drafting.house.member.seat],
        closes=DAY + timedelta(days=14),
    )
    with nothing_changed(), pytest.raises(Refused, match="Close the comments"):
        operations.ask_for_agreement(drafting.manager, arrangements=drafting.version)


# --- promises


def promised() -> Promise:
    return Promise.objects.select_related("record", "partnership").get(key="single")


@pytest.mark.long
def test_a_day_that_was_worked_out_becomes_the_promises_by_a_person(drafting: Drafting) -> None:
    until = UncertainDate.parse("2021-08-31")
    with nothing_changed(), pytest.raises(Invalid, match="Words are needed"):
        operations.renew_promise(drafting.manager, promise=promised(), latest=until, reason=" ")
    past = UncertainDate.parse("2018-08-31")
    with nothing_changed(), pytest.raises(Invalid, match="This day is over"):
        operations.renew_promise(drafting.manager, promise=promised(), latest=past, reason="So")
    operations.renew_promise(drafting.manager, promise=promised(), latest=until, reason="Two years")
    assert promised().latest == "2021-08-31"


def test_a_kept_promise_asks_nobody_any_more(drafting: Drafting) -> None:
    near = UncertainDate.parse("2019-04-10")
    operations.renew_promise(drafting.manager, promise=promised(), latest=near, reason="Agreed")
    system = process("run-due", DAY)
    assert operations.ask_for_promises(system) == 1
    assert Ask.objects.get(errand="keep").record == promised().record
    operations.keep_promise(drafting.manager, promise=promised(), outcome="It stayed one area")
    assert not Ask.objects.filter(errand="keep", cleared_on=None).exists()
    assert operations.ask_for_promises(system) == 0
    with nothing_changed(), pytest.raises(Refused, match="Nothing follows"):
        operations.keep_promise(drafting.manager, promise=promised(), outcome="Again")


def test_the_keeper_keeps_and_only_the_secretariat_releases(drafting: Drafting) -> None:
    council = drafting.house.council
    owner = Post.objects.get(key="colin-council")
    drafting.set_down("promises", "single", promise="One area", owner=owner)
    with nothing_changed(), pytest.raises(Refused):
        operations.keep_promise(drafting.house.member.actor, promise=promised(), outcome="Yes")
    with nothing_changed(), pytest.raises(Refused):
        operations.release_promise(council.actor, promise=promised(), reason="No need")
    operations.keep_promise(council.actor, promise=promised(), outcome="Yes")
    assert promised().state == "kept"


def test_a_release_has_a_reason_and_stays_on_record(drafting: Drafting) -> None:
    with nothing_changed(), pytest.raises(Invalid):
        operations.release_promise(drafting.manager, promise=promised(), reason="")
    operations.release_promise(drafting.manager, promise=promised(), reason="Merged")
    assert (promised().state, promised().outcome) == ("released", "Merged")
    assert verbs_on(promised().record)[-1] == "promise released"
