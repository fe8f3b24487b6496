"""Setting down who may decide what, what was agreed and what was promised."""

from concordat.domain.governance.arrangements.operations.setting_down import set_down

__all__ = ["set_down"]
