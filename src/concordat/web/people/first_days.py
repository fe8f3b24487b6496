"""The first days: who you are here, said back to you, and a list that shrinks as it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.queries import Person
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.operations import once
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import Holder, holders_of, seats
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements.queries import what_they_may_decide
from concordat.kernel.actor import Actor, SeatHeld
from concordat.kernel.labels import join_words
from concordat.web.people.forms import LetterForm, SettleForm, WelcomeForm
from concordat.web.ui.addresses import address_of
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send

AT_ONCE = 3
"""Lines shown at a time, so that what waits is not pushed off a telephone's first screen."""


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class First:
    """One line of the list: what to do, why, and where. Put aside by its own button."""

    text: str
    hint: str
    href: str
    aside: str
    form: ActForm


WORDS = {
    FirstStep.SEATS: (
        "Check who you are here",
        "Your seats, your deputy, what you may decide",
        "welcome",
    ),
    FirstStep.REACHED: ("Check how you are reached", "Your work address and telephone", "details"),
    FirstStep.LETTER: (
        "Choose the day of your weekly letter",
        "One letter a week, none in weeks without work",
        "letter",
    ),
    FirstStep.HANDS: (
        "Let somebody act for you",
        "If an assistant answers for you, say for what",
        "give",
    ),
    FirstStep.HELP: ("Read how this works", "One page", "help"),
}


def first_steps(actor: Actor) -> list[First]:
    """What is left of the first days; nobody without a seat is asked anything."""
    steps = queries.steps_left(actor)[:AT_ONCE] if actor.seats else []
    return [
        First(text, hint, _place(route), reverse("people:put_aside", args=[step.value]), ActForm())
        for step in steps
        for text, hint, route in [WORDS[step]]
    ]


def _place(route: str) -> str:
    return reverse(route if route == "help" else f"people:{route}")


def welcome(request: Request) -> HttpResponse:
    """You are this, your deputy is that, you may decide so much: right, or wrong?"""
    form = WelcomeForm(request.POST or None)
    sent = send(request, form, lambda: _answer(request, form))
    if sent.done:
        wrong = form.cleaned_data["answer"] == "wrong"
        words = "Thank you. Your co-ordinator is asked to answer." if wrong else "Thank you."
        return done(request, words, "home")
    told = {
        "seats": [(each, _beside(request.actor, each)) for each in request.actor.seats],
        "authority": what_they_may_decide(request.actor),
        "back_href": "/",
    }
    return form_page(request, "people/welcome.html", form, sent, **told)


def _answer(request: Request, form: WelcomeForm) -> object:
    if form.cleaned_data["answer"] == "wrong":
        return asks.doubt_seats(request.actor, words=form.cleaned_data["words"])
    return operations.take_step(request.actor, step=FirstStep.SEATS)


def _beside(actor: Actor, held: SeatHeld) -> str:
    """Who deputises in a seat, or for whom one deputises, in words."""
    place = seats(actor).filter(pk=held.seat).first()
    rows = list(holders_of(actor, place)) if place else []
    standing = [row for row in rows if row.in_force(actor.on) == "yes"]
    deputies = [_name(row) for row in standing if row.holding == Holding.DEPUTY]
    others = [_name(row) for row in standing if row.holding not in (Holding.DEPUTY, Holding.VACANT)]
    if held.deputy:
        return f"You deputise for {join_words(others)}." if others else "You are the deputy."
    return f"Your deputy is {join_words(deputies)}." if deputies else "Nobody deputises for you."


def _name(row: Holder) -> str:
    return str(row.post.title if row.post else row.named.name if row.named else "somebody")


def letter(request: Request) -> HttpResponse:
    """The weekday of one's weekly letter, or none."""
    version = queries.person_of(request.user).record.version
    initial = {"day": str(request.user.letter_day or 0)}
    form = LetterForm(request.POST or None, initial=initial, seen_version=version)
    sent = send(request, form, lambda: _choose(request, form))
    if sent.done:
        return done(request, "Your choice is kept.", "people:account")
    told = {
        "heading": "Your weekly letter",
        "explain": "It names what is late or due within the week, one line for each thing, with "
        "a link. In weeks without any, no letter is sent. Letters about what a person asks of you "
        "and about statutory clocks come in between.",
        "button": "Save the day",
        "back_href": reverse("people:account"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _choose(request: Request, form: LetterForm) -> object:
    me = queries.person_of(request.user)
    oneself = queries.bare_actor(me, request.actor.on)
    day = int(form.cleaned_data["day"]) or None
    return operations.choose_letter_day(
        oneself, account=request.user, day=day, seen_version=form.seen
    )


@require_POST
def put_aside(request: Request, step: str) -> HttpResponse:
    """Not now, not at all: the line is gone from My work."""
    if step not in set(FirstStep):
        raise Http404
    form = ActForm(request.POST)
    if form.is_valid():
        with once(form.key):
            operations.take_step(request.actor, step=FirstStep(step))
    return redirect("home")


def settle(request: Request, reference: str) -> HttpResponse:
    """Answer what somebody found wrong about their seats."""
    person = queries.person(request.actor, reference)
    can(request.actor, Verb.CHANGE, person.record).require()
    form = SettleForm(request.POST or None)
    sent = send(request, form, lambda: _settle(request.actor, person, form))
    up = address_of("person", reference)
    if sent.done:
        messages.success(request, f"{person.name} can read your answer in their history.")
        return redirect(up)
    told = {
        "heading": f"Answer {person.name}",
        "explain": "Put their seats right first, then say what you did, or why all is as it "
        "should be.",
        "rows": [Fact("What they wrote", queries.doubt_of(request.actor, person) or "Nothing")],
        "button": "Send the answer",
        "back_href": up,
    }
    return form_page(request, "act.html", form, sent, **told)


def _settle(actor: Actor, person: Person, form: SettleForm) -> object:
    return asks.settle_doubt(actor, person=person.pk, **form.answers())
