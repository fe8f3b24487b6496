"""Whether an address is one of an agency, where a link about a child goes to it."""

from __future__ import annotations

from collections.abc import Collection

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

PRIVATE = frozenset(
    (
        *("aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.com", "googlemail.com"),
        *("hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mail.com"),
        *("mac.com", "me.com", "msn.com", "ntlworld.com", "outlook.com", "outlook.co.uk"),
        *("proton.me", "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com"),
        *("yahoo.co.uk", "yahoo.com", "ymail.com", "zoho.com"),
    )
)
"""Hosts at which anybody may have a mailbox: no agency is known by them."""


def host_of(address: str) -> str:
    return address.rpartition("@")[2].strip().casefold()


def is_of_agency(address: str, hosts: Collection[str], why: str = "") -> Verdict:
    """Whether an address is an agency's: at a host under which its people are known, or beneath
    one; where none is known, at any but a private one. A reason lets another address pass."""
    if why.strip():
        return yes()
    host, known = host_of(address), sorted({each for each in hosts if each} - PRIVATE)
    if host in PRIVATE:
        return no(f"{host} gives mailboxes to anybody. Give an address of the agency.")
    if known and not any(host == each or host.endswith(f".{each}") for each in known):
        return no(f"Its people are known at {join_words(known)}, and not at {host}.")
    return yes()
