"""The log of a server: one line on stderr for each request, and one for whatever goes wrong.

A line about a request has ids, a status and sizes. It has no path, no query, no name and no address of a client: a path
can contain the token of an invitation, and a log is read by more people than a database.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from typing import Any

import orjson

from mlsteward_server.http.observed import Observed

FORMATS = ("text", "json")
LEVELS = ("critical", "error", "warning", "info", "debug")
FIELDS = "fields"
"""The attribute of a log record that holds its fields. Set it with `extra={FIELDS: {...}}`."""

_SECRETS = re.compile(
    r"(?P<key>mls_)\w+"  # an API key
    r"|(?P<name>\b(?:token|password|secret|signature)=)[^\s&'\"]+"  # in a query, or in the settings of a database
    r"|(?P<user>://[^\s/:@]*:)[^\s/@]+(?=@)",  # in a URL
    re.IGNORECASE,
)

requests = logging.getLogger("mlsteward.requests")


class RequestLog:
    """Logs every request for the application, with the level `info`."""

    def begin(self) -> None:
        """Nothing: a request is logged when it is over."""

    def end(self, observed: Observed) -> None:
        """Log a request that is over."""
        if requests.isEnabledFor(logging.INFO):
            requests.info("request", extra={FIELDS: fields_of(observed)})


def fields_of(observed: Observed) -> dict[str, Any]:
    """Return what the log says about a request.

    The operation is absent if the request is for none, the account and the key if they are not known, the status if
    the client left before it got an answer, and the trace if there is none.
    """
    found = {
        "request_id": observed.request_id,
        "operation": observed.operation,
        "status": observed.status,
        "duration_ms": round(observed.seconds * 1000, 3),
        "account": observed.account_id,
        "key": observed.key_id,
        "bytes_out": observed.bytes_out,
        "trace_id": observed.trace_id,
    }
    return {name: value for name, value in found.items() if value is not None}


def hide_secrets(text: str) -> str:
    """Return a text without the values that look like secrets.

    Nothing logs a secret on purpose. This is for messages of libraries, and for errors that nobody expects.

    >>> hide_secrets("GET /x?token=abc&limit=5 failed for mls_a1b2c3")
    'GET /x?token=***&limit=5 failed for mls_***'
    >>> hide_secrets("cannot connect to postgresql://steward:hunter2@db/steward")
    'cannot connect to postgresql://steward:***@db/steward'
    """
    return _SECRETS.sub(lambda found: f"{found['key'] or found['name'] or found['user']}***", text)


class TextFormatter(logging.Formatter):
    """Lines for people: time, level, message, and fields as `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in getattr(record, FIELDS, {}).items())
        line = f"{_time(record)} {record.levelname} {record.getMessage()}{fields}"
        trace = _traceback(self, record)
        return hide_secrets(f"{line}\n{trace}" if trace else line)


class JsonFormatter(logging.Formatter):
    """Lines for machines: each is one JSON object, with its traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hide_secrets(record.getMessage()),
            **getattr(record, FIELDS, {}),
        }
        trace = _traceback(self, record)
        if trace:
            line["traceback"] = hide_secrets(trace)
        return orjson.dumps(line, default=str).decode()


def configuration(level: str, log_format: str) -> dict[str, Any]:
    """Return the configuration of `logging`. Logs go to stderr, because stdout is for the output of the command.

    Args:
        level: One of `LEVELS`.
        log_format: One of `FORMATS`.
    """
    formatter = JsonFormatter if log_format == "json" else TextFormatter
    ours = {"handlers": ["stderr"], "level": level.upper(), "propagate": False}
    return {
        "formatters": {"line": {"()": f"{formatter.__module__}.{formatter.__name__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        # What libraries report has the same form.
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "_granian": ours,
            "granian.access": {**ours, "level": "CRITICAL"},
            "mlsteward": ours,
        },
    }


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
