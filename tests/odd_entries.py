"""Values that any client may write onto a compacted topic, under a key of ours."""

from __future__ import annotations

import orjson
from hypothesis import strategies as st

YEAR_0, YEAR_3000 = -62_167_219_200_000, 32_503_680_000_000  # in milliseconds since 1970

ODD_VALUES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"a": "\xff\xfe"}',
    "null": b"null",
    "a number": b"5",
    "a text": b'"x"',
    "a list": b"[]",
    "lists, 300 deep": b"[" * 300 + b"]" * 300,
    "objects, 300 deep": b'{"a":' * 300 + b"1" + b"}" * 300,
    "another object": b'{"a": 1}',
    "a megabyte": orjson.dumps({"a": "x" * 1_000_000}),
    "a number beyond all": b"1" * 5_000,
}

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20) | st.sampled_from([YEAR_0, YEAR_3000, 0, ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def with_any_field(good: dict[str, object]) -> st.SearchStrategy[bytes]:
    """The object with a field or two of any kind in place of its own, or without them."""
    names = st.lists(st.sampled_from(sorted(good)), min_size=1, max_size=2, unique=True)
    changed = st.tuples(names, ANY_JSON, st.booleans()).map(
        lambda pick: {name: pick[1] if name in pick[0] else value for name, value in good.items() if name not in pick[0] or pick[2]}
    )
    return changed.map(lambda fields: orjson.dumps(fields, option=orjson.OPT_NON_STR_KEYS, default=str) if _fits(fields) else b"{}")


def _fits(fields: object) -> bool:
    try:
        orjson.dumps(fields)
    except (TypeError, orjson.JSONEncodeError):  # beyond 64 bits
        return False
    return True
