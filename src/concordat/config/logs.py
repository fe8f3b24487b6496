"""Logs: one JSON object a line, with the number of the request and no personal detail.

Only the keys in `KEPT` are written. What a person typed, a name, a title or an address in full
never is: a line tells the route, not the path, because a path can hold a guest's link.
"""

from __future__ import annotations

import logging
import logging.config
import time
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

KEPT = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "request_id",
        "method",
        "route",
        "status",
        "milliseconds",
        "actor_kind",
        "operation",
        "record",
        "task",
        "block",
        "count",
        "seconds",
        "error",
        "raised_at",
        "message",
    }
)


def keep_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list."""
    private = ("_record", "_from_structlog")
    return {key: value for key, value in event.items() if key in KEPT or key in private}


class Raised(logging.Filter):
    """Of Django's own lines about requests keep the errors raised: ours tell the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


def plain_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of a library's line keep the template, not what was put into it: that may be anything."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and not event.get("_from_structlog"):
        event["event"] = "request failed" if record.name == "django.request" else str(record.msg)
    return event


def tell_error(tell_messages: bool) -> Processor:
    """Say what was raised and where; the message only where nobody real is kept."""

    def told(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        error = _raised(event.pop("exc_info", None))
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            event["error"] = type(error).__name__
            event["raised_at"] = [f"{frame.name}:{frame.lineno}" for frame in frames[-8:]]
            if tell_messages:
                event["message"] = str(error)
        return event

    return told


def _raised(info: Any) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    return info[1] if isinstance(info, tuple) else None


def _shared(tell_messages: bool) -> list[Processor]:
    return [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_error(tell_messages),
    ]


def configuration(level: str, *, tell_messages: bool) -> dict[str, Any]:
    """The logging configuration that `configure` applies, as Django's LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "shared": _shared(tell_messages),
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(tell_messages),
                "processors": [
                    plain_event,
                    keep_allowed,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.request": {"filters": ["raised"]},
        },
        "filters": {"raised": {"()": Raised}},
    }


def configure(settings: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: structlog and the standard library write the same lines."""
    shared = settings["shared"]
    logging.config.dictConfig({key: value for key, value in settings.items() if key != "shared"})
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


log = structlog.stdlib.get_logger("concordat.requests")

QUIET = ("healthz", "readyz")


class RequestLog:
    """Number every request, answer with the number, and write one line when it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clear_contextvars()
        number = uuid.uuid4().hex
        bind_contextvars(request_id=number)
        begun = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = number
        self._write(request, response, time.perf_counter() - begun)
        return response

    def _write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        route = match.view_name if match else "unknown"
        if route not in QUIET:
            log.info(
                "request answered",
                method=request.method,
                route=route,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
