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
    refuse_claim,
    renew,
    set_aside,
    take_up,
    withdraw_claim,
)
from concordat.domain.governance.programme.operations.keeping import add, set_down
from concordat.domain.governance.programme.operations.learning import (
    answer,
    ask_for_steps,
    check_impact,
    report,
)
from concordat.domain.governance.programme.operations.making import (
    accept,
    hand_over,
    send_back,
)
from concordat.domain.governance.programme.operations.moving import (
    choose,
    choose_again,
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
from concordat.domain.governance.programme.operations.reminding import ask_in_good_time
from concordat.domain.governance.programme.operations.sharing import (
    agree,
    decline,
    leave,
    propose,
    share_out,
    withdraw,
)
from concordat.domain.governance.programme.operations.telling import (
    ask_for_updates,
    tell,
)

__all__ = [
    "accept",
    "add",
    "agree",
    "answer",
    "approve_claim",
    "ask_for_steps",
    "ask_for_updates",
    "ask_in_good_time",
    "bring_back",
    "check_impact",
    "choose",
    "choose_again",
    "claim",
    "close",
    "decide_gate",
    "decline",
    "end",
    "end_contract",
    "fill",
    "fulfil",
    "give_up",
    "hand_over",
    "leave",
    "link_deed",
    "move_on",
    "order",
    "propose",
    "put_off",
    "reach",
    "refuse_claim",
    "renew",
    "replan",
    "replan_programme",
    "report",
    "seek",
    "send_back",
    "set_aside",
    "set_down",
    "share_out",
    "take_up",
    "tell",
    "withdraw",
    "withdraw_claim",
]
