"""Every component draws what it is given, escapes it, and refuses to be given too little."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as some

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Stale
from concordat.web import ui
from concordat.web.templatetags.ui import MOST_IN_A_ROW, register
from concordat.web.ui import govuk, samples, states, words
from concordat.web.ui.paging import MOST_ROWS, page_of
from concordat.web.ui.parts import Chip, Column, Fact, Filters, Link, Moment, Step, Task
from concordat.web.ui.states import Progress, Tone
from concordat.web.ui.tables import Crooked
from tests.markup import faults_of

TODAY = date(2019, 3, 29)
HOSTILE = samples.HOSTILE
TEMPLATES = Path(str(ui.__file__)).parents[1] / "templates"
WHOLE = ["/ui", "/ui/form", "/ui/sketch/home", "/ui/sketch/meeting"]
WHOLE += [f"/ui/page/{name}" for name in samples.whole_pages()]


def drawn(source: str, **context: Any) -> str:
    """A template that has loaded the tags, drawn."""
    return Template("{% load ui %}" + source).render(Context({"today": TODAY} | context))


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def words_in(html: str) -> str:
    return " ".join(" ".join(tree(html).itertext()).split())


@pytest.mark.django_db
@pytest.mark.parametrize("address", WHOLE)
def test_a_page_parses_cleanly_and_carries_nothing_inline(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert faults_of(answer.content.decode()) == []


def test_the_living_pages_draw_every_tag_that_is_registered() -> None:
    folders = (TEMPLATES, TEMPLATES / "ui", TEMPLATES / "ui/living")
    sources = "".join(
        path.read_text("utf-8") for folder in folders for path in folder.glob("*.html")
    )
    assert [name for name in register.tags if f"{{% {name} " not in sources] == []


STATES = {
    "/ui": [
        *(str(each) for kind in (states.Status, Progress, states.Running) for each in kind),
        "Due today",
        "working days left",
        "working days overdue",
        "Start date needed to work this out",
        "Overdue by 2 days",
        "2 working days left",
        "You do not have access to this part",
        "Last updated 41 days ago",
        "It cannot be edited",
        "Not saved: 2 invitations",
        "could not be loaded",
        "No actions match these filters",
        "They come from decisions and reviews",
        "There is a problem",
        "What is saved now",
        "winter 2018/19",
        "More",
    ],
    "/ui/sketch/meeting": ["THSCP-M-0012", "Send the pack"],
    "/ui/page/record": ["THSCP-R-0042", "Restricted: the people who work on it", "Give access"],
    "/ui/page/filtered": ["Remove this filter: State: Overdue", "Previous", "The last page"],
    "/ui/page/confirm": ["never changed", "Record decision", "Change"],
    "/ui/page/interruption": ["Go back to the agenda"],
    "/ui/page/conflict-in-form": ["Keep mine", "Take theirs"],
}
"""What stands on the living pages, so that no state of a component is undrawn."""


@pytest.mark.django_db
@pytest.mark.parametrize("address", STATES)
def test_the_living_pages_show_every_state(client: Client, address: str) -> None:
    page = words_in(client.get(address).content.decode())
    assert [words for words in STATES[address] if words not in page] == []


HALF_GIVEN = [
    "{% button %}",
    "{% back_link %}",
    "{% tag %}",
    "{% contextual_date %}",
    "{% clock 'x' href='#' sentence='' left=1 due=today %}",
    "{% table %}{% endtable %}",
    "{% table 'Caption' 'What' %}{% endtable %}",
    "{% summary_list %}",
    "{% fact %}{% endfact %}",
    "{% timeline %}",
    "{% progress_tracker 'x' %}",
    "{% task_list %}",
    "{% items %}{% enditems %}",
    "{% item %}{% enditem %}",
    "{% sub_navigation 'x' %}",
    "{% identity_bar 'x' %}{% endidentity_bar %}",
    "{% filter_panel form %}",
    "{% pagination page %}",
    "{% figure svg title='x' %}{% endfigure %}",
    "{% empty_state %}",
    "{% no_result filters %}",
    "{% restricted_note owner='x' %}",
    "{% stale_note today %}",
    "{% locked_note by='x' %}",
    "{% partial_note saved=x %}",
    "{% could_not_load 'x' %}",
    "{% conflict %}",
    "{% callout 'x' %}{% endcallout %}",
    "{% interruption_card 'x' go_on='y' %}{% endinterruption_card %}",
    "{% confirmation_panel 'x' %}{% endconfirmation_panel %}",
    "{% confirm_page rows form %}",
    "{% page_form form %}",
    "{% error_summary %}",
    "{% section_title %}",
    "{% details %}{% enddetails %}",
    "{% aside_section %}{% endaside_section %}",
]


def test_no_tag_that_needs_something_goes_untried() -> None:
    """A tag without required arguments has nothing to leave out."""
    tried = {source.split()[1] for source in HALF_GIVEN}
    assert set(register.tags) - tried == {
        "facts",
        "govuk",
        "govukblock",
        "notification",
        "what_is_this",
    }


@pytest.mark.parametrize("source", HALF_GIVEN)
def test_a_missing_argument_is_an_error_before_anything_is_drawn(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="did not receive value"):
        Template("{% load ui %}" + source)


ROWS = "<tr><td>{{ bad }}</td><td>{{ bad }}</td></tr>"
EVERY_TEXT = [
    "{% button bad name=bad value=bad %}",
    "{% button bad href=bad kind='secondary' %}",
    "{% back_link bad bad %}",
    "{% tag 'Done' bad %}",
    "{% clock bad href=bad sentence=bad left=3 due=today explain=bad action=bad action_href=bad %}",
    "{% table bad bad bad empty='x' show='caption' layout='wide' %}" + ROWS + "{% endtable %}",
    "{% table bad bad empty=bad %}{% endtable %}",
    "{% summary_list facts %}",
    "{% facts %}{% fact bad change=bad %}{{ bad }}{% endfact %}{% endfacts %}",
    "{% timeline moments %}",
    "{% progress_tracker bad steps %}",
    "{% task_list tasks prefix='x' %}",
    "{% items label=bad %}{% item bad number=bad href=bad side=bad state='Done' state_text=bad %}"
    "{{ bad }}{% enditem %}{% enditems %}",
    "{% sub_navigation bad links %}",
    "{% identity_bar bad reference=bad meta=bad restricted=bad %}{{ bad }}{% endidentity_bar %}",
    "{% pagination page what=bad %}",
    "{% figure bad title=bad sentence=bad csv=bad %}{{ bad }}{% endfigure %}",
    "{% empty_state sentence=bad action=bad href=bad %}",
    "{% no_result filters what=bad %}",
    "{% restricted_note owner=bad ask=bad %}",
    "{% stale_note today by=bad action=bad href=bad %}",
    "{% locked_note by=bad when=today correct=bad %}",
    "{% partial_note saved=many missed=many carry_on=bad href=bad %}",
    "{% could_not_load bad again=bad %}",
    "{% conflict stale %}",
    "{% callout bad tone='late' %}{{ bad }}{% endcallout %}",
    "{% interruption_card bad go_on=bad go_on_href=bad back=bad back_href=bad %}{{ bad }}"
    "{% endinterruption_card %}",
    "{% confirmation_panel bad reference=bad %}{{ bad }}{% endconfirmation_panel %}",
    "{% confirm_page facts form seal=bad back=bad lasting=bad %}",
    "{% page_form form bad cancel=bad action=bad %}",
    "{% error_summary form %}",
    "{% section_title bad count=bad key=bad %}",
    "{% details bad %}{{ bad }}{% enddetails %}",
    "{% aside_section bad %}{{ bad }}{% endaside_section %}",
    "{% what_is_this %}{{ bad }}{% endwhat_is_this %}",
    "{% notification %}{{ bad }}{% endnotification %}",
    "{% govuk 'inset-text' text=bad %}",
    "{% govukblock 'inset-text' %}{{ bad }}{% endgovukblock %}",
    "{{ many|joined }}{{ 3|count:bad }}",
]


def hostile() -> dict[str, Any]:
    form = samples.SignIn({"address": HOSTILE, "password": HOSTILE, "form_key": HOSTILE})
    form.add_faults(Invalid(HOSTILE, field="address", mend=HOSTILE))
    return {
        "bad": HOSTILE,
        "many": [HOSTILE, HOSTILE],
        "facts": [Fact(HOSTILE, HOSTILE, HOSTILE)],
        "moments": [Moment(HOSTILE, TODAY, HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        "steps": [Step(HOSTILE, "now")],
        "tasks": [Task(HOSTILE, Progress.IN_PROGRESS, HOSTILE, HOSTILE)],
        "links": [Link(HOSTILE, HOSTILE, count=HOSTILE)] * 2,
        "page": page_of(range(100), "2"),
        "filters": Filters((Chip(HOSTILE, HOSTILE, HOSTILE),), HOSTILE),
        "stale": Stale({HOSTILE: HOSTILE}, {HOSTILE: HOSTILE}, by=HOSTILE),
        "form": form,
    }


@pytest.mark.parametrize("source", EVERY_TEXT)
def test_hostile_text_shows_as_it_was_typed(source: str) -> None:
    html = drawn(source, **hostile())
    names = {str(each.tag) for each in tree(html).iter()}
    assert not names & {"script", "b"}
    attributes = {key for each in tree(html).iter() for key in each.attrib}
    assert not {key for key in attributes if key.startswith("on") or key == "style"}
    assert "alert(1)" in html


def test_hostile_text_is_escaped_also_as_a_literal() -> None:
    """A literal in a template claims to be safe; text arguments do not believe it."""
    for source in (
        "{% tag 'Done' '<b>x</b>' %}",
        "{% button '<b>x</b>' %}",
        "{% govuk 'button' text='<b>x</b>' %}",
        "{% table '<b>x</b>' '<b>x</b>' empty='' %}<tr><td>1</td></tr>{% endtable %}",
        "{% empty_state sentence='<b>x</b>' %}",
        "{% callout '<b>x</b>' tone='done' %}{% endcallout %}",
        "{% restricted_note owner='<b>x</b>' ask='#' %}",
    ):
        assert "<b>" not in drawn(source), source


def test_markup_that_code_vouches_for_is_kept() -> None:
    link = format_html('<a href="#">{}</a>', "<Minutes>")
    assert '<a href="#">&lt;Minutes&gt;</a>' in drawn(
        "{% summary_list rows %}", rows=[("Rests on", link)]
    )


# --- the registry of states


def test_every_state_has_a_tone_and_no_word_two() -> None:
    every = [*states.Status, *states.Progress, *states.Running]
    assert set(every) == set(states.TONES)
    assert len({str(state).casefold() for state in every}) == len(every)
    assert set(states.TONES.values()) == set(Tone)


def test_the_words_of_things_are_the_ten_agreed() -> None:
    first, then = "Draft, Open, Waiting, Due soon, Overdue", "Done, Accepted, Closed, Withdrawn"
    assert ", ".join(states.Status) == f"{first}, {then}, Restricted"


def test_a_state_that_nobody_registered_is_refused_with_near_words() -> None:
    with pytest.raises(ValueError, match="Overdue"):
        states.state("overdew")


def test_a_tag_says_its_word_and_wears_its_tone() -> None:
    assert drawn("{% tag 'overdue' %}") == '<strong class="c-tag c-tag--late">Overdue</strong>'
    assert "c-tag--soon" in drawn("{% tag 'Due soon' 'Not above £10,000' %}")


# --- dates and clocks


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (3, "3 working days left"),
        (1, "1 working day left"),
        (0, "Due today"),
        (-1, "Overdue by 1 working day"),
        (-12, "Overdue by 12 working days"),
    ],
)
def test_nearness_in_words(left: int, told: str) -> None:
    assert words.left_in_words(left) == told
    assert told in words_in(drawn("{% contextual_date due left=left %}", due=TODAY, left=left))


def test_a_date_far_off_is_plain_and_a_passed_one_is_late() -> None:
    assert words.nearness(date(2019, 6, 29), TODAY) == ("92 days left", Tone.PLAIN)
    assert words.nearness(date(2019, 3, 28), TODAY) == ("Overdue by 1 day", Tone.LATE)


def test_an_uncertain_date_is_overdue_only_when_that_is_certain() -> None:
    assert words.nearness(UncertainDate.parse("2018"), TODAY).tone is Tone.LATE
    assert words.nearness(UncertainDate.parse("2019"), TODAY) == ("", Tone.PLAIN)
    assert words.nearness(UncertainDate.parse("?2018"), TODAY) == ("", Tone.PLAIN)
    html = drawn("{% contextual_date due %}", due=UncertainDate.parse("spring 2019"))
    assert "<time" not in html
    assert "spring 2019" in html


def clock(**changes: Any) -> str:
    given = {"left": 4, "due": date(2019, 4, 4), "state": "Running"} | changes
    return words_in(
        drawn(
            "{% clock 'Rapid review' href='#' sentence='Counting 15 working days.' left=left"
            " due=due explain='#sum' state=state %}",
            **given,
        )
    )


def test_a_clock_says_how_long_until_when_and_how_it_is_worked_out() -> None:
    told = clock()
    assert told.startswith("4 working days left Rapid review Due Thursday 4 April 2019")
    assert told.endswith("Counting 15 working days. How this is worked out : Rapid review")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"left": -2}, "2 working days overdue"),
        ({"left": 0}, "Due today"),
        ({"left": None, "due": None}, "Start date needed to work this out"),
        ({"left": None, "state": "Paused"}, "Paused"),
        ({"left": None, "state": "Missed"}, "Missed"),
    ],
)
def test_a_clock_in_every_other_state_says_so_first(changes: dict[str, Any], told: str) -> None:
    assert clock(**changes).startswith(told)


# --- tables


def table(body: str, *columns: str) -> Any:
    heads = " ".join(f'"{column}"' for column in columns or ("What", "Due", "Cost:number"))
    return tree(drawn(f"{{% table 'Owed' {heads} empty='None yet.' %}}{body}{{% endtable %}}"))


def test_a_table_has_its_caption_and_every_header_its_scope() -> None:
    found = table("<tr><td>Minutes</td><td>Monday</td><td>£3</td></tr>")
    assert found.findtext(".//caption") == "Owed"
    assert [each.get("scope") for each in found.iter("th")] == ["col", "col", "col", "row"]
    assert [each.get("data-label") for each in found.iter("td")] == ["Due", "Cost"]
    assert "c-table__number" in list(found.iter("td"))[1].get("class")


def test_a_cell_keeps_the_classes_and_attributes_that_it_brings() -> None:
    found = table('<tr id="r1"><td class="mine">a</td><td lang="cy">b</td><td>c</td></tr>')
    assert found.find(".//tr[@id='r1']") is not None
    assert "mine" in found.find(".//tbody//th").get("class").split()
    assert found.find(".//td[@lang='cy']") is not None


def test_a_table_inside_a_cell_is_left_alone() -> None:
    inner = "<table><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"
    found = table(f"<tr><td>a</td><td>{inner}</td><td>c</td></tr>")
    assert len(found.findall(".//table/tbody/tr")) == 2


@pytest.mark.parametrize(
    "body",
    [
        "<tr><td>too</td><td>few</td></tr>",
        "<tr><td>one</td><td>too</td><td>many</td><td>here</td></tr>",
        "<tr><td>not closed</td><td>b</td><td>c</td>",
        "<tr><td>wrong</tr></td><td>b</td><td>c</td></tr>",
    ],
)
def test_a_crooked_row_is_an_error_that_names_its_table(body: str) -> None:
    with pytest.raises(Crooked, match="Owed"):
        table(body)


def test_spanning_cells_count_for_what_they_cover() -> None:
    assert table('<tr><td>Sum</td><td colspan="2">£3</td></tr>').find(".//td").get("colspan") == "2"


def test_a_table_without_rows_says_what_will_show_here() -> None:
    found = table("  \n ")
    assert found.find(".//table") is None
    assert "None yet." in "".join(found.itertext())


def test_a_sorted_column_says_its_order() -> None:
    html = drawn(
        "{% table 'Owed' column empty='' %}<tr><td>a</td></tr>{% endtable %}",
        column=Column("Due", sort="?sort=-due", order="ascending"),
    )
    header = tree(html).find(".//thead//th")
    assert header.get("aria-sort") == "ascending"
    assert header.find("a").get("href") == "?sort=-due"


def test_a_column_of_buttons_has_a_header_for_those_who_hear_it() -> None:
    with pytest.raises(ValueError, match="header"):
        Column(" ", "action")


# --- pages of a list


@given(some.integers(0, 130), some.text(max_size=6) | some.integers(-5, 20).map(str))
def test_any_asked_page_is_a_good_one(total: int, asked: str) -> None:
    page = page_of(range(total), asked, per_page=25)
    assert 1 <= page.number <= page.pages
    assert list(page.rows) == list(range(total))[(page.number - 1) * 25 :][:25]
    assert len(page.numbers) <= 7


def test_a_list_is_never_unending() -> None:
    page = page_of(range(5 * MOST_ROWS), "999999")
    assert (page.total, page.more, page.last) == (MOST_ROWS, True, MOST_ROWS)


@pytest.mark.django_db
def test_a_page_link_keeps_the_filters(client: Client) -> None:
    html = client.get("/ui?state=Overdue&page=3").content.decode()
    assert 'href="?state=Overdue&amp;page=4"' in html


# --- parts that fold or vanish


def test_many_parts_fold_away_on_a_phone_and_few_do_not() -> None:
    links = samples.parts_of_meeting()
    assert tree(drawn("{% sub_navigation 'x' links %}", links=links)).find(".//details") is not None
    assert tree(drawn("{% sub_navigation 'x' links %}", links=links[:4])).find(".//details") is None


@pytest.mark.parametrize("open_part", range(12))
def test_more_parts_than_a_row_holds_stand_under_more(open_part: int) -> None:
    names = [f"Part {number}" for number in range(12)]
    links = [Link(name, f"#{n}", n == open_part) for n, name in enumerate(names)]
    desk = tree(drawn("{% sub_navigation 'x' links %}", links=links)).find(".//nav/ul")
    row = [each.findtext("a") for each in desk.findall("li") if each.find("a") is not None]
    rest = [each.text for each in desk.findall("li/details/ul/li/a")]
    assert len(row) == MOST_IN_A_ROW - 1
    assert names[open_part] in row, "the open part is never hidden"
    assert sorted([*row, *rest]) == sorted(names), "each part stands once"


def test_a_task_that_cannot_start_is_not_a_link() -> None:
    tasks = [Task("Send the pack", Progress.CANNOT_START, "#send")]
    assert "href" not in drawn("{% task_list tasks %}", tasks=tasks)


def test_no_conflict_draws_nothing() -> None:
    assert drawn("{% conflict stale %}", stale=None).strip() == ""


def test_a_conflict_shows_both_texts_of_every_label() -> None:
    html = drawn("{% conflict stale %}", stale=Stale({"A": "mine"}, {"B": "theirs"}))
    told = words_in(html)
    assert "A What you typed mine What is saved now Nothing" in told
    assert "B What you typed Nothing What is saved now theirs" in told


def test_a_link_of_a_timeline_needs_its_own_words() -> None:
    with pytest.raises(ValueError, match="words"):
        Moment("Agreed", TODAY, href="#minutes")


def test_an_unknown_component_is_refused_with_near_names() -> None:
    with pytest.raises(ValueError, match="button"):
        govuk.component("buton", {})


@pytest.mark.parametrize("name", sorted(govuk.components()))
def test_every_macro_of_the_design_system_can_be_called(name: str) -> None:
    params = {
        "text": HOSTILE,
        "id": "x",
        "name": "x",
        "label": {"text": HOSTILE},
        "summaryText": HOSTILE,
        "titleText": HOSTILE,
        "legend": {"text": HOSTILE},
        "items": [],
        "rows": [],
    }
    html = govuk.component(name, params)
    assert "<script>" not in html
