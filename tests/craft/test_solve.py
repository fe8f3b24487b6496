"""The cheapest choice, its proof, and what the solver costs until it is needed: nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from concordat.craft import solve
from concordat.craft.solve import Problem, Spacing, Together

PLAIN = Problem(prices=[[3, 1], [2, 5]], days=[[0, 10], [20, 40]], skips=[100, 100])


def chosen(problem: Problem, seed: int = 1) -> tuple[tuple[int | None, ...], int]:
    found = solve.choose(problem, seconds=20, seed=seed)
    assert found is not None
    assert found.proven
    return found.choice, found.price


@pytest.mark.long
@pytest.mark.parametrize(
    ("changes", "choice", "price"),
    [
        ({}, (1, 0), 3),
        ({"spacings": [Spacing(0, 1, ideal=40, least=0, weight=1)]}, (0, 1), 8),
        ({"spacings": [Spacing(0, 1, ideal=10, least=15, weight=0)]}, (0, 0), 5),
        ({"together": [Together((0, 1), (1, 0), None)]}, (0, 0), 5),
        ({"together": [Together((0, 1), (1, 0), 1)]}, (1, 0), 4),
        ({"burdens": [{(0, 1): 4}, {(1, 0): 1}], "fairness": 1}, (0, 0), 6),
        ({"skips": [0, 100]}, (None, 0), 2),
    ],
)
def test_the_cheapest_choice(
    changes: dict[str, object], choice: tuple[int | None, ...], price: int
) -> None:
    assert chosen(replace(PLAIN, **changes)) == (choice, price)  # type: ignore[arg-type]


def test_a_group_without_options_has_none() -> None:
    assert chosen(Problem(prices=[[], [2]], days=[[], [3]], skips=[7, 9])) == ((None, 0), 9)


def test_the_same_seed_gives_the_same_choice() -> None:
    even = Problem(prices=[[1] * 6] * 4, days=[list(range(6))] * 4, skips=[50] * 4)
    assert chosen(even, 7) == chosen(even, 7)


def test_progress_is_told() -> None:
    heard: list[tuple[int, int]] = []
    solve.choose(PLAIN, seconds=20, seed=1, progress=lambda *told: heard.append(told))
    assert heard[-1][0] == 3


def test_the_solver_is_not_loaded_before_it_is_needed() -> None:
    asked = "import sys, concordat.craft.solve; print('ortools' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "False"
