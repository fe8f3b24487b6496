"""Putting the invented cast into an example world, by the same operations as everybody uses."""

from __future__ import annotations

from datetime import date

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.exchange.operations import (
    acting_out,
    alarming,
    convening,
    fearing,
    gathering,
    naming,
    recommending,
    referring,
    reviewing,
    striving,
)
from concordat.domain.assurance.exchange.operations.keeping import keep_diaries
from concordat.domain.assurance.exchange.operations.loading import Loaded, load
from concordat.domain.assurance.exchange.rules.cast import (
    Cast,
    Member,
    Paper,
    Request,
    Running,
    day,
)
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Post
from concordat.domain.base.seats.operations import take_post
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity

BEGAN = date(2018, 1, 1)


@operation
def cast(actor: Actor, *, file: PartnershipFile, cast: Cast) -> tuple[Loaded, list[Person]]:
    """Load a world's file and let its cast in: people in posts, who acts for whom, what waits.

    Refused wherever a partnership is or anybody can sign in already, and always in production.
    """
    if Partnership.objects.exists():
        raise Refused("This database holds a partnership already. A world needs an empty one.")
    loaded = load(actor, file=file)
    people.mark_world(actor, name=cast.world, practice_date=cast.practice_date)
    persons = {member.key: _enter(actor, cast, member) for member in cast.people}
    for each in cast.acting_for:
        people.give(
            actor,
            principal=persons[each.principal],
            hand=persons[each.hand],
            scope=[Verb(verb) for verb in each.verbs],
            from_day=BEGAN,
            reason=each.reason,
        )
    for paper in cast.documents:
        _write(actor, cast, paper)
    for clock in cast.clocks:
        _run(actor, cast, clock)
    for request in cast.asks:
        _ask(actor, cast, request)
    for home in Partnership.objects.select_related("record").order_by("key"):
        arrangements.keep_transition(actor, partnership=home)
    _act_out(actor, cast)
    happened(actor, "cast let in", after={"world": cast.world, "people": len(persons)})
    return loaded, list(persons.values())


def _act_out(actor: Actor, cast: Cast) -> None:
    """What the cast did before the day of loading: actions, diaries, meetings, risks, plans."""
    for invented in cast.actions:
        acting_out.raise_action(actor, cast, invented)
    acting_out.watch(actor, cast)
    keep_diaries(actor, cast)
    for told in cast.meetings:
        convening.convene(actor, cast, told)
    for register in cast.registers:
        fearing.open_register(actor, cast, register)
    for feared in cast.risks:
        fearing.raise_risk(actor, cast, feared)
    fearing.watch(actor, cast)
    for stated in cast.grounds:
        alarming.state(actor, cast, stated)
    for reviewed in cast.local_reviews:
        reviewing.review(actor, cast, reviewed)
    recommending.recommend(actor, cast)
    for alarm in cast.incidents:
        alarming.tell(actor, cast, alarm)
    referring.refer(actor, cast)
    gathering.gather(actor, cast)
    for worked in cast.work:
        striving.set_down(actor, cast, worked)
    for done in cast.plans:
        striving.act_out(actor, cast, done)


def _enter(actor: Actor, cast: Cast, member: Member) -> Person:
    home = Partnership.objects.get(key=member.partnership or cast.partnership)
    post = _row(Post, home, member.post)
    person = people.register(actor, partnership=home.record, opened=actor.on, post_title=post.title)
    take_post(actor, person=person, post=post, from_day=BEGAN)
    people.add_persona(actor, person=person, line=member.line)
    return person


def _row(model: type[Post], home: Partnership, key: str) -> Post:
    row = model.objects.filter(partnership=home.pk, key=key).first()
    if row is None:
        raise Invalid(f"The cast names {key}, which {home.slug} does not have.", field="post")
    return row


def _write(actor: Actor, cast: Cast, paper: Paper) -> None:
    """An invented document of one page, signed off by nobody yet."""
    home = Partnership.objects.select_related("record").get(key=cast.partnership)
    page = Page(title=paper.title, blocks=tuple(Paragraph(told) for told in paper.text))
    document = documents.add(
        actor,
        partnership=home.record,
        title=paper.title,
        file=Upload(f"{paper.key}.pdf", pdf.write(page)),
        note=paper.note,
        owner=naming.record_of(cast, f"bodies:{paper.owner}") if paper.owner else None,
        sensitivity=Sensitivity[paper.sensitivity.upper()],
    )
    if paper.signers:
        seats = [naming.seat_of(cast, key) for key in paper.signers]
        documents.ask_to_sign(actor, document=document, seats=seats, due=day(paper.due, actor.on))
    if paper.comments_from:
        seats = [naming.seat_of(cast, key) for key in paper.comments_from]
        closes = day(paper.due, actor.on) or actor.on
        documents.open_for_comment(
            actor, document=document, seats=seats, closes=closes, question=paper.question
        )


def _run(actor: Actor, cast: Cast, running: Running) -> None:
    clocks.start(
        actor,
        record=naming.record_of(cast, running.record),
        rule=running.rule,
        started_by=running.started_by,
        on=day(running.started_on, actor.on),
        holder=naming.seat_of(cast, running.seat),
    )


def _ask(actor: Actor, cast: Cast, request: Request) -> None:
    raise_ask(
        actor,
        record=naming.record_of(cast, request.record),
        seat=naming.seat_of(cast, request.seat),
        errand=Errand(request.errand),
        what=request.what,
        why=request.why,
        due=day(request.due, actor.on),
    )
