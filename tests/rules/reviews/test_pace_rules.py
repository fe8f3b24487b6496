"""How far each step of a day plan has come, by what the record tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.practice.reviews.rules.duties import OLD_PACE, PACE, Planned
from concordat.domain.practice.reviews.rules.pace import Come, Standing, paced

TODAY = date(2019, 5, 14)
WHOLE = Come(
    asked=3, answered=3, safe=True, put=True, panel_on=TODAY, decided=True, signed=3, wanted=3,
    sent_on=TODAY,
)  # fmt: skip


def stands(key: str, come: Come, *, days: int = 1) -> tuple[Standing, str]:
    step = next(each for each in (*PACE, *OLD_PACE) if each.key == key)
    found = paced([Planned(step, TODAY + timedelta(days=days))], come, TODAY)
    return found[0].standing, found[0].words


@pytest.mark.parametrize(
    ("key", "come", "standing", "words"),
    [
        ("ask", Come(), Standing.OPEN, "Nobody was asked"),
        ("ask", Come(asked=4), Standing.DONE, "4 asked"),
        ("answers", Come(), Standing.OPEN, "Nobody was asked"),
        ("answers", Come(asked=4), Standing.OPEN, "0 of 4 answered"),
        ("answers", Come(asked=4, answered=1, late=2, refused=1), Standing.GOES_ON,
         "1 of 4 answered, 2 late and 1 refused"),
        ("answers", Come(asked=2, answered=2), Standing.DONE, "2 of 2 answered"),
        ("safe", Come(), Standing.OPEN, "Not written in the rapid review"),
        ("read", Come(put=True), Standing.DONE, "On an agenda"),
        ("panel", Come(put=True), Standing.GOES_ON, "No day yet"),
        ("panel", Come(put=True, panel_on=TODAY + timedelta(days=1)), Standing.GOES_ON,
         "A meeting is called"),
        ("panel", Come(put=True, panel_on=TODAY), Standing.DONE, "The day has come"),
        ("sign", Come(decided=True, signed=1, wanted=3), Standing.GOES_ON, "1 of 3 signed"),
        ("sign", Come(decided=True), Standing.GOES_ON, "0 of 0 signed"),
        ("decide", Come(), Standing.OPEN, "Not decided"),
        ("decide", Come(decided=True), Standing.DONE, "Decided"),
        ("send", Come(), Standing.OPEN, "Not sent"),
    ],
)  # fmt: skip
def test_a_step_stands_by_what_is_on_record(
    key: str, come: Come, standing: Standing, words: str
) -> None:
    assert stands(key, come) == (standing, words)


def test_what_is_not_done_by_its_day_is_behind_the_plan() -> None:
    assert stands("sign", Come(decided=True, signed=2, wanted=3), days=-1)[0] is Standing.LATE
    assert stands("sign", replace(WHOLE, signed=2), days=0)[0] is Standing.GOES_ON


@pytest.mark.parametrize("pace", [PACE, OLD_PACE])
def test_every_step_is_done_in_the_end(pace: tuple[object, ...]) -> None:
    steps = [Planned(each, TODAY) for each in pace]  # type: ignore[arg-type]
    assert {each.standing for each in paced(steps, WHOLE, TODAY)} == {Standing.DONE}
    assert Standing.DONE not in {each.standing for each in paced(steps, Come(), TODAY)}
