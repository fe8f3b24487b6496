"""Who is in which post, and joiners, movers and leavers as one list of tasks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.people import queries as people_queries
from concordat.domain.base.people.queries import Person
from concordat.domain.base.people.rules import InvitationState
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations, queries
from concordat.domain.base.seats.queries import Incumbency
from concordat.domain.base.seats.rules import grade_in_doubt
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.queries import (
    ByName,
    found_on,
    held_by_name,
    powers_of,
    stranded_asks,
)
from concordat.kernel.actor import Actor
from concordat.web.seats import checklists, facing
from concordat.web.seats.facing import Request
from concordat.web.seats.forms import (
    JoinForm,
    LeaveForm,
    PersonMoveForm,
    PostForm,
    TakePostForm,
)
from concordat.web.ui.parts import Task
from concordat.web.ui.sending import act_page, done, form_page, send
from concordat.web.ui.states import Progress

_INVITED: dict[InvitationState | None, Progress] = {
    InvitationState.ACCEPTED: Progress.COMPLETED,
    InvitationState.OPEN: Progress.IN_PROGRESS,
}


@require_safe
def people(request: Request, slug: str) -> HttpResponse:
    """Everybody who is in a post, and the seats that follow."""
    home = agencies.partnership(request.actor, slug)
    found = facing.members(request.actor, home)
    told = {
        "home": home,
        "part": "people",
        "now": [each for each in found if each.now],
        "before": [each for each in found if not each.now],
        "may_change": facing.may_change(request.actor, home.record),
    }
    return render(request, "seats/people.html", told)


@require_safe
def person(request: Request, reference: str) -> HttpResponse:
    """Posts and seats in time, what somebody may decide today, and who acts for whom."""
    found = people_queries.person(request.actor, reference)
    actor, home = request.actor, facing.home_of(request.actor, found.record)
    posts = list(queries.posts_of(actor, found))
    rows = queries.holdings_in(actor, posts=[row.post_id for row in posts], person=found.pk)
    told = {
        "person": found,
        "home": home,
        "part": "people",
        "posts": posts,
        "rows": [facing.sitting(actor, row) for row in rows],
        "powers": powers_of(actor, found, actor.on),
        "acting": people_queries.acting_around(actor, found),
        "named": list(queries.named_as(actor, found)),
        "moments": facing.lately(actor, found.record),
        "may_change": facing.may_change(actor, found.record),
        "in_post": [row for row in posts if row.to_day is None or row.to_day >= actor.on],
    }
    return render(request, "seats/person.html", told)


def _mine(request: Request, reference: str) -> tuple[Person, Partnership]:
    """A person whom the actor may change, and their partnership."""
    found = people_queries.person(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found, facing.home_of(request.actor, found.record)


# --- joiners


def join(request: Request, slug: str) -> HttpResponse:
    """Register somebody and put them into a post; the list of tasks goes on from there."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    posts = facing.posts(request.actor, home.pk)
    if not posts:
        return render(request, "seats/no_posts.html", {"home": home})
    form = JoinForm(request.POST or None, posts=posts, initial={"from_day": request.actor.on})
    sent = send(request, form, lambda: _join(request, home, form))
    if sent.done:
        words = f"{sent.result.name} is registered."
        return done(request, words, "seats:joining", sent.result.record.reference)
    told = {"heading": "Somebody joins", "button": "Register and put into post"}
    told |= {"back_href": reverse("seats:people", args=[slug])}
    told["explain"] = "Their seats follow from the post. After this you can invite them to sign in."
    return form_page(request, "act.html", form, sent, **told)


def _join(request: Request, home: Partnership, form: JoinForm) -> Person:
    told = form.answers()
    posts = queries.posts(request.actor).filter(partnership=home.pk)
    post = posts.get(key=told.pop("post"))
    return arrangements.join(request.actor, partnership=home.record, post=post, **told)


@require_safe
def joining(request: Request, reference: str) -> HttpResponse:
    """What is done and what is left for somebody who joins."""
    found, home = _mine(request, reference)
    posts = [row for row in queries.posts_of(request.actor, found) if row.to_day is None]
    rows = queries.holdings_in(request.actor, posts=[row.post_id for row in posts])
    seats = [row for row in rows if row.in_force(request.actor.on) == "yes"]
    told = {"person": found, "home": home, "seats": seats}
    told |= {"tasks": _tasks(request.actor, found, posts, len(seats))}
    return render(request, "seats/joining.html", told)


def _tasks(actor: Actor, found: Person, posts: list[Incumbency], seats: int) -> list[Task]:
    reference = found.record.reference
    in_post = ", ".join(row.post.title for row in posts)
    invited = people_queries.invited(actor, found)
    state = invited.state(timezone.now()) if invited else None
    stands = _INVITED.get(state, Progress.NOT_STARTED)
    hint = f"Sent to {invited.email}" if invited and state else "By mail, with a link for 7 days"
    return [
        Task("Register the person", Progress.COMPLETED, hint=found.name),
        Task(
            "Put them into a post",
            Progress.COMPLETED if posts else Progress.NOT_STARTED,
            reverse("seats:take_post", args=[reference]),
            in_post or "No post yet",
        ),
        Task(
            "Seats follow from the post",
            Progress.COMPLETED if seats else Progress.NOT_STARTED,
            hint="Listed below" if seats else "The post sits nowhere yet: appoint it to a seat",
        ),
        Task(
            "Invite them to sign in",
            stands,
            "" if stands is Progress.COMPLETED else reverse("people:invite", args=[reference]),
            hint,
        ),
    ]


def take_post(request: Request, reference: str) -> HttpResponse:
    """A further post for somebody who is registered."""
    found, home = _mine(request, reference)
    form = TakePostForm(
        request.POST or None,
        posts=facing.posts(request.actor, home.pk),
        initial={"from_day": request.actor.on},
    )
    sent = send(request, form, lambda: _take(request, home, found, form))
    if sent.done:
        return done(request, "They are in the post.", "seats:joining", reference)
    told = {"heading": f"Put {found.name} into a post", "button": "Put into post"}
    told |= {"back_href": reverse("seats:joining", args=[reference])}
    told["explain"] = "Whoever is in the post now leaves it on the day before."
    return form_page(request, "act.html", form, sent, **told)


def _take(request: Request, home: Partnership, found: Person, form: TakePostForm) -> Incumbency:
    told = form.answers()
    posts = queries.posts(request.actor).filter(partnership=home.pk).select_related("partnership")
    post = posts.get(key=told["post"])
    return operations.take_post(request.actor, person=found, post=post, from_day=told["from_day"])


# --- movers


def moving(request: Request, reference: str) -> HttpResponse:
    """One post left and another taken on a day; what stays and what lapses is shown before."""
    found, home = _mine(request, reference)
    standing = [row for row in queries.posts_of(request.actor, found) if row.to_day is None]
    if not standing:
        return done(request, "They are in no post. Put them into one.", "seats:joining", reference)
    held = held_by_name(request.actor, found, request.actor.on)
    form = PersonMoveForm(
        request.POST or None,
        leaving=[(str(row.pk), row.post.title) for row in standing],
        taking=facing.posts(request.actor, home.pk),
        keeping=[(str(row.pk), f"{row.seat.role}, {row.seat.body.name}") for row in held.seats],
        initial={"on": request.actor.on, "leaving": str(standing[0].pk)},
    )
    sent = send(request, form, lambda: _move(request, home, standing, held, form))
    if sent.done:
        return done(request, f"{found.name} has moved.", "seats:person", reference)
    told = _leaving_behind(request.actor, found, standing, held) | {"home": home}
    told["several"] = len(standing) > 1
    told["tasks"] = checklists.of_a_mover(told["stays"], held)
    return form_page(request, "seats/moving.html", form, sent, **told)


def _leaving_behind(
    actor: Actor, found: Person, standing: list[Incumbency], held: ByName
) -> dict[str, Any]:
    rows = queries.holdings_in(actor, posts=[row.post_id for row in standing])
    return {
        "person": found,
        "stays": [row for row in rows if row.in_force(actor.on) == "yes"],
        "held": held,
        "back_href": reverse("seats:person", args=[found.record.reference]),
    }


def _move(
    request: Request,
    home: Partnership,
    standing: list[Incumbency],
    held: ByName,
    form: PersonMoveForm,
) -> Incumbency:
    told = form.answers()
    leaving = next(row for row in standing if str(row.pk) == told["leaving"])
    posts = queries.posts(request.actor).filter(partnership=home.pk).select_related("partnership")
    taking = posts.get(key=told["taking"])
    kept = set(told.get("keeping", ()))
    return arrangements.move(
        request.actor,
        leaving=leaving,
        taking=taking,
        on=told["on"],
        reason=told["reason"],
        keeping=[row for row in held.seats if str(row.pk) in kept],
    )


# --- leavers


def leaving(request: Request, reference: str) -> HttpResponse:
    """What waits for somebody is handed over before they go."""
    found, home = _mine(request, reference)
    asks = stranded_asks(request.actor, found, request.actor.on)
    form = LeaveForm(
        request.POST or None,
        asks=asks,
        seats=_others(request.actor, home, found),
        initial={"last_day": request.actor.on},
    )
    sent = send(request, form, lambda: _leave(request, home, found, form))
    if sent.done:
        return done(request, f"{found.name} leaves.", "seats:person", reference)
    standing = [row for row in queries.posts_of(request.actor, found) if row.to_day is None]
    held = held_by_name(request.actor, found, request.actor.on)
    told = _leaving_behind(request.actor, found, standing, held) | {"home": home, "asks": asks}
    told["tasks"] = checklists.of_a_leaver(asks, told["stays"], held)
    return form_page(request, "seats/leaving.html", form, sent, **told)


def _others(actor: Actor, home: Partnership, found: Person) -> list[tuple[str, str]]:
    """Seats that somebody else could answer from."""
    posts = [row.post_id for row in queries.posts_of(actor, found) if row.to_day is None]
    mine = {row.seat_id for row in queries.holdings_in(actor, posts=posts, person=found.pk)}
    rows = queries.seats(actor).filter(partnership=home.pk, to_text="").exclude(pk__in=mine)
    return [(row.record.reference, f"{row.role}, {row.body.name}") for row in rows]


def _leave(request: Request, home: Partnership, found: Person, form: LeaveForm) -> Person:
    known = queries.seats(request.actor).filter(partnership=home.pk)
    seats = {row.record.reference: row for row in known}
    return arrangements.leave(
        request.actor,
        person=found,
        last_day=form.cleaned_data["last_day"],
        reason=form.cleaned_data["reason"],
        handing={pk: seats[reference] for pk, reference in form.handed().items()},
    )


# --- posts and role profiles


def new_post(request: Request, slug: str) -> HttpResponse:
    """A post by its title; seats are held by posts."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = PostForm(request.POST or None, agencies=facing.agency_choices(request.actor, home.pk))
    return act_page(
        request,
        form,
        lambda: facing.add(request.actor, home, "posts", form, named="title"),
        words=lambda row: f"{row.title} is set down.",
        to=("seats:people", slug),
        heading="Add a post",
        button="Add this post",
        back_href=reverse("seats:people", args=[slug]),
    )


@require_safe
def roles(request: Request, slug: str) -> HttpResponse:
    """What posts are there to do, on what terms, and which posts count as equal."""
    home = agencies.partnership(request.actor, slug)
    rows = list(queries.roles(request.actor, home))
    found = found_on(request.actor, home)
    posts = queries.posts(request.actor).filter(partnership=home.pk)
    titles = {row.key: row.title for row in posts}
    equal = [
        {"row": row, "posts": [titles.get(key, key) for key in row.posts]}
        for row in queries.equivalences(request.actor, home)
    ]
    for row in rows:
        row.in_doubt = grade_in_doubt(row.grade, row.grading)  # type: ignore[attr-defined]
        row.found = found.get(f"roles:{row.key}", [])  # type: ignore[attr-defined]
    told = {"home": home, "part": "people", "roles": rows, "equal": equal}
    told["may_change"] = facing.may_change(request.actor, home.record)
    return render(request, "seats/roles.html", told)
