"""More rows of every list on the pages of requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from concordat.domain.base.records.models import Record
from concordat.domain.base.requests import operations
from concordat.domain.base.requests.models import Request
from tests.operations.mail.cast import DAY
from tests.operations.requests.examples import Desk
from tests.pages.requests.furniture import sent

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished


def more_asked(stands: Furnished, numbers: range) -> None:
    """Asked of the manager too, so that both lists have them."""
    about = Record.objects.get(pk=stands.risk.pk)
    for _ in numbers:
        sent(stands.house, stands.house.manager, about)


def more_told(stands: Furnished, numbers: range) -> None:
    row = Request.objects.get(record__reference=stands.requested.sent)
    for each in numbers:
        later = DAY + timedelta(days=30 + each)
        operations.extend(Desk(stands.house).asker, request=row, due=later, reason="Easter")


OF_REQUESTS: dict[str, Callable[[Furnished, range], None]] = {
    **dict.fromkeys(("asked", "received", "chaser", "on"), more_asked),
    "request": more_told,
}
"""The name of each list, and how to make more of its rows."""
