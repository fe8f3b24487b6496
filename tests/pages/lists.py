"""Every address that shows a list, and how to make more of the rows that it shows.

A package that brings a list adds one line to `LISTS`, and a way to make its rows where none of
those here will do. `FIXED` names the pages whose tables are of settled length, and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from concordat.domain.base.actions import operations as actions
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.rules import Opening, State
from concordat.domain.base.people import operations as people
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements import queries as texts
from concordat.domain.governance.arrangements.rules.text import mark_of
from concordat.domain.governance.policies import operations as policies
from concordat.domain.governance.policies.models import Policy
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.children.many import OF_CHILDREN
from tests.pages.chronologies.many import OF_CHRONOLOGIES
from tests.pages.clocks import many as clocks
from tests.pages.diaries import many as diaries
from tests.pages.documents import many as documents
from tests.pages.finance.many import OF_FINANCE
from tests.pages.furnished import Furnished
from tests.pages.meetings.many import OF_MEETINGS
from tests.pages.programme.many import OF_PROGRAMME
from tests.pages.recommendations.many import OF_RECOMMENDATIONS
from tests.pages.requests.many import OF_REQUESTS
from tests.pages.reviews.desk.many import OF_REVIEWS
from tests.pages.reviews.learning_many import OF_LEARNING
from tests.pages.reviews.many import OF_INCIDENTS
from tests.pages.risks.many import OF_RISKS
from tests.walls import behind_the_wall

More = Callable[[Furnished, range], None]


@dataclass(frozen=True)
class Listed:
    """How to make more rows of a list, and what is asked of its address."""

    more: More
    query: str = ""


def more_risks(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        stands.house.risk(f"Thresholds differ {each}")


def more_asked(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        for sitter in (stands.house.manager, stands.house.health):
            asks.raise_ask(
                LOADER,
                record=stands.risk,
                seat=sitter.seat,
                errand=Errand.ANSWER,
                what=f"Answer {each}",
                due=DAY + timedelta(days=each),
            )


def more_held(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        records.place_hold(LOADER, record=stands.risk, blocks=f"move {each}", reason="R.", on=DAY)


def more_admitted(stands: Furnished, numbers: range) -> None:
    here = stands.house.here
    everybody = Record.objects.filter(kind="person", partnership=here).order_by("reference")
    for each in numbers:
        records.admit(
            LOADER,
            record=stands.risk,
            grantee=everybody[each],
            level=Level.SEE,
            reason="R.",
            from_day=DAY,
        )


def more_agencies(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        arrangements.enter_agency(
            LOADER,
            partnership=stands.house.here,
            values={"name": f"Council {each}", "agency_class": "council"},
            is_partner=True,
        )


def more_names(stands: Furnished, numbers: range) -> None:
    """What an agency was called before."""
    for each in numbers:
        agencies.rename(
            LOADER,
            agency=Agency.objects.get(pk=stands.agency.pk),
            name=f"Heath Group {each}",
            from_day=DAY + timedelta(days=each),
            source="Made up",
        )


def more_partnerships(stands: Furnished, numbers: range) -> None:
    """Others, in each of which the manager sits."""
    for each in numbers:
        there = agencies.found(LOADER, slug=f"p{each}", name=f"Area {each}", prefix=f"P{each}")
        values = {"name": "Board", "kind": "executive"}
        board = seats.set_down(
            LOADER, partnership=there.record, kind="bodies", key="board", values=values
        )
        _seat(there.record, board, f"Manager {each}", stands.house.manager.person)


def _seat(partnership: Record, board: Any, title: str, person: Any = None) -> Post:
    """A post with a seat; somebody new takes it, or the person who is named."""

    def added(kind: str, **values: Any) -> Any:
        return seats.add(LOADER, partnership=partnership, kind=kind, name=title, values=values)

    post = added("posts", title=title)
    seat = added("seats", role=title, body=board)
    added("holders", seat=seat, post=post, holding="holder")
    if person:
        seats.take_post(LOADER, person=person, post=post, from_day=DAY)
    else:
        arrangements.join(
            LOADER, partnership=partnership, post=post, from_day=DAY, full_name=f"Person {title}"
        )
    return post


def more_seats(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        _seat(stands.house.here, stands.house.board, f"Extra {each}")


def more_bodies(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        body = seats.propose(
            LOADER,
            partnership=stands.house.here,
            name=f"Group {each}",
            state=Standing.SHADOW,
            from_day=DAY,
            values={"kind": "subgroup", "parents": [stands.house.board.key]},
        )
        _seat(stands.house.here, body, f"Seat {each}")


def more_posts_of_one(stands: Furnished, numbers: range) -> None:
    """Posts and seats of one person."""
    for each in numbers:
        _seat(stands.house.here, stands.house.board, f"And {each}", stands.house.health.person)


def more_holders_of_one(stands: Furnished, numbers: range) -> None:
    """Members of one seat."""
    seat = Seat.objects.get(pk=stands.house.health.seat.pk)
    for each in numbers:
        post = _seat(stands.house.here, stands.house.board, f"Deputy {each}")
        values = {"seat": seat, "post": post, "holding": "deputy"}
        seats.add(
            LOADER, partnership=stands.house.here, kind="holders", name=f"d{each}", values=values
        )


def more_delegations(stands: Furnished, numbers: range) -> None:
    agency = Agency.objects.select_related("partnership").get(pk=stands.agency.pk)
    post = Post.objects.get(partnership=stands.house.here, key="hetty-health")
    for _ in numbers:
        arrangements.delegate(
            LOADER,
            agency=agency,
            to={"post": post},
            limbs=["commit on policy"],
            matters=["budget"],
            instrument="cabinet decision",
            from_day=DAY,
        )


def more_wordings(stands: Furnished, numbers: range) -> None:
    """What one passage said, again and again; as it was read last."""
    passages = texts.passages(LOADER, stands.version)
    for each in numbers:
        now = passages.get(section="area")
        arrangements.write(
            LOADER,
            arrangements=stands.version,
            section="area",
            text=f"{each} places.",
            seen=mark_of(now.text, now.done),
        )


def more_areas(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        agencies.set_down(
            LOADER,
            partnership=stands.house.here,
            kind="areas",
            key=f"area-{each}",
            values={"name": f"Area {each}"},
        )


def more_guests(stands: Furnished, numbers: range) -> None:
    """Links for one record, each with its letter."""
    for each in numbers:
        mail.invite_guest(
            LOADER,
            record=stands.risk,
            opening=Opening.COMMENT,
            name=f"Guest {each}",
            email=f"guest{each}@example.org",
            place="https://example.org/guest/TOKEN",
            now=timezone.now(),
        )


def more_failed(stands: Furnished, numbers: range) -> None:
    """Letters that could not be handed over: of those that wait there is a page full already."""
    more_guests(stands, range(numbers.start + 1000, numbers.stop + 1000))
    with behind_the_wall():
        Message.objects.filter(to__regex=r"^guest1\d{3}@").update(state=State.FAILED)


def more_actions(stands: Furnished, numbers: range) -> None:
    councils = Agency.objects.filter(partnership=stands.house.here, key__startswith="council")
    for each in numbers:
        for owner in (stands.house.member.seat, councils.order_by("key")[each]):
            actions.add(
                LOADER,
                source=stands.risk,
                what=f"Agree a word {each}",
                set_by=Body.objects.get(pk=stands.house.board.pk),
                owner=owner,
                due=DAY + timedelta(days=28),
            )


def more_policies(stands: Furnished, numbers: range) -> None:
    facts = {"type": "Protocol", "public": True}
    for each in numbers:
        policies.draft(LOADER, partnership=stands.house.here, title=f"Policy {each}", facts=facts)


def set_of(set_down: Any, kind: str, /, **values: Any) -> More:
    """Rows of agencies or seats that are alike but for their names."""

    def more(stands: Furnished, numbers: range) -> None:
        for each in numbers:
            set_down(
                LOADER,
                partnership=stands.house.here,
                kind=kind,
                key=f"key-{each}",
                values={"name": f"Name {each}", **values},
            )

    return more


def more_acknowledging(stands: Furnished, numbers: range) -> None:
    """Agencies that sit on the board and are asked to acknowledge a policy."""
    asked = []
    for each in numbers:
        values = {"name": f"Trust {each}", "agency_class": "health"}
        agency = arrangements.enter_agency(
            LOADER, partnership=stands.house.here, values=values, is_partner=False
        )
        told = {"role": f"Trust {each}", "body": stands.house.board, "agency": agency}
        seats.add(
            LOADER, partnership=stands.house.here, kind="seats", name=f"Trust {each}", values=told
        )
        asked.append(agency)
    policies.ask_agencies(LOADER, policy=Policy.objects.get(pk=stands.policy.pk), agencies=asked)


def more_hands(stands: Furnished, numbers: range) -> None:
    """Days on which somebody acts for the manager."""
    for each in numbers:
        day = DAY + timedelta(days=each)
        people.give(
            stands.house.manager.actor,
            principal=stands.house.manager.person,
            hand=stands.house.member.person,
            scope=[Verb.SEE],
            from_day=day,
            to_day=day,
            reason="R.",
        )


def more_links(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        values = {"board": stands.house.board, "owed": "A report", "effect": "notes"}
        arrangements.add(
            LOADER, partnership=stands.house.here, kind="links", name=f"l{each}", values=values
        )


def rows_of(kind: str, /, **values: Any) -> More:
    """Rows of the arrangements that are alike."""

    def more(stands: Furnished, numbers: range) -> None:
        for each in numbers:
            arrangements.add(
                LOADER,
                partnership=stands.house.here,
                kind=kind,
                name=f"row {each}",
                values=values,
            )

    return more


def more_rivals(stands: Furnished, numbers: range) -> None:
    """Groups in which the same person sits."""
    for each in numbers:
        body = seats.set_down(
            LOADER,
            partnership=stands.house.here,
            kind="bodies",
            key=f"rival-{each}",
            values={"name": f"Rival {each}", "kind": "subgroup"},
        )
        _seat(stands.house.here, body, f"Rival {each}", stands.house.health.person)


FRONT_DOORS = set_of(agencies.set_down, "front_doors", phone="020 7946 0000")


# Closed days and local rules come first: each counts every clock again.
LISTS: dict[str, Listed] = {
    "clocks:closed_days": Listed(clocks.closed_days),
    "clocks:local_rules": Listed(clocks.local_rules),
    "clocks:law": Listed(clocks.local_rules),
    **{f"meetings:{name}": Listed(more) for name, more in OF_MEETINGS.items()},
    **{f"children:{name}": Listed(more) for name, more in OF_CHILDREN.items()},
    **{f"chronologies:{name}": Listed(more) for name, more in OF_CHRONOLOGIES.items()},
    **{f"risks:{name}": Listed(more) for name, more in OF_RISKS.items()},
    **{
        f"recommendations:{name}": Listed(more, query)
        for name, (more, query) in OF_RECOMMENDATIONS.items()
    },
    **{f"reviews:{name}": Listed(more) for name, more in OF_INCIDENTS.items()},
    **{f"desk:{name}": Listed(more) for name, more in OF_REVIEWS.items()},
    **{f"requests:{name}": Listed(more) for name, more in OF_REQUESTS.items()},
    **{f"reviews:{name}": Listed(more) for name, more in OF_LEARNING.items()},
    **{f"finance:{name}": Listed(more) for name, more in OF_FINANCE.items()},
    "finance:carry": Listed(more_bodies),
    **{name: Listed(more) for name, more in OF_PROGRAMME.items()},
    "home": Listed(more_asked),
    "search": Listed(more_risks, "?q=thresholds"),
    "records:history": Listed(more_held),
    "records:record": Listed(more_held),
    "agencies:partnerships": Listed(more_partnerships),
    "reviews:escalation_figures": Listed(more_partnerships),
    "agencies:partnership": Listed(more_agencies),
    "agencies:agencies": Listed(more_agencies),
    "agencies:agency": Listed(more_delegations),
    "agencies:public": Listed(FRONT_DOORS),
    "public:worried": Listed(FRONT_DOORS),
    "public:documents": Listed(documents.published),
    "public:home": Listed(documents.published),
    "seats:body": Listed(more_seats),
    "seats:people": Listed(more_seats),
    "seats:seat": Listed(more_holders_of_one),
    "seats:person": Listed(more_posts_of_one),
    "seats:joining": Listed(more_posts_of_one),
    "seats:named": Listed(set_of(seats.set_down, "people")),
    "people:account": Listed(more_partnerships),
    "people:acting": Listed(more_hands),
    "records:access": Listed(more_admitted),
    "arrangements:structure": Listed(more_bodies),
    "arrangements:text": Listed(more_bodies),
    "arrangements:text_agreement": Listed(more_agencies),
    "arrangements:text_wordings": Listed(more_wordings),
    "arrangements:authority": Listed(more_agencies, "?matter=budget&on=29+March+2019"),
    "arrangements:delegation": Listed(more_holders_of_one),
    "arrangements:delegations": Listed(more_delegations),
    "arrangements:findings": Listed(rows_of("questions", question="Who pays?")),
    "arrangements:promises": Listed(rows_of("promises", promise="One area", latest="2019-06")),
    "arrangements:relevant": Listed(
        rows_of("relevant_agencies", name="Schools", basis="invited only")
    ),
    "arrangements:footprints": Listed(
        rows_of("footprints", name="Panel", kind="child death review", agencies=["health"])
    ),
    "arrangements:matters": Listed(rows_of("matters", title="Budgets")),
    "arrangements:statements": Listed(rows_of("statements", topic="Area", says="One area")),
    "reports:report": Listed(more_bodies),
    "arrangements:versions": Listed(
        rows_of("arrangements", title="The Arrangements", state="in preparation")
    ),
    "arrangements:decisions": Listed(
        rows_of("decisions", title="Approved", state="made", date="2019-03-26")
    ),
    "arrangements:agreements": Listed(rows_of("agreements", title="Sharing")),
    "arrangements:links": Listed(more_links),
    "mail:outbox": Listed(more_failed, "?state=failed"),
    "mail:links": Listed(more_guests),
    "documents:documents": Listed(documents.papers),
    "documents:on": Listed(documents.papers),
    "documents:comments": Listed(documents.comments),
    "documents:document": Listed(documents.versions),
    "clocks:board": Listed(clocks.started),
    "clocks:clock": Listed(clocks.restarted),
    "clocks:go_lives": Listed(more_areas),
    "policies:policies": Listed(more_policies),
    "policies:policy": Listed(more_acknowledging),
    "diaries:diaries": Listed(diaries.searches),
    "diaries:feeds": Listed(diaries.feeds),
    "diaries:times": Listed(diaries.patterns),
    "diaries:posts": Listed(diaries.patterns),
    "diaries:school": Listed(diaries.holidays),
    "diaries:rivals": Listed(more_rivals),
    "actions:contacts": Listed(more_agencies),
    "actions:actions": Listed(more_actions),
    "actions:on": Listed(more_actions),
    "actions:agencies": Listed(more_actions),
}
FIXED = {
    "cases": "five rows of each kind",
    "chronologies:version": "the rows of one version",
    "desk:review": "the clocks of one review",
    "desk:terms": "the items of one version, and its few versions",
    "desk:choose": "the methods that there are",
    "desk:drafts": "the versions of one report; what is said of it is walked with documents",
    "desk:publication": "the partnerships of one review",
    "diaries:diary": "the dates of one search, a dozen at most",
    "diaries:plan": "the meetings of one year",
    "diaries:slot": "the seats of one search",
    "finance:contribution": "the stages of one sum",
    "finance:dispute": "the agencies of one disagreement",
    "meetings:decision": "the seats that were asked when it was drafted",
    "meetings:account": "what one agency committed itself to in one year",
    "meetings:letter": "who was asked to agree to one letter",
    "meetings:paper": "who was asked to clear one paper",
    "arrangements:edition": "the text as it was frozen",
    "arrangements:text_checklist": "the items of the law",
    "arrangements:text_editions": "each is set in type, few in a year",
    "arrangements:transition": "the steps of one area",
    "programme:contract": "the newest claims of one contract",
    "programme:product": "what one product holds",
    "reports:reports": "the reports that are declared, and the papers of a year",
    "reports:differences": "nothing until two days are chosen",
    "reviews:incident_paper": "the questions of one form",
    "ui:living": "the parts of pages",
    "ui:sketch_home": "a sketch",
    "ui:sketch_meeting": "a sketch",
}
