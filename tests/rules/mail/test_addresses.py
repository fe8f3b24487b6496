"""An address of an agency, and one that is not."""

from __future__ import annotations

import pytest

from concordat.domain.base.mail.rules.addresses import is_of_agency


@pytest.mark.parametrize(
    ("address", "hosts", "why", "may"),
    [
        ("nell@trust.example.org", {"trust.example.org"}, "", True),
        ("nell@ward.trust.example.org", {"trust.example.org"}, "", True),
        ("nell@TRUST.example.org", {"trust.example.org"}, "", True),
        ("nell@nottrust.example.org", {"trust.example.org"}, "", False),
        ("nell@elsewhere.example.org", {"trust.example.org"}, "", False),
        ("nell@elsewhere.example.org", {"trust.example.org"}, "She is on loan there", True),
        ("nell@elsewhere.example.org", set(), "", True),
        ("nell@gmail.com", set(), "", False),
        ("nell@gmail.com", {"gmail.com"}, "", False),
        ("nell@gmail.com", {"gmail.com"}, "A childminder, who has no other", True),
    ],
)
def test_a_link_goes_to_an_agency_or_says_why(
    address: str, hosts: set[str], why: str, *, may: bool
) -> None:
    assert bool(is_of_agency(address, hosts, why)) is may
