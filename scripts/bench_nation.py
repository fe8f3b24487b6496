"""A made-up nation of safeguarding partnerships, the same for the same seed.

Every partnership lives through `years` years that end in March 2026: people change posts,
seats fall vacant, health bodies merge in July 2022, power is handed on anew, bodies begin and
end. About 77 dated rows a year come to 200,000 for 130 partnerships in 20 years. No name is
that of a real body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from concordat.domain.assurance.exchange.rules import Chapter, PartnershipFile, row_kinds
from concordat.domain.assurance.exchange.rules.fields import KINDS, Row
from concordat.domain.assurance.exchange.rules.shape import in_order
from concordat.domain.base.seats.rules.rhythm import from_words
from concordat.kernel.dates import UncertainDate

LAST = date(2026, 3, 31)
MERGER = date(2022, 7, 1)
BODIES = (
    "executive",
    "delivery",
    "learning",
    "reviews",
    "training",
    "voice",
    "exploitation",
    "data",
)
MATTERS = ("budget", "arrangements", "child-death-review", "reviews", "training", "threshold")
CLASSES = ("council", "health", "police")
OTHERS = ("education", "probation", "housing", "voluntary", "fire and rescue", "early years")
COMMIT = ("speak for the body", "commit on policy", "commit on resources", "commit on practice")
DATED_A_YEAR = 77
DAYS_A_YEAR = 365


def nation(seed: int, partnerships: int, years: int) -> Iterator[PartnershipFile]:
    """Each partnership as the file that would load it."""
    for number in range(1, partnerships + 1):
        yield partnership(seed, f"p{number:03d}", years)


def partnership(seed: int, slug: str, years: int) -> PartnershipFile:
    chance = Random(f"{seed} {slug} {years}")  # noqa: S311 - the same for the same seed
    return PartnershipFile((_Partnership(chance, slug, years).chapter(),))


@dataclass
class _Partnership:
    rng: Random
    slug: str
    years: int
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return LAST - timedelta(days=DAYS_A_YEAR * self.years - 1)

    def chapter(self) -> Chapter:
        self._agencies()
        self._bodies()
        for body in BODIES:
            for number in range(self.rng.randint(8, 12)):
                self._seat(body, number)
        for class_ in CLASSES:
            self._powers(class_)
        self._decisions()
        header = KINDS["partnership"].row(key=self.slug, name=f"Partnership {self.slug}")
        kept = {name: in_order(self.rows[name]) for name in row_kinds() if name in self.rows}
        return Chapter(header, kept)  # type: ignore[arg-type]

    def add(self, kind: str, key: str, /, **values: Any) -> str:
        dates = {
            name: UncertainDate.parse(value.isoformat()) if isinstance(value, date) else value
            for name, value in values.items()
        }
        self.rows.setdefault(kind, []).append(KINDS[kind].row(key=key, **dates))
        return key

    def spans(self, shortest: int, longest: int) -> Iterator[tuple[date, date | None]]:
        """Times of so many days that follow each other to the end; the last goes on."""
        start = self.first
        while True:
            end = start + timedelta(days=self.rng.randint(shortest, longest))
            if end >= LAST:
                yield start, None
                return
            yield start, end
            start = end + timedelta(days=1)

    def _agencies(self) -> None:
        self.add("areas", "area", name=f"Area of {self.slug}", kind="unitary")
        for class_ in ("council", "police"):
            self._agency(class_, class_)
            self.add("partners", class_, agency=class_, class_=class_)
        self._agency("icb", "health", from_=MERGER)
        self.add("partners", "icb", agency="icb", class_="health", from_=MERGER)
        last = MERGER - timedelta(days=1)
        for key in ("north-ccg", "south-ccg") if self.first < last else ():
            self._agency(key, "health", to=last, successor=("icb",))
            self.add("partners", key, agency=key, class_="health", to=last)
        for class_ in OTHERS:
            self._agency(class_.replace(" ", "-"), class_)

    def _agency(self, key: str, class_: str, **more: Any) -> None:
        self.add("agencies", key, name=f"{key} of {self.slug}", class_=class_, **more)

    def _bodies(self) -> None:
        self.add(
            "bodies", "cabinet", name="Cabinet", kind="cabinet", outside=True, agency="council"
        )
        for number, body in enumerate(BODIES):
            above = () if number == 0 else (BODIES[0 if number < 4 else self.rng.randint(1, 3)],)
            kind = "executive" if number == 0 else "subgroup"
            self.add("bodies", body, name=body.capitalize(), kind=kind, parents=above, order=number)
            middle = self.first + timedelta(days=self.rng.randint(30, 300))
            after = middle + timedelta(days=1)
            self.add("states", f"{body}-1", body=body, state="shadow", from_=self.first, to=middle)
            self.add("states", f"{body}-2", body=body, state="in force", from_=after)
            for count, (start, end) in enumerate(self.spans(500, 900)):
                rhythm = from_words(
                    self.rng.choice(["every 2 months", "4 times a year", "monthly"])
                )
                self.add(
                    "terms", f"{body}-{count}", body=body, rhythm=rhythm, quorum_members=3,
                    chair_role="One of the partners", substitutes=True, from_=start, to=end,
                )  # fmt: skip

    def _seat(self, body: str, number: int) -> None:
        agency = (*CLASSES, *OTHERS)[number % 9].replace(" ", "-")
        key = f"{body}-{number}"
        told = {"class_": "health"} if agency == "health" else {"agency": agency}
        self.add("seats", key, body=body, role=f"Member {number}", capacity="voting", **told)
        self.add("posts", key, title=f"Post {number} for {body}")
        self.add("posts", f"{key}-deputy", title=f"Deputy of post {number}")
        for count, (start, end) in enumerate(self.spans(500, 1000)):
            vacant = self.rng.random() < 0.08
            who = {"holding": "vacant"} if vacant else {"holding": "holder", "post": key}
            self.add("holders", f"{key}-{count}", seat=key, from_=start, to=end, **who)
        for count, (start, end) in enumerate(self.spans(900, 1500) if number % 3 == 0 else ()):
            self.add(
                "holders", f"{key}-d{count}", seat=key, holding="deputy", post=f"{key}-deputy",
                from_=start, to=end,
            )  # fmt: skip

    def _powers(self, class_: str) -> None:
        """Power handed on every year or so; after the merger anew by the new board."""
        number = CLASSES.index(class_)
        for count, (start, end) in enumerate(self.spans(250, 450)):
            for agency in self._of(class_, start):
                merged = agency.endswith("ccg")
                last = min(end or LAST, MERGER - timedelta(days=1)) if merged else end
                self.add(
                    "delegations", f"{agency}-{count}", agency=agency, limbs=COMMIT,
                    post=f"{BODIES[0]}-{number}", limit=5_000_000, instrument="board resolution",
                    from_=start, to=last,
                )  # fmt: skip

    def _of(self, class_: str, start: date) -> tuple[str, ...]:
        if class_ != "health":
            return (class_,)
        return ("north-ccg", "south-ccg") if start < MERGER else ("icb",)

    def _decisions(self) -> None:
        for matter in MATTERS:
            classes = ("council", "health") if matter == "child-death-review" else ()
            self.add("matters", matter, title=matter.capitalize(), classes=classes)
        for number in range(10 * self.years):
            on, class_ = self._day(), self.rng.choice(CLASSES)
            self.add(
                "decisions", f"d{number:04d}", title=f"Decision {number}", date=on, state="made",
                agency=self.rng.choice(self._of(class_, on)), instrument="board resolution",
                matters=(self.rng.choice(MATTERS),),
            )  # fmt: skip
        for number in range(8 * self.years):
            told = f"Statement {number} of the arrangements"
            self.add("statements", f"s{number:04d}", topic="Practice", says=told, from_=self._day())

    def _day(self) -> date:
        return self.first + timedelta(days=self.rng.randint(0, DAYS_A_YEAR * self.years - 1))


def dated_rows(file: PartnershipFile) -> int:
    """Rows with a time or a day of their own."""
    return sum(
        1
        for chapter in file.chapters
        for row in chapter.every()
        if any(getattr(row, name, None) for name in ("from_", "to", "date"))
    )
