"""Choosing one option from each group at the least price, where groups depend on one another.

CP-SAT is exact: it proves its choice or says how far from the best it may be. Prices are whole
numbers. The library is large and is imported when something is solved, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar


@dataclass(frozen=True, slots=True)
class Spacing:
    """Two groups whose days should lie `ideal` apart: `weight` for each day more or less.

    Less than `least` days apart is not allowed. A group without a choice is spaced from nothing.
    """

    one: int
    other: int
    ideal: int
    least: int
    weight: int


@dataclass(frozen=True, slots=True)
class Together:
    """Two options (group, number) at once: at a price, or not at all where `price` is None."""

    one: tuple[int, int]
    other: tuple[int, int]
    price: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """`prices` and `days` of each option of each group; `skips` is the price of none of them.

    `burdens` are, for each person, weights by option: `fairness` times the greatest sum of any
    one person is added to the price.
    """

    prices: Sequence[Sequence[int]]
    days: Sequence[Sequence[int]]
    skips: Sequence[int]
    spacings: Sequence[Spacing] = ()
    together: Sequence[Together] = ()
    burdens: Sequence[Mapping[tuple[int, int], int]] = ()
    fairness: int = 0


@dataclass(frozen=True, slots=True)
class Solution:
    """An option of each group, or None for none. `bound` is what no choice can be under."""

    choice: tuple[int | None, ...]
    price: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.bound >= self.price


Progress = Callable[[int, int], None]
"""Called with the price of each better choice and the bound at that moment."""


def choose(
    problem: Problem, *, seconds: float, seed: int, progress: Progress | None = None
) -> Solution | None:
    """The cheapest choice found in so many seconds; None where there is none or none was found.

    One worker and a seed: the same problem gives the same choice on every machine that has time
    to prove it.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = _choices(model, problem)
    terms = [price * taken[g][i] for g, row in enumerate(problem.prices) for i, price in _at(row)]
    terms += [skip * taken[g][-1] for g, skip in enumerate(problem.skips)]
    terms += [_spaced(model, problem, taken, each) for each in problem.spacings]
    terms += _at_once(model, problem, taken)
    if problem.fairness and problem.burdens:
        terms.append(problem.fairness * _greatest(model, problem, taken))
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    status = solver.solve(model, _heard(progress) if progress else None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return _solution(solver, taken)


def _at(row: Sequence[int]) -> Sequence[tuple[int, int]]:
    return list(enumerate(row))


def _choices(model: CpModel, problem: Problem) -> list[list[IntVar]]:
    """For each group one truth for each option, and a last one for none."""
    taken = [
        [model.new_bool_var(f"{g} {i}") for i in range(len(row) + 1)]
        for g, row in enumerate(problem.prices)
    ]
    for row in taken:
        model.add_exactly_one(row)
    return taken


def _spaced(model: CpModel, problem: Problem, taken: list[list[IntVar]], each: Spacing) -> Any:
    """The price of the days between two groups, counted only where both are chosen."""
    days = [*problem.days[each.one], *problem.days[each.other]]
    widest = (max(days) - min(days) if days else 0) + each.ideal
    off = model.new_int_var(0, widest, "off")
    gap = _day(problem, taken, each.other) - _day(problem, taken, each.one)
    both = [taken[each.one][-1].negated(), taken[each.other][-1].negated()]
    model.add(gap >= each.least).only_enforce_if(*both)
    model.add(off >= gap - each.ideal).only_enforce_if(*both)
    model.add(off >= each.ideal - gap).only_enforce_if(*both)
    return each.weight * off


def _day(problem: Problem, taken: list[list[IntVar]], group: int) -> Any:
    pairs = zip(problem.days[group], taken[group], strict=False)
    return sum(day * each for day, each in pairs)


def _at_once(model: CpModel, problem: Problem, taken: list[list[IntVar]]) -> list[Any]:
    terms = []
    for pair in problem.together:
        one, other = (taken[group][number] for group, number in (pair.one, pair.other))
        if pair.price is None:
            model.add_bool_or(one.negated(), other.negated())
            continue
        both = model.new_bool_var("both")
        model.add_bool_or(one.negated(), other.negated(), both)
        terms.append(pair.price * both)
    return terms


def _greatest(model: CpModel, problem: Problem, taken: list[list[IntVar]]) -> IntVar:
    most = max(sum(weights.values()) for weights in problem.burdens)
    greatest = model.new_int_var(0, most, "greatest")
    for weights in problem.burdens:
        borne = sum(weight * taken[group][number] for (group, number), weight in weights.items())
        model.add(greatest >= borne)
    return greatest


def _solution(solver: Any, taken: list[list[IntVar]]) -> Solution:
    choice = []
    for row in taken:
        number = next(i for i, each in enumerate(row) if solver.boolean_value(each))
        choice.append(None if number == len(row) - 1 else number)
    price, bound = round(solver.objective_value), solver.best_objective_bound
    return Solution(tuple(choice), price, min(price, round(bound + 0.499)))


def _heard(progress: Progress) -> Any:
    from ortools.sat.python import cp_model

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            progress(round(self.objective_value), round(self.best_objective_bound))

    return Told()
