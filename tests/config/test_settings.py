"""What the environment decides, each case in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from concordat.config import environment
from concordat.config.environment import DEMANDED, KEYS, demand

SOURCE = Path(__file__).parents[2] / "src"
SECRETS = {
    "CONCORDAT_MODE": "production",
    "CONCORDAT_SECRET_KEY": "a9c4e" * 10,
    "CONCORDAT_LEDGER_SECRET": "b8d3f" * 10,
    "CONCORDAT_HOSTS": "safeguarding.example.org",
    "CONCORDAT_MAIL_URL": "smtp+tls://us:secret@mail.example.org:587",
    "CONCORDAT_MAIL_FROM": "concordat@example.org",
    "DATABASE_URL": "postgres://us:secret@127.0.0.1:5432/concordat",
}
SHOW = """
import json
from django.conf import settings
names = ("DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECRET_KEY",
         "SECURE_HSTS_SECONDS", "LEDGER_SECRET", "EMAIL_HOST", "EMAIL_USE_TLS")
print(json.dumps({name: getattr(settings, name, None) for name in names}
    | {"engine": settings.DATABASES["default"]["ENGINE"]}))
"""


def python(code: str, var: Path, **given: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not _decides(name)}
    own = {"CONCORDAT_VAR": str(var), "PYTHONPATH": str(SOURCE)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**clean, "DJANGO_SETTINGS_MODULE": "concordat.config.settings", **own, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def _decides(name: str) -> bool:
    return name.startswith("CONCORDAT_") or name == "DATABASE_URL"


def test_nothing_need_be_set(tmp_path: Path) -> None:
    first, second = (json.loads(python(SHOW, tmp_path).stdout) for _ in range(2))
    assert first == second, "the keys are generated once"
    assert first["DEBUG"] is False
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] != first["LEDGER_SECRET"]
    assert first["engine"].endswith("sqlite3")
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_production_names_everything_it_lacks(tmp_path: Path) -> None:
    ran = python(SHOW, tmp_path, CONCORDAT_MODE="production")
    assert ran.returncode != 0
    assert all(name in ran.stderr for name in DEMANDED)


@pytest.mark.parametrize("lacking", sorted(DEMANDED))
def test_production_starts_with_nothing_less_than_all(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    demand()
    monkeypatch.delenv(lacking)
    with pytest.raises(ImproperlyConfigured, match=lacking):
        demand()


@pytest.mark.parametrize("key", KEYS)
def test_a_weak_key_is_not_enough(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SECRETS, key: "a" * 60}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=key):
        demand()


def test_production_is_closed(tmp_path: Path) -> None:
    shown = json.loads(python(SHOW, tmp_path, **SECRETS).stdout)
    assert shown["DEBUG"] is False
    assert shown["SESSION_COOKIE_SECURE"] is True
    assert shown["SECURE_SSL_REDIRECT"] is True
    assert shown["SECURE_HSTS_SECONDS"] > 0
    assert (shown["EMAIL_HOST"], shown["EMAIL_USE_TLS"]) == ("mail.example.org", True)
    assert shown["engine"].endswith("postgresql")


def test_django_finds_nothing_to_warn_of_in_production(tmp_path: Path) -> None:
    ran = python(
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')",
        tmp_path,
        **SECRETS,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONCORDAT_MODE", "staging"),
        ("CONCORDAT_LOG_LEVEL", "LOUD"),
        ("CONCORDAT_ADDRESS", "https://"),
        ("CONCORDAT_MAIL_URL", "post-office"),
        ("CONCORDAT_MAIL_URL", "smtp://mail.example.org:99999"),
        ("DATABASE_URL", "mysql://us@127.0.0.1/concordat"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, name: str, value: str) -> None:
    ran = python(SHOW, tmp_path, **{name: value})
    assert ran.returncode != 0
    assert f"ImproperlyConfigured: {name}" in ran.stderr


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///", "postgres://", "postgres://us:secret@127.0.0.1:99999/concordat"],
)
def test_an_address_of_no_database_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL ") as told:
        environment.database_at(url)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("given", ["", "many", "0", "-1"])
def test_the_number_of_connections_is_a_number(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_CONNECTIONS", given)
    with pytest.raises(ImproperlyConfigured, match=r"^CONCORDAT_CONNECTIONS is "):
        environment.database_at("postgres://us@127.0.0.1/concordat")


def test_a_file_is_no_folder_for_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    for place in (file, file / "var"):
        monkeypatch.setenv("CONCORDAT_VAR", str(place))
        with pytest.raises(ImproperlyConfigured, match=f"^CONCORDAT_VAR is '{place}'"):
            environment.var()


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CONCORDAT_VAR is "):
        environment.key("SECRET_KEY_OF_A_TEST", tmp_path / "none")


def test_an_empty_setting_of_the_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_VAR", "")
    assert environment.var() == environment.CHECKOUT / "var"


def test_pages_may_run_nothing_inline() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert "unsafe" not in str(policy)


def test_every_page_is_closed_unless_it_says_otherwise() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    assert not settings.DATABASES["default"]["ATOMIC_REQUESTS"]
