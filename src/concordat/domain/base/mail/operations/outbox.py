"""The outbox: what an operation posts goes out once it has been committed, or is tried again.

Nobody waits for a mail server inside a transaction: a message is claimed in one act, handed to
the server outside any, and its outcome is set down in another. Should the machine stop between
the two last, the claim lapses and the message goes out a second time under the same number.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from concordat.craft import locking
from concordat.domain.base.mail import queries, rules
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.rules import SECRET, Purpose, State
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid, Refused

CLAIM = timedelta(minutes=5)
BATCH = 100
LOCK = "outbox"


@operation
def post(
    actor: Actor,
    *,
    to: str,
    purpose: Purpose,
    subject: str,
    text: str,
    about: Record | None = None,
    partnership: Record | None = None,
    secret: str = "",
    good_until: datetime | None = None,
    attachment: tuple[str, str] | None = None,
    key: str = "",
) -> Message:
    """Put a message in the outbox, inside the operation that has something to tell.

    `text` holds `SECRET` where a link or a code belongs, which is given apart and forgotten
    once it is sent. `attachment` is a file's name and its text. The same `key` again posts
    nothing and finds the first message.
    """
    no_event("the outbox is its own trace, and the act that posts says why")
    earlier = Message.objects.filter(key=key).first() if key else None
    if earlier:
        return earlier
    rules.is_plain_subject(purpose, subject).require()
    _secret_has_its_place(text, secret)
    name, body = attachment or ("", "")
    root = partnership or (about.partnership if about else None)
    now = timezone.now()
    message = Message(
        key=key or None,
        to=_address(to),
        purpose=purpose,
        subject=subject,
        text=text,
        secret=locking.lock(secret, _secrets(), LOCK) if secret else "",
        attachment_name=name,
        attachment=body,
        about=about,
        partnership=root,
        posted_by=actor.signature[:200],
        posted_at=now,
        next_try=now,
        good_until=good_until,
    )
    return _posted(message)


def _posted(message: Message) -> Message:
    """Kept, unless somebody posted the same thing at the same moment: then theirs."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if message.key is None:
            raise
        return Message.objects.get(key=message.key)
    transaction.on_commit(partial(_send.enqueue, str(message.pk)))
    return message


def _address(typed: str) -> str:
    address = normal_address(typed)
    if not (allowed := is_address(address)):
        raise Invalid(str(allowed), field="email")
    return address


def _secret_has_its_place(text: str, secret: str) -> None:
    if (SECRET in text) != bool(secret):
        raise ValueError("A text with a place for a secret needs one, and one needs its place.")


def _secrets() -> list[str]:
    """The key of today first; what an earlier one locked still opens."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@operation
def send_due(actor: Actor) -> int:
    """Send what is due, for `run-due`: what a worker lost, and what failed before. How many.

    Each message is claimed, sent and settled by itself once this act is over, so that two of
    these at once, or one beside a worker, send nothing twice.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Only the process that does what is due sends mail.")
    no_event("each message that goes out is an event of its own")
    due = [str(pk) for pk in _due(timezone.now()).values_list("pk", flat=True)[:BATCH]]
    for message in due:
        transaction.on_commit(partial(_deliver, message), robust=True)
    return len(due)


@operation
def try_again(actor: Actor, *, message: UUID) -> Message:
    """Queue a message once more that was given up. Its six tries begin afresh."""
    held = queries.message(actor, message)
    if held.partnership is None:
        raise Refused("This message belongs to the installation. It is sent by itself.")
    can(actor, Verb.CHANGE, held.partnership).require()
    held = Message.objects.select_for_update(of=("self",)).select_related("about").get(pk=message)
    now = timezone.now()
    held.state = rules.STATES.after(State(held.state), "try again")
    if held.good_until and held.good_until <= now:
        raise Refused("What this message says is no longer of use. Send a new one instead.")
    held.tries, held.next_try, held.last_error = 0, now, ""
    held.claim = held.claimed_until = None
    held.save()
    happened(actor, "message queued again", held.about, after=_told(held))
    transaction.on_commit(partial(_send.enqueue, str(held.pk)))
    return held


def _told(message: Message) -> dict[str, object]:
    """A message as an event tells of it: without its address and its words."""
    return {"message": message.pk, "purpose": message.purpose, "tries": message.tries}


def _due(now: datetime) -> QuerySet[Message]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = Message.objects.filter(state__in=[State.QUEUED, State.FAILED])
    return waiting.filter(free, next_try__lte=now).order_by("next_try", "pk")


# --- one message, from the outbox to the server


def _deliver(message: str) -> None:
    postman = process("postman", timezone.localdate())
    claimed = _claim(postman, message=UUID(message), now=timezone.now())
    if claimed is None:
        return
    try:
        _letter(claimed).send()
    except Exception as problem:
        _failed(postman, message=claimed, problem=type(problem).__name__, now=timezone.now())
    else:
        _sent(postman, message=claimed, now=timezone.now())


@operation
def _claim(actor: Actor, *, message: UUID, now: datetime) -> Message | None:
    """Take a message that is due for oneself; None when it is not, or somebody else has it."""
    no_event("a claim is settled or lapses")
    claimed = (
        _due(now)
        .order_by()
        .filter(pk=message)
        .update(claim=uuid4(), claimed_until=now + CLAIM, tries=F("tries") + 1)
    )
    if not claimed:
        return None
    held = Message.objects.select_related("about").get(pk=message)
    if held.good_until and held.good_until <= now:
        _give_up(actor, held, "TooLate")
        return None
    return held


def _letter(message: Message) -> EmailMultiAlternatives:
    """The message as it goes out. The same number each time lets a mailbox know it again."""
    secret = locking.unlock(message.secret, _secrets(), LOCK) if message.secret else ""
    text = message.text.replace(SECRET, secret)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    numbered = {"Message-ID": f"<{message.pk.hex}@{host}>", "Auto-Submitted": "auto-generated"}
    letter = EmailMultiAlternatives(message.subject, text, to=[message.to], headers=numbered)
    letter.attach_alternative(rules.simple_html(text), "text/html")
    if message.attachment_name:
        name, file = message.attachment_name, message.attachment
        letter.attach(name, file, rules.media_of(name, file))
    return letter


def _own(message: Message) -> Message | None:
    """The row, while the claim on it is still the one that was sent under."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("about")
    return rows.filter(pk=message.pk, claim=message.claim).first()


@operation
def _sent(actor: Actor, *, message: Message, now: datetime) -> None:
    held = _own(message)
    if held is None:
        no_event("somebody else has the message now")
        return
    held.state = rules.STATES.after(State(held.state), "send")
    held.sent_at, held.secret, held.last_error = now, "", ""
    held.next_try = held.claim = held.claimed_until = None
    held.save()
    happened(actor, "message sent", held.about, after=_told(held))


@operation
def _failed(actor: Actor, *, message: Message, problem: str, now: datetime) -> None:
    held = _own(message)
    if held is None:
        no_event("somebody else has the message now")
        return
    later = rules.next_try(held.tries, now, held.good_until)
    if later is None:
        _give_up(actor, held, problem)
        return
    no_event("the outbox counts its tries")
    held.state = rules.STATES.after(State(held.state), "fail")
    held.next_try, held.last_error = later, problem[:80]
    held.claim = held.claimed_until = None
    held.save()
    again = _send.using(run_after=later)
    transaction.on_commit(partial(again.enqueue, str(held.pk)))


def _give_up(actor: Actor, held: Message, problem: str) -> None:
    held.state = rules.STATES.after(State(held.state), "give up")
    held.last_error = problem[:80]
    held.next_try = held.claim = held.claimed_until = None
    held.save()
    happened(actor, "message given up", held.about, reason=problem, after=_told(held))


@task()
def _send(message: str) -> None:
    _deliver(message)
