"""What is done with documents."""

from concordat.domain.base.documents.operations.commenting import (
    answer,
    comment,
    record_comment,
    say_nothing,
)
from concordat.domain.base.documents.operations.consulting import (
    ask_also,
    close_comments,
    extend,
    invite_to_comment,
    nudge,
    open_for_comment,
)
from concordat.domain.base.documents.operations.publishing import publish, withdraw
from concordat.domain.base.documents.operations.signing import ask_to_sign, sign_off, void
from concordat.domain.base.documents.operations.uploading import Upload, add, replace

__all__ = [
    "Upload",
    "add",
    "answer",
    "ask_also",
    "ask_to_sign",
    "close_comments",
    "comment",
    "extend",
    "invite_to_comment",
    "nudge",
    "open_for_comment",
    "publish",
    "record_comment",
    "replace",
    "say_nothing",
    "sign_off",
    "void",
    "withdraw",
]
