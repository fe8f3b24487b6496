"""The scheme of a register: its words for likelihood and impact, and what they come to.

No law says how a partnership scores its risks: councils write High, Medium and Low, health
bodies multiply likelihood by consequence, each 1 to 5, and band the product 1-3 low, 4-6
moderate, 8-12 high, 15-25 extreme (National Patient Safety Agency, 2008). A score belongs to its
scheme and is never turned into one of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words

MOST_STEPS = 10
SHADES = 4
LONGEST_STEP = 60
_BAND = re.compile(r"\s*(\d{1,3})\s*(?:(?:-|–|to)\s*(\d{1,3}))?\s+(\S.*?)\s*")


@dataclass(frozen=True, slots=True)
class Band:
    """A word for the products from `least` to `most`."""

    word: str
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least} to {self.most} {self.word}"


@dataclass(frozen=True, slots=True)
class Score:
    """What one likelihood and one impact come to. Places count from 1, the lowest.

    `points` is the product where the scheme multiplies, `band` its word; else both are empty.
    """

    likelihood: str
    impact: str
    up: int
    across: int
    points: int | None = None
    band: str = ""

    @property
    def rank(self) -> int:
        """By what risks of one register are ordered: the product, or impact before likelihood."""
        first = self.points if self.points is not None else self.across
        second = self.across if self.points is not None else self.up
        return first * 100 + second

    @property
    def words(self) -> str:
        told = f"{self.likelihood} likelihood, {self.impact} impact"
        if self.points is None:
            return told
        return f"{self.points} {self.band} ({told})".replace("  ", " ")

    @property
    def short(self) -> str:
        """For a narrow cell: the product with its band, or the two words."""
        if self.points is not None:
            return f"{self.points} {self.band}".strip()
        return f"{self.likelihood} / {self.impact}"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register's own words, lowest first. It multiplies where it has bands."""

    likelihoods: tuple[str, ...] = ()
    impacts: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def is_stated(self) -> bool:
        return bool(self.likelihoods and self.impacts)

    @property
    def multiplies(self) -> bool:
        return bool(self.bands)

    @property
    def name(self) -> str:
        if not self.is_stated:
            return "No scheme is stated"
        if self.multiplies:
            return f"{len(self.likelihoods)} by {len(self.impacts)}, multiplied"
        if self.likelihoods == self.impacts:
            return f"{join_words(self.likelihoods)}, in words"
        both = f"likelihood {join_words(self.likelihoods)}; impact {join_words(self.impacts)}"
        return f"Words: {both}"

    def score(self, likelihood: str, impact: str) -> Score:
        """What these two come to. Capitals do not matter; the scheme's own writing is kept.

        Raises `Invalid` naming the scheme's values for a word that is none of them.
        """
        if not self.is_stated:
            raise Invalid(
                "This register states no scheme yet.",
                field="likelihood",
                mend="Give it its words for likelihood and impact first.",
            )
        up = place("likelihood", likelihood, self.likelihoods)
        across = place("impact", impact, self.impacts)
        points = up * across if self.multiplies else None
        return Score(
            self.likelihoods[up - 1],
            self.impacts[across - 1],
            up,
            across,
            points,
            self.band_of(points),
        )

    def find(self, likelihood: str, impact: str) -> Score | None:
        """The score, or None where there is none or it is outside the scheme."""
        try:
            return self.score(likelihood, impact) if likelihood and impact else None
        except Invalid:
            return None

    def band_of(self, points: int | None) -> str:
        found = (band.word for band in self.bands if points and band.least <= points <= band.most)
        return next(found, "")

    def shade(self, up: int, across: int) -> int:
        """How dark a cell is, from 1 to 4: by its band, or by its place in the grid alone."""
        if self.multiplies:
            words = [band.word for band in self.bands]
            place, most = words.index(self.band_of(up * across)) + 1, len(words)
        else:
            place = up + across - 1
            most = len(self.likelihoods) + len(self.impacts) - 1
        return max(1, -(-place * SHADES // most))


def place(field: str, told: str, words: Sequence[str]) -> int:
    """Which of the words is meant, counted from 1."""
    bare = told.strip().casefold()
    for place, word in enumerate(words, 1):
        if bare == word.casefold():
            return place
    named = f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
    raise Invalid(
        f"“{told.strip()}” is not a word for {field} in this register’s scheme."
        if bare
        else f"There is no {field}.",
        field=field,
        mend=f"Give {named}.",
    )


def scheme(likelihoods: Sequence[str], impacts: Sequence[str], bands: Sequence[str] = ()) -> Scheme:
    """A scheme from its words. Raises `Invalid` for words that cannot be one."""
    for field, words in (("likelihoods", likelihoods), ("impacts", impacts)):
        _check_words(field, words)
    if bool(likelihoods) != bool(impacts):
        missing = "impacts" if likelihoods else "likelihoods"
        raise Invalid(
            f"There are no words for {missing[:-1]}.", field=missing, mend="Give both, or neither."
        )
    return Scheme(
        tuple(likelihoods),
        tuple(impacts),
        _bands(bands, len(likelihoods), len(impacts)),
    )


def kept(likelihoods: Sequence[str], impacts: Sequence[str], bands: Sequence[str]) -> Scheme:
    """A scheme as it was kept, which a partnership file may leave unfinished: bands that do not
    cover it are left out, so that nothing is multiplied by mistake."""
    try:
        return scheme(likelihoods, impacts, bands)
    except Invalid:
        return Scheme(tuple(likelihoods), tuple(impacts))


def _check_words(field: str, words: Sequence[str]) -> None:
    folded = [word.strip().casefold() for word in words]
    twice = next((word for word in folded if folded.count(word) > 1), "")
    if twice:
        raise Invalid(f"“{twice}” stands there twice.", field=field, mend="Keep one of them.")
    if words and not 2 <= len(words) <= MOST_STEPS:
        raise Invalid(
            f"There {'is 1 word' if len(words) == 1 else f'are {len(words)} words'}.",
            field=field,
            mend=f"A scheme has from 2 to {MOST_STEPS} of them, lowest first.",
        )
    if long := next((word for word in words if len(word) > LONGEST_STEP), ""):
        raise Invalid(
            f"“{long[:20]}…” is {len(long)} characters long.",
            field=field,
            mend=f"Use {LONGEST_STEP} or fewer.",
        )


def _bands(told: Sequence[str], ups: int, acrosses: int) -> tuple[Band, ...]:
    """Bands that cover every product once, lowest first."""
    found = sorted((_band(each) for each in told), key=lambda band: band.least)
    if not found:
        return ()
    products = sorted(
        {up * across for up in range(1, ups + 1) for across in range(1, acrosses + 1)}
    )
    for points in products:
        in_bands = [band for band in found if band.least <= points <= band.most]
        if len(in_bands) != 1:
            where = "in no band" if not in_bands else "in two bands"
            raise Invalid(
                f"{points} is {where}.",
                field="bands",
                mend=f"Every product from 1 to {ups * acrosses} stands in one band.",
            )
    return tuple(found)


def _band(told: str) -> Band:
    found = _BAND.fullmatch(told)
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise Invalid(
            f"“{told}” is no band.", field="bands", mend="Write one as “15 to 25 extreme”."
        )
    return Band(found[3], int(found[1]), int(found[2] or found[1]))


WORDS_OF_THREE = ("LOW", "MEDIUM", "HIGH")
NHS_LIKELIHOODS = ("1 Rare", "2 Unlikely", "3 Possible", "4 Likely", "5 Almost certain")
NHS_IMPACTS = ("1 Negligible", "2 Minor", "3 Moderate", "4 Major", "5 Catastrophic")
NHS_BANDS = ("1 to 3 low", "4 to 6 moderate", "8 to 12 high", "15 to 25 extreme")
READY: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "words": (WORDS_OF_THREE, WORDS_OF_THREE, ()),
    "five": (NHS_LIKELIHOODS, NHS_IMPACTS, NHS_BANDS),
}
"""Schemes that a new register may begin with: likelihoods, impacts, bands."""
