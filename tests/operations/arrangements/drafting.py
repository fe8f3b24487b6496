"""A partnership of council, health and police whose arrangements are to be written and signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Arrangements, Edition
from concordat.kernel.actor import Actor, Office
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, sits

WORDS = "The partners decide together. They meet [[bodies:executive.rhythm]]."
AS = "Decides and commits for the body that I speak for"


@dataclass(frozen=True)
class Drafting:
    """`signers` are the council's, the health body's and the police's, in that order."""

    house: House
    home: Partnership
    version: Arrangements
    signers: tuple[Sitter, Sitter, Sitter]

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def now(self) -> Arrangements:
        rows = Arrangements.objects.select_related("record", "partnership")
        return rows.get(pk=self.version.pk)

    def write(self, section: str = "who-we-are", text: str = WORDS, **more: Any) -> Arrangements:
        return operations.write(
            self.manager, arrangements=self.version, section=section, text=text, **more
        )

    def begin(self) -> None:
        operations.begin_draft(self.manager, arrangements=self.version)
        self.write(done=True)

    def freeze(self) -> Edition:
        return operations.freeze(self.manager, arrangements=self.version)

    def offer(self) -> Edition:
        """A draft with one edition that every partner is asked to sign."""
        self.begin()
        edition = self.freeze()
        operations.ask_for_agreement(self.manager, arrangements=self.version)
        return edition

    def sign(self, *who: int) -> None:
        for at in who:
            self.sign_as(self.signers[at])

    def sign_as(self, signer: Sitter) -> None:
        document = self.document
        newest = document.versions.order_by("-number")[0]
        documents.sign_off(
            signer.actor, document=document, seat=signer.seat, digest=newest.digest, wording=AS
        )

    @property
    def document(self) -> Document:
        found = queries.document_of(self.manager, self.version)
        assert found is not None
        return found

    def publish(self) -> Arrangements:
        self.offer()
        self.sign(0, 1, 2)
        operations.agree(self.manager, arrangements=self.version)
        return operations.publish(self.manager, arrangements=self.version)

    def set_down(self, kind: str, key: str, **values: Any) -> Any:
        return operations.set_down(
            LOADER, partnership=self.house.here, kind=kind, key=key, values=values
        )


def drafted(house: House) -> Drafting:
    mark_world(LOADER, name="test", practice_date=DAY)
    police = sits(house.here, house.board, "Petra Police", Office.DELEGATE)
    signers = (house.council, house.health, police)
    for sitter, (name, class_) in zip(
        signers,
        (("Heath Council", "council"), ("Heath CCG", "health"), ("Heath Police", "police")),
        strict=True,
    ):
        agency = operations.enter_agency(
            LOADER,
            partnership=house.here,
            values={"name": name, "agency_class": class_},
            is_partner=True,
        )
        _seat(house, sitter, agency)
    _set_down(house)
    version = Arrangements.objects.select_related("record", "partnership").get(key="first")
    home = Partnership.objects.select_related("record").get(pk=house.here.pk)
    return Drafting(house, home, version, signers)


def _seat(house: House, sitter: Sitter, agency: Agency) -> None:
    values = {"role": sitter.seat.role, "body": sitter.seat.body, "agency": agency}
    seats.set_down(LOADER, partnership=house.here, kind="seats", key=sitter.seat.key, values=values)


def _set_down(house: House) -> None:
    body = {"name": "Executive", "kind": "executive", "rhythm": {"every": {"months": "2"}}}
    seats.set_down(LOADER, partnership=house.here, kind="bodies", key="executive", values=body)
    rows: dict[str, tuple[str, dict[str, Any]]] = {
        "first": (
            "arrangements",
            {
                "title": "The Arrangements",
                "state": "in preparation",
                "contents": ["How old work migrates", "What nobody has thought of"],
            },
        ),
        "single": ("promises", {"promise": "One area", "lasts": "at least two years"}),
        "money": ("statements", {"topic": "Finance", "says": "All have committed themselves."}),
        "school": ("relevant_agencies", {"name": "A school", "agency_class": "education"}),
    }
    for key, (kind, values) in rows.items():
        operations.set_down(LOADER, partnership=house.here, kind=kind, key=key, values=values)
