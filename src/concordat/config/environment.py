"""What the environment says, read once and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

CHECKOUT = Path(__file__).parents[3]

DEMANDED = {
    "CONCORDAT_SECRET_KEY": "50 or more random characters that sign sessions and links",
    "CONCORDAT_LEDGER_SECRET": "50 or more random characters that sign the ledger of events",
    "CONCORDAT_HOSTS": "the host names that are answered, separated by commas",
    "CONCORDAT_MAIL_URL": "the mail server, such as smtp+tls://name:password@mail.example.org:587",
    "CONCORDAT_MAIL_FROM": "the address that mail is sent from",
    "DATABASE_URL": "the database, such as postgres://name:password@127.0.0.1:5432/concordat",
}

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

KEYS = ("CONCORDAT_SECRET_KEY", "CONCORDAT_LEDGER_SECRET")


def production() -> bool:
    """Whether `CONCORDAT_MODE` is `production`; anything but that or `local` is a mistake."""
    mode = env.str("CONCORDAT_MODE", default="local")
    if mode not in ("local", "production"):
        raise ImproperlyConfigured(
            f"CONCORDAT_MODE is {mode!r}. Set it to production, or leave it out."
        )
    return bool(mode == "production")


def demand() -> None:
    """Raise, naming every setting that production needs and does not have, or has too weak."""
    given = {name: env.str(name, default="") for name in DEMANDED}
    missing = [name for name, value in given.items() if not value]
    weak = [name for name in KEYS if given[name] and not _is_strong(given[name])]
    if missing or weak:
        told = [f"  {name}: {DEMANDED[name]}" for name in [*missing, *weak]]
        raise ImproperlyConfigured(
            "Production needs these settings, which are missing or too short:\n" + "\n".join(told)
        )


def _is_strong(key: str) -> bool:
    return len(key) >= 50 and len(set(key)) >= 5


def var() -> Path:
    """The folder for database, documents and results: of the checkout, if run from one."""
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    folder = Path(env.str("CONCORDAT_VAR", default="") or home / "var").resolve()
    with _writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise ImproperlyConfigured(
            f"CONCORDAT_VAR is {str(folder)!r}, which cannot be used: {problem.strerror}. "
            "Name a folder that can be written to."
        ) from None


def key(name: str, folder: Path) -> str:
    """The key in the environment, else one generated once and kept in `folder`."""
    given = env.str(f"CONCORDAT_{name}", default="")
    if given:
        return str(given)
    file = folder / name.lower().replace("_", "-")
    with _writable(folder):
        if not file.exists():
            _keep(file, secrets.token_hex(32))
        return file.read_text("ascii")


def address(hosts: list[str]) -> str:
    """Where letters lead: the address in the environment, else the first host that is answered."""
    named = next((host for host in hosts if not host.startswith((".", "*"))), "localhost")
    usual = f"https://{named}" if production() else "http://127.0.0.1:8000"
    given = str(env.str("CONCORDAT_ADDRESS", default=usual)).rstrip("/")
    if not re.match(r"https?://[^/?#]", given):
        raise ImproperlyConfigured(
            f"CONCORDAT_ADDRESS is {given!r}. Give a whole address, such as https://example.org."
        )
    return given


def mail(folder: Path) -> dict[str, Any]:
    """Django's settings for mail: the server in the environment, else files in `folder`."""
    try:
        given = env.email_url("CONCORDAT_MAIL_URL", default=f"filemail:///{folder / 'mail'}")
    except (ValueError, ImproperlyConfigured):
        raise ImproperlyConfigured(
            "CONCORDAT_MAIL_URL cannot be read. Give " + DEMANDED["CONCORDAT_MAIL_URL"] + "."
        ) from None
    return dict(given)


def log_level() -> str:
    """From which level on lines are logged."""
    given = str(env.str("CONCORDAT_LOG_LEVEL", default="INFO")).upper()
    if given not in LEVELS:
        raise ImproperlyConfigured(
            f"CONCORDAT_LOG_LEVEL is {given!r}. Give one of {', '.join(LEVELS)}."
        )
    return given


def _keep(file: Path, text: str) -> None:
    """Write `file` whole or not at all, even if two processes start at the same moment."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(folder: Path) -> dict[str, Any]:
    """The one database: `DATABASE_URL`, else a SQLite file in `folder`."""
    return database_at(env.str("DATABASE_URL", default=f"sqlite:///{folder / 'concordat.sqlite3'}"))


def database_at(url: str) -> dict[str, Any]:
    """Django's settings for the database at this address."""
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return _sqlite(url)
    if scheme in ("postgres", "postgresql"):
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {scheme!r}. Use sqlite:///FILE or postgres://..."
    )


def _read(url: str) -> dict[str, Any]:
    """The parts of an address, which may hold a password: what is wrong is told without it."""
    try:
        return dict(environ.Env.db_url_config(url))
    except ValueError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {problem}.") from None


def connections() -> int:
    """How many connections a process holds to PostgreSQL at most."""
    given = env.str("CONCORDAT_CONNECTIONS", default="8")
    if not (given.isdecimal() and int(given)):
        raise ImproperlyConfigured(f"CONCORDAT_CONNECTIONS is {given!r}. Give a number, such as 8.")
    return int(given)


def _sqlite(url: str) -> dict[str, Any]:
    """Writers queue for the lock from their first statement, so that none fails half way.

    FULL: what was acknowledged outlives a power cut, as it does on PostgreSQL.
    """
    if not url.removeprefix("sqlite:").strip("/"):
        raise ImproperlyConfigured("DATABASE_URL names no file. Write it like sqlite:///FILE.")
    return {
        **_read(url),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """Connections are pooled: one a thread, held open, ran out at 64 clients."""
    most = connections()
    settings = _read(url)
    if not settings["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database. Write it like postgres://name:password@host/concordat."
        )
    options = {**settings.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": most}}
    return {**settings, "CONN_MAX_AGE": 0, "OPTIONS": options}
