"""Matters that one agency tells another of, and where a row names one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from concordat.domain.practice.chronologies.rules.likeness import Said
from concordat.domain.practice.chronologies.rules.rows import Row

MATTERS: dict[str, str] = {
    "an injury": "bruis* fractur* burn burns burnt scald* injur* bleed* swelling swollen wound* "
    "black_eye mark_on marks_on mark_to marks_to bite_mark broken_arm broken_leg broken_rib "
    "broken_bone non-accidental lacerat* concuss* haematoma dislocat* choked choking red_mark "
    "slap_mark cut_to cuts_to",
    "domestic abuse": "domestic_abuse domestic_violence domestic_incident strangl* coercive marac "
    "non-molestation assaulted_mother assaulted_the_mother assaulted_his assaulted_her dv dva "
    "domestic_assault domestic_dispute domestic_argument domestic_disturbance",
    "violence or a weapon": "assault* stabb* knife knives weapon* gun firearm* punch* kicked "
    "threaten* attack* hit_him hit_her hit_the_child hit_by hit_with slapp* smack* beaten shook "
    "shaken",
    "sexual harm": "sexual* rape* indecent* exploit* grooming groomed pregnan* cse csa "
    "sex_offender sex_offenders",
    "neglect": "neglect* unkempt malnourish* hungry weight_loss failing_to_thrive faltering "
    "left_alone unsupervised home_conditions dirty squalid underweight not_brought",
    "drugs or alcohol": "drug drugs cannabis cocaine heroin alcohol* intoxicat* drunk overdos* "
    "substance_misuse substance_use",
    "self-harm": "self-harm* self_harm* suicid* overdos* cut_himself cut_herself ligature*",
    "mental ill-health": "psychosis psychotic sectioned crisis_team depress* postnatal_depression "
    "low_mood delusion* hearing_voices psychiatric",
    "going missing": "missing abscond* ran_away whereabouts not_returned failed_to_return",
    "an arrest": "arrest* charged bail bailed in_custody sex_offender remanded prison probation",
    "being told of harm": "disclos* alleg* safeguarding_referral child_protection section_47 "
    "strategy_meeting strategy_discussion mash_referral referred_to_mash",
    "a change at home": "evict* homeless* moved_in moved_house moved_address changed_address "
    "new_partner new_boyfriend new_girlfriend temporary_accommodation moved_out",
}
"""Matters that other agencies would need to know of, each as the words that name it: * stands
for any ending, _ for a space."""

_DENIED = re.compile(r"\b(no|not|nil|never|without|den(y|ies|ied)|negative for)\b[^.;,]{0,40}$")
_FIRST_WORD = re.compile("[a-z]+")


def _form(words: str) -> re.Pattern[str]:
    said = (re.escape(word).replace(r"\*", r"\w*").replace("_", " ") for word in words.split())
    return re.compile(rf"\b(?:{'|'.join(said)})\b")


_FORMS = {matter: _form(words) for matter, words in MATTERS.items()}
_STARTS = [
    (re.split("[^a-z]", word)[0], word.endswith("*"), matter)
    for matter, words in MATTERS.items()
    for word in words.split()
]


@lru_cache(maxsize=131_072)
def named_beside(comment: str) -> tuple[str, ...]:
    return matters_in(comment)


@lru_cache(maxsize=262_144)
def _begun_by(word: str) -> tuple[str, ...]:
    """The matters that a word may begin to name."""
    return tuple(
        dict.fromkeys(
            matter
            for start, open_, matter in _STARTS
            if word == start or (open_ and word.startswith(start))
        )
    )


def matters_in(text: str, words: Iterable[str] | None = None) -> tuple[str, ...]:
    """The matters that a text names and does not deny, in the order of the list.

    `words` are those of its words that may begin to name one, where they are known already.
    """
    lower = text.lower()
    found = _FIRST_WORD.findall(lower) if words is None else words
    begun = {matter for word in found for matter in _begun_by(word)}
    if not begun:
        return ()
    return tuple(m for m, form in _FORMS.items() if m in begun and _named(form, lower))


def matters_by_row(rows: Sequence[Row], words: Mapping[int, Said]) -> dict[int, tuple[str, ...]]:
    """The matters that each row names, by its arrival."""
    every = frozenset[str]().union(*(each.every for each in words.values()))
    begin = frozenset(filter(_begun_by, every))
    known: dict[str, tuple[str, ...]] = {}
    found = {}
    for row in rows:
        if hits := words[row.arrival].every & begin:
            text = row.words
            if text not in known:
                known[text] = matters_in(text, hits)
            found[row.arrival] = known[text]
    return found


def _named(form: re.Pattern[str], said: str) -> bool:
    return any(
        not _DENIED.search(said, max(0, found.start() - 60), found.start())
        for found in form.finditer(said)
    )
