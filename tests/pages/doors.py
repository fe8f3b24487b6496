"""What every answer of ours must say to a browser, whoever asked and however it ended."""

from __future__ import annotations

from django.http import HttpResponse

CLOSED = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "X-Request-ID": "",
}
FORBIDDEN = ("unsafe", "http:", "https:", "*", "data: ")
TYPES_AS_PAGES = ("text/html", "text/css", "image/svg+xml")


def open_doors(answer: HttpResponse, *, signed_in: bool) -> list[str]:
    """What is missing, in words. A file that was uploaded is never shown within a page's own
    address, and what somebody who signed in saw stays in no cache."""
    return [*_headers(answer), *_cookies(answer), *_keeping(answer, signed_in)]


def _headers(answer: HttpResponse) -> list[str]:
    found = [
        f"{name} is {answer.headers.get(name)!r}"
        for name, begins in CLOSED.items()
        if begins not in answer.headers.get(name, "") or name not in answer.headers
    ]
    policy = answer.headers.get("Content-Security-Policy", "").replace("img-src 'self' data:", "")
    found += [f"the policy allows {word!r}" for word in FORBIDDEN if word in policy]
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    shown = answer.headers.get("Content-Disposition", "").startswith("attachment")
    if answer.streaming and kind not in TYPES_AS_PAGES and not shown:
        found.append(f"a file of {kind} is no attachment")
    return found


def _cookies(answer: HttpResponse) -> list[str]:
    return [
        f"the cookie {name} lacks {flag}"
        for name, cookie in answer.cookies.items()
        if cookie.value
        for flag, wanted in (("httponly", True), ("samesite", "Lax"), ("path", "/"))
        if cookie[flag] != wanted
    ]


def _keeping(answer: HttpResponse, signed_in: bool) -> list[str]:
    told = answer.headers.get("Cache-Control", "")
    if not signed_in or getattr(answer, "for_anybody", False) or "immutable" in told:
        return []
    return [] if "no-store" in told else [f"a cache may keep it: {told!r}"]
