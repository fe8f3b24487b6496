"""Answers to a poll, by a link and by those who sign in."""

from __future__ import annotations

from collections.abc import Mapping

from concordat.domain.base.mail.models import GuestLink
from concordat.domain.governance.diaries import operations
from concordat.domain.governance.diaries.models import (
    Diary,
    Voice,
)
from concordat.domain.governance.diaries.rules import Says
from concordat.kernel.actor import Actor, Kind
from tests.operations.diaries.cast import (
    DAY,
    NOW,
    Gathered,
)

YES, MAYBE, NO = Says.YES, Says.IF_NEEDED, Says.NO


def voice(diary: Diary, name: str) -> Voice:
    return Voice.objects.get(diary=diary, name=name)


def guest(diary: Diary, address: str) -> tuple[Actor, GuestLink]:
    link = GuestLink.objects.get(record=diary.record, email=address)
    actor = Actor(
        Kind.GUEST,
        link.name,
        DAY,
        scope=frozenset(link.scope),
        admitted=frozenset({diary.pk}),
    )
    return actor, link


def by_link(diary: Diary, address: str, says: Mapping[str, Mapping[int, Says]]) -> int:
    actor, link = guest(diary, address)
    sheet = {voice(diary, name).pk: said for name, said in says.items()}
    return operations.answer(actor, diary=diary, sheet=sheet, now=NOW, link=link.pk)


def signed_in(
    cast: Gathered, who: str, diary: Diary, names: Mapping[str, Mapping[int, Says]]
) -> int:
    sheet = {voice(diary, name).pk: said for name, said in names.items()}
    return operations.answer(cast.actor(who), diary=diary, sheet=sheet, now=NOW)
