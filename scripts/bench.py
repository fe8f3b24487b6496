"""`make bench`: how fast Concordat is, as ratios to the same work done bare, on one machine.

Prints a table, writes var/bench.json and redraws docs/performance.md. Ratios only: seconds of
one machine say nothing about another. A run during which others used over 5 % of the processors
is dropped; if all were used over 10 % the result is refused.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench_measure import Timed

ROOT = Path(__file__).parents[1]
FULL, QUICK = (130, 20), (13, 5)
EVENTS = (20_000, 60_000, 200_000)
SIZES = (1_000, 10_000, 100_000)
DAY, MATTER = date(2025, 6, 1), "budget"
LOADING, MEASURING = 210.0, 70.0
"""Seconds at full size: for loading, and for measuring what was loaded."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `held` is None where the machine was too busy to tell."""

    number: str
    what: str
    size: str
    ratio: float | None
    of: str
    goal: str
    held: bool | None


@dataclass(slots=True)
class Bench:
    seed: int
    partnerships: int
    years: int
    seconds: float
    loaded: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    curves: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        return self.seconds / (LOADING + MEASURING)


def main() -> int:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="concordat-bench-") as folder:
        _prepare(Path(folder))
        bench = Bench(asked.seed, asked.partnerships, asked.years, asked.seconds)
        bench.told |= _versions(bench)
        _measure(bench)
    print(_table(bench))
    var = Path(os.environ.get("CONCORDAT_BENCH_OUT", ROOT / "var"))
    var.mkdir(parents=True, exist_ok=True)
    (var / "bench.json").write_text(json.dumps(_as_json(bench), indent=2), "utf-8")
    if not asked.no_page:
        (ROOT / "docs" / "performance.md").write_text(_page(bench), "utf-8")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Concordat on this machine.")
    parser.add_argument("--quick", action="store_true", help="13 partnerships, 5 years, a minute")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--partnerships", type=int)
    parser.add_argument("--years", type=int)
    parser.add_argument("--seconds", type=float, help="stop after about so long")
    parser.add_argument("--no-page", action="store_true", help="leave docs/performance.md alone")
    asked = parser.parse_args()
    partnerships, years = QUICK if asked.quick else FULL
    asked.partnerships = asked.partnerships or partnerships
    asked.years = asked.years or years
    asked.seconds = asked.seconds or (45.0 if asked.quick else LOADING + MEASURING)
    return asked


def _prepare(folder: Path) -> None:
    """A database of its own, on the server of DATABASE_URL or in a file, with every table."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["CONCORDAT_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.config.settings"
    sys.path[:0] = [str(ROOT / "src")]
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _versions(bench: Bench) -> dict[str, Any]:
    import django
    from django.db import connection

    return {
        "seed": bench.seed,
        "python": platform.python_version(),
        "django": django.get_version(),
        "engine": connection.vendor,
        "processors": os.cpu_count(),
    }


def _measure(bench: Bench) -> None:
    started = time.monotonic()
    for size in _sizes(bench.partnerships):
        _load_up_to(bench, size, started + LOADING * bench.scale)
        _at_size(bench, len(bench.loaded))
    _over_years(bench)
    _against_a_bare_page(bench)
    _against_bare_writing(bench)
    lists = _over_lists(bench)
    _diaries(bench)
    _chances(bench)
    _reports(bench)
    _cases(bench)
    _over_the_ledger(bench)
    for name in ("structure", "authority"):
        for by in ("partnerships", "years"):
            _growth(bench, name, by)
    for name, by in lists.items():
        _growth(bench, name, by)


def _sizes(most: int) -> list[int]:
    return [size for size in (1, 13) if size < most] + [most]


def _load_up_to(bench: Bench, size: int, until: float) -> None:
    from bench_measure import run
    from bench_nation import dated_rows, partnership

    for number in range(len(bench.loaded) + 1, size + 1):
        if time.monotonic() > until:
            bench.told["cut_short"] = f"time was up after {len(bench.loaded)} partnerships"
            return
        slug = f"p{number:03d}"
        file = partnership(bench.seed, slug, bench.years)
        done = run(lambda file=file: _loads(file), 1)
        rows = sum(1 for _ in file.chapters[0].every())
        bench.loaded.append(slug)
        load = bench.told.setdefault("load", {"runs": [], "dated_rows": 0})
        load["dated_rows"] += dated_rows(file)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        load["runs"].append({"rows": rows, "cpu": done.cpu, "foreign": done.foreign, "peak": peak})


def _loads(file: Any) -> None:
    from concordat.domain.assurance.exchange import operations
    from concordat.kernel.actor import process

    operations.load(process("loader", DAY), file=file)


def _works(slug: str) -> dict[str, Any]:
    from concordat.domain.base.agencies.models import Partnership
    from concordat.domain.governance.arrangements import queries
    from concordat.kernel.actor import process

    actor, home = process("bench", DAY), Partnership.objects.get(key=slug)
    return {
        "structure": lambda: queries.structure(actor, home, DAY),
        "authority": lambda: queries.authority(actor, home, MATTER, DAY),
    }


def _until(bench: Bench, part: float) -> float:
    return time.monotonic() + MEASURING * bench.scale * part


def _count(work: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def _at_size(bench: Bench, size: int) -> None:
    from bench_measure import in_turns

    works = _works(bench.loaded[0])
    for name, timed in in_turns(works, until=_until(bench, 0.12)).items():
        point = {"size": size, "queries": _count(works[name]), **timed.told()}
        bench.curves.setdefault(f"{name} by partnerships", {"points": []})["points"].append(point)


def _over_years(bench: Bench) -> None:
    from bench_measure import in_turns
    from bench_nation import partnership

    spans = [years for years in (1, 5) if years < bench.years]
    for years in spans:
        _loads(partnership(bench.seed, f"y{years:02d}", years))
    slugs = {years: f"y{years:02d}" for years in spans} | {bench.years: bench.loaded[0]}
    works = {
        f"{name} {years}": work
        for years, slug in slugs.items()
        for name, work in _works(slug).items()
    }
    for told, timed in in_turns(works, until=_until(bench, 0.3)).items():
        name, years = told.split()
        point = {"size": int(years), "queries": _count(works[told]), **timed.told()}
        bench.curves.setdefault(f"{name} by years", {"points": []})["points"].append(point)


def _over_lists(bench: Bench) -> dict[str, str]:
    """Lists as a member reads and narrows them, in a partnership that has many rows, and by what
    each grows."""
    import bench_actions
    import bench_risks
    from bench_measure import in_turns

    slug, names = bench.loaded[0], {}
    for by, made in (("actions", bench_actions), ("risks", bench_risks)):
        for size in SIZES if bench.partnerships >= FULL[0] else SIZES[:2]:
            made.grow(slug, size, bench.seed, DAY)
            lists = made.works(slug, DAY)
            names |= dict.fromkeys(lists, by)
            for name, timed in in_turns(lists, until=_until(bench, 0.15)).items():
                point = {"size": size, "queries": _count(lists[name]), **timed.told()}
                bench.curves.setdefault(f"{name} by {by}", {"points": []})["points"].append(point)
    return names


def _over_the_ledger(bench: Bench) -> None:
    """Acts told in the ledger against acts that are not, and the ledger verified as it grows.

    The goals are those of seconds in ratios: a million texts hashed one after the other take
    2.1 s where five million events shall take 15, and what came since a head 1.
    """
    from bench_ledger import appending, grow, verifying
    from bench_measure import in_turns

    found = in_turns(appending(DAY), until=_until(bench, 0.1))
    bench.told["ledger append"] = {name: timed.told() for name, timed in found.items()}
    acts = Line(
        "B11", "acts told", "one transaction each", None, "acts not told", "at least 0.7", None
    )
    _compare(bench, acts, found["untold"], found["told"])
    for events in EVENTS if bench.partnerships >= FULL[0] else EVENTS[:2]:
        size, head = grow(events, bench.seed, DAY)
        found = in_turns(verifying(head), until=_until(bench, 0.2))
        for name in ("verify", "verify since a head"):
            point = {"size": size, **found[name].told()}
            bench.curves.setdefault(f"{name} by events", {"points": []})["points"].append(point)
    bench.told["ledger"] = {name: timed.told() for name, timed in found.items()}
    whole = Line("B11", "verify", f"{size:,} events", None, "hashed bare", "at most 1.43", None)
    _compare(bench, whole, found["verify"], found["hashed bare"])
    part = replace(whole, what="verify since a head", of="verify", goal="at most 0.07")
    _compare(bench, part, found["verify since a head"], found["verify"])


def _compare(bench: Bench, line: Line, ours: Timed, floor: Timed) -> None:
    """The line with its ratio of processor seconds, and whether that is within its goal."""
    bound, _, goal = line.goal.rpartition(" ")
    ratio = ours.cpu / floor.cpu if ours.cpu and floor.cpu else None
    held = None
    if ratio is not None:
        held = ratio >= float(goal) if bound == "at least" else ratio <= float(goal)
    bench.lines.append(replace(line, ratio=ratio, held=held))


def _growth(bench: Bench, name: str, by: str) -> None:
    """How the work grows with the size, and whether it asks the same number of questions."""
    from bench_measure import exponent

    curve = bench.curves[f"{name} by {by}"]
    points = curve["points"]
    known = [point for point in points if point.get("cpu")]
    asked = {point["queries"] for point in points}
    size = f"{points[0]['size']} to {points[-1]['size']} {by}"
    held = len(asked) == 1
    bench.lines.append(
        Line("B2", f"queries of {name}", size, max(asked) / min(asked), "its smallest", "1", held)
    )
    if len(known) < 2 or len(points) < 2:
        bench.lines.append(Line("B2", f"growth of {name}", size, None, "exponent", "0.05", None))
        return
    curve["exponent"] = exponent([p["size"] for p in known], [p["cpu"] for p in known])
    held = curve["exponent"] <= 0.05
    line = Line("B2", f"growth of {name}", size, curve["exponent"], "exponent", "0.05", held)
    bench.lines.append(line)


def _against_a_bare_page(bench: Bench) -> None:
    from bench_measure import bare_page, in_turns

    works = {**_works(bench.loaded[0]), "bare": bare_page()}
    found = in_turns(works, until=_until(bench, 0.15))
    bench.told["against a bare page"] = {name: timed.told() for name, timed in found.items()}
    size = f"{len(bench.loaded)} partnerships, {bench.years} years"
    for name in ("structure", "authority"):
        ours, floor = found[name].cpu, found["bare"].cpu
        ratio = ours / floor if ours and floor else None
        held = None if ratio is None else ratio <= 3
        bench.lines.append(Line("B1", name, size, ratio, "a bare page", "at most 3", held))


def _diaries(bench: Bench) -> None:
    from bench_diaries import measure

    _told(bench, "B7", measure(bench.seed, _until(bench, 0.25)))


def _chances(bench: Bench) -> None:
    import bench_chance
    import bench_path

    _told(bench, "B15", bench_chance.measure(bench.seed))
    _told(bench, "B15", bench_path.measure(bench.seed))


def _cases(bench: Bench) -> None:
    import bench_chronologies
    import bench_deadlines
    from bench_measure import bare_page, in_turns

    full = bench.partnerships >= FULL[0]
    many = bench_deadlines.MANY if full else bench_deadlines.QUICK
    _told(bench, "B8", bench_chronologies.measure(bench.seed, whole=full))
    page = bench_chronologies.page_of_a_case(bench.loaded[0], bench.seed, DAY)
    found = in_turns({"page": page, "bare": bare_page()}, until=_until(bench, 0.05))
    case = Line("B8", "page of a case", "2,000 events", None, "a bare page", "at most 3", None)
    _compare(bench, case, found["page"], found["bare"])
    _told(bench, "B13", bench_deadlines.measure(bench.seed, many))


def _told(bench: Bench, item: str, found: Iterable[Any]) -> None:
    for told in found:
        line = Line(item, told.what, told.size, told.ratio, told.of, told.goal, told.held)
        bench.lines.append(line)


def _reports(bench: Bench) -> None:
    from bench_reports import measure

    _told(bench, "B10", measure(bench.seed, _until(bench, 0.05)))


SAMPLE = 2_000


def _against_bare_writing(bench: Bench) -> None:
    """A row loaded is checked, written and told in the ledger; against a row written bare."""
    from bench_measure import QUIET, TOO_LOUD, in_turns

    found = in_turns(dict(_bare_writing()), until=_until(bench, 0.2))
    runs = bench.told["load"]["runs"]
    calm = [run for run in runs if run["foreign"] <= QUIET]
    calm = calm or [run for run in runs if run["foreign"] <= TOO_LOUD]
    bench.told["bare writing"] = {name: timed.told() for name, timed in found.items()}
    ours = sum(r["rows"] for r in calm) / sum(r["cpu"] for r in calm) if calm else None
    rows = f"{bench.told['load']['dated_rows']:,} dated rows"
    for name, goal in (("rows at once", 0.25), ("bulk_create", 2.5), ("save", None)):
        bare = found[name].cpu
        ratio = ours / (SAMPLE / bare) if ours and bare else None
        held = None if ratio is None or goal is None else ratio >= goal
        told = f"at least {goal}" if goal else "none"
        bench.lines.append(Line("B3", "load", rows, ratio, name, told, held))
    first, last = runs[0]["peak"], runs[-1]["peak"]
    flat = last / first
    bench.lines.append(
        Line("B3", "memory", rows, flat, "the first load", "at most 1.5", flat <= 1.5)
    )


def _bare_writing() -> Iterator[tuple[str, Any]]:
    """The same 2,000 rows of statements by the database's own means, by Django's, one by one."""
    from django.db import connection, transaction

    from concordat.domain.base.records.models import Record
    from concordat.domain.governance.arrangements.models import Statement

    home = Record.objects.filter(kind="partnership").first()

    def made() -> list[Statement]:
        told = {"topic": "Practice", "says": "A statement", "from_text": "2020-01-01"}
        return [Statement(partnership=home, key=f"bare-{n}", **told) for n in range(SAMPLE)]

    def undone(write: Any) -> Any:
        def work() -> None:
            with transaction.atomic():
                write()
                transaction.set_rollback(True)

        return work

    def at_once() -> None:
        rows = [(n, "Practice", "A statement", "2020-01-01") for n in range(SAMPLE)]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE bare (n integer, a text, b text, c text)")
            if connection.vendor == "postgresql":
                with cursor.copy("COPY bare FROM STDIN") as copy:  # type: ignore[attr-defined]
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s)", rows)
            cursor.execute("DROP TABLE bare")

    yield "rows at once", undone(at_once)
    yield "bulk_create", undone(lambda: Statement.objects.bulk_create(made()))
    yield "save", undone(lambda: [each.save(force_insert=True) for each in made()])


# --- told


HEADS = ("", "what", "size", "ratio", "to", "goal", "held")


def _cells(line: Line) -> tuple[str, ...]:
    ratio = "machine too busy" if line.ratio is None else f"{line.ratio:.2f}"
    held = {True: "yes", False: "no", None: "not told"}[line.held]
    return (line.number, line.what, line.size, ratio, line.of, line.goal, held)


def _table(bench: Bench) -> str:
    rows = [HEADS, *(_cells(line) for line in bench.lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADS))]
    told = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return f"{told}\n{bench.told.get('cut_short', '')}".rstrip()


def _as_json(bench: Bench) -> dict[str, Any]:
    lines = [dict(zip(HEADS[1:], _cells(line)[1:], strict=True)) for line in bench.lines]
    return {"lines": lines, "curves": bench.curves, **bench.told}


def _page(bench: Bench) -> str:
    """The page that docs/ keeps: ratios and curves, no seconds."""
    head = "# How fast it is\n\nDrawn by `make bench`; the last run wrote this page. "
    head += "Every number is a ratio, so that it means the same on another machine. "
    head += f"Seed {bench.seed}, {bench.told['engine']}, Django {bench.told['django']}, "
    head += f"Python {bench.told['python']}. {bench.told.get('cut_short', '')}".rstrip(". ") + ".\n"
    rows = ["| " + " | ".join(HEADS) + " |", "| " + " | ".join("---" for _ in HEADS) + " |"]
    rows += ["| " + " | ".join(_cells(line)) + " |" for line in bench.lines]
    return "\n".join([head, *rows, "", *_curves(bench)]) + "\n"


def _curves(bench: Bench) -> Iterator[str]:
    for name, curve in bench.curves.items():
        known = [point for point in curve["points"] if point.get("cpu")]
        if len(known) < 2:
            continue
        sizes = ", ".join(f'"{point["size"]}"' for point in known)
        ratios = [point["cpu"] / known[0]["cpu"] for point in known]
        yield f"## {name.capitalize()}\n\nWork at each size, as a ratio to the smallest.\n"
        yield "```mermaid\nxychart-beta\n"
        yield f"    x-axis [{sizes}]"
        yield f"    y-axis 0 --> {max(2.0, *ratios):.1f}"
        yield f"    line [{', '.join(f'{ratio:.2f}' for ratio in ratios)}]\n```\n"


if __name__ == "__main__":
    sys.exit(main())
