"""Measuring on a machine that others use: short runs in turns, and only the quiet ones count."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from statistics import mean, median

QUIET, TOO_LOUD = 0.05, 0.10
SHORTEST = 0.25
"""Seconds of one run: the kernel counts the processors' time in hundredths of a second."""

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a piece of work: seconds for each repetition, and who else was at work."""

    wall: float
    cpu: float
    foreign: float


@dataclass(slots=True)
class Timed:
    """The runs of one piece of work. `told` says why there is no result, if there is none."""

    runs: list[Run] = field(default_factory=list)
    seen: int = 0

    @property
    def quiet(self) -> list[Run]:
        return [run for run in self.runs if run.foreign <= QUIET]

    @property
    def counted(self) -> list[Run]:
        return self.quiet or [run for run in self.runs if run.foreign <= TOO_LOUD]

    @property
    def cpu(self) -> float | None:
        return median(run.cpu for run in self.counted) if self.counted else None

    def told(self) -> dict[str, object]:
        runs = self.counted
        if not runs:
            return {"refused": "others used the machine in every run", "runs": self.seen}
        return {
            "cpu": self.cpu,
            "cpu_least": min(run.cpu for run in runs),
            "cpu_most": max(run.cpu for run in runs),
            "wall": median(run.wall for run in runs),
            "foreign": max(run.foreign for run in runs),
            "n": len(runs),
            "dropped": self.seen - len(runs),
        }


def ticks() -> tuple[float, float]:
    """Busy and whole seconds of all processors since the start of the machine."""
    told = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:9]
    parts = [int(each) / 100 for each in told]
    return sum(parts) - parts[3] - parts[4], sum(parts)


def run(work: Work, times: int) -> Run:
    busy, whole = ticks()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    busy_after, whole_after = ticks()
    others = max(busy_after - busy - cpu, 0) / max(whole_after - whole, 0.01)
    return Run(wall / times, cpu / times, others)


def in_turns(works: dict[str, Work], *, least: int = 5, until: float) -> dict[str, Timed]:
    """Every piece of work warm and in turns, until each has so many quiet runs or time is up.

    `until` is a moment of `time.monotonic()`; each is run at least once.
    """
    times = {name: _repetitions(work) for name, work in works.items()}
    found = {name: Timed() for name in works}
    while any(len(each.quiet) < least for each in found.values()):
        for name, work in works.items():
            found[name].runs.append(run(work, times[name]))
            found[name].seen += 1
        if time.monotonic() > until:
            break
    return found


def _repetitions(work: Work) -> int:
    work()
    started = time.process_time()
    work()
    return max(1, round(SHORTEST / max(time.process_time() - started, 1e-4)))


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms: 0 is flat, 1 grows with the size."""
    xs, ys = [log(each) for each in sizes], [log(each) for each in seconds]
    middle, height = mean(xs), mean(ys)
    across = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / across


def bare_page() -> Work:
    """One template and three plain queries, of about the rows that a page shows."""
    from django.template import Context, Engine

    from concordat.domain.base.seats.models import Body, Holder, Seat

    page = Engine().from_string(
        "<ul>{% for each in bodies %}<li>{{ each.name }}</li>{% endfor %}</ul>"
        "<table>{% for each in seats %}<tr><td>{{ each.role }}</td></tr>{% endfor %}"
        "{% for each in holders %}<tr><td>{{ each.key }}</td></tr>{% endfor %}</table>"
    )

    def bare() -> str:
        home = Body.objects.order_by("pk").values_list("partnership", flat=True)[0]
        rows = {
            "bodies": Body.objects.filter(partnership=home),
            "seats": Seat.objects.filter(partnership=home),
            "holders": Holder.objects.filter(partnership=home)[:100],
        }
        return page.render(Context(rows))

    return bare
