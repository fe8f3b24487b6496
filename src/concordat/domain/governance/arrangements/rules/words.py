"""The closed lists of words that say what is delegated and on what it rests."""

from collections.abc import Sequence

from concordat.kernel.labels import join_words

LIMBS = {
    "speak for the body": "Speak for the body",
    "commit on policy": "Commit it on policy",
    "commit on resources": "Commit it on resources",
    "commit on practice": "Commit it on practice",
    "hold the body to account": "Hold the body to account",
}
INSTRUMENTS = (
    "cabinet decision", "mayoral decision", "council scheme of delegation",
    "governing body resolution", "board resolution", "police internal delegation",
    "mayor's office decision", "officer decision", "scheme of reservation and delegation",
    "commissioner's scheme of consent", "legal agreement", "letter", "published arrangements",
    "not stated", "none on record",
)  # fmt: skip
NONE_ON_RECORD = "none on record"
BASES = ("schedule", "voluntary", "invited only", "not stated")
EFFECTS = ("decides", "advises", "notes", "assures", "not stated")


DELEGATES = {"post": "title", "seat": "role", "person": "name"}
"""The three that power can be handed to, each with the field that says what it is called."""


def called(agency: str, to: str) -> str:
    """What a delegation is called: who handed power to whom, by what each is called."""
    return f"Delegation of {agency} to {to}"[:300]


def limbs_in_short(limbs: Sequence[str]) -> str:
    """Speak; commit on policy, resources and practice; hold to account."""
    commits = [each.removeprefix("commit on ") for each in limbs if each.startswith("commit on ")]
    told = [
        "speak" if "speak for the body" in limbs else "",
        f"commit on {join_words(commits)}" if commits else "",
        "hold to account" if "hold the body to account" in limbs else "",
    ]
    text = "; ".join(part for part in told if part)
    return text[:1].upper() + text[1:]
