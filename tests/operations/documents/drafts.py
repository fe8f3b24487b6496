"""Drafts that are out for comment, by the operations that real ones use."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Asked, Comment, Document, Round
from concordat.domain.base.documents.rules import Reply
from concordat.domain.base.mail import queries as mail
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.operations import enter_code, open_link, outbox
from concordat.domain.base.mail.rules import TOKEN
from concordat.kernel.actor import Actor, public
from tests.operations.documents.papers import added, newest
from tests.operations.mail.cast import DAY, House, Sitter

CLOSES = date(2019, 4, 12)
DOOR = f"http://testserver/guest/{TOKEN}"


def out(house: House, document: Document | None = None, **more: Any) -> Round:
    """A draft that two partners and a member are asked about."""
    told: dict[str, Any] = {
        "document": document or added(house),
        "seats": [house.council.seat, house.health.seat, house.member.seat],
        "closes": CLOSES,
        "question": "Is anything missing?",
    }
    return operations.open_for_comment(more.pop("by", house.manager.actor), **(told | more))


def said(row: Round, sitter: Sitter, text: str = "Say who pays", **more: Any) -> Comment:
    told: dict[str, Any] = {
        "round": row,
        "seat": sitter.seat,
        "digest": newest(row.document).digest,
        "place": "4.2",
        "text": text,
    }
    return operations.comment(more.pop("by", sitter.actor), **(told | more))


def answered(house: House, row: Comment, outcome: str = "taken", **more: Any) -> Comment:
    told: dict[str, Any] = {"outcome": outcome, "reason": "", "seen_version": row.answers}
    by = more.pop("by", house.manager.actor)
    return operations.answer(by, comment=row, **(told | more))


def invited(house: House, row: Round, email: str = "jo@example.org") -> Asked:
    return operations.invite_to_comment(
        house.manager.actor,
        round=row,
        name="Jo Patel",
        email=email,
        place=DOOR,
        now=timezone.now(),
    )


def letter(purpose: str) -> str:
    """The newest letter as its reader gets it, with its secret in its place."""
    from django.core import mail as post

    message = Message.objects.filter(purpose=purpose).latest("posted_at")
    outbox._send.call(str(message.pk))
    return str(post.outbox[-1].body)


def guest_of(asked: Asked) -> tuple[Actor, GuestLink]:
    """The guest, come in by the link in their letter and the code in the next."""
    found = re.search(r"/guest/(\S+)", letter("guest link"))
    assert found
    anybody, now = public(DAY), timezone.now()
    open_link(anybody, token=found[1], now=now)
    code = re.search(r"^\d{6}$", letter("guest code"), re.MULTILINE)
    assert code
    came = enter_code(anybody, token=found[1], code=code[0], now=now)
    assert came is not None
    assert came.entry is not None
    actor = mail.guest(anybody, link=came.pk, entry=came.entry, now=now)
    assert actor is not None
    assert asked.guest_id == came.pk
    return actor, came


def no_comment(row: Round, sitter: Any, **more: Any) -> Asked:
    told = {"round": row, "seat": sitter.seat, "digest": newest(row.document).digest} | more
    return operations.say_nothing(more.pop("by", sitter.actor), **told)


def waiting(row: Round) -> list[str]:
    asks = Ask.objects.filter(record=row.document_id, errand="comment", cleared_on=None)
    return sorted(asks.values_list("seat__role", flat=True))


def stands(house: House, row: Round) -> dict[str, Reply]:
    return {each.name: each.reply for each in queries.voices(house.manager.actor, row)}
