"""People joining and leaving posts. The seats stay with the post."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.people.models import Person
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Incumbency, Post
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def take_post(
    actor: Actor, *, person: Person, post: Post, from_day: date, reason: str = ""
) -> Incumbency:
    """A person joins a post; whoever was in it left on the day before."""
    records.can(actor, Verb.CHANGE, post.partnership).require()
    take(post.partnership_id)
    earlier = Incumbency.objects.filter(post=post, to_day__isnull=True).first()
    if earlier and earlier.person_id == person.pk:
        no_event("the person is in this post already")
        return earlier
    if earlier:
        leave_post(actor, incumbency=earlier, last_day=from_day - timedelta(days=1), reason=reason)
    taken = Incumbency.objects.create(post=post, person=person, from_day=from_day)
    happened(
        actor,
        "post taken",
        post.partnership,
        reason=reason,
        after={"post": post.title, "person": person.record.reference, "from": from_day},
    )
    return taken


@operation
def leave_post(
    actor: Actor, *, incumbency: Incumbency, last_day: date, reason: str = ""
) -> Incumbency:
    """A person leaves a post on a last whole day; the seats stay with the post."""
    partnership = incumbency.post.partnership
    records.can(actor, Verb.CHANGE, partnership).require()
    if incumbency.to_day:
        raise Refused("This person has left the post already.")
    if last_day < incumbency.from_day:
        raise Invalid(
            "The last day is before the first.", field="last_day", mend="Give a later day."
        )
    take(partnership.pk)
    incumbency.to_day = last_day
    incumbency.save(update_fields=["to_day"])
    happened(
        actor,
        "post left",
        partnership,
        reason=reason,
        after={
            "post": incumbency.post.title,
            "last day": last_day,
            "person": incumbency.person.record.reference,
        },
    )
    return incumbency
