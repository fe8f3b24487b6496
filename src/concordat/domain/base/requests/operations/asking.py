"""Drafting a request, sending it, and asking again: by whoever asks and the secretariat."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.operations.uploading import open_as
from concordat.domain.base.mail.operations import invite_guest, renew_link
from concordat.domain.base.mail.operations.reaching import require_agency_address
from concordat.domain.base.mail.rules import LONGEST, Opening
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import letters, taking
from concordat.domain.base.requests.queries.access import basis_of, may_be_requester, runs
from concordat.domain.base.requests.rules import Basis
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom, what, for which purpose, by when, how often they are reminded, and which senior of
    theirs is told once they are late: a seat, or a name and number for whoever asked to ring.
    `area` is the one it is asked for, on which the basis depends; `agreement` its sharing
    agreement. `address_why` says why the link goes to an address at which the agency's people are
    not known."""

    requester: Seat
    form: str
    purpose: str
    exact: str
    deliver_to: str
    due: date
    seat: Seat | None = None
    name: str = ""
    email: str = ""
    address_why: str = ""
    agency: Agency | None = None
    about: Record | None = None
    chase_every: int = rules.CHASE_EVERY
    senior: Seat | None = None
    senior_named: str = ""
    area: Area | None = None
    agreement: Record | None = None


@operation
def draft(actor: Actor, *, partnership: Record, asked: Asked) -> Request:
    """Set down a request with everything that a request records (INF-16H)."""
    judged(actor, Verb.SEE, partnership).require()
    sits = asked.requester.pk in {held.seat for held in actor.seats}
    if not sits and not runs(actor, partnership.pk):
        raise Refused("Whoever sits in the seat that asks drafts a request, or the secretariat.")
    basis = _check(actor, partnership, asked)
    about = asked.about
    level = max(Sensitivity.RESTRICTED, about.level if about else 0)
    whom = asked.seat.role if asked.seat else asked.name
    record = open_record(
        actor,
        kind=RecordKind.INFORMATION_REQUEST,
        title=f"Request for information to {whom}"[:300],
        partnership=partnership,
        opened=actor.on,
        owner=asked.requester.record,
        sensitivity=Sensitivity(level),
        listed=about.listed if about else True,
    )
    if about:
        open_as(about, record)
    held_closely = about is not None and about.level >= Sensitivity.RESTRICTED
    row = Request(
        record=record,
        partnership=partnership,
        about=about,
        requester=asked.requester,
        agency=asked.agency or (asked.seat.agency if asked.seat else None),
        seat=asked.seat,
        name="" if asked.seat else " ".join(asked.name.split())[:200],
        email="" if asked.seat else normal_address(asked.email),
        senior=asked.senior,
        senior_named="" if asked.senior else asked.senior_named.strip()[:300],
        form=asked.form,
        questions=[asdict(each) for each in _questions(asked.form)],
        purpose=asked.purpose.strip(),
        exact=asked.exact.strip(),
        deliver_to=asked.deliver_to.strip()[:300],
        due=asked.due,
        chase_every=asked.chase_every,
        area=asked.area,
    )
    rest_on(row, basis, asked.agreement)
    row.save(force_insert=True)
    taking.let_in(actor, row, asked.requester, "Asks for this.")
    if not held_closely:
        _let_secretariat_in(actor, row)
    taking.tell(actor, row, "Drafted")
    why = "" if asked.seat else asked.address_why.strip()
    happened(actor, "request drafted", record, reason=why, after=told_of(row))
    return taking.fresh(row)


def _let_secretariat_in(actor: Actor, row: Request) -> None:
    """It chases and files for whoever asks, unless what it is about is held closely."""
    here = Seat.objects.filter(partnership=row.partnership_id, to_text="", office__in=SECRETARIAT)
    for seat in here.select_related("record"):
        taking.let_in(actor, row, seat, "Runs the partnership.")


def _questions(key: str) -> tuple[rules.Question, ...]:
    form = rules.form_of(key)
    if form is None:
        raise Invalid("There is no such set of questions.", field="form", mend="Choose one.")
    return form.questions


def rest_on(row: Request, basis: Basis, agreement: Record | None) -> None:
    """What it is asked on; an agreement is named only where it is what it rests on."""
    row.basis, row.basis_why = basis.row, basis.why[:700]
    row.agreement = agreement if basis.row == rules.AGREED else None


def _check(actor: Actor, partnership: Record, asked: Asked) -> Basis:
    if asked.area and asked.area.partnership_id != partnership.pk:
        raise Invalid("This area is another partnership’s.", field="area")
    basis = basis_of(actor, partnership, asked.area)
    if asked.requester.partnership_id != partnership.pk:
        raise Invalid("The seat that asks is of another partnership.", field="requester")
    taking.require(may_be_requester(actor, asked.requester, basis.row), "requester")
    if (asked.seat is None) == (not asked.name.strip() and not asked.email.strip()):
        raise Invalid(
            "It is asked of one: a seat, or a named person by mail.",
            field="name",
            mend="Fill in one of the two.",
        )
    if asked.seat is None:
        rules.needed("name", asked.name, "Name the person.", "A link goes to one named person.")
        address = normal_address(asked.email)
        taking.require(is_address(address), "email")
        require_agency_address(actor, asked.agency, address, asked.address_why)
    if asked.senior and asked.senior.partnership_id != partnership.pk:
        raise Invalid("This senior’s seat is of another partnership.", field="senior")
    _says(actor, asked.purpose, asked.exact, asked.deliver_to, asked.due, asked.chase_every)
    return basis


def _says(
    actor: Actor, purpose: str, exact: str, deliver_to: str, due: date, chase_every: int
) -> None:
    rules.needed("purpose", purpose, "Say for which purpose: it will be used for no other.")
    rules.needed("exact", exact, "Say exactly what is asked.")
    rules.needed("deliver_to", deliver_to, "Say to whom it is delivered.")
    taking.require(rules.is_due(due, actor.on), "due")
    taking.require(rules.is_interval(chase_every), "chase_every")


@operation
def amend(
    actor: Actor,
    *,
    request: Request,
    purpose: str,
    exact: str,
    deliver_to: str,
    due: date,
    chase_every: int = rules.CHASE_EVERY,
    seen_version: int | None = None,
) -> Request:
    """Change what a draft says. Once it is sent, it stands as it was sent."""
    held = taking.taken(
        actor, request, "amend", rules.may_ask, seen_version=seen_version,
        mine={"purpose": purpose, "exact": exact, "deliver_to": deliver_to,
              "due": day_in_words(due)},
    )  # fmt: skip
    _says(actor, purpose, exact, deliver_to, due, chase_every)
    before = told_of(held)
    held.purpose, held.exact = purpose.strip(), exact.strip()
    held.deliver_to, held.due, held.chase_every = deliver_to.strip()[:300], due, chase_every
    held.save()
    taking.tell(actor, held, "Changed before it was sent")
    happened(actor, "request amended", held.record, before=before, after=told_of(held))
    return held


def told_of(row: Request) -> dict[str, object]:
    return {
        "from": row.requester.record.reference,
        "to": row.recipient,
        "basis": row.basis,
        "form": row.form,
        "due": row.due,
        "about": row.about.reference if row.about else "",
    }


@operation
def send(
    actor: Actor, *, request: Request, door: str = "", now: datetime | None = None,
    seen_version: int | None = None,
) -> Request:  # fmt: skip
    """Send it: to a seat's work, or by a link to the named person, which needs the right to let
    others in. `door` is the whole address of the guests' page with the place of the token."""
    held = taking.taken(actor, request, "send", rules.may_ask, seen_version=seen_version)
    taking.require(rules.is_due(held.due, actor.on), "due")
    rest_on(held, basis_of(actor, held.partnership, held.area), held.agreement)
    taking.moved(held, "send")
    sent_anew(actor, held, door, now)
    held.sent_on = actor.on
    held.save()
    taking.tell(actor, held, "Sent", f"To {held.recipient}, due on {day_in_words(held.due)}")
    happened(actor, "request sent", held.record, after=told_of(held))
    return held


def sent_anew(actor: Actor, held: Request, door: str, now: datetime | None) -> None:
    held.chase_on = rules.chase_on(held.due, actor.on, held.chase_every)
    held.rung = 0
    if held.seat:
        taking.let_in(actor, held, held.seat, "Is asked for information.")
        why = f"{held.requester.role} asks for information"
        taking.ask(actor, held, held.seat, Errand.ANSWER, why, held.due)
        return
    if not door or now is None:
        raise Refused("A link to a named person is sent from a page.")
    post = process(actor.signature, actor.on)
    said = letters.said(actor, held)
    if held.link and held.link.used_at is None and held.link.revoked_at is None:
        held.link = renew_link(
            post, link=held.link, place=door, now=now, lasts=LONGEST, asker=said.asker,
            says=said.says,
        )  # fmt: skip
        return
    held.link = invite_guest(
        post,
        record=held.record,
        opening=Opening.REQUEST,
        name=held.name,
        email=held.email,
        place=door,
        now=now,
        lasts=LONGEST,
        asker=said.asker,
        says=said.says,
    )


@operation
def press(
    actor: Actor, *, request: Request, reason: str, due: date, door: str = "",
    now: datetime | None = None, seen_version: int | None = None,
) -> Request:  # fmt: skip
    """Ask again after a refusal, with the answer to it and a new day."""
    held = taking.taken(actor, request, "press", rules.may_ask, seen_version=seen_version)
    why = rules.needed("reason", reason, "Answer the refusal, in one sentence.")
    taking.require(rules.is_due(due, actor.on), "due")
    taking.moved(held, "press")
    held.due = due
    sent_anew(actor, held, door, now)
    held.save()
    taking.tell(actor, held, "Asked again after the refusal", why)
    taking.clear(actor, held, "Asked again", Errand.REVIEW)
    happened(actor, "request pressed", held.record, reason=why, after={"due": due})
    return held


@operation
def extend(
    actor: Actor, *, request: Request, due: date, reason: str, door: str = "",
    now: datetime | None = None, seen_version: int | None = None,
) -> Request:  # fmt: skip
    """Give them a later day, with the reason. The day that it had stays on file; a named person
    gets a new link, which tells the new day."""
    held = taking.taken(
        actor, request, "extend", rules.may_ask, seen_version=seen_version,
        mine={"due": day_in_words(due)},
    )  # fmt: skip
    why = rules.needed("reason", reason, "A new day needs its reason.")
    taking.require(rules.is_due(due, actor.on), "due")
    before, held.due = held.due, due
    held.chase_on, held.rung = rules.chase_on(due, actor.on, held.chase_every), 0
    if held.name:
        sent_anew(actor, held, door, now)
    held.save()
    told = f"From {day_in_words(before)} to {day_in_words(due)}. {why}"
    taking.tell(actor, held, "Given a later day", told)
    taking.clear(actor, held, "Given a later day", Errand.REVIEW)
    if held.seat:
        taking.ask(actor, held, held.seat, Errand.ANSWER, why, due)
    happened(
        actor, "request extended", held.record, reason=why, before={"due": before},
        after={"due": due},
    )  # fmt: skip
    return held


@operation
def withdraw(
    actor: Actor, *, request: Request, reason: str, now: datetime | None = None,
    seen_version: int | None = None,
) -> Request:  # fmt: skip
    """Ask no longer. Nothing more is owed; a link opens nothing any more."""
    held = taking.taken(actor, request, "withdraw", rules.may_ask, seen_version=seen_version)
    why = rules.needed("reason", reason, "Say why it is withdrawn.")
    taking.moved(held, "withdraw")
    held.chase_on, held.ended_on = None, actor.on
    held.save()
    if now is not None:
        taking.shut_link(actor, held, why, now)
    taking.shut_late(actor, held)
    taking.tell(actor, held, "Withdrawn", why)
    taking.clear(actor, held, "Withdrawn", Errand.ANSWER, Errand.REVIEW, Errand.APPROVE)
    happened(actor, "request withdrawn", held.record, reason=why)
    return held
