"""More rows of every list on the pages of programmes and measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.governance.measures import operations as measures
from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.rules.health import Health
from concordat.kernel.dates import UncertainDate
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.programme.examples import again
from tests.pages.programme.furniture import a_post, row

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished

Many = Callable[["Furnished", range], None]


def more_priorities(stands: Furnished, numbers: range) -> None:
    """Priorities and programmes, each with an open gate and somebody's word."""
    for each in numbers:
        held = row(
            stands.house, "priorities", f"Priority {each}", lead="posts:meg-member",
            programme=stands.programmed.programme,
        )  # fmt: skip
        row(stands.house, "gates", f"Go on {each}?", priority=held)
        operations.tell(LOADER, thing=held, health=Health.ON_TRACK, words="Well")
        row(stands.house, "programmes", f"Programme {each}")
        row(stands.house, "appointments", f"Post {each}", post=a_post(stands.house))
        row(stands.house, "learning_cycles", f"Cycle {each}", run_by="bodies:executive")


def more_milestones(stands: Furnished, numbers: range) -> None:
    """Milestones that wait for another, planned again, with a priority and products beside."""
    told = {"programme": stands.programmed.programme, "priority": stands.programmed.priority}
    for each in numbers:
        held = row(
            stands.house, "milestones", f"Step {each}", due="2019-07", owner="posts:meg-member",
            depends_on=["publish"], **told,
        )  # fmt: skip
        operations.replan(
            LOADER, milestone=held, due=UncertainDate.parse("2019-08"), reasons=["R"],
            agreed_by="Board",
        )  # fmt: skip
        row(stands.house, "products", f"Product {each}", programme=told["programme"])


def more_changes(stands: Furnished, numbers: range) -> None:
    """One milestone planned again, told of, and waited for."""
    more_milestones(stands, numbers)
    for each in numbers:
        operations.replan(
            LOADER, milestone=stands.programmed.milestone, reasons=["R"], agreed_by="Board",
            due=UncertainDate.parse(f"2019-06-{each % 9 + 21}" if each % 2 else "2019-06"),
        )  # fmt: skip
        operations.tell(
            LOADER, thing=stands.programmed.milestone, health=Health.AT_RISK, words=f"Slow {each}"
        )


def more_of_a_cycle(stands: Furnished, numbers: range) -> None:
    """Members, works and gates of a cycle that the board has not got any more."""
    cycle, house = stands.programmed.cycle, stands.house
    if again(cycle).stage.has_found:
        operations.move_on(LOADER, thing=cycle, verb="take back", reason="More was found")
    for each in numbers:
        row(house, "cycle_members", f"Nurse {each}", cycle=cycle, post=a_post(house), part="leads")
        row(house, "cycle_works", f"Audit {each}", cycle=cycle, sort="session")
        row(house, "cycle_findings", f"Found {each}", cycle=again(cycle), suggests="Call")
        row(house, "gates", f"On {each}?", priority=cycle.priority, rests_on=[cycle.key])


def more_of_a_priority(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row(
            stands.house, "learning_cycles", f"Cycle {each}", run_by="bodies:executive",
            priority=stands.programmed.priority,
        )  # fmt: skip
        row(stands.house, "gates", f"Again {each}?", priority=stands.programmed.priority)
        operations.tell(
            LOADER, thing=stands.programmed.priority, health=Health.ON_TRACK, words=f"Well {each}"
        )
        measures.define(
            LOADER, partnership=stands.house.here, title=f"Measure {each}",
            facts={"serves": f"priorities:{stands.programmed.priority.key}"},
        )  # fmt: skip
    more_milestones(stands, numbers)


def more_lessons(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        held = row(
            stands.house, "lessons", f"Lesson {each}", kind="challenge", theme=f"Theme {each}",
            programme=stands.programmed.programme,
        )  # fmt: skip
        operations.link_deed(LOADER, lesson=held, record=stands.risk, how="A risk")


def more_owed(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row(
            stands.house, "obligations", f"Return {each}", kind="return",
            programme=stands.programmed.programme,
        )  # fmt: skip


def more_work(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row(
            stands.house, "needs", f"Work {each}", post=a_post(stands.house),
            quarter=f"{2019 + each}-Q3", halves=4, worth="must",
        )  # fmt: skip


def more_contracts(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row(stands.house, "contracts", f"Contract {each}", service="trainer", supplier="Ada")


def more_claims(stands: Furnished, numbers: range) -> None:
    """Half days, on a contract that was renewed so that there are enough."""
    contract = stands.programmed.contract
    operations.renew(
        LOADER, contract=contract, until=UncertainDate.parse(str(2020 + numbers.start)),
        more=len(numbers), reason="More to read",
    )  # fmt: skip
    for each in numbers:
        operations.claim(LOADER, contract=contract, worked=DAY, halves=1, what=f"Work {each}")


def more_appointments(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row(stands.house, "appointments", f"Lead {each}", post=a_post(stands.house))


def more_measures(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        held = measures.define(
            LOADER, partnership=stands.house.here, title=f"Counted {each}",
            facts={"owner": "posts:meg-member"},
        )  # fmt: skip
        measures.put_value(LOADER, measure=held, at=UncertainDate.parse("2019-01"), value="4")


def more_values(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        measures.put_value(
            LOADER, measure=stands.programmed.measure, at=UncertainDate.parse(str(1900 + each)),
            value="4",
        )  # fmt: skip


OF_PROGRAMME: dict[str, Many] = {
    "measures:measure": more_values,
    "measures:measures": more_measures,
    "programme:appointments": more_appointments,
    "programme:capacity": more_work,
    "programme:claims": more_claims,
    "programme:contracts": more_contracts,
    "programme:highlights": more_changes,
    "programme:learning_cycle": more_of_a_cycle,
    "programme:lessons": more_lessons,
    "programme:milestone": more_changes,
    "programme:money": more_owed,
    "programme:overview": more_priorities,
    "programme:printed": more_milestones,
    "programme:priority": more_of_a_priority,
    "programme:programme": more_milestones,
    "programme:updates": more_changes,
}
