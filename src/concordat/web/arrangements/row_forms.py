"""What people fill in about rows that a partnership's file can hold: one form for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.base.agencies.rules import STATUTORY_CLASSES
from concordat.domain.governance.arrangements.rules.words import LIMBS
from concordat.web.ui import forms
from concordat.web.ui.often import RhythmField
from concordat.web.ui.rows import RowForm

Pairs = list[tuple[str, str]]


def said(listed: Iterable[str]) -> Pairs:
    return [(each, each[:1].upper() + each[1:]) for each in listed]


def first_day(label: str = "First day") -> forms.UncertainDateField:
    return forms.UncertainDateField(label, required=False)


def last_day() -> forms.UncertainDateField:
    return forms.UncertainDateField(
        "Last day", required=False, hint="As exact as you know it. Leave empty while it goes on"
    )


def source() -> forms.TextField:
    return forms.TextField("Where this is written", max_length=400, required=False)


def more(label: str = "More about it") -> forms.LongTextField:
    return forms.LongTextField(label, max_length=2000, rows=3, required=False)


def one_of(label: str, listed: Iterable[str], **options: Any) -> forms.SelectField:
    return forms.SelectField(label, choices=said(listed), **{"required": False, **options})


def chosen(label: str, **options: Any) -> forms.SelectField:
    """One row of a list that the page gives."""
    return forms.SelectField(label, choices=[], **{"required": False, **options})


def many(label: str, subject: str, **options: Any) -> forms.ManyField:
    return forms.ManyField(label, choices=[], subject=subject, required=False, **options)


class FootprintForm(RowForm):
    """What is shared, by whom, where and since when."""

    LINKS: ClassVar[Mapping[str, str]] = {"host": "agencies", "agreement": "agreements"}
    KEYS: ClassVar[Mapping[str, str]] = {
        "areas": "areas", "agencies": "agencies", "successor": "footprints"
    }  # fmt: skip

    name = forms.TextField("What it is called", max_length=300)
    kind = one_of("What is shared", words.FOOTPRINT_KINDS, required=True)
    state = one_of("Where it stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    areas = many("Which areas does it cover for the whole of its time?", "the areas")
    agencies = many("Which agencies share it for the whole of its time?", "the agencies")
    host = chosen("Agency that hosts or employs")
    agreement = chosen("Legal agreement behind it")
    successor = many("What took its place?", "what took its place")
    about = more("What is shared and how")
    source = source()


class CoverageForm(RowForm):
    """An area or agency that belongs to a footprint for a part of its time."""

    LINKS: ClassVar[Mapping[str, str]] = {
        "footprint": "footprints", "area": "areas", "agency": "agencies"
    }  # fmt: skip

    footprint = chosen("Footprint", required=True)
    area = chosen("Area", hint="Either an area or an agency")
    agency = chosen("Agency")
    from_text = first_day()
    to_text = last_day()
    source = source()

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if bool(told.get("area")) == bool(told.get("agency")):
            self.add_error("area" if "area" in self.fields else None, "Choose one area or agency")
        return told


class DecisionForm(RowForm):
    """A decision or approval, made or still to come."""

    LINKS: ClassVar[Mapping[str, str]] = {"agency": "agencies", "body": "bodies", "post": "posts"}
    KEYS: ClassVar[Mapping[str, str]] = {"approves": "approvable", "matters": "matters"}

    title = forms.TextField("What was or is to be decided", max_length=400)
    agency = chosen("On whose behalf")
    body = chosen("Body that decides", hint="Such as a cabinet or a governing body")
    post = chosen("Post that decides alone", hint="Only where no body does")
    state = one_of("How far it is", words.DECISION_STATES, required=True)
    date = forms.UncertainDateField("When it was or is to be decided", required=False)
    instrument = one_of("What kind of decision it is", words.INSTRUMENTS)
    reference = forms.TextField("Minute or decision number", max_length=200, required=False)
    approves = many("What does it approve?", "what it approves")
    matters = many("Which matters does it settle for that agency?", "the matters")
    outcome = more("What was decided, in words")
    conditions = forms.LongTextField("Conditions attached", max_length=1000, rows=2, required=False)
    stated_text = forms.UncertainDateField("When this became known", required=False)
    source = source()

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not (told.get("agency") or told.get("body")):
            first = next((name for name in ("agency", "body") if name in self.fields), None)
            self.add_error(first, "Choose the agency or the body that decides")
        return told


class LinkForm(RowForm):
    """What passes between the partnership and another board."""

    LINKS: ClassVar[Mapping[str, str]] = {"board": "boards"}
    KEYS: ClassVar[Mapping[str, str]] = {"who": "sides"}

    board = chosen("The other board", required=True)
    who = chosen("Our side")
    owed = forms.LongTextField("What is owed to it", max_length=2000, rows=2, required=False)
    when = RhythmField("How often", required=False)
    effect = one_of("What it does with it", words.LINK_EFFECTS)
    state = one_of("Where it stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    about = more()
    source = source()


class ReportingForm(RowForm):
    """A line from a body, seat or post to another."""

    KEYS: ClassVar[Mapping[str, str]] = {"who": "sides", "reports_to": "sides"}

    who = chosen("Who reports", required=True)
    reports_to = chosen("To whom", required=True)
    how = one_of("What the line is", words.REPORTS_AS)
    state = one_of("Where it stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    about = more("What passes along it")
    source = source()

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("who") and told.get("who") == told.get("reports_to"):
            self.add_error("reports_to", "Nobody reports to themselves: choose another")
        return told


class PostForm(RowForm):
    """A post by its title, with what it is there to do."""

    LINKS: ClassVar[Mapping[str, str]] = {"agency": "agencies", "role": "roles"}

    title = forms.TextField("Title of the post", max_length=300)
    agency = chosen("Agency that employs")
    role = chosen("Its role profile")
    status = one_of("Where the post stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    source = source()


class RoleForm(RowForm):
    """What a post is there to do, on what terms."""

    title = forms.TextField("What it is called", max_length=300)
    duties = forms.LinesField("What it does", max_length=4000, rows=4, required=False)
    requires = more("What somebody needs to bring")
    grade = forms.TextField("Grade as stated", max_length=100, width=10, required=False)
    grading = one_of("Whether the grade is settled", words.GRADING)
    hours = one_of("Full or part time", words.HOURS)
    share = forms.TextField(
        "What part of a post, and shared with whom", max_length=300, required=False
    )
    contract = one_of("On what kind of contract", words.CONTRACTS)
    state = one_of("How far the job description is", words.VERSION_STATES)
    status = one_of("Where the role itself stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    about = more()
    source = source()


class DaysField(forms.TextField):
    """Days as a decimal text, such as 8 or 0.5."""

    def clean(self, value: Any) -> str:
        told = str(super().clean(value)).strip()
        if told and not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", told):
            raise forms_error(f"{self.name_of_subject()} must be a number, such as 8 or 0.5")
        return told.rstrip("0").rstrip(".") if "." in told else told


def forms_error(told: str) -> Exception:
    from django.core.exceptions import ValidationError

    return ValidationError(told)


class RolePhaseForm(RowForm):
    """Days that a role is needed in one phase."""

    LINKS: ClassVar[Mapping[str, str]] = {"role": "roles"}

    role = chosen("Role", required=True)
    phase = forms.TextField("Which phase", max_length=200)
    days_from = DaysField("Days, at least", max_length=20, width=5, required=False)
    days_to = DaysField("Days, at most", max_length=20, width=5, required=False)
    per = one_of("Days in each", ("week", "month", "year", "review"))
    lasts = forms.TextField("How long the phase lasts, as stated", max_length=200, required=False)
    from_text = first_day()
    to_text = last_day()
    source = source()

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        least, most = told.get("days_from"), told.get("days_to")
        if least and most and float(least) > float(most):
            self.add_error("days_to", "The most must not be less than the least")
        return told


class EquivalenceForm(RowForm):
    """Posts of different agencies that count as the same level or role."""

    LINKS: ClassVar[Mapping[str, str]] = {"body": "bodies"}
    KEYS: ClassVar[Mapping[str, str]] = {"posts": "posts"}

    level = forms.TextField(
        "What they are equal as", max_length=300, hint="Such as head of service, or panel member"
    )
    posts = forms.ManyField("Which posts?", choices=[], subject="the posts")
    body = chosen("For which body", hint="Leave empty if it holds everywhere")
    agreed_by = forms.TextField("Who says so", max_length=300, required=False)
    source = source()

    def clean_posts(self) -> list[str]:
        told: list[str] = self.cleaned_data["posts"]
        if len(told) < 2:
            raise forms_error("Choose at least two posts")
        return told


class MatterForm(RowForm):
    """What somebody must be able to decide."""

    KEYS: ClassVar[Mapping[str, str]] = {"reserved_to": "bodies"}

    title = forms.TextField("What is to be decided", max_length=400)
    classes = forms.ManyField(
        "Whose matter is it?",
        choices=said(each.value for each in STATUTORY_CLASSES),
        subject="whose matter it is",
        required=False,
        hint="Choose none if it is for every statutory partner",
    )
    reserved_to = many(
        "Which bodies keep it to themselves?",
        "the bodies that keep it",
        hint="Nobody may then decide it by a delegation alone",
    )
    law = forms.TextField("The law that says whose it is", max_length=400, required=False)
    about = more()
    source = source()


class AgreementForm(RowForm):
    """A legal or written agreement."""

    LINKS: ClassVar[Mapping[str, str]] = {"host": "agencies"}
    KEYS: ClassVar[Mapping[str, str]] = {"agencies": "agencies"}

    title = forms.TextField("What it is called", max_length=400)
    kind = one_of("What it is", words.AGREEMENT_KINDS)
    agencies = many("Who has agreed?", "who has agreed")
    host = chosen("Agency that hosts or leads")
    state = one_of("How far it is", words.VERSION_STATES)
    from_text = first_day()
    to_text = last_day()
    review_on = forms.UncertainDateField("When it is looked at again", required=False)
    about = more("What it settles")
    source = source()


class StatementForm(RowForm):
    """Something that the arrangements or a paper say."""

    LINKS: ClassVar[Mapping[str, str]] = {"arrangements": "versions"}

    topic = forms.TextField("What it is about", max_length=300)
    says = forms.LongTextField("What is said", max_length=4000, rows=4)
    arrangements = chosen("Version that says so")
    law = forms.TextField("Law or guidance that it relies on", max_length=400, required=False)
    from_text = first_day()
    to_text = last_day()
    source = source()


class RelevantAgencyForm(RowForm):
    """An agency or a kind of agency, and why it takes part."""

    LINKS: ClassVar[Mapping[str, str]] = {"agency": "agencies", "arrangements": "versions"}

    name = forms.TextField("Agency or kind of agency", max_length=400)
    agency = chosen("The agency itself", hint="If it is on record here")
    agency_class = one_of("Its class", words.CLASSES)
    basis = forms.ChoiceField("On what basis?", choices=said(words.BASES), subject="the basis")
    law = forms.TextField("The law that makes it relevant", max_length=400, required=False)
    represented_by = forms.TextField("Who speaks for it", max_length=300, required=False)
    arrangements = chosen("Version of the arrangements that names it")
    from_text = first_day("Since when")
    to_text = last_day()
    source = source()


class PartnerForm(RowForm):
    """An agency as a statutory partner, with who answers and who acts for it."""

    LINKS: ClassVar[Mapping[str, str]] = {
        "agency": "statutory", "area": "areas", "accountable": "posts", "delegate": "posts"
    }  # fmt: skip

    agency = chosen("Agency", required=True)
    partner_class = one_of(
        "As which class", words.STATUTORY_CLASSES, required=True, subject="the class"
    )
    area = chosen("For which area", hint="Only where its area is not the partnership’s")
    accountable = chosen("Post that stays accountable", hint="The lead partner")
    delegate = chosen("Post that acts for it", hint="The delegated partner")
    from_text = first_day("Since when")
    to_text = last_day()
    source = source()


class FindingForm(RowForm):
    """Something about a source itself."""

    finding = forms.LongTextField("What was found", max_length=2000, rows=3)
    kind = one_of("What sort of finding", words.FINDING_KINDS)
    against = forms.LongTextField(
        "What it is measured against, with its source", max_length=1000, rows=2, required=False
    )
    source = source()


class DelegationForm(RowForm):
    """What a delegation says, but for who gave it to whom: that is another delegation."""

    LINKS: ClassVar[Mapping[str, str]] = {"decision": "decisions"}
    KEYS: ClassVar[Mapping[str, str]] = {"matters": "matters", "reserved": "matters"}

    limbs = forms.ManyField(
        "What may they do?", choices=list(LIMBS.items()), subject="what they may do"
    )
    matters = many("In which matters?", "the matters", hint="None if it holds for every matter")
    reserved = many("Which matters are kept back?", "the matters kept back")
    limit = forms.MoneyField(
        "The most they may commit", required=False, hint="Only where it commits resources"
    )
    limit_words = forms.LongTextField(
        "Other limits, as stated", max_length=1000, rows=2, required=False
    )
    instrument = one_of("What it rests on", words.INSTRUMENTS, required=True)
    instrument_title = forms.TextField(
        "Title and reference of that instrument", max_length=400, required=False
    )
    decision = chosen("Decision that gave it")
    state = one_of("Where it stands", words.STANDING)
    from_text = first_day()
    to_text = last_day()
    source = source()
