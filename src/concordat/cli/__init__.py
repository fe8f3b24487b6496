"""The command line. `COMMANDS` lists what there is; a command's module is read when it is called.

Exit codes: 0 done, 1 refused or found wrong, 2 bad input. What went wrong is told on stderr.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from typing import Any, NamedTuple

import click

from concordat import __version__
from concordat.kernel.errors import Invalid, Refused, Stale


class Command(NamedTuple):
    """Where a command is found, as `module:name` within this package, and what it does.

    One that is `alone` works on files and needs no database, so that it starts at once.
    """

    place: str
    does: str
    alone: bool = False


COMMANDS: dict[str, Command] = {
    "people": Command("people:people", "Invite somebody to sign in."),
    "world": Command("world:world", "Load an example world with its cast."),
    "load": Command("exchange:load", "Load a partnership file, all of it or none."),
    "export": Command("exchange:export", "Write a partnership's file."),
    "structure": Command("arrangements:structure", "Who sat where on a day."),
    "authority": Command("arrangements:authority", "Who may decide a matter on a day."),
    "transition": Command("transition:transition", "How far each area is from its old board."),
    "report": Command("reports:report", "Write a report in any format."),
    "due": Command("clocks:due", "When a rule of law falls due, counted from any day."),
    "clocks": Command("clocks:clocks", "How a partnership's clocks stood on a day."),
    "actions": Command("actions:actions", "What was owed on a day, by whom, and what was late."),
    "requests": Command("requests:requests", "What agencies were asked for, and what is late."),
    "recommendations": Command(
        "recommendations:recommendations", "What was recommended, and whether it was told before."
    ),
    "meetings": Command("meetings:meetings", "What bodies met for or will, and by what rhythm."),
    "diary": Command("diary:diary", "Find a date, or plan a year of them."),
    "chronology": Command("chronology:chronology", "Merge the chronologies of agencies.", True),
    "ledger": Command("ledger:ledger", "Seal, hand out heads of, and verify the ledger."),
    "run-due": Command("run_due:run_due", "Do what is due: missed dates, seals, mail."),
    "migrate": Command("database:migrate", "Prepare a database, or bring one up to date."),
    "serve": Command("server:serve", "Answer requests and do background work until stopped."),
}

REFUSED, BAD_INPUT = 1, 2


class Root(click.Group):
    """Reads a command's module, and starts Django, only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        if not COMMANDS[name].alone:
            _start_django()
        module, _, attribute = COMMANDS[name].place.partition(":")
        command = getattr(import_module(f"concordat.cli.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is at fault
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.does) for name, command in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(f"There is no command {name!r}.{_near(name)}")
        return super().resolve_command(ctx, args)


def _near(name: str) -> str:
    from concordat.kernel.labels import near

    names = near(name, list(COMMANDS))
    return f" Did you mean {' or '.join(names)}?" if names else ""


def _start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
    django.setup()


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="concordat")
def root() -> None:
    """Concordat: what an English safeguarding children partnership runs on.

    Every command has its own --help. Exit codes: 0 done, 1 refused or found wrong, 2 bad input.
    """


def main() -> None:
    """Run one command and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Errors are told on stderr, never as a traceback."""
    try:
        return _outcome(root.main(arguments, prog_name="concordat", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        return _tell("Stopped.", REFUSED)
    except Refused as error:
        return _tell(f"Refused: {error}" + (f" ({error.source})" if error.source else ""), REFUSED)
    except Stale as error:
        return _tell(f"Refused: {error}", REFUSED)
    except Invalid as error:
        return _tell("\n".join(str(fault) for fault in error.faults), BAD_INPUT)
    except Exception as error:
        return _tell(_known(error), BAD_INPUT)


def _outcome(returned: Any) -> int:
    """A command that found something wrong returns 1; most return nothing."""
    return returned if isinstance(returned, int) else 0


def _tell(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


def _known(error: Exception) -> str:
    """Words for a mistake in the settings, in a file or around the database; any other error is
    the program's own and goes on its way.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError, ProgrammingError

    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, (OperationalError, ProgrammingError)) or type(error) is DatabaseError:
        told = str(error).strip()
        return f"The database does not answer as it should: {told}\n{_mend(told)}"
    if isinstance(error, OSError) and error.strerror:
        place = error.filename or "Reading or writing"
        return f"{place}: {error.strerror}. Check that it is there and may be read and written."
    raise error


DATABASE_MENDS = {
    "readonly|read-only": "Make the file and its folder writable for whoever runs this.",
    "locked": "Another command is writing. Give this one again when it has ended.",
    "not a database|malformed": "Put back a copy that was kept, or name another with DATABASE_URL.",
    "unable to open|connection|connect ": "Check that it runs, DATABASE_URL and CONCORDAT_VAR.",
    "is full": "Free space on the disk, and give the command again.",
    "": "Prepare it with: concordat migrate",
}
"""What to do about what a database said; the first that fits."""


def _mend(said: str) -> str:
    return next(mend for words, mend in DATABASE_MENDS.items() if re.search(words, said))
