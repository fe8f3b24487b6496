"""Partnership files in, and the cast of an example world."""

from concordat.domain.assurance.exchange.operations.bringing import bring_in
from concordat.domain.assurance.exchange.operations.casting import cast
from concordat.domain.assurance.exchange.operations.loading import Loaded, load, preview

__all__ = ["Loaded", "bring_in", "cast", "load", "preview"]
