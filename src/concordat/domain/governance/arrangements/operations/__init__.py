"""Setting down who may decide what, what was agreed and what was promised."""

from concordat.domain.governance.arrangements.operations.delegating import (
    add,
    delegate,
    end_delegation,
)
from concordat.domain.governance.arrangements.operations.setting_down import set_down

__all__ = ["add", "delegate", "end_delegation", "set_down"]
