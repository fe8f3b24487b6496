"""One document with a block of every kind, and drawings for it."""

from datetime import date

from concordat.craft.document import (
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
)
from concordat.craft.org_chart import Node, org_chart
from concordat.craft.svg import Lane, Mark, timeline

NASTY = '#emph[x] $x^2$ @ref <b>bold</b> & {{ 7*7 }} \\ `code` "quoted" */ // #panic()'


def chart() -> str:
    nodes = [
        Node("cabinet", "Council Cabinet", "Monthly", "in force"),
        Node("health", "Health governing body", "", "in force"),
        Node("executive", "Executive group", "Three statutory partners", "proposed", "dotted"),
        Node("board", "Local Safeguarding Children Board", "", "ended", "faint"),
        Node("learning", "Learning group", "", "in force"),
    ]
    edges = [("cabinet", "executive"), ("health", "executive"), ("executive", "learning")]
    return org_chart(nodes, [*edges, ("board", "learning")], title="Structure on 29 March 2019")


def strip() -> str:
    marks = [
        Mark(date(2019, 3, 28), "Notified", tone="done", word="done"),
        Mark(date(2019, 4, 18), "Rapid review due", tone="soon", word="14 working days left"),
    ]
    return timeline(
        [Lane("Review Heron", marks)],
        title="One review is under way",
        desc="Notified on 28 March, the rapid review is due on 18 April.",
        today=date(2019, 3, 29),
        width=680,
    )


def minutes(rows: int = 60) -> Document:
    seats = Table(
        "Seats and who holds them",
        [Column("Seat", share=2), Column("Holder", share=3), Column("Days", "right")],
        [
            [f"Seat {n}", "" if n % 7 == 0 else (Run("Vacant", bold=True),), f"{n}"]
            for n in range(rows)
        ],
    )
    return Document(
        "Minutes of 4 March 2019",
        [
            Facts([("Reference", "HVSCP-M-0012"), ("Held", "Town Hall, or by link")]),
            Heading(1, "What was decided"),
            Paragraph(
                [
                    Run("The partners "),
                    Run("agreed", bold=True),
                    Run(" the "),
                    Run("draft", italic=True),
                    Run(". See "),
                    Run("the guidance", link="https://example.org/guidance"),
                    Run("."),
                ]
            ),
            Paragraph(NASTY),
            Bullets(["First point", (Run("Second", bold=True), Run(" point"))]),
            Numbered(["Ask the scrutineer", "Tell the board"], start=4),
            Heading(4, "Seats"),
            seats,
            Note("One partner could not decide item 4.", label="Due in 1 working day", tone="soon"),
            Picture(
                chart(), "The executive stands under the cabinet and the health body.", "Structure"
            ),
            PageBreak(),
            Heading(1, "Next"),
            Picture(strip(), "The rapid review is due on 18 April."),
        ],
        author="Heron Vale Safeguarding Children Partnership",
        mark="Invented",
        footer="Heron Vale Safeguarding Children Partnership",
    )
