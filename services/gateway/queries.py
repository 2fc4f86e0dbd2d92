"""The query of a request, read by its model: what the model does not know is refused, so that a slip in a name is not silently nothing."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import HTTPConnection

from copydesk.services.gateway.problems import Problem, of_validation

Q = TypeVar("Q", bound=BaseModel)


def query_of(request: HTTPConnection, model: type[Q]) -> Q:
    """Raises Problem 422 that names each parameter that is wrong."""
    pairs = request.query_params.multi_items()
    given = dict(pairs)
    if twice := sorted(name for name in given if sum(name == other for other, _ in pairs) > 1):
        raise Problem(422, "invalid_request", f"{twice[0][:100]} is given more than once", "give it once")
    if bad := sorted(name for name, value in pairs if "\0" in value or any("\ud800" <= character < "\ue000" for character in value)):
        raise Problem(422, "invalid_request", f"{bad[0][:100]} holds characters that are no text", "correct it")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise of_validation(error) from error
