"""Where a record is looked at: its own page if its kind has one, else the page of any record."""

from __future__ import annotations

from functools import cache

from django.urls import NoReverseMatch, reverse

# Pages by kind of record, as route names that take the record's reference.
OWN = {
    "document": "documents:document",
    "action": "actions:action",
    "information request": "requests:request",
    "incident": "reviews:incident",
    "child": "children:child",
    "chronology": "chronologies:chronology",
    "learning referral": "reviews:referral",
    "escalation": "reviews:escalation",
    "learning event": "reviews:event",
    "recommendation": "recommendations:recommendation",
    "review": "desk:review",
    "diary": "diaries:diary",
    "body": "seats:body",
    "seat": "seats:seat",
    "person": "seats:person",
    "agency": "agencies:agency",
    "policy": "policies:policy",
    "meeting": "meetings:meeting",
    "budget": "finance:budget",
    "contribution": "finance:contribution",
    "funding dispute": "finance:dispute",
    "decision": "meetings:decision",
    "dispute": "meetings:dispute",
    "risk register": "risks:register",
    "risk": "risks:risk",
    "measure": "measures:measure",
    "programme": "programme:programme",
    "priority": "programme:priority",
    "milestone": "programme:milestone",
    "product": "programme:product",
    "contract": "programme:contract",
    "learning cycle": "programme:learning_cycle",
    "arrangements": "arrangements:text",
    "delegation": "arrangements:delegation",
    "promise": "arrangements:promise",
}


def address_of(kind: str, reference: str) -> str:
    """The address of a record's page, whatever its kind."""
    route = OWN.get(kind, "")
    return reverse(route if route and _is_built(route) else "records:record", args=[reference])


@cache
def _is_built(route: str) -> bool:
    try:
        reverse(route, args=["X-1"])
    except NoReverseMatch:
        return False
    return True
