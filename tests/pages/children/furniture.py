"""Children by label with their grounds, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.documents.models import Document
from concordat.domain.practice.children import operations
from concordat.domain.practice.children.models import Child, Relative, StatedGround
from concordat.domain.practice.children.rules import Ground
from tests.operations.children.examples import ground
from tests.operations.mail.cast import LOADER, House


@dataclass(frozen=True)
class Sheltered:
    """Heron, whom the manager kept and the health delegate holds the key to with them."""

    area: Area
    ground: StatedGround
    child: Child
    mother: Relative

    def case(self, name: str) -> dict[str, Any]:
        """Values for the places of a route within children."""
        if name in ("grounds", "state"):
            return {"pk": self.area.pk}
        if name == "end":
            return {"pk": self.ground.pk}
        at = {"reference": self.child.record.reference}
        return at | {"pk": self.mother.pk} if name == "relabel" else at


def sheltered(house: House, paper: Document) -> Sheltered:
    agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="heath", values={"name": "Heath"}
    )
    area = Area.objects.select_related("partnership").get(partnership=house.here, key="heath")
    for kind in Ground:
        ground(house, area, paper, kind)
    manager = house.manager.actor
    child = operations.keep_child(
        manager, area=area, label="Heron", keepers=[house.health.person.record]
    )
    mother = operations.add_relative(manager, child=child, label="Mother")
    stated = StatedGround.objects.get(area=area, ground=Ground.CONTROLLER)
    return Sheltered(area, stated, child, mother)


__all__ = ["Sheltered", "sheltered"]
