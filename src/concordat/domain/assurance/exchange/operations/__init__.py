"""Partnership files in, and the cast of an example world."""

from concordat.domain.assurance.exchange.operations.bringing import Chosen, bring_in, bring_in_seats
from concordat.domain.assurance.exchange.operations.casting import cast
from concordat.domain.assurance.exchange.operations.loading import Loaded, load, preview

__all__ = ["Chosen", "Loaded", "bring_in", "bring_in_seats", "cast", "load", "preview"]
