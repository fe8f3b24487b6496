"""How closely a record is held."""

from enum import IntEnum


class Sensitivity(IntEnum):
    """Four levels, lowest first, so that `max()` of several gives the level of the whole."""

    PUBLIC = 0
    PARTNERSHIP = 1
    RESTRICTED = 2
    SEALED = 3

    @property
    def label(self) -> str:
        return self.name.capitalize()

    @property
    def audience(self) -> str:
        """Who may open a record held at this level, in words."""
        return {
            Sensitivity.PUBLIC: "Anyone",
            Sensitivity.PARTNERSHIP: "People with a seat in the partnership",
            Sensitivity.RESTRICTED: "The group or the people working on it",
            Sensitivity.SEALED: "The people named on it, and nobody else",
        }[self]
