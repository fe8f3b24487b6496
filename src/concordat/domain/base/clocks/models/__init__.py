from concordat.domain.base.clocks.models.clock import Breach, Clock, Delay, Pause, Start
from concordat.domain.base.clocks.models.terms import AreaLive, ClosedDay, LocalRule, Verified

__all__ = [
    "AreaLive",
    "Breach",
    "Clock",
    "ClosedDay",
    "Delay",
    "LocalRule",
    "Pause",
    "Start",
    "Verified",
]
