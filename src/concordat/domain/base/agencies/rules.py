"""What kinds of partnership, area and agency there are, and who a statutory partner is."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near, slug

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ACCENT = re.compile(r"#[0-9a-f]{6}")
PLAIN_ACCENT = "#12436d"


class AgencyClass(StrEnum):
    """The class of an organisation. Any number of agencies may be of one class."""

    COUNCIL = "council"
    HEALTH = "health"
    POLICE = "police"
    EDUCATION = "education"
    EARLY_YEARS = "early years"
    SOCIAL_CARE = "social care"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth justice"
    PRISONS = "prisons"
    FAMILY_JUSTICE = "courts and family justice"
    FIRE = "fire and rescue"
    AMBULANCE = "ambulance"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    FAITH = "faith"
    SPORT = "sport and leisure"
    ARMED_FORCES = "armed forces"
    IMMIGRATION = "immigration and border"
    TRANSPORT_POLICE = "transport police"
    MAYOR = "mayor or commissioner"
    DISTRICT = "district council"
    CORONER = "coroner"
    GOVERNMENT = "central government"
    INSPECTORATE = "inspectorate"
    UNIVERSITY = "university"
    INDEPENDENT = "independent"
    OTHER = "other"


AREA_KINDS = (
    "borough", "county", "unitary", "metropolitan district", "district", "city", "region",
    "health area", "police area", "other",
)  # fmt: skip

STATUTORY_CLASSES = (AgencyClass.COUNCIL, AgencyClass.HEALTH, AgencyClass.POLICE)
"""The three classes of safeguarding partner, any number of bodies in each: Children Act 2004
s.16E(3): the local authority, each integrated care board (clinical commissioning group before
1 July 2022) and each chief officer of police with any part of their area in the authority's."""

CHILD_DEATH_CLASSES = (AgencyClass.COUNCIL, AgencyClass.HEALTH)
"""Child death review partners: local authority and health, not police. Children Act 2004 s.16Q."""


class PartnershipKind(StrEnum):
    SAFEGUARDING = "safeguarding children partnership"
    OLD_BOARD = "local safeguarding children board"
    JOINT = "partnership of partnerships"
    PROGRAMME = "shared programme"
    CHILD_DEATH = "child death review partnership"
    OTHER = "other"


class Topic(StrEnum):
    """What a partnership tells the public about itself in its own words."""

    CONTACT = "contact"
    SIGN_LANGUAGE = "british sign language"
    ABOUT = "about"
    YOUNG_PEOPLE = "young people"
    ACCESSIBILITY = "accessibility"

    @property
    def label(self) -> str:
        return _TOPICS[self]


_TOPICS = {
    Topic.CONTACT: "How to reach the partnership",
    Topic.SIGN_LANGUAGE: "How to reach us in British Sign Language",
    Topic.ABOUT: "What the partnership is for, in plain words",
    Topic.YOUNG_PEOPLE: "For young people",
    Topic.ACCESSIBILITY: "What on these pages is not accessible yet",
}

PHONE = re.compile(r"\+?[0-9]+(?:[ -][0-9]+)*(?: ext\.? [0-9]+)?")
LEAST_DIGITS = 3


def phone_of(said: str, field: str) -> str:
    """A telephone number as people write it in England; anything else is refused."""
    told = " ".join(said.split())
    if not PHONE.fullmatch(told) or sum(letter.isdigit() for letter in told) < LEAST_DIGITS:
        raise Invalid(
            f"“{said}” is not a telephone number.",
            field=field,
            mend="Write digits and spaces, such as 020 7946 0000.",
        )
    return told


def dialled(phone: str) -> str:
    """What a telephone dials for a number as written; an extension is left to the caller."""
    return re.sub(r"[^0-9+]", "", phone.partition(" ext")[0])


def agency_class(said: str) -> AgencyClass:
    """The class by its name; an unknown one is refused with the nearest names."""
    try:
        return AgencyClass(said)
    except ValueError:
        close = near(said, [each.value for each in AgencyClass])
        raise Invalid(
            f"“{said}” is not a class of agency.",
            field="class",
            mend=f"Did you mean {' or '.join(close)}?" if close else "Use “other”.",
        ) from None


def slug_of(said: str) -> str:
    """A slug is what addresses and files are named by: small letters, digits and hyphens."""
    if not SLUG.fullmatch(said):
        raise Invalid(
            f"“{said}” cannot be part of an address.",
            field="slug",
            mend="Use small letters, digits and single hyphens, such as tower-hamlets.",
        )
    return said


LONGEST_KEY = 100


def free_key(wanted: str, taken: Collection[str]) -> str:
    """A key made of a name that no row of its kind bears yet: "executive", then "executive-2"."""
    bare = slug(wanted)[:LONGEST_KEY].strip("-") or "row"
    numbers = (f"{bare}-{number}" if number > 1 else bare for number in range(1, len(taken) + 2))
    return next(key for key in numbers if key not in taken)
