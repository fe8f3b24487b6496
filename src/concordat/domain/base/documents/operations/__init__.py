"""What is done with documents."""

from concordat.domain.base.documents.operations.publishing import publish, withdraw
from concordat.domain.base.documents.operations.signing import ask_to_sign, sign_off, void
from concordat.domain.base.documents.operations.uploading import Upload, add, replace

__all__ = [
    "Upload",
    "add",
    "ask_to_sign",
    "publish",
    "replace",
    "sign_off",
    "void",
    "withdraw",
]
