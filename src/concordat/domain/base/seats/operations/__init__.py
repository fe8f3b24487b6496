"""Setting down who sits where: bodies, seats, holders, posts and the people in them."""

from concordat.domain.base.seats.operations.bodies import (
    agree_terms,
    move_state,
    propose,
    succeed,
)
from concordat.domain.base.seats.operations.carrying import (
    carry_seat,
    close_seat,
    succeed_post,
)
from concordat.domain.base.seats.operations.holding import appoint, end_holding, vacate
from concordat.domain.base.seats.operations.naming import identify, separate
from concordat.domain.base.seats.operations.posts import leave_post, take_post
from concordat.domain.base.seats.operations.setting_down import (
    add,
    amend_body,
    amend_seat,
    set_down,
)
from concordat.domain.base.seats.operations.sheets import bring_in

__all__ = [
    "add",
    "agree_terms",
    "amend_body",
    "amend_seat",
    "appoint",
    "bring_in",
    "carry_seat",
    "close_seat",
    "end_holding",
    "identify",
    "leave_post",
    "move_state",
    "propose",
    "separate",
    "set_down",
    "succeed",
    "succeed_post",
    "take_post",
    "vacate",
]
