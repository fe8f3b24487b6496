"""Each of the cast reads how their own partnership is built, and nothing of any other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

HOMES = ("tower-hamlets", "greenwich", "lewisham", "bexley", "tri-borough")
PAGES = ("structure", "authority", "delegations", "findings", "roles", "footprints", "boards")
MINE = {walking.OUTSIDER: "greenwich", walking.ASSISTANT: ""}
CHANGING = (walking.STRATEGY_MANAGER, walking.CO_ORDINATOR)


def own(person: str) -> str:
    """The one partnership that somebody sits in; the assistant sits in none of her own."""
    return MINE.get(person, "tower-hamlets")


@pytest.mark.parametrize("person", walking.CAST)
def test_each_reads_their_own_and_finds_nothing_of_others(pocket: Walk, person: str) -> None:
    pocket.enter_as(person)
    home = own(person)
    for page in PAGES if home else ():
        pocket.go(f"/partnership/{home}/{page}")
        expect(pocket.main.get_by_role("heading", level=1)).not_to_have_text("Page not found")
    for other in HOMES:
        if other != home:
            pocket.go(f"/partnership/{other}/{PAGES[0]}")
            pocket.at("Page not found")
            pocket.go(f"/partnership/{other}/{PAGES[2]}")
            pocket.at("Page not found")
    pocket.go("/delegation/THSCP-DL-0002")
    if home == "tower-hamlets":
        pocket.reads("Delegation of Tower Hamlets Clinical Commissioning Group", "26 March 2019")
        ending = pocket.page.get_by_role("link", name="End this delegation")
        expect(ending).to_have_count(1 if person in CHANGING else 0)
        pocket.sees("one delegation")
    else:
        pocket.at("Page not found")
