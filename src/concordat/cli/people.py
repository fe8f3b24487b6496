"""`people`: who may sign in. The way in for the first person of an installation."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import click

from concordat.cli.arrangements import partnership_of
from concordat.domain.base.mail.operations import send_invitation
from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.queries import Person
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.operations import take_post
from concordat.domain.base.seats.queries import Post, actor_for
from concordat.domain.governance.arrangements.queries import what_they_may_decide
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near

INVITER = "The administrator of this installation"
"""Who invites, in the letter and in the ledger, while nobody has a seat who could."""


@click.group()
def people() -> None:
    """People and who may sign in."""


@people.command()
@click.argument("partnership")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--email", required=True, help="The work address that they will sign in with.")
@click.option("--post", required=True, help="The key of the post that they are in.")
@click.option(
    "--address",
    required=True,
    help="Where this installation is reached, such as https://concordat.example.org",
)
def invite(partnership: str, name: str, email: str, post: str, address: str) -> None:
    """Put somebody into a post and invite them to sign in.

    The letter says which seats they hold and what they may decide there. Its link is also shown
    here once. Saying it again for the same address sends a new link; the one before stops working.
    """
    from django.urls import reverse
    from django.utils import timezone

    here = queries.world()
    today = (here.practice_date if here else None) or timezone.localdate()
    if not _is_whole(address):
        raise Invalid(
            f"“{address}” is not a whole web address.",
            field="address",
            mend="Write it like https://concordat.example.org",
        )
    actor = process(INVITER, today)
    home = partnership_of(actor, partnership)
    place = _post(actor, home.pk, post)
    person = _known(actor, email) or operations.register(
        actor, partnership=home.record, opened=actor.on, full_name=name, email=email
    )
    take_post(actor, person=person, post=place, from_day=actor.on)
    invitation = operations.invite(actor, person=person, now=timezone.now())
    path = reverse("people:invitation", args=[invitation.token])
    link = urljoin(address, path)
    decides = what_they_may_decide(actor_for(person, on=actor.on))
    send_invitation(actor, invitation=invitation, link=link, decides=decides)
    told = [f"{person.name} is invited until {invitation.expires_at:%-d %B %Y}:", link, *decides]
    click.echo("\n".join(told))


def _is_whole(address: str) -> bool:
    """Whether a link under this address leads anywhere: it has a host."""
    try:
        told = urlsplit(address)
    except ValueError:
        return False
    return told.scheme in ("https", "http") and bool(told.hostname)


def _known(actor: Actor, email: str) -> Person | None:
    return queries.people(actor).filter(email=email.strip().lower()).first()


def _post(actor: Actor, home: object, key: str) -> Post:
    rows = seats.posts(actor).filter(partnership=home)
    found = rows.filter(key=key).first()
    if found is None:
        close = near(key, list(rows.values_list("key", flat=True)))
        raise Invalid(
            f"There is no post called “{key}”.",
            field="post",
            mend=f"Did you mean {' or '.join(close)}?" if close else "Load its file first.",
        )
    return found
