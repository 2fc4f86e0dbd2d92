"""Records in the form in which JSONB gives them back, so that one that is stored and the same one that comes again are equal.

PostgreSQL's texts know no character 0: it becomes U+FFFD. A number that is whole comes back without a point or an exponent where those say
nothing: 1e17 → 100000000000000000, -0.0 → 0.0. The order of names is not kept; nothing depends on it.
"""

from __future__ import annotations

from typing import Any

NUL, INSTEAD = "\0", "\ufffd"
EXPONENT = 1e16  # from here on a float is written with one


def as_jsonb(value: Any) -> Any:
    """A JSON value as JSONB gives it back."""
    if isinstance(value, str):
        return value.replace(NUL, INSTEAD)
    if isinstance(value, dict):
        return {as_jsonb(name): as_jsonb(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_jsonb(inner) for inner in value]
    if isinstance(value, float):
        return int(value) if abs(value) >= EXPONENT else value + 0.0
    return value
