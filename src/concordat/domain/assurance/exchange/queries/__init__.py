"""Partnership files drawn from what is kept."""

from concordat.domain.assurance.exchange.models import KeptRow, LoadedFile
from concordat.domain.assurance.exchange.queries.files import (
    file_of,
    file_to_take_out,
    known_keys,
    whole,
)
from concordat.domain.assurance.exchange.queries.homes import HOMES, Home, home_of
from concordat.domain.assurance.exchange.queries.loads import loads

__all__ = [
    "HOMES",
    "Home",
    "KeptRow",
    "LoadedFile",
    "file_of",
    "file_to_take_out",
    "home_of",
    "known_keys",
    "loads",
    "whole",
]
