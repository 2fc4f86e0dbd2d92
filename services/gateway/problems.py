"""Errors as RFC 9457 has them: application/problem+json that says what is wrong, with which record, and what to do about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from copydesk.shared.edge import explain
from copydesk.shared.errors import CopydeskError, TooLargeError, UnavailableError
from copydesk.shared.runner.logs import logger

MEDIA_TYPE = "application/problem+json"
REMEDIES = {
    404: "see docs/http.md for the addresses",
    405: "see docs/http.md for the methods of this address",
}


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """What a request did wrong, or what keeps it from being answered. `more` goes into the answer as it is."""

    def __init__(self, status: int, kind: str, detail: str, remedy: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.remedy, self.headers, self.more = status, kind, detail, remedy, headers or {}, more

    def body(self) -> dict[str, Any]:
        title = HTTPStatus(self.status).phrase
        return {
            "type": f"urn:copydesk:problem:{self.kind}", "title": title, "status": self.status, "detail": self.detail, "remedy": self.remedy,
            **self.more,
        }  # fmt: skip

    def response(self) -> Response:
        return Response(orjson.dumps(self.body()), self.status, self.headers, MEDIA_TYPE)


def of_validation(error: ValidationError) -> Problem:
    """A query or body that does not fit its model."""
    return Problem(422, "invalid_request", explain(error), "correct what is named; docs/http.md has each parameter")


def of_error(error: CopydeskError) -> Problem:
    if isinstance(error, UnavailableError):
        return Problem(503, "unavailable", error.message, error.remedy or "try again in a while", {"Retry-After": "5"})
    if isinstance(error, TooLargeError):
        return Problem(413, "too_large", error.message, error.remedy)
    return Problem(422, "invalid_request", error.message, error.remedy)


async def on_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


async def on_validation(_: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    return of_validation(error).response()


async def on_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, CopydeskError)
    return of_error(error).response()


async def on_http(_: Request, error: Exception) -> Response:
    """What Starlette itself refuses: an address that is not there, a method that it does not have."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    problem = Problem(status, status.name.lower(), error.detail, REMEDIES.get(status, "see docs/http.md"), dict(error.headers or {}))
    return problem.response()


async def on_bug(request: Request, error: Exception) -> Response:
    """A fault of ours: the log has it, the client is told nothing of it."""
    logger().error("a request failed", path=request.url.path, method=request.method, error=repr(error), exc_info=error)
    return Problem(500, "internal", "the gateway failed at this request", "its log says why; tell who runs it").response()


HANDLERS: dict[Any, Any] = {
    Problem: on_problem, ValidationError: on_validation, CopydeskError: on_error, HTTPException: on_http, Exception: on_bug,
}  # fmt: skip
