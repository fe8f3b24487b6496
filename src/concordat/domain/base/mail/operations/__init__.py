"""Putting mail out, and letting guests in by a link."""

from concordat.domain.base.mail.operations.accounts import (
    send_invitation,
    send_reset,
    tell_of_sign_in,
)
from concordat.domain.base.mail.operations.guests import (
    enter_code,
    invite_guest,
    open_link,
    renew_link,
    revoke_link,
    use_link,
)
from concordat.domain.base.mail.operations.outbox import (
    post,
    send_due,
    try_again,
)
from concordat.domain.base.mail.operations.seals import send_seal_heads

__all__ = [
    "enter_code",
    "invite_guest",
    "open_link",
    "post",
    "renew_link",
    "revoke_link",
    "send_due",
    "send_invitation",
    "send_reset",
    "send_seal_heads",
    "tell_of_sign_in",
    "try_again",
    "use_link",
]
