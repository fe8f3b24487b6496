"""One's own account, acting for somebody, accepting an invitation, and entering as a persona."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.queries import ActingFor, Invitation, Person
from concordat.domain.base.people.rules import LETTER_DAYS, FirstStep, InvitationState
from concordat.domain.base.records.operations import once
from concordat.domain.base.seats.queries import seats_held
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.web.people import letters
from concordat.web.people.forms import AcceptForm, DetailsForm, EndForm, GiveForm
from concordat.web.people.middleware import ACTING, BY_PERSONA
from concordat.web.ui.forms import ActForm


class Request(HttpRequest):
    """A request as `middleware.Asking` leaves it."""

    actor: Actor
    today: Any


def _me(request: HttpRequest) -> Person:
    return queries.person_of(request.user)


def _oneself(request: Request) -> Actor:
    """The person at the keyboard in their own right."""
    return queries.bare_actor(_me(request), request.today)


@require_safe
def account(request: Request) -> HttpResponse:
    me = _me(request)
    told = {
        "me": me,
        "seats": request.actor.seats,
        "day": LETTER_DAYS.get(request.user.letter_day or 0, ""),
        "is_persona": request.session.get("_auth_user_backend") == BY_PERSONA,
        **_both_directions(request, me),
    }
    return render(request, "people/account.html", told)


def _both_directions(request: Request, me: Person) -> dict[str, Any]:
    rows = list(queries.arrangements(request.actor))
    on = request.today
    return {
        "mine": [row for row in rows if row.hand_id == me.pk and row.is_in_force(on)],
        "given": [row for row in rows if row.principal_id == me.pk and row.ended_on is None],
        "over": [row for row in rows if row.ended_on],
        "on": on,
    }


def details(request: Request) -> HttpResponse:
    """How one is reached. The name is set by the partnership."""
    me = _me(request)
    shown = {"email": me.email, "phone": me.phone}
    form = DetailsForm(request.POST or None, initial=shown, seen_version=me.record.version)
    told: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            _change(_oneself(request), me, form)
        except Invalid as problem:
            form.add_faults(problem)
        except Stale as conflict:
            form.renew(_me(request).record.version)
            told["stale"] = conflict
        else:
            messages.success(request, "Your details are changed.")
            return redirect("people:account")
    status = 409 if "stale" in told else 422 if form.errors else 200
    return render(request, "people/details.html", told, status=status)


def _change(actor: Actor, me: Person, form: DetailsForm) -> None:
    names = {"full_name": me.full_name, "post_title": me.post_title}
    with once(form.key):
        operations.change(actor, person=me.pk, seen_version=form.seen, **names, **form.answers())
    operations.take_step(actor, step=FirstStep.REACHED)


# --- acting for somebody


@require_safe
def acting(request: Request) -> HttpResponse:
    told = _both_directions(request, _me(request)) | {"form": ActForm()}
    told["now"] = request.actor if request.actor.hand else None
    told["managed"] = queries.managed(request.actor)
    return render(request, "people/acting.html", told)


def give(request: Request) -> HttpResponse:
    hands = _choices(queries.possible_hands(request.actor))
    form = GiveForm(
        request.POST or None,
        hands=hands,
        principals=_others(request),
        initial={"from_day": request.today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = _give(request, form)
        except Invalid as problem:
            form.add_faults(problem)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"{given.hand} may act for {given.principal}.")
            return redirect("people:acting")
    status = 422 if form.errors else 200
    told = {"form": form, "nobody": not hands}
    return render(request, "people/give.html", told, status=status)


def _choices(people: Any) -> list[tuple[str, str]]:
    return [(person.record.reference, person.name) for person in people]


def _others(request: Request) -> list[tuple[str, str]]:
    """For a strategy manager: whom they may arrange it for, themselves first."""
    if request.actor.hand or not request.actor.holds(Office.STRATEGY_MANAGER):
        return []
    me = _me(request)
    others = queries.people(request.actor).exclude(pk=me.pk)
    return [(me.record.reference, f"{me.name} (yourself)"), *_choices(others)]


def _give(request: Request, form: GiveForm) -> ActingFor:
    answers, me = form.answers(), _me(request)
    named = answers.pop("principal", "") or me.record.reference
    itself = named == me.record.reference
    principal = me if itself else queries.person(request.actor, named)
    hand = queries.possible_hands(request.actor).get(record__reference=answers.pop("hand"))
    with once(form.key):
        given = operations.give(request.actor, principal=principal, hand=hand, **answers)
    if itself:
        operations.take_step(_oneself(request), step=FirstStep.HANDS)
    return given


def end(request: Request, arrangement: int) -> HttpResponse:
    rows = queries.arrangements(request.actor) | queries.managed(request.actor)
    held = rows.filter(pk=arrangement, ended_on=None).first()
    if held is None:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with once(form.key):
            operations.end(
                request.actor,
                arrangement=held.pk,
                on=request.today,
                reason=form.cleaned_data["reason"],
            )
        messages.success(request, f"{held.hand} no longer acts for {held.principal}.")
        return redirect("people:acting")
    status = 422 if form.errors else 200
    return render(request, "people/end.html", {"form": form, "held": held}, status=status)


@require_POST
def begin(request: Request, arrangement: int) -> HttpResponse:
    form = ActForm(request.POST)
    if form.is_valid():
        with once(form.key):
            held = operations.switch(request.actor, arrangement=arrangement)
        request.session[ACTING] = held.pk
        messages.info(request, f"You now act for {held.principal}. Both names go on record.")
    return redirect("people:acting")


@require_POST
def back(request: Request) -> HttpResponse:
    form = ActForm(request.POST)
    if form.is_valid() and request.actor.hand:
        with once(form.key):
            operations.switch_back(request.actor)
        request.session.pop(ACTING, None)
        messages.info(request, "You are yourself again.")
    return redirect("people:acting")


# --- invitations


@login_not_required
@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    found = queries.invitation_by(token)
    if found is None:
        return render(request, "people/invitation_unknown.html", status=404)
    state = found.state(timezone.now())
    if state is InvitationState.OPEN:
        return _accept(request, found)
    if state is InvitationState.EXPIRED:
        return _renew(request, found)
    return render(request, "people/invitation_over.html", {"state": state}, status=410)


def _accept(request: Request, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = queries.guest_of(found, request.today)
        try:
            with once(form.key):
                operations.accept_invitation(
                    actor,
                    invitation=found,
                    password=form.cleaned_data["password"],
                    now=timezone.now(),
                )
        except Invalid as problem:
            form.add_faults(problem)
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    told = {
        "form": form,
        "invitation": found,
        "seats": seats_held(found.person_id, on=request.today),
    }
    return render(request, "people/invitation.html", told, status=422 if form.errors else 200)


def _renew(request: Request, found: Invitation) -> HttpResponse:
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = queries.guest_of(found, request.today)
        with once(form.key):
            renewed = operations.renew_invitation(actor, invitation=found, now=timezone.now())
        letters.send_invitation(request, renewed)
        return render(request, "people/invitation_sent.html")
    return render(request, "people/invitation_expired.html", {"form": form}, status=410)


# --- example worlds


@login_not_required
@require_safe
def personas(request: Request) -> HttpResponse:
    cast = queries.personas()
    if not cast:
        raise Http404
    told = {"cast": cast, "form": ActForm(), "world": queries.world()}
    return render(request, "people/personas.html", told)


@login_not_required
@require_POST
def enter(request: Request, order: int) -> HttpResponse:
    persona = queries.personas().filter(order=order).first()
    if persona is None:
        raise Http404
    actor = queries.bare_actor(persona.person, request.today)
    entered = operations.enter_as(actor, persona=persona)
    login(request, entered, backend=BY_PERSONA)
    request.session.pop(ACTING, None)
    return redirect("/")
