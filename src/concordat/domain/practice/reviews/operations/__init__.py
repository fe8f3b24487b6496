"""What is done with serious incidents and with the local reviews that follow from them."""

from concordat.domain.practice.reviews.operations.appointing import (
    agree_fee,
    approve_fee,
    ask_member,
    check_interests,
    end_member,
    invoice_fee,
    let_in,
)
from concordat.domain.practice.reviews.operations.clearing import (
    ask_check,
    clear,
    give_check,
    name_seats,
    plan_publication,
    send_copy,
    set_aside,
)
from concordat.domain.practice.reviews.operations.commissioning import (
    Commission,
    add_child,
    agree_terms,
    choose_method,
    commission,
    retitle,
    share_with,
    stop,
    write_terms,
)
from concordat.domain.practice.reviews.operations.concluding import (
    add_finding,
    add_line,
    amend_finding,
    conclude,
    point,
    recommend,
    set_line_aside,
)
from concordat.domain.practice.reviews.operations.deciding import (
    Decided,
    decide,
    record_answer,
    send,
    stand_by,
)
from concordat.domain.practice.reviews.operations.desk_asking import ask_desks
from concordat.domain.practice.reviews.operations.drafting import (
    put_draft,
    send_to_clearance,
    take_back,
)
from concordat.domain.practice.reviews.operations.grouping import (
    put_incident_before_group,
    put_review_before_group,
)
from concordat.domain.practice.reviews.operations.instead import (
    publish_improvements_instead,
    publish_report_after_all,
)
from concordat.domain.practice.reviews.operations.joining import contribute
from concordat.domain.practice.reviews.operations.leading import take_over
from concordat.domain.practice.reviews.operations.learning import (
    add_follow_up,
    do_follow_up,
    plan_event,
    tell_attendance,
)
from concordat.domain.practice.reviews.operations.listing import add_entry, plan_anew, tell_outcome
from concordat.domain.practice.reviews.operations.moving import close, find_outside, join, pass_on
from concordat.domain.practice.reviews.operations.notifying import (
    leave,
    look_again,
    mend_notice,
    notify,
    say,
)
from concordat.domain.practice.reviews.operations.proceeding import (
    begin_proceeding,
    end_proceeding,
    explain_delay,
)
from concordat.domain.practice.reviews.operations.publishing import (
    answer_partnership,
    ask_partnership,
    publish,
    publish_there,
    scan_report,
    take_down,
)
from concordat.domain.practice.reviews.operations.reporting import (
    ask_report,
    brief,
    hand_in,
    judge_report,
    sign_report,
)
from concordat.domain.practice.reviews.operations.reviewing import (
    answer_form,
    ask_agencies,
    fill,
    put_before,
    weigh,
)
from concordat.domain.practice.reviews.operations.signing import sign
from concordat.domain.practice.reviews.operations.telling import (
    Facts,
    Where,
    agree_lead,
    amend,
    await_telling,
    put_right,
    take_link_back,
    tell,
    tell_by_link,
)
from concordat.domain.practice.reviews.operations.watching import (
    chase_signatures,
    let_in_who_came_later,
    take_over_from_old_boards,
)

__all__ = [
    "Commission",
    "Decided",
    "Facts",
    "Where",
    "add_child",
    "add_entry",
    "add_finding",
    "add_follow_up",
    "add_line",
    "agree_fee",
    "agree_lead",
    "agree_terms",
    "amend",
    "amend_finding",
    "answer_form",
    "answer_partnership",
    "approve_fee",
    "ask_agencies",
    "ask_check",
    "ask_desks",
    "ask_member",
    "ask_partnership",
    "ask_report",
    "await_telling",
    "begin_proceeding",
    "brief",
    "chase_signatures",
    "check_interests",
    "choose_method",
    "clear",
    "close",
    "commission",
    "conclude",
    "contribute",
    "decide",
    "do_follow_up",
    "end_member",
    "end_proceeding",
    "explain_delay",
    "fill",
    "find_outside",
    "give_check",
    "hand_in",
    "invoice_fee",
    "join",
    "judge_report",
    "leave",
    "let_in",
    "let_in_who_came_later",
    "look_again",
    "mend_notice",
    "name_seats",
    "notify",
    "pass_on",
    "plan_anew",
    "plan_event",
    "plan_publication",
    "point",
    "publish",
    "publish_improvements_instead",
    "publish_report_after_all",
    "publish_there",
    "put_before",
    "put_draft",
    "put_incident_before_group",
    "put_review_before_group",
    "put_right",
    "recommend",
    "record_answer",
    "retitle",
    "say",
    "scan_report",
    "send",
    "send_copy",
    "send_to_clearance",
    "set_aside",
    "set_line_aside",
    "share_with",
    "sign",
    "sign_report",
    "stand_by",
    "stop",
    "take_back",
    "take_down",
    "take_link_back",
    "take_over",
    "take_over_from_old_boards",
    "tell",
    "tell_attendance",
    "tell_by_link",
    "tell_outcome",
    "weigh",
    "write_terms",
]
