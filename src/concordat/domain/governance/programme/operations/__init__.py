"""What is done with programmes: plans, updates, products, gates, contracts, lessons."""

from concordat.domain.governance.programme.operations.bringing import bring_back
from concordat.domain.governance.programme.operations.deciding import (
    decide_gate,
    fulfil,
    link_deed,
)
from concordat.domain.governance.programme.operations.engaging import (
    approve_claim,
    claim,
    end_contract,
    order,
    renew,
    set_aside,
    take_up,
)
from concordat.domain.governance.programme.operations.keeping import (
    add,
    set_down,
    share_out,
)
from concordat.domain.governance.programme.operations.making import (
    accept,
    hand_over,
    send_back,
)
from concordat.domain.governance.programme.operations.moving import (
    choose,
    close,
    end,
    move_on,
    reach,
)
from concordat.domain.governance.programme.operations.planning import (
    replan,
    replan_programme,
)
from concordat.domain.governance.programme.operations.recruiting import (
    fill,
    give_up,
    put_off,
    seek,
)
from concordat.domain.governance.programme.operations.telling import (
    ask_for_updates,
    tell,
)

__all__ = [
    "accept",
    "add",
    "approve_claim",
    "ask_for_updates",
    "bring_back",
    "choose",
    "claim",
    "close",
    "decide_gate",
    "end",
    "end_contract",
    "fill",
    "fulfil",
    "give_up",
    "hand_over",
    "link_deed",
    "move_on",
    "order",
    "put_off",
    "reach",
    "renew",
    "replan",
    "replan_programme",
    "seek",
    "send_back",
    "set_aside",
    "set_down",
    "share_out",
    "take_up",
    "tell",
]
