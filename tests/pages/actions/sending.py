"""A form that is taken."""

from __future__ import annotations

from typing import Any

from django.test import Client


def sent(browser: Client, address: str, answers: dict[str, Any]) -> Any:
    """A form that is taken: what was done leads on to another page."""
    answer = browser.post(address, answers)
    assert answer.status_code == 302, answer.content.decode()
    return answer
